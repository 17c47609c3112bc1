"""The figures of a proof: planned, spent, difference by category, income, what is still due or comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..bemessung import NULL
from ..models import Regel
from ..plan.ausgabenarten import ARTEN, art_wort
from ..plan.spalten import EIGENLEISTUNG
from .formular import DRITTMITTEL, LEISTUNGEN
from .rechnung import Abrechnung, Angaben, Ergebnis, Grundlage, rechne, rechne_ab
from .umfeld import Nachweisumfeld


@dataclass(frozen=True)
class Position:
    """One row; `zu_viel` where more went there than may be shifted without asking."""

    schluessel: str
    titel: str
    soll: Decimal | None  # None where the signed plan cannot be read
    ist: Decimal
    zu_viel: bool = False

    @property
    def abweichung(self) -> Decimal | None:
        return None if self.soll is None else self.ist - self.soll


@dataclass(frozen=True)
class Zahlen:
    ausgaben: tuple[Position, ...]
    einnahmen: tuple[Position, ...]
    ergebnis: Ergebnis
    abrechnung: Abrechnung
    umschichtung: Regel | None

    @property
    def summe(self) -> Position:
        return _summe("Ausgaben zusammen", self.ausgaben)

    @property
    def einnahmensumme(self) -> Position:
        return _summe("Einnahmen zusammen", self.einnahmen)

    @property
    def verschoben(self) -> tuple[Position, ...]:
        return tuple(position for position in self.ausgaben if position.zu_viel)


def _summe(titel, positionen):
    lesbar = all(position.soll is not None for position in positionen)
    return Position(
        "summe",
        titel,
        sum((p.soll for p in positionen), NULL) if lesbar else None,
        sum((p.ist for p in positionen), NULL),
    )


def zahlen(umfeld: Nachweisumfeld, werte: Mapping) -> Zahlen:
    """For a case with a grant; `werte` are those of the form: rows that can be read count."""
    bewilligung, konto = umfeld.bewilligung, umfeld.konto
    geplant = umfeld.plan.rechnung.gesamt if umfeld.plan else None
    eigenanteil = umfeld.regeln.get(Regel.Schluessel.EIGENANTEIL)
    angaben = Angaben(
        belege=sum(umfeld.belegsummen.values(), NULL),
        eigenleistung=_zeilensumme(werte, LEISTUNGEN),
        drittmittel=_zeilensumme(werte, DRITTMITTEL),
    )
    ergebnis = rechne(
        Grundlage(
            bewilligt=bewilligung.betrag,
            foerdersatz=bewilligung.foerdersatz,
            eigenanteil=eigenanteil.wert if eigenanteil else NULL,
            eigenleistung_geplant=geplant.eigenleistung if geplant else angaben.eigenleistung,
        ),
        angaben,
    )
    umschichtung = umfeld.regeln.get(Regel.Schluessel.UMSCHICHTUNG_PROZENT)
    return Zahlen(
        ausgaben=tuple(_ausgaben(umfeld, angaben, umschichtung)),
        einnahmen=tuple(_einnahmen(bewilligung, geplant, angaben, ergebnis)),
        ergebnis=ergebnis,
        abrechnung=rechne_ab(
            ergebnis.zuwendung,
            bewilligt=bewilligung.betrag,
            gezahlt=konto.gezahlt,
            zurueckgezahlt=konto.zurueckgezahlt,
        ),
        umschichtung=umschichtung,
    )


def _zeilensumme(werte, gruppe):
    return sum((zeile.get("betrag") or NULL for zeile in werte.get(gruppe, ())), NULL)


def _ausgaben(umfeld, angaben, umschichtung) -> Iterator[Position]:
    nach_art = umfeld.plan.rechnung.nach_art if umfeld.plan else None
    bekannt = {**ARTEN, **{a: art_wort(a) for a in umfeld.belegsummen if a not in ARTEN}}
    for art, titel in bekannt.items():
        soll = None if nach_art is None else nach_art.get(titel, NULL)
        ist = umfeld.belegsummen.get(art, NULL)
        if soll or ist:
            yield Position(art, titel, soll, ist, _zu_viel(umfeld, art, ist, umschichtung))
    soll = None if nach_art is None else nach_art.get(EIGENLEISTUNG.titel, NULL)
    if soll or angaben.eigenleistung:
        yield Position(LEISTUNGEN, EIGENLEISTUNG.titel, soll, angaben.eigenleistung)


def _zu_viel(umfeld, art, ist, umschichtung):
    """Beyond what may go from one kind of expenditure to another without anybody's consent.

    Shifts that were reported and accepted count as planned.
    """
    if umfeld.plan is None or umschichtung is None:
        return False
    return ist * 100 > umfeld.gemeldet.get(art, NULL) * (100 + umschichtung.wert)


def _einnahmen(bewilligung, geplant, angaben, ergebnis) -> Iterator[Position]:
    def soll(name):
        return getattr(geplant, name) if geplant else None

    yield Position("eigenmittel", "Eigenmittel", soll("eigenmittel"), ergebnis.eigenmittel)
    yield Position(LEISTUNGEN, EIGENLEISTUNG.titel, soll("eigenleistung"), ergebnis.eigenleistung)
    yield Position(DRITTMITTEL, "Mittel von Dritten", soll("drittmittel"), angaben.drittmittel)
    yield Position("zuwendung", "Zuwendung", bewilligung.betrag, ergebnis.zuwendung)
