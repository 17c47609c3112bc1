"""Every page type of the portal, each form once with errors. The checks go through this table."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

# Logins of the Beispieldaten.
PASSWORT = "asskomm-beispiel"
REDAKTION = "redaktion@example.org"

PORTAL = {"body > header": 1, "main": 1, "body > footer": 1, "main#inhalt": 1}
STOERUNG = {"body > header": 1, "main": 1}


@dataclass(frozen=True)
class Seite:
    """`titel` is what the page's title begins with; `druckseiten` how much paper it may take."""

    name: str
    adresse: str
    titel: str
    schritte: tuple[Callable[[Page], None], ...] = ()
    konto: str = ""
    status: int = 200
    landmarken: tuple[tuple[str, int], ...] = tuple(PORTAL.items())
    druckseiten: int = 2

    def __str__(self):
        return self.name


def folge(wahl: str):
    """Go on to where the first link that `wahl` finds leads."""

    def schritt(page):
        page.goto(page.locator(wahl).first.evaluate("link => link.href"))

    return schritt


def sende_ab(page):
    """Send the form of the page as it stands."""
    page.locator("main form button[type=submit], main form input[type=submit]").first.click()
    page.wait_for_load_state()


SEITEN = [
    Seite("start", "/", "Allianz Sichere"),
    Seite("zahlen", "/zahlen/", "Zahlen", druckseiten=9),
]
