"""The LPR: recommendation, decision and budgets."""

from .schritte import folge, sende_ab, weiter_zu
from .seite import Aktenseite, Seite
from .zugaenge import LEITUNG


def folge_dem_vorschlag_nicht(page):
    """Refuse the proposal without a reason."""
    with page.expect_navigation():
        page.get_by_role("button", name="Vorschlag ablehnen").click()


SEITEN = [
    # Recommendation, decision and budgets
    Seite("haushalt", "/vorgaenge/haushalt/", "Haushalt", konto=LEITUNG),
    Aktenseite("empfehlung", "empfehlung/", "Empfehlung", stand="fachlich_geprueft", druckseiten=3),
    Aktenseite(
        "empfehlung-fehler",
        "empfehlung/",
        "Fehler: Empfehlung",
        (sende_ab,),
        stand="fachlich_geprueft",
        druckseiten=3,
    ),
    Aktenseite(
        "vorschlagen", "entscheidung/", "Entscheidung", stand="entscheidungsreif", druckseiten=3
    ),
    Aktenseite(
        "bewilligung-fehler",
        "entscheidung/vorschlagen/bewilligung/",
        "Fehler: Bewilligung vorschlagen",
        (sende_ab,),
        stand="entscheidungsreif",
        druckseiten=4,
    ),
    Aktenseite(
        "ablehnung-fehler",
        "entscheidung/vorschlagen/ablehnung/",
        "Fehler: Ablehnung vorschlagen",
        (sende_ab,),
        stand="entscheidungsreif",
        druckseiten=3,
    ),
    Aktenseite(
        "empfehlung-zuruecknehmen",
        "empfehlung/zuruecknehmen/",
        "Empfehlung zurücknehmen",
        stand="entscheidungsreif",
    ),
    Seite(
        "akte-entscheiden",
        "/vorgaenge/?status=entscheidungsreif",
        "Entscheidung",
        (folge("main .assk-vorrat tbody th a"), weiter_zu("entscheidung/")),
        LEITUNG,
        druckseiten=4,
    ),
    Seite(
        "akte-entscheiden-fehler",
        "/vorgaenge/?status=entscheidungsreif",
        "Fehler: Entscheidung",
        (
            folge("main .assk-vorrat tbody th a"),
            weiter_zu("entscheidung/"),
            folge_dem_vorschlag_nicht,
        ),
        LEITUNG,
        druckseiten=4,
    ),
    Aktenseite(
        "aenderung",
        "entscheidung/vorschlagen/aenderung/",
        "Änderung vorschlagen",
        stand="in_durchfuehrung",
        druckseiten=4,
    ),
    Aktenseite(
        "widerruf",
        "entscheidung/vorschlagen/widerruf/",
        "Widerruf vorschlagen",
        stand="in_durchfuehrung",
        druckseiten=3,
    ),
]
