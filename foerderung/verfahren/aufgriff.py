"""Which recommendations of an analysis a case takes up, and what that means for them (F37).

While a case is a draft, that is a mark in its section; the version that is signed counts. They are
free again when the case is withdrawn, or when a refusal or a revocation is final: before, the
Kommune may not know of it yet, or go to court. What becomes of a recommendation, beratung knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from asskomm.konten.models import Konto
from beratung.verfahren import analyse

from ..models import Aufgriff, Foerderantrag


def setze(antrag: Foerderantrag, nummern: Iterable[int], *, durch: Konto, um: datetime) -> None:
    """The version that is signed now takes up these recommendations and no others.

    Raises SchrittNichtMoeglich where one that is new in it is done or dropped.
    """
    gewaehlt = set(nummern)
    vorher = set(antrag.aufgriffe.values_list("empfehlung", flat=True))
    neu, weg = gewaehlt - vorher, vorher - gewaehlt
    if neu:
        analyse.greife_auf(neu, durch=durch, um=um)
        Aufgriff.objects.bulk_create(
            Aufgriff(antrag=antrag, empfehlung_id=nummer, seit=um) for nummer in sorted(neu)
        )
    if weg:
        analyse.gib_frei(weg, durch=durch, um=um)
        antrag.aufgriffe.filter(empfehlung__in=weg).delete()


def beende(antrag: Foerderantrag, *, durch: Konto | None, um: datetime) -> None:
    """The case has ended without success: what it took up is free again. Twice is once."""
    if nummern := _umgestellt(antrag, laeuft=False):
        analyse.gib_frei(nummern, durch=durch, um=um)


def nimm_wieder_auf(antrag: Foerderantrag, *, durch: Konto, um: datetime) -> None:
    """The case runs again after a judgment, also where its end had been final by mistake."""
    if nummern := _umgestellt(antrag, laeuft=True):
        analyse.greife_auf(nummern, durch=durch, um=um, wieder=True)


def _umgestellt(antrag, *, laeuft):
    """The recommendations of the rows that were not so before, and now are."""
    zeilen = antrag.aufgriffe.filter(laeuft=not laeuft)
    nummern = list(zeilen.values_list("empfehlung", flat=True))
    zeilen.update(laeuft=laeuft)
    return nummern
