"""The Ausgaben- und Finanzierungsplan as numbers: every sum, share and rate (F7).

    gelesen = lies(abschnitt.eingaben, jahre)
    rechnung = rechne(gelesen.plan, regeln)

`gelesen.fehler` are the fields that are missing or cannot be read; `verstoesse.pruefe` names each
broken rule with its number. Nothing here knows a legal value: they come in as `Planregeln`.
Amounts are Decimal with two places, rounded half up; whether a rate is kept is decided on the
exact numbers.

The value of an Eigenleistung counts on both sides, as expenditure without payment and as own share.
So a plan that balances never asks for more money than is paid out. (The directive lets own work,
own staff and material count as own share; that it is added to the expenditure is inferred.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from .lesen import Personalzeile, Plan, Sachzeile, gerundet
from .spalten import (
    CENT,
    EIGENLEISTUNG,
    EIGENMITTEL,
    GRUPPEN,
    PERSONAL,
    SACH,
    ZUWENDUNG,
    Ausgabenart,
    Eigenleistungsart,
)

NULL = Decimal("0.00")


@dataclass(frozen=True)
class Planregel:
    """A rule of the rule set; `bestaetigt` is False where no readable source has the value."""

    nummer: str
    titel: str
    text: str = ""
    wert: Decimal | None = None
    bestaetigt: bool = True


@dataclass(frozen=True)
class Obergrenze:
    """What a full post may cost in a whole year, and up to which group and step."""

    entgeltgruppe: int
    stufe: int
    jahresbetrag_euro: Decimal
    bestaetigt: bool = True

    def reicht_fuer(self, zeile: Personalzeile) -> bool:
        """Whether the amount keeps to it: multiplied out, so that nothing is rounded."""
        return zeile.betrag * 1200 <= self.jahresbetrag_euro * zeile.stellenanteil * zeile.monate


@dataclass(frozen=True)
class Planregeln:
    """All legal values a plan is held against. A rule that is None is not in the rule set."""

    hoechstsatz: Planregel | None = None
    eigenanteil: Planregel | None = None
    untergrenze: Planregel | None = None
    erstattung_unter: Planregel | None = None
    keine_investitionen: Planregel | None = None
    finanzierung_ausgeglichen: Planregel | None = None
    personalobergrenze: Planregel | None = None
    stundensatz_eigenleistung: Planregel | None = None
    keine_doppelfoerderung: Planregel | None = None
    obergrenzen: Mapping[tuple[int, str], Obergrenze] = field(default_factory=dict)
    ausnahmegruende: Mapping[str, str] = field(default_factory=dict)

    def obergrenze(self, zeile: Personalzeile) -> Decimal | None:
        """What the row may cost: the ceiling for its part of a post and of a year."""
        grenze = self.obergrenzen.get((zeile.jahr, zeile.qualifikation))
        if grenze is None or zeile.stellenanteil is None or zeile.monate is None:
            return None
        return grenze.jahresbetrag_euro * zeile.stellenanteil * zeile.monate / 1200

    @property
    def stundensatz(self) -> Decimal | None:
        return self.stundensatz_eigenleistung.wert if self.stundensatz_eigenleistung else None


@dataclass(frozen=True)
class Summen:
    """Of one year, or of all (`jahr` is None)."""

    jahr: int | None = None
    personal: Decimal = NULL
    sach: Decimal = NULL
    eigenleistung: Decimal = NULL
    eigenmittel: Decimal = NULL
    drittmittel: Decimal = NULL
    zuwendung: Decimal = NULL

    @property
    def ausgaben(self) -> Decimal:
        return self.personal + self.sach + self.eigenleistung

    @property
    def finanzierung(self) -> Decimal:
        return self.eigenmittel + self.eigenleistung + self.drittmittel + self.zuwendung

    @property
    def differenz(self) -> Decimal:
        """Below zero money is missing, above there is too much."""
        return self.finanzierung - self.ausgaben

    @property
    def eigenanteil(self) -> Decimal:
        return self.eigenmittel + self.eigenleistung

    @property
    def satz_zuwendung(self) -> Decimal | None:
        """Percent of the expenditure, exact; None without expenditure."""
        return self.zuwendung * 100 / self.ausgaben if self.ausgaben else None

    @property
    def satz_eigenanteil(self) -> Decimal | None:
        return self.eigenanteil * 100 / self.ausgaben if self.ausgaben else None


# A row: its group and its place there, from 0.
Zeilenort = tuple[str, int]


@dataclass(frozen=True)
class Rechnung:
    gesamt: Summen
    jahre: tuple[Summen, ...]
    nach_art: Mapping[str, Decimal]  # expenditure by kind in words, in the order of the page
    betraege: Mapping[Zeilenort, Decimal]  # what each row comes to, if that can be told
    gezaehlt: frozenset[Zeilenort]  # rows that are part of the sums
    obergrenzen: Mapping[int, Decimal]  # of staff rows by their place, rounded down

    def ohne(self, plan: Plan, gruppe: str) -> tuple[int, ...]:
        """Rows of the group that are in no sum, numbered from 1 as on the page."""
        return tuple(
            zeile.nummer + 1
            for zeile in plan.zeilen[gruppe]
            if (gruppe, zeile.nummer) not in self.gezaehlt
        )


def rechne(plan: Plan, regeln: Planregeln) -> Rechnung:
    betraege = _betraege(plan, regeln)
    gezaehlt = frozenset(
        (gruppe, zeile.nummer)
        for gruppe, zeilen in plan.zeilen.items()
        for zeile in zeilen
        if (gruppe, zeile.nummer) in betraege and _zaehlt(zeile)
    )
    jahre = tuple(_summen(plan, betraege, gezaehlt, jahr) for jahr in plan.jahre)
    grenzen = {zeile.nummer: regeln.obergrenze(zeile) for zeile in plan.personal}
    return Rechnung(
        gesamt=_zusammen(jahre),
        jahre=jahre,
        nach_art=_nach_art(plan, betraege, gezaehlt),
        betraege=betraege,
        gezaehlt=gezaehlt,
        obergrenzen={
            nummer: grenze.quantize(CENT, rounding=ROUND_DOWN)
            for nummer, grenze in grenzen.items()
            if grenze is not None
        },
    )


def ist_investiv(zeile: object) -> bool:
    return isinstance(zeile, Sachzeile) and zeile.art == Ausgabenart.INVESTIV


def _zaehlt(zeile):
    """A row without a year has no place in a sum, and an investment is not eligible."""
    return zeile.jahr is not None and not ist_investiv(zeile)


def _betraege(plan, regeln):
    gefunden = {}
    for gruppe, zeilen in plan.zeilen.items():
        for zeile in zeilen:
            betrag = zeile.betrag
            if gruppe == EIGENLEISTUNG.schluessel and zeile.art == Eigenleistungsart.ARBEIT:
                bewertbar = zeile.stunden is not None and regeln.stundensatz is not None
                betrag = gerundet(zeile.stunden * regeln.stundensatz) if bewertbar else None
            if betrag is not None:
                gefunden[gruppe, zeile.nummer] = betrag
    return gefunden


def _summen(plan, betraege, gezaehlt, jahr):
    def summe(gruppe):
        return sum(
            (
                betraege[gruppe, zeile.nummer]
                for zeile in plan.zeilen[gruppe]
                if zeile.jahr == jahr and (gruppe, zeile.nummer) in gezaehlt
            ),
            NULL,
        )

    return Summen(
        jahr,
        **{gruppe: summe(gruppe) for gruppe in GRUPPEN},
        eigenmittel=plan.eigenmittel.get(jahr, NULL),
        zuwendung=plan.zuwendung.get(jahr, NULL),
    )


def _zusammen(jahre):
    namen = (*GRUPPEN, EIGENMITTEL.name, ZUWENDUNG.name)
    return Summen(**{name: sum((getattr(j, name) for j in jahre), NULL) for name in namen})


def _nach_art(plan, betraege, gezaehlt):
    arten = [PERSONAL.titel, *Ausgabenart.labels, EIGENLEISTUNG.titel]
    summen = dict.fromkeys(arten, NULL)
    for gruppe in (PERSONAL, SACH, EIGENLEISTUNG):
        for zeile in plan.zeilen[gruppe.schluessel]:
            if (gruppe.schluessel, zeile.nummer) not in gezaehlt:
                continue
            art = gruppe.titel
            if gruppe is SACH:  # as long as no kind is chosen, it is another one
                art = Ausgabenart(zeile.art or Ausgabenart.SONSTIGES).label
            summen[art] += betraege[gruppe.schluessel, zeile.nummer]
    return {art: summe for art, summe in summen.items() if summe}
