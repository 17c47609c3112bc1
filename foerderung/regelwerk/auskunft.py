"""What the present rules and rounds say: for the public pages and everybody who plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.utils import timezone

from asskomm.formate import FEST, euro
from asskomm.formularfelder import zahl_text
from asskomm.quellen import Quelle, lies_quellen

from ..models import Foerderrunde, Regel, Regelwerk

WORTE = {
    Regel.Einheit.TAGE: ("Tag", "Tage"),
    Regel.Einheit.MONATE: ("Monat", "Monate"),
    Regel.Einheit.ANZAHL: ("", ""),
}


class Zustand(Enum):
    OFFEN = "offen"
    KOMMT = "kommt"
    KEINES = "keines"


@dataclass(frozen=True)
class Fenster:
    """Whether applications can arrive at a moment: in `runde`, from `runde` on, or not foreseeable."""

    zustand: Zustand
    runde: Foerderrunde | None = None

    @property
    def ist_offen(self) -> bool:
        return self.zustand is Zustand.OFFEN

    @property
    def kommt(self) -> bool:
        return self.zustand is Zustand.KOMMT


def fenster(um: datetime) -> Fenster:
    """The window that is open at the moment `um`, else the next one."""
    if runde := Foerderrunde.objects.offen(um).select_related("regelwerk").first():
        return Fenster(Zustand.OFFEN, runde)
    kommend = Foerderrunde.objects.kommend(timezone.localdate(um))
    if runde := kommend.select_related("regelwerk").first():
        return Fenster(Zustand.KOMMT, runde)
    return Fenster(Zustand.KEINES)


def massgebend(um: datetime) -> Regelwerk | None:
    """The rule set for whoever plans an application at the moment `um`.

    That of the open or next round; without any the newest released one that has come into force.
    """
    if runde := fenster(um).runde:
        return runde.regelwerk
    return Regelwerk.objects.freigegeben().filter(gilt_ab__lte=timezone.localdate(um)).first()


def runde_fuer(jahr: int, am: date) -> Foerderrunde | None:
    """The round for a funding year: one that has not ended on the day `am`, else the last one."""
    passend = Foerderrunde.objects.filter(jahr_von__lte=jahr, jahr_bis__gte=jahr)
    return passend.filter(schluss__gte=am).order_by("beginn").first() or passend.first()


def quellen(regel: Regel) -> list[Quelle]:
    """The sources of a rule, which its text separates with semicolons."""
    return lies_quellen(regel.quelle.split("; "))


def wertangabe(regel: Regel) -> str:
    """The value of a rule with its unit: "90 %", "10.000,00 €", "1 Monat"; empty without a value."""
    if regel.wert is None:
        return ""
    if regel.einheit == Regel.Einheit.EURO:
        return euro(regel.wert)
    if regel.einheit == Regel.Einheit.PROZENT:
        return f"{zahl_text(regel.wert)}{FEST}%"
    einzahl, mehrzahl = WORTE[Regel.Einheit(regel.einheit)]
    wort = einzahl if regel.wert == 1 else mehrzahl
    return f"{zahl_text(regel.wert)}{FEST}{wort}" if wort else zahl_text(regel.wert)
