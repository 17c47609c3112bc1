"""How many people a room must hold on each day: the admitted, and guests who take a module there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import Anmeldung, Durchgang, Kurstag, Nachholung, Stand


@dataclass(frozen=True)
class Tag:
    """`gaeste` are among the `erwartet`. Guests hold no place of the cohort, only a chair."""

    kurstag: Kurstag
    erwartet: int
    gaeste: int
    plaetze: int

    @property
    def ist_zu_voll(self) -> bool:
        return self.erwartet > self.plaetze


def gaeste(durchgang: Durchgang) -> QuerySet[Nachholung]:
    """Who takes a module with this cohort and is of another one."""
    menge = durchgang.gaeste.filter(anmeldung__stand=Stand.ZUGELASSEN)
    return menge.select_related("anmeldung__teilnahme", "anmeldung__durchgang", "modul").order_by(
        "modul__nummer", "anmeldung__name"
    )


def tage(
    durchgang: Durchgang, eigene: Collection[Anmeldung], gaeste: Collection[Nachholung]
) -> list[Tag]:
    """The days in their order; `eigene` are the admitted of the cohort.

    Who is expected is the same as in `verfahren.anwesenheit.erwartete`, without a query per day.
    """
    gezaehlt = []
    for kurstag in durchgang.kurstage.select_related("modul"):
        hiesige = sum(_kommt(anmeldung, kurstag) for anmeldung in eigene)
        fremde = sum(
            gast.modul_id == kurstag.modul_id and _kommt(gast.anmeldung, kurstag) for gast in gaeste
        )
        gezaehlt.append(Tag(kurstag, hiesige + fremde, fremde, durchgang.plaetze or 0))
    return gezaehlt


def zu_volle(durchgang: Durchgang) -> list[Tag]:
    """The days on which more people are expected than there are places."""
    eigene = durchgang.anmeldungen.filter(stand=Stand.ZUGELASSEN).select_related("teilnahme")
    alle = tage(durchgang, list(eigene), list(gaeste(durchgang)))
    return [tag for tag in alle if tag.ist_zu_voll]


def _kommt(anmeldung, kurstag):
    abbruch = anmeldung.abgebrochen_am
    return abbruch is None or abbruch.letzter_tag >= kurstag.tag
