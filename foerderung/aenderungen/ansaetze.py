"""What the plan of a grant has for each kind of expenditure, before and after reported shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..bemessung import NULL
from ..models import ANGENOMMEN, Aenderung, Aenderungsart, Aenderungsstand, Foerderantrag
from ..plan.ausgabenarten import ARTEN
from ..plan.lesen import lies
from ..plan.regeln import planjahre
from ..plan.spalten import PERSONAL, Ausgabenart


@dataclass(frozen=True)
class Ansaetze:
    """`bewilligt` is the plan that was signed, `plan` the same with every shift consented to, and
    `gemeldet` also with those that were only noted; {kind of expenditure: euro}."""

    bewilligt: Mapping[str, Decimal]
    plan: Mapping[str, Decimal]
    gemeldet: Mapping[str, Decimal]

    @property
    def summe(self) -> Decimal:
        return sum(self.plan.values(), NULL)


def ansaetze(antrag: Foerderantrag) -> Ansaetze:
    bewilligt = _nach_fassung(antrag)
    plan = gemeldet = bewilligt
    umschichtungen = (
        Aenderung.objects.filter(
            antrag=antrag, art=Aenderungsart.UMSCHICHTUNG, stand__in=ANGENOMMEN
        )
        .order_by("nummer")
        .prefetch_related("umschichtungen")
    )
    for aenderung in umschichtungen:
        gemeldet = {zeile.ausgabenart: zeile.neu_euro for zeile in aenderung.umschichtungen.all()}
        if aenderung.stand == Aenderungsstand.ZUGESTIMMT:
            plan = gemeldet
    return Ansaetze(bewilligt, plan, gemeldet)


def ueberschreitung(plan: Decimal, neu: Decimal) -> Decimal | None:
    """By how many percent of the plan it is exceeded, 0 where it is not; None without a plan."""
    if neu <= plan:
        return NULL
    return (neu - plan) * 100 / plan if plan else None


def braucht_zustimmung(plan: Mapping, neu: Mapping, grenze: Decimal) -> bool:
    """Whether a kind of expenditure goes up by more than `grenze` percent, or is a new one."""
    for art, betrag in neu.items():
        um = ueberschreitung(plan.get(art, NULL), betrag)
        if um is None or um > grenze:
            return True
    return False


def _nach_fassung(antrag):
    """The rows of the newest signed version that count, by kind."""
    fassung = antrag.fassungen.order_by("-nummer").first()
    eingaben = fassung.inhalt.get("abschnitte", {}).get("plan", {}) if fassung else {}
    plan = lies(eingaben, planjahre(antrag)).plan
    summen: dict[str, Decimal] = {}
    for zeile in plan.personal:
        if zeile.betrag and zeile.jahr:
            summen[PERSONAL.schluessel] = summen.get(PERSONAL.schluessel, NULL) + zeile.betrag
    for zeile in plan.sach:
        art = zeile.art or Ausgabenart.SONSTIGES.value
        if zeile.betrag and zeile.jahr and art in ARTEN:
            summen[art] = summen.get(art, NULL) + zeile.betrag
    return summen
