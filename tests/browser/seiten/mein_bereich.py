"""Mein Bereich of a Kommune: its members, its council, its analyses."""

import itertools

from .schritte import folge, sende_ab, weiter_zu
from .seite import Mitgliederseite, Seite
from .zugaenge import IN_ZWEI_KOMMUNEN

ANALYSE = folge("main li:has(time[datetime='2022-03-16']) h2 a")
EMPFEHLUNG = folge("main tbody th a")
_nummern = itertools.count(1)


def lade_ein(page):
    """Invite somebody; the list of the members says so."""
    page.locator("#id_email").fill(f"neu{next(_nummern)}@example.org")
    page.locator("#id_rollen_3").check()
    sende_ab(page)


def mit_falschem_kontakt(page):
    """No mailbox, no telephone number, a state whose day lies ahead."""
    page.locator("#id_kontakt_email").fill("unsinn")
    page.locator("#id_kontakt_telefon").fill("im Rathaus")
    page.locator("#id_zustand_2").check()
    page.locator("#id_zustand_seit").fill("2199")
    sende_ab(page)


def ohne_rolle(page):
    for kasten in page.locator("main input:checked").all():
        kasten.uncheck()
    sende_ab(page)


MITGLIED = folge("main tr:has-text('Beispiel Zeichnung') a")
EINGELADEN = folge("main tr:has-text('eingeladen') a")
ENDE = folge("main a[href$='/beenden/']")
ZUM_RAT = folge("main .assk-treffer a")

SEITEN = [
    # Mein Bereich and the members of a Kommune
    Mitgliederseite("mein-bereich", "", "Döbeln – Mein Bereich", druckseiten=3),
    Seite("mein-bereich-auswahl", "/mein-bereich/", "Mein Bereich", konto=IN_ZWEI_KOMMUNEN),
    Seite(
        "mein-bereich-ohne-kommune",
        "/mein-bereich/",
        "Mein Bereich",
        konto="ohne-kommune@example.org",
    ),
    Mitgliederseite("mitglieder", "mitglieder/", "Mitglieder: Döbeln"),
    Mitgliederseite("mitglieder-lesen", "mitglieder/", "Mitglieder", konto=IN_ZWEI_KOMMUNEN),
    Mitgliederseite("mitglied-einladen", "mitglieder/einladen/", "Mitglied einladen"),
    Mitgliederseite(
        "mitglied-einladen-fehler", "mitglieder/einladen/", "Fehler: Mitglied", (sende_ab,)
    ),
    Mitgliederseite("mitglied-eingeladen", "mitglieder/einladen/", "Mitglieder", (lade_ein,)),
    Mitgliederseite("einladung-ansehen", "mitglieder/einladen/", "neu", (lade_ein, EINGELADEN)),
    Mitgliederseite("mitglied-rollen", "mitglieder/", "Beispiel Zeichnung", (MITGLIED,)),
    Mitgliederseite(
        "mitglied-rollen-fehler",
        "mitglieder/",
        "Fehler: Beispiel Zeichnung",
        (MITGLIED, ohne_rolle),
    ),
    Mitgliederseite("mitglied-beenden", "mitglieder/", "Mitgliedschaft beenden", (MITGLIED, ENDE)),
    Mitgliederseite("rollen-pruefen", "mitglieder/pruefen/", "Rollen prüfen"),
    Mitgliederseite("mitglieder-verlassen", "mitglieder/verlassen/", "Eigene Mitgliedschaft"),
    Mitgliederseite(
        "403-mitglieder",
        "mitglieder/einladen/",
        "Kein Zugriff",
        konto=IN_ZWEI_KOMMUNEN,
        status=403,
    ),
    # The yearly confirmation of a council
    Mitgliederseite(
        "raete-der-kommune", "praeventionsraete/", "Präventionsrat: Döbeln", konto=IN_ZWEI_KOMMUNEN
    ),
    Mitgliederseite(
        "rat-bestaetigen",
        "praeventionsraete/",
        "Präventionsrat Döbeln",
        (ZUM_RAT,),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=3,
    ),
    Mitgliederseite(
        "rat-korrigieren-fehler",
        "praeventionsraete/",
        "Fehler: Angaben korrigieren",
        (ZUM_RAT, weiter_zu("korrigieren/"), mit_falschem_kontakt),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=5,
    ),
    # Analyses of a Kommune and what becomes of their recommendations
    Mitgliederseite("analysen", "analysen/", "Sicherheitsanalysen", konto=IN_ZWEI_KOMMUNEN),
    Mitgliederseite(
        "analyse",
        "analysen/",
        "Sicherheitsanalyse ab 16.03.2022",
        (ANALYSE,),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=4,
    ),
    Mitgliederseite(
        "empfehlung", "analysen/", "Empfehlung 1", (ANALYSE, EMPFEHLUNG), konto=IN_ZWEI_KOMMUNEN
    ),
    Mitgliederseite(
        "empfehlung-fehler",
        "analysen/",
        "Fehler: Empfehlung 1",
        (ANALYSE, EMPFEHLUNG, sende_ab),
        konto=IN_ZWEI_KOMMUNEN,
    ),
]
