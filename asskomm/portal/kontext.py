"""Context of the page frame: what templates/base.html needs on every page.

Only the address and the settings decide. No database, session, message or cookie is
touched here, because public pages must be the same for everybody.
"""

from functools import cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

# The words beside the mark. The LPR can replace them here; colours stand in tokens.css.
PORTAL_NAME = "ASSKomm"
PORTAL_LANGNAME = "Allianz Sichere Sächsische Kommunen"
ABSENDER = "Ein Angebot des Landespräventionsrates Sachsen"
KONTAKT = "lpr@smi.sachsen.de"

# Title, URL name, arguments, further names (or beginnings of addresses) that belong to the section.
HAUPTNAVIGATION = [
    ("Kommunen", "kommunen:liste", [], ["kommunen:raete"]),
    ("Projekte", "foerderung:projekte", [], []),
    ("Förderung", "portal:seite", ["foerderung"], []),
    ("Fortbildung", "portal:seite", ["fortbildung"], []),
    ("Aktuelles", "portal:meldungen", [], ["portal:termine"]),
    ("Mein Bereich", "bereich:start", [], ["antraege/"]),
]
KOPFZEILE = [
    ("Leichte Sprache", "portal:seite", ["leichte-sprache"], "leicht"),
    ("Gebärdensprache", "portal:seite", ["gebaerdensprache"], "hand"),
]
FUSSBEREICH = [
    (
        "Portal",
        [
            ("Das Programm", "portal:seite", ["programm"]),
            ("Beteiligte Kommunen", "kommunen:liste", []),
            ("Präventionsräte", "kommunen:raete", []),
            ("Zahlen zum Programm", "portal:zahlen", []),
            ("Offene Daten", "portal:daten", []),
        ],
    ),
    (
        "Förderung",
        [
            ("Förderung verstehen", "portal:seite", ["foerderung"]),
            ("Passt Ihr Vorhaben?", "foerderung:eignung", []),
            ("Regeln der Förderung", "foerderung:regeln", []),
            ("Geförderte Projekte", "foerderung:projekte", []),
            ("Fortbildung", "portal:seite", ["fortbildung"]),
            ("Lehrgänge", "fortbildung:kurse", []),
        ],
    ),
    (
        "Hilfe",
        [
            ("Suche", "portal:suche", []),
            ("Termine", "portal:termine", []),
            ("Glossar", "portal:glossar", []),
            ("Kontakt zur Geschäftsstelle", "portal:seite", ["kontakt"]),
        ],
    ),
]
FUSSZEILE = [
    ("Impressum", "portal:seite", ["impressum"]),
    ("Datenschutz", "portal:seite", ["datenschutz"]),
    ("Erklärung zur Barrierefreiheit", "portal:seite", ["barrierefreiheit"]),
    ("Barriere melden", "portal:barriere-melden", []),
    ("Leichte Sprache", "portal:seite", ["leichte-sprache"]),
    ("Gebärdensprache", "portal:seite", ["gebaerdensprache"]),
    ("Kontakt", "portal:seite", ["kontakt"]),
]


def rahmen(request):
    fest = _feste_links(get_script_prefix(), get_urlconf())
    navigation = [
        {"titel": titel, "url": url, "aktuell": _aktuell(request.path, url, weitere)}
        for titel, url, weitere in fest["navigation"]
    ]
    return {
        "portal_name": PORTAL_NAME,
        "portal_langname": PORTAL_LANGNAME,
        "absender": ABSENDER,
        "kontakt": KONTAKT,
        "beispieldaten": settings.BEISPIELDATEN,
        "navigation": navigation,
        # Second part of the page title; the section's own page does not name itself twice.
        "bereich": next((e["titel"] for e in navigation if e["aktuell"] == "true"), ""),
        "kopfzeile": fest["kopfzeile"],
        "fussbereich": fest["fussbereich"],
        "fusszeile": fest["fusszeile"],
        "start_url": fest["start_url"],
        "suche_url": fest["suche_url"],
    }


@cache
def _feste_links(praefix, urlconf):
    """Everything that is the same on all pages, computed once per process and URL set."""
    return {
        "navigation": [
            (titel, reverse(name, args=args), [_anfang(praefix, wer) for wer in weitere])
            for titel, name, args, weitere in HAUPTNAVIGATION
        ],
        "kopfzeile": [
            {"titel": titel, "url": reverse(name, args=args), "zeichen": zeichen}
            for titel, name, args, zeichen in KOPFZEILE
        ],
        "fussbereich": [{"titel": titel, "links": _links(links)} for titel, links in FUSSBEREICH],
        "fusszeile": _links(FUSSZEILE),
        "start_url": reverse("portal:start"),
        "suche_url": reverse("portal:suche"),
    }


def _anfang(praefix, wer):
    return reverse(wer) if ":" in wer else f"{praefix}{wer}"


def _links(eintraege):
    return [{"titel": titel, "url": reverse(name, args=args)} for titel, name, args in eintraege]


def _aktuell(pfad, url, weitere):
    """aria-current of a section: "page" on its own page, "true" on the pages below it."""
    if pfad == url:
        return "page"
    if any(pfad.startswith(anfang) for anfang in [url, *weitere]):
        return "true"
    return ""
