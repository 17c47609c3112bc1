"""Cases that take up recommendations of an analysis, for the pages of their Kommune (F37)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from beratung.analysen.faelle import Fall, melde_an

from .antrag.rahmen import OHNE_TITEL
from .antrag.worte import lage
from .kenntnis import mit_bescheiden
from .models import MIT_NACHWEIS, Aufgriff, Foerderantrag, Status


@melde_an
def faelle(empfehlungen: Collection[int], heute: date) -> dict[int, list[Fall]]:
    """As the Kommune knows them: a result comes with its notice."""
    aufgriffe = list(Aufgriff.objects.filter(empfehlung__in=empfehlungen).order_by("-seit", "-pk"))
    antraege = mit_bescheiden(
        Foerderantrag.objects.filter(pk__in={aufgriff.antrag_id for aufgriff in aufgriffe})
    )
    je_antrag = {antrag.pk: _fall(antrag, heute) for antrag in antraege}
    gefunden = defaultdict(list)
    for aufgriff in aufgriffe:
        gefunden[aufgriff.empfehlung_id].append(je_antrag[aufgriff.antrag_id])
    return gefunden


def ist_zu_ende(antrag: Foerderantrag, heute: date) -> bool:
    """Whether the project is over: its last day is past, or its proof of use is there."""
    if antrag.status in MIT_NACHWEIS:
        return True
    return antrag.status == Status.IN_DURCHFUEHRUNG and antrag.durchfuehrung_bis < heute


def _fall(antrag, heute):
    stand = lage(antrag, heute)
    return Fall(
        f"{antrag.nummer} · {antrag.titel or OHNE_TITEL}",
        antrag.get_absolute_url(),
        stand.zustand,
        stand.wort,
        ist_zu_ende(antrag, heute),
    )
