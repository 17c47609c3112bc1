"""Coaching until it begins: the request of a Kommune, the match, the answers."""

from .schritte import folge, sende_ab
from .seite import Mitgliederseite, Seite, Verwaltungsseite
from .zugaenge import IN_ZWEI_KOMMUNEN, LANDKREIS, RATHAUS, SACHBEARBEITUNG

COACHING_DER_LPR = "/coaching/koordination/"


def lehne_ohne_grund_ab(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Anfrage ablehnen").click()


COACHINGANFRAGE = folge("section[aria-labelledby='bisher'] h3 a")
COACHVORSCHLAG = folge("section[aria-labelledby='vorschlaege'] h3 a")

SEITEN = [
    # Coaching: the request of a Kommune, the match, the answers
    Mitgliederseite(
        "coaching-anfragen", "coaching/anfragen/", "Coaching anfragen", konto=IN_ZWEI_KOMMUNEN
    ),
    Mitgliederseite(
        "coaching-anfragen-fehler",
        "coaching/anfragen/",
        "Fehler: Coaching anfragen",
        (sende_ab,),
        konto=IN_ZWEI_KOMMUNEN,
    ),
    Seite(
        "coachinganfrage",
        "/mein-bereich/14522000/coaching/anfragen/",
        "Anfrage nach Coaching",
        (COACHINGANFRAGE,),
        LANDKREIS,
    ),
    Seite(
        "coachvorschlag",
        "/mein-bereich/14521390/coaching/anfragen/",
        "Ein Coach für Ihre Kommune",
        (COACHINGANFRAGE, COACHVORSCHLAG),
        RATHAUS,
    ),
    Seite(
        "coachvorschlag-fehler",
        "/mein-bereich/14521390/coaching/anfragen/",
        "Fehler: Ein Coach für Ihre Kommune",
        (COACHINGANFRAGE, COACHVORSCHLAG, sende_ab),
        RATHAUS,
    ),
    Seite(
        "coaching-tafel",
        COACHING_DER_LPR,
        "Coaching koordinieren",
        konto=SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite(
        "coaching-tafel-eine-art",
        f"{COACHING_DER_LPR}?ansicht=frei&seite=9",
        "Coaching koordinieren",
        konto=SACHBEARBEITUNG,
    ),
    Seite(
        "coaches", f"{COACHING_DER_LPR}coaches/", "Coaches", konto=SACHBEARBEITUNG, druckseiten=3
    ),
    Seite(
        "coaches-keiner",
        f"{COACHING_DER_LPR}coaches/?frei=ja&ab=2099-01-01&kreis=1",
        "Coaches",
        konto=SACHBEARBEITUNG,
    ),
    Seite(
        "vermitteln",
        f"{COACHING_DER_LPR}?ansicht=wartend",
        "Coach für",
        (folge("main tbody td a"),),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite(
        "vermitteln-fehler",
        f"{COACHING_DER_LPR}?ansicht=wartend",
        "Fehler: Coach für",
        (folge("main tbody td a"), lehne_ohne_grund_ab),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite(
        "vermitteln-vorgeschlagen",
        f"{COACHING_DER_LPR}?ansicht=ohne-antwort",
        "Coach für",
        (folge("main tbody td a"),),
        SACHBEARBEITUNG,
    ),
    Seite(
        "coach-vorschlagen-fehler",
        f"{COACHING_DER_LPR}?ansicht=wartend",
        "Fehler: Beispiel Coach",
        (folge("main tbody td a"), folge("main tbody td a:has-text('Vorschlagen')"), sende_ab),
        SACHBEARBEITUNG,
        druckseiten=3,
    ),
    Verwaltungsseite("coach-liste", "beratung/coach/", "Coach", konto=SACHBEARBEITUNG),
    Verwaltungsseite(
        "coach-einladen-fehler",
        "beratung/coach/add/",
        "Fehler: Coach einladen",
        (sende_ab,),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "coach", "beratung/coach/", "", (folge("#result_list tbody a"),), konto=SACHBEARBEITUNG
    ),
]
