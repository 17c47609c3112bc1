"""What a page type is, and how those of one part of the portal are written down."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from .schritte import folge, weiter_zu
from .zugaenge import IN_ZWEI_KOMMUNEN, REDAKTION, SACHBEARBEITUNG, VERWALTUNG_DER_KOMMUNE

PORTAL = (("body > header", 1), ("main#inhalt", 1), ("main", 1), ("body > footer", 1))
VERWALTUNG = (("header#header", 1), ("main", 1))
STOERUNG = (("body > header", 1), ("main", 1))


@dataclass(frozen=True)
class Seite:
    """`titel` is what the page's title begins with; `druckseiten` how much paper it may take."""

    name: str
    adresse: str
    titel: str
    schritte: tuple[Callable[[Page], None], ...] = ()  # what it takes to see it
    konto: str = ""
    status: int = 200
    landmarken: tuple[tuple[str, int], ...] = PORTAL
    druckseiten: int = 2

    def __str__(self):
        return self.name


def Verwaltungsseite(name, adresse, titel, schritte=(), konto=REDAKTION):
    """A page of the admin: it is not made for paper."""
    return Seite(
        name, f"/admin/{adresse}", titel, schritte, konto, landmarken=VERWALTUNG, druckseiten=0
    )


def Mitgliederseite(name, adresse, titel, schritte=(), konto=VERWALTUNG_DER_KOMMUNE, **weiteres):
    """A page of the Kommune of the demo accounts."""
    return Seite(name, f"/mein-bereich/14522080/{adresse}", titel, schritte, konto, **weiteres)


def Aktenseite(
    name, reiter="", titel="", schritte=(), konto=SACHBEARBEITUNG, stand="eingereicht", suche="",
    **weiteres,
):  # fmt: skip
    """A page of the first case in this state that `suche` finds; `reiter` ends its address."""
    return Seite(
        f"akte-{name}", f"/vorgaenge/?ansicht=alle&status={stand}&q={suche}", titel,
        (folge("main .assk-vorrat tbody th a"), weiter_zu(reiter), *schritte), konto, **weiteres,
    )  # fmt: skip


def Antragsseite(
    name, ende="", titel="", schritte=(), liste="entwuerfe", wort="Entwurf", **weiteres
):
    """A page of the first application of the demo Kommune with this word (a|b) on its chip."""
    zum_fall = folge(
        f"section[aria-labelledby='{liste}'] li:has(.assk-chip:text-matches('^({wort})$')) h3 a"
    )
    return Mitgliederseite(
        f"antrag-{name}", "", titel, (zum_fall, weiter_zu(ende), *schritte),
        **{"konto": IN_ZWEI_KOMMUNEN, **weiteres},
    )  # fmt: skip
