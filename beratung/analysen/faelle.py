"""Grant cases that take up a recommendation, as the page of their Kommune shows them.

beratung does not know of grants: the app that keeps the cases declares here how to find them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fall:
    """`zustand` and `wort` are its chip, `ist_zu_ende`: its approved time is over."""

    titel: str
    adresse: str
    zustand: str
    wort: str
    ist_zu_ende: bool


# By recommendation, as the Kommune knows the cases on that day.
Quelle = Callable[[Collection[int], date], Mapping[int, list[Fall]]]
_quellen: list[Quelle] = []


def melde_an(quelle: Quelle) -> Quelle:
    _quellen.append(quelle)
    return quelle


def faelle(empfehlungen: Collection[int], heute: date) -> dict[int, list[Fall]]:
    """For each recommendation its cases, the last one first."""
    gefunden: dict[int, list[Fall]] = {}
    for quelle in _quellen:
        for nummer, einige in quelle(empfehlungen, heute).items():
            gefunden.setdefault(nummer, []).extend(einige)
    return gefunden
