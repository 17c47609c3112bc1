"""The admin."""

from datetime import date, timedelta

from .schritte import folge, oeffne_alles, sende_ab
from .seite import Verwaltungsseite
from .zugaenge import ADMINISTRATION, SACHBEARBEITUNG


def schlage_vertretung_vor(page):
    """One that nobody has decided yet."""
    page.locator("#id_vertretener").select_option(label="Beispiel Prüfung")
    page.locator("#id_vertreter").select_option(label="Beispiel Redaktion")
    morgen = date.today() + timedelta(days=1)
    page.locator("#id_beginn").fill(f"{morgen:%d.%m.%Y}")
    page.locator("#id_ende").fill(f"{morgen + timedelta(days=300):%d.%m.%Y}")
    page.locator("#id_begruendung").fill("Elternzeit")
    sende_ab(page)


ERSTER = folge("#result_list tbody a")

SEITEN = [
    # Admin
    Verwaltungsseite("verwaltung", "", "Übersicht"),
    Verwaltungsseite("verwaltung-liste", "portal/meldung/?q=Zwickau", "Meldung"),
    Verwaltungsseite("verwaltung-kommentare", "portal/kommentar/", "Kommentar"),
    Verwaltungsseite(
        "verwaltung-kommune", "kommunen/kommune/?q=Döbeln", "", (folge("#result_list tbody a"),)
    ),
    Verwaltungsseite(
        "verwaltung-rat",
        "kommunen/praeventionsrat/?q=Bautzen",
        "",
        (folge("#result_list tbody a"),),
    ),
    Verwaltungsseite(
        "verwaltung-meldung",
        "portal/meldung/?q=Abendrundgang",
        "",
        (folge("#result_list tbody a"),),
    ),
    Verwaltungsseite("verwaltung-meldung-neu", "portal/meldung/add/", "Meldung hinzufügen"),
    Verwaltungsseite(
        "verwaltung-meldung-fehler", "portal/meldung/add/", "Fehler: Meldung", (sende_ab,)
    ),
    Verwaltungsseite(
        "verwaltung-verlauf",
        "portal/meldung/?q=Abendrundgang",
        "",
        (folge("#result_list tbody a"), folge(".historylink")),
    ),
    Verwaltungsseite(
        "verwaltung-loeschen",
        "portal/meldung/?q=Abendrundgang",
        "",
        (folge("#result_list tbody a"), folge(".deletelink")),
    ),
    Verwaltungsseite("verwaltung-aenderungen", "aenderungen/", "Änderungen"),
    # The yearly confirmation of the councils
    Verwaltungsseite(
        "verwaltung-bestaetigungen",
        "kommunen/ratsbestaetigung/?stand=telefon",
        "",
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-bestaetigung",
        "kommunen/ratsbestaetigung/?stand=fehlt",
        "",
        (ERSTER,),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-bestaetigung-fehler",
        "kommunen/ratsbestaetigung/add/",
        "Fehler: Bestätigung am Telefon",
        (sende_ab,),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-korrektur", "kommunen/ratskorrektur/", "", (ERSTER,), konto=SACHBEARBEITUNG
    ),
    Verwaltungsseite(
        "verwaltung-korrektur-ablehnen-fehler",
        "kommunen/ratskorrektur/",
        "Fehler: ",
        (ERSTER, folge("a[href$='/ablehnen/']"), sende_ab),
        konto=SACHBEARBEITUNG,
    ),
    # Rule sets and rounds
    Verwaltungsseite(
        "verwaltung-regelwerke", "foerderung/regelwerk/", "Regelwerk", konto=SACHBEARBEITUNG
    ),
    Verwaltungsseite(
        "verwaltung-regelwerk",
        "foerderung/regelwerk/",
        "Richtlinie",
        (ERSTER, oeffne_alles),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-regelwerk-neue-version",
        "foerderung/regelwerk/",
        "Richtlinie",
        (ERSTER, folge("a[href$='/neue-version/']")),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-runde-fehler",
        "foerderung/foerderrunde/add/",
        "Fehler: ",
        (sende_ab,),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-frist-verlaengern",
        "foerderung/fristverlaengerung/add/",
        "Frist verlängern",
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-ansatz-fehler",
        "foerderung/haushaltsansatz/add/",
        "Fehler: ",
        (sende_ab,),
        konto=SACHBEARBEITUNG,
    ),
    # Accounts, and what two people decide
    Verwaltungsseite("verwaltung-konten", "konten/konto/", "Konto", konto=ADMINISTRATION),
    Verwaltungsseite(
        "verwaltung-konto",
        "konten/konto/?q=redaktion",
        "Beispiel Redaktion",
        (ERSTER,),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-konto-deaktivieren",
        "konten/konto/?q=redaktion",
        "Beispiel Redaktion",
        (ERSTER, folge("a[href$='/deaktivieren/']")),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-konto-deaktivieren-fehler",
        "konten/konto/?q=redaktion",
        "Fehler: ",
        (ERSTER, folge("a[href$='/deaktivieren/']"), sende_ab),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-konto-verlauf",
        "konten/konto/?q=redaktion",
        "Verlauf: ",
        (ERSTER, folge(".historylink")),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-einladen", "konten/konto/add/", "Person einladen", konto=ADMINISTRATION
    ),
    Verwaltungsseite(
        "verwaltung-einladen-fehler",
        "konten/konto/add/",
        "Fehler: Person",
        (sende_ab,),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-vorschlagen",
        "kommunen/bestellung/add/",
        "Verwaltung einer Kommune",
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-vorschlag",
        "konten/vertretung/add/",
        "Beispiel Redaktion vertritt",
        (schlage_vertretung_vor,),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-vorschlag-zurueckziehen",
        "konten/vertretung/add/",
        "Beispiel Redaktion vertritt",
        (schlage_vertretung_vor, folge("a[href$='/zurueckziehen/']")),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-vorschlaege", "konten/vertretung/", "Vertretung", konto=ADMINISTRATION
    ),
]
