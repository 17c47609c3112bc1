"""The plan to read: for the page before the signature, the Fallakte, and the preview of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from asskomm.formate import FEST, euro
from asskomm.formularfelder import zahl_text

from .lesen import Plan, ist_leer, lies
from .rechnung import Planregeln, rechne
from .seite import MIT_ZEILENSUMME, Posten, posten
from .spalten import EIGENLEISTUNG, GRUPPEN, Gruppe, Spalte, mit_jahren
from .verstoesse import Verstoss, differenz_satz, hinweise, pruefe

FEHLT = "keine Angabe"


@dataclass(frozen=True)
class Zelle:
    titel: str
    text: str
    ist_zahl: bool


@dataclass(frozen=True)
class Lesetabelle:
    titel: str
    kopf: tuple[Zelle, ...]
    zeilen: tuple[tuple[Zelle, ...], ...]
    summe: str

    @property
    def spalten(self):
        """Columns beside that of the sum."""
        return len(self.kopf) - 1


class Planansicht:
    """Everything of a plan as words. What could not be read is shown as it was typed."""

    def __init__(self, eingaben: Mapping, jahre: tuple[int, ...], regeln: Planregeln):
        gelesen = lies(eingaben, jahre)
        self.plan: Plan = gelesen.plan
        self.fehler = gelesen.fehler
        self.regeln = regeln
        self.rechnung = rechne(self.plan, regeln)
        self.verstoesse: tuple[Verstoss, ...] = pruefe(self.plan, self.rechnung, regeln)
        self.hinweise = tuple(hinweise(self.plan, self.rechnung, regeln))
        self.tabellen = [
            self._tabelle(gruppe, zeilen)
            for gruppe in GRUPPEN.values()
            if (zeilen := _gefuellte(eingaben, gruppe))
        ]

    @property
    def gegenueberstellung(self) -> list[Posten]:
        return list(posten(self.rechnung.gesamt, self.verstoesse, self.regeln))

    @property
    def je_jahr(self):
        if len(self.plan.jahre) == 1:
            return []
        return [(summen, differenz_satz(summen.differenz)) for summen in self.rechnung.jahre]

    @property
    def ausnahme(self) -> tuple[str, str] | None:
        """Case and reason of a small grant."""
        if not (self.plan.ausnahmegrund or self.plan.ausnahmebegruendung):
            return None
        grund = self.regeln.ausnahmegruende.get(self.plan.ausnahmegrund, "")
        return grund, self.plan.ausnahmebegruendung

    def _tabelle(self, gruppe, zeilen):
        # What is computed stands at the end; the value of own work is one of these.
        spalten = [
            spalte
            for spalte in mit_jahren(gruppe, self.plan.jahre)
            if not (gruppe is EIGENLEISTUNG and spalte.name == "betrag")
        ]
        gelesene = {zeile.nummer: zeile for zeile in self.plan.zeilen[gruppe.schluessel]}
        kopf = [Zelle("", spalte.ueberschrift, _ist_zahl(spalte)) for spalte in spalten]
        if gruppe in MIT_ZEILENSUMME:
            kopf.append(Zelle("", "Summe", True))
        return Lesetabelle(
            gruppe.titel,
            tuple(kopf),
            tuple(
                tuple(self._zellen(gruppe, spalten, nummer, zeile, gelesene[nummer]))
                for nummer, zeile in zeilen
            ),
            euro(getattr(self.rechnung.gesamt, gruppe.schluessel)),
        )

    def _zellen(self, gruppe, spalten, nummer, getippt, gelesen):
        for spalte in spalten:
            text = wert_text(spalte, getattr(gelesen, spalte.name)) or getippt.get(spalte.name)
            if not text and spalte.leer:
                text = FEHLT
            yield Zelle(spalte.ueberschrift, text or "", _ist_zahl(spalte))
        if gruppe in MIT_ZEILENSUMME:
            betrag = self.rechnung.betraege.get((gruppe.schluessel, nummer))
            yield Zelle("Summe", "" if betrag is None else euro(betrag), True)


def wert_text(spalte: Spalte, wert: object) -> str:
    """A value of a row as people read it."""
    if wert is None or wert == "":
        return ""
    if spalte.wahl is not None:
        return str(spalte.wahl.get(str(wert), wert))
    if spalte.einheit == "€":
        return euro(wert)
    if isinstance(wert, Decimal | int):
        return f"{zahl_text(wert)}{FEST}{spalte.einheit}".strip()
    return str(wert)


def _ist_zahl(spalte):
    return bool(spalte.tastatur)


def _gefuellte(eingaben: Mapping, gruppe: Gruppe):
    """(place, row) of each row in which something was typed."""
    zeilen = eingaben.get("zeilen", {}).get(gruppe.schluessel, [])
    return [(nummer, zeile) for nummer, zeile in enumerate(zeilen) if not ist_leer(zeile)]
