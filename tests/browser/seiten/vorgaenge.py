"""The LPR: worklist and Fallakte."""

from .schritte import folge, oeffne_alles, sende_ab
from .seite import Aktenseite, Seite
from .zugaenge import PRUEFUNG, SACHBEARBEITUNG


def mit_neun_punkten(page):
    """More than the scale has."""
    page.locator("#id_punkte_1").fill("9")
    sende_ab(page)


def ohne_bemerkung(page):
    """A point that is not fulfilled, without saying why."""
    page.locator("#id_ergebnis_1_1").check()
    sende_ab(page)


SEITEN = [
    # The LPR: worklist and Fallakte
    Seite(
        "vorgaenge",
        "/vorgaenge/?ansicht=alle",
        "Vorgänge",
        (oeffne_alles,),
        SACHBEARBEITUNG,
        druckseiten=14,
    ),
    Seite("vorgaenge-meine", "/vorgaenge/", "Vorgänge", (), PRUEFUNG, druckseiten=9),
    Seite(
        "vorgaenge-leer",
        "/vorgaenge/?ansicht=alle&q=Dresdn&kreis=99999",
        "Vorgänge",
        (),
        SACHBEARBEITUNG,
    ),
    Seite("stichproben", "/vorgaenge/stichproben/", "Stichproben", konto=SACHBEARBEITUNG),
    Aktenseite("uebersicht", schritte=(oeffne_alles,), druckseiten=4),
    Aktenseite("antrag", "antrag/", "Antrag", druckseiten=12),
    Aktenseite("plan", "plan/", "Ausgaben und Finanzierung", druckseiten=4),
    Aktenseite("unterlagen", "unterlagen/", "Unterlagen"),
    Aktenseite("formal", "formal/", "Formale Prüfung", druckseiten=9),
    Aktenseite(
        "formal-fehler", "formal/", "Fehler: Formale Prüfung", (ohne_bemerkung,), druckseiten=9
    ),
    Aktenseite("formal-lesen", "formal/", "Formale Prüfung", stand="bewilligt", druckseiten=5),
    Aktenseite(
        "fachlich",
        "fachlich/",
        "Fachliche Prüfung",
        (oeffne_alles,),
        PRUEFUNG,
        "formell_geprueft",
        druckseiten=14,
    ),
    Aktenseite(
        "fachlich-fehler",
        "fachlich/",
        "Fehler: Fachliche Prüfung",
        (mit_neun_punkten,),
        PRUEFUNG,
        "formell_geprueft",
        druckseiten=9,
    ),
    Aktenseite(
        "fachlich-lesen",
        "fachlich/",
        "Fachliche Prüfung",
        stand="fachlich_geprueft",
        druckseiten=4,
    ),
    Aktenseite("nachforderung", "nachforderung/", "Nachforderung", druckseiten=3),
    Aktenseite(
        "nachforderung-fehler",
        "nachforderung/",
        "Fehler: Nachforderung",
        (sende_ab,),
        druckseiten=3,
    ),
    Aktenseite(
        "nachforderung-offen",
        "nachforderung/",
        "Nachforderung",
        stand="nachforderung",
        druckseiten=3,
    ),
    Aktenseite("bescheide", "bescheide/", "Bescheide", stand="bestandskraeftig", druckseiten=4),
    Seite(
        "akte-bescheid-post-fehler",
        "/vorgaenge/",
        "Fehler: Bescheid zur Post geben",
        (folge("[aria-labelledby=zu-versenden] a"), sende_ab),
        SACHBEARBEITUNG,
        druckseiten=3,
    ),
    Aktenseite(
        "bescheid-zugang-fehler",
        "bescheide/",
        "Fehler: Späteren Zugang vermerken",
        (folge("main a[href$='/zugang/']"), sende_ab),
        stand="abgelehnt",
        suche="KP-2025",
        druckseiten=3,
    ),
    Aktenseite(
        "bescheid-zugang-bestritten-fehler",
        "bescheide/",
        "Fehler: Zugang bestritten",
        (folge("main a[href$='/zugang/bestritten/']"), sende_ab),
        stand="abgelehnt",
        suche="KP-2025",
        druckseiten=3,
    ),
    Aktenseite(
        "bescheid-klage-fehler",
        "bescheide/",
        "Fehler: Rechtsbehelf vermerken",
        (folge("main a[href$='/klage/']"), sende_ab),
        stand="abgelehnt",
        suche="KP-2025",
        druckseiten=3,
    ),
    Aktenseite("vermerke", "vermerke/", "Vermerke"),
    Aktenseite("vermerke-fehler", "vermerke/", "Fehler: Vermerke", (sende_ab,)),
    Aktenseite("verlauf", "verlauf/", "Verlauf", stand="bewilligt", druckseiten=4),
    Aktenseite("zustaendigkeit", "zustaendigkeit/", "Zuständigkeit"),
    Aktenseite("wiedervorlage", "wiedervorlage/", "Wiedervorlage"),
    Aktenseite("befangenheit", "befangenheit/", "Befangenheit erklären"),
    Aktenseite(
        "befangenheit-fehler", "befangenheit/", "Fehler: Befangenheit erklären", (sende_ab,)
    ),
]
