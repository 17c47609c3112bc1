"""What the Kommune knows of the decisions about its case: a result only with its notice (F18).

A decision takes effect towards the Kommune when its notice becomes known (§ 43 VwVfG). Until it
may read the notice, it learns that there is a decision, and how the notice comes, but not which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from .models import VOR_ENTSCHEIDUNG, Bekanntgabe, Bescheid, Entscheidung, Foerderantrag, Status

Art = Entscheidung.Art
# The contents of notices are large, and nobody reads them here.
_BESCHEIDE = (
    Bescheid.objects.defer("inhalt")
    .select_related("bekanntgabe", "entscheidung")
    .order_by("nummer")
)


@dataclass(frozen=True)
class Kenntnis:
    """`status` is the state the Kommune knows, None where all it knows is that there is a decision.

    `unbekannt` is the last notice that it may not read yet.
    """

    status: Status | None
    unbekannt: Bescheid | None = None


def ist_lesbar(bekanntgabe: Bekanntgabe, heute: date) -> bool:
    """Whether the Kommune may read the notice in the portal without fetching it first."""
    if bekanntgabe.abgerufen_um:
        return True
    return bekanntgabe.bekannt_am is not None and bekanntgabe.bekannt_am <= heute


def mit_bescheiden(antraege: QuerySet[Foerderantrag]) -> QuerySet[Foerderantrag]:
    """For lists: the notices of all cases in one query."""
    return antraege.prefetch_related(Prefetch("bescheide", _BESCHEIDE.all()))


def bescheide(antrag: Foerderantrag) -> list[Bescheid]:
    """The notices of a case in their order, each with its delivery, read once."""
    prefetch_related_objects([antrag], Prefetch("bescheide", _BESCHEIDE.all()))
    return [b for b in antrag.bescheide.all() if hasattr(b, "bekanntgabe")]


def kennt_bewilligung(antrag: Foerderantrag, heute: date) -> bool:
    """Whether the Kommune may read a notice that grants money."""
    return any(
        b.art in Entscheidung.MIT_BETRAG and ist_lesbar(b.bekanntgabe, heute)
        for b in bescheide(antrag)
    )


def kennt_forderung(antrag: Foerderantrag, heute: date) -> bool:
    """Whether the Kommune may read a notice that claims money back."""
    return any(
        b.art == Art.RUECKFORDERUNG and ist_lesbar(b.bekanntgabe, heute) for b in bescheide(antrag)
    )


def kenntnis(antrag: Foerderantrag, heute: date) -> Kenntnis:
    """Before a decision the state itself, afterwards as far as notices may be read."""
    status = Status(antrag.status)
    if status in VOR_ENTSCHEIDUNG or status == Status.ZURUECKGEZOGEN:
        return Kenntnis(status)
    alle = bescheide(antrag)
    lesbar = [b for b in alle if ist_lesbar(b.bekanntgabe, heute)]
    unbekannt = next((b for b in reversed(alle) if b not in lesbar), None)
    entscheidende = [b for b in alle if b.art not in (Art.AENDERUNG, Art.RUECKFORDERUNG)]
    if lesbar and entscheidende and lesbar[-1].nummer >= entscheidende[-1].nummer:
        return Kenntnis(_ohne_forderung(status, lesbar), unbekannt)
    widerrufen = bool(entscheidende) and entscheidende[-1].art == Art.WIDERRUF
    return Kenntnis(_bewilligt(lesbar, heute) if widerrufen else None, unbekannt)


def _ohne_forderung(status, lesbar):
    """Before the Kommune may read that it has to pay back, its proof is checked and no more."""
    bekannt = any(b.art == Art.RUECKFORDERUNG for b in lesbar)
    if status == Status.RUECKFORDERUNG and not bekannt:
        return Status.NACHWEIS_GEPRUEFT
    return status


def _bewilligt(lesbar, heute):
    """Where the known grant would stand without the revocation, which is not known yet."""
    bewilligungen = [b for b in lesbar if b.art in Entscheidung.MIT_BETRAG]
    if not bewilligungen:
        return None
    erste = next((b for b in reversed(lesbar) if b.art in Entscheidung.UEBER_ANTRAG), lesbar[0])
    if erste.bekanntgabe.bestandskraft_am is None:
        return Status.BEWILLIGT
    if bewilligungen[-1].entscheidung.bewilligung_von <= heute:
        return Status.IN_DURCHFUEHRUNG
    return Status.BESTANDSKRAEFTIG
