"""Advice: the request of a Kommune and the worklist of the LPR."""

from .schritte import folge, sende_ab
from .seite import Mitgliederseite, Seite
from .zugaenge import IN_ZWEI_KOMMUNEN, SACHBEARBEITUNG

BERATUNG_DER_LPR = "/beratung/koordination/"

SEITEN = [
    # Advice
    Mitgliederseite("beratungen", "beratung/", "Beratung", konto=IN_ZWEI_KOMMUNEN, druckseiten=3),
    Mitgliederseite(
        "beratungen-fehler",
        "beratung/",
        "Fehler: Beratung",
        (sende_ab,),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=3,
    ),
    Seite(
        "beratungsanfrage",
        "/mein-bereich/14625020/beratung/",
        "Anfrage nach Beratung",
        (folge("section[aria-labelledby='anfrage'] a"),),
        IN_ZWEI_KOMMUNEN,
    ),
    Seite("beratung-vorrat", BERATUNG_DER_LPR, "Beratung der Kommunen", konto=SACHBEARBEITUNG),
    Seite(
        "beratung-anfrage-fehler",
        BERATUNG_DER_LPR,
        "Fehler: Anfrage nach Beratung",
        (folge("main tbody th a"), sende_ab),
        SACHBEARBEITUNG,
        druckseiten=3,
    ),
    Seite(
        "beratung-festhalten-fehler",
        f"{BERATUNG_DER_LPR}?ansicht=vorbei",
        "Fehler: Anfrage nach Beratung",
        (folge("main tbody th a"), sende_ab),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite(
        "beratung-aufnehmen-fehler",
        f"{BERATUNG_DER_LPR}anfrage/",
        "Fehler: Anfrage aufnehmen",
        (sende_ab,),
        SACHBEARBEITUNG,
    ),
    Seite(
        "beratung-ohne-anfrage-fehler",
        f"{BERATUNG_DER_LPR}beratung/",
        "Fehler: Beratung ohne Anfrage festhalten",
        (sende_ab,),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
]
