"""The budgets of the funding: what is bound, what is free, what is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from .models import (
    IN_PRUEFUNG,
    Foerderantrag,
    Haushaltsansatz,
    Mittelbindung,
    Status,
)

NULL = Decimal("0.00")
# Submitted, and nobody has decided yet.
OFFEN = (*IN_PRUEFUNG, Status.NACHFORDERUNG)


def _summe(bindungen: QuerySet) -> Coalesce:
    """The sum of these Mittelbindungen for each budget of the outer query."""
    je_ansatz = bindungen.filter(ansatz=OuterRef("pk")).order_by().values("ansatz")
    return Coalesce(
        Subquery(je_ansatz.annotate(summe=Sum("betrag_euro")).values("summe")),
        NULL,
        output_field=DecimalField(max_digits=12, decimal_places=2),
    )


def abweichende() -> QuerySet[Haushaltsansatz]:
    """Budgets whose bound sum is not what the grants in force bind.

    There are none unless somebody has written past the procedure.
    """
    soll = _summe(Mittelbindung.objects.wirksam())
    return Haushaltsansatz.objects.alias(soll=soll).exclude(gebunden_euro=F("soll"))


def abweichungen() -> QuerySet[Haushaltsansatz]:
    """The same, each with what the grants bind, as `soll_euro`."""
    return abweichende().annotate(soll_euro=F("soll"))


@dataclass(frozen=True)
class Zeile:
    """One budget in the overview."""

    ansatz: Haushaltsansatz
    vorgeschlagen: Decimal


@dataclass(frozen=True)
class Haushaltsjahr:
    """A year with its budgets, and what open cases whose funding begins in it ask for."""

    jahr: int
    zeilen: tuple[Zeile, ...]
    beantragt: Decimal
    antraege: int

    @property
    def ansatz(self) -> Decimal:
        return sum((zeile.ansatz.betrag_euro for zeile in self.zeilen), NULL)

    @property
    def gebunden(self) -> Decimal:
        return sum((zeile.ansatz.gebunden_euro for zeile in self.zeilen), NULL)

    @property
    def vorgeschlagen(self) -> Decimal:
        return sum((zeile.vorgeschlagen for zeile in self.zeilen), NULL)

    @property
    def frei(self) -> Decimal:
        return self.ansatz - self.gebunden


def uebersicht() -> list[Haushaltsjahr]:
    """Every year with a budget or an open request, the latest first. Two queries."""
    zeilen = defaultdict(list)
    for ansatz in Haushaltsansatz.objects.annotate(
        vorgeschlagen=_summe(Mittelbindung.objects.vorgeschlagen())
    ).order_by("haushaltsstelle"):
        zeilen[ansatz.haushaltsjahr].append(Zeile(ansatz, ansatz.vorgeschlagen))
    beantragt = defaultdict(list)
    for jahr, betrag in Foerderantrag.objects.filter(status__in=OFFEN).values_list(
        "runde__jahr_von", "zuwendung_beantragt_euro"
    ):
        beantragt[jahr].append(betrag or NULL)
    return [
        Haushaltsjahr(jahr, tuple(zeilen[jahr]), sum(beantragt[jahr], NULL), len(beantragt[jahr]))
        for jahr in sorted({*zeilen, *beantragt}, reverse=True)
    ]


@dataclass(frozen=True)
class Wirkung:
    """What a decision does to one budget: before and after."""

    ansatz: Haushaltsansatz
    bisher: Decimal
    neu: Decimal

    @property
    def frei_nachher(self) -> Decimal:
        return self.ansatz.frei_euro + self.bisher - self.neu

    @property
    def reicht(self) -> bool:
        return self.frei_nachher >= 0


def wirkung(bisher: dict[int, Decimal], bindungen: Iterable[Mittelbindung]) -> list[Wirkung]:
    """The budgets a decision binds, changes or releases; `bisher` is what the case binds now."""
    neu = {bindung.ansatz_id: bindung.betrag_euro for bindung in bindungen}
    betroffen = Haushaltsansatz.objects.filter(pk__in={*bisher, *neu})
    return [
        Wirkung(ansatz, bisher.get(ansatz.pk, NULL), neu.get(ansatz.pk, NULL))
        for ansatz in betroffen.order_by("haushaltsjahr", "haushaltsstelle")
    ]
