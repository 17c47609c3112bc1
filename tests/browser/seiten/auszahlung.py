"""Bank data and requests of the Kommune, payouts in the Fallakte, payments of the LPR."""

from .schritte import folge, sende_ab
from .seite import Aktenseite, Antragsseite, Mitgliederseite, Seite
from .zugaenge import HAUSHALT, ZEICHNUNG

LAEUFT = {"liste": "vorgaenge", "wort": "in Durchführung", "konto": ZEICHNUNG}
STEHT_BEVOR = {"liste": "vorgaenge", "wort": "bestandskräftig", "konto": ZEICHNUNG}
# The payout that waits for the release is the only thing with the Haushalt.
ZUR_FREIGABE = (folge("main .assk-vorrat tbody th a"), folge("main .assk-lage a.kern-btn"))


def ohne_grund(page):
    """Refuse it without a reason."""
    with page.expect_navigation():
        page.get_by_role("button", name="Auszahlung ablehnen").click()


SEITEN = [
    Mitgliederseite("bankverbindung", "bankverbindung/", "Bankverbindung", konto=ZEICHNUNG),
    Mitgliederseite(
        "bankverbindung-fehler",
        "bankverbindung/",
        "Fehler: Bankverbindung",
        (sende_ab,),
        konto=ZEICHNUNG,
    ),
    Antragsseite("auszahlungen", "auszahlungen/", "Auszahlungen", **LAEUFT),
    Antragsseite(
        "auszahlung-anfordern", "auszahlungen/anfordern/", "Geld anfordern", **STEHT_BEVOR
    ),
    Antragsseite(
        "auszahlung-anfordern-fehler",
        "auszahlungen/anfordern/",
        "Fehler: Geld anfordern",
        (sende_ab,),
        **STEHT_BEVOR,
    ),
    Aktenseite(
        "auszahlungen",
        "auszahlungen/",
        "Auszahlungen",
        konto=HAUSHALT,
        stand="in_durchfuehrung",
    ),
    Aktenseite(
        "auszahlung",
        "auszahlungen/",
        "2. Auszahlung",
        (folge("main tbody th a"),),
        konto=HAUSHALT,
        stand="in_durchfuehrung",
        suche="KP-2026-0001",
        druckseiten=3,
    ),
    Seite(
        "akte-auszahlung-fehler",
        "/vorgaenge/",
        "Fehler: 2. Auszahlung",
        (*ZUR_FREIGABE, ohne_grund),
        HAUSHALT,
        druckseiten=4,
    ),
    Seite("zahlungen", "/vorgaenge/zahlungen/", "Zahlungen", konto=HAUSHALT),
    Seite(
        "zahlungen-einlesen",
        "/vorgaenge/zahlungen/einlesen/",
        "Rückmeldung der Kasse einlesen",
        konto=HAUSHALT,
    ),
    Seite(
        "zahlungen-einlesen-fehler",
        "/vorgaenge/zahlungen/einlesen/",
        "Fehler: Rückmeldung der Kasse einlesen",
        (sende_ab,),
        HAUSHALT,
        status=422,
    ),
]
