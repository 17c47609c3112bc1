"""Engagements, for the coach, the coordinators and the Kommune."""

from .schritte import folge, sende_ab, weiter_zu
from .seite import Seite
from .zugaenge import COACH, RATHAUS, SACHBEARBEITUNG


def erfasse_leere_sitzung(page):
    """Send the form of a session with nothing in it but a step for nobody."""
    page.locator("#id_schritt-1-was").fill("Etwas tun")
    with page.expect_navigation():
        page.get_by_role("button", name="Sitzung erfassen").last.click()


def mit_falschem_ende(page):
    """Agree on an end that there is not."""
    page.locator("#id_ende_geplant").fill("31.02.2027")
    sende_ab(page)


BEGLEITUNG = folge("main tbody th a")
SITZUNG = folge("section[aria-labelledby='sitzungen'] tbody th a")

SEITEN = [
    # Engagements, for the coach, the coordinators and the Kommune
    Seite("begleitungen", "/coaching/", "Begleitungen", konto=COACH),
    Seite(
        "begleitungen-koordination",
        "/coaching/?stand=laufend",
        "Begleitungen",
        konto=SACHBEARBEITUNG,
    ),
    Seite("begleitung", "/coaching/", "Begleitung ", (BEGLEITUNG,), COACH, druckseiten=4),
    Seite("begleitung-kommune", "/coaching/", "Begleitung ", (BEGLEITUNG,), RATHAUS, druckseiten=4),
    Seite(
        "begleitung-kontakt", "/coaching/", "Kontakt: ", (BEGLEITUNG, weiter_zu("kontakt/")), COACH
    ),
    Seite(
        "begleitung-vereinbarung-fehler",
        "/coaching/",
        "Fehler: Vereinbarung",
        (BEGLEITUNG, weiter_zu("vereinbarung/"), mit_falschem_ende),
        COACH,
        druckseiten=3,
    ),
    Seite(
        "begleitung-vertretung",
        "/coaching/?stand=laufend",
        "Vertretung",
        (BEGLEITUNG, weiter_zu("vertretung/")),
        SACHBEARBEITUNG,
    ),
    Seite(
        "sitzung-erfassen-fehler",
        "/coaching/",
        "Fehler: Sitzung erfassen",
        (BEGLEITUNG, weiter_zu("sitzungen/neu/"), erfasse_leere_sitzung),
        COACH,
        druckseiten=4,
    ),
    Seite("sitzung", "/coaching/", "Sitzung am ", (BEGLEITUNG, SITZUNG), COACH, druckseiten=3),
    Seite(
        "sitzung-aendern",
        "/coaching/",
        "Sitzung am ",
        (BEGLEITUNG, SITZUNG, weiter_zu("aendern/")),
        COACH,
        druckseiten=4,
    ),
    Seite(
        "sitzung-stornieren-fehler",
        "/coaching/",
        "Fehler: Sitzung am ",
        (BEGLEITUNG, SITZUNG, weiter_zu("stornieren/"), sende_ab),
        COACH,
    ),
    Seite(
        "begleitung-abschliessen-fehler",
        "/coaching/",
        "Fehler: Begleitung abschließen",
        (BEGLEITUNG, weiter_zu("abschluss/"), sende_ab),
        COACH,
        druckseiten=4,
    ),
    Seite(
        "kontingent-erbitten",
        "/coaching/",
        "Kontingent erweitern",
        (BEGLEITUNG, weiter_zu("erweiterung/")),
        COACH,
    ),
    Seite(
        "kontingent-erweitern-fehler",
        "/coaching/?stand=laufend",
        "Fehler: Kontingent erweitern",
        (BEGLEITUNG, weiter_zu("erweiterung/"), sende_ab),
        SACHBEARBEITUNG,
    ),
    Seite(
        "coach-wechseln-fehler",
        "/coaching/?stand=laufend",
        "Fehler: Coach wechseln",
        (BEGLEITUNG, weiter_zu("wechsel/"), sende_ab),
        SACHBEARBEITUNG,
    ),
    Seite(
        "begleitung-abgeschlossen",
        "/coaching/?stand=abgeschlossen",
        "Begleitung ",
        (BEGLEITUNG,),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite("wirkungen", "/coaching/wirkungen/", "Wirkungen des Coachings", konto=SACHBEARBEITUNG),
]
