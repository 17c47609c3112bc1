"""Whether the states of one council can follow each other.

The database refuses a wrong row, but only one row at a time. A form saves several at once
(one state ends, the next begins), so it asks here about all of them together, and writes
them in a way that the database never meets two of them at odds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from django.core.exceptions import ValidationError

from .models import Ratszustand

Zustand = Ratszustand.Zustand
TEXTE = {regel.name: regel.violation_error_message for regel in Ratszustand._meta.constraints}


def pruefe_zustandsfolge(zustaende: Iterable[Ratszustand]) -> None:
    """Raise ValidationError unless a council may have all of these states together.

    Each lasts at least a day, they may not overlap, only one may be open, and none may follow
    a dissolution. As in the
    database a state lasts from the last day its beginning can mean to the day before the
    last day its end can mean.
    """
    zustaende = list(zustaende)
    for zustand in zustaende:
        if _beginn(zustand) == _ende(zustand):
            raise ValidationError(
                f"Der Zustand „{zustand}“ zählt an keinem Tag. "
                "Geben Sie Beginn oder Ende genauer an."
            )
    ende = [z for z in zustaende if z.zustand == Zustand.AUFGELOEST]
    if any(_beginn(z) > _beginn(aufgeloest) for aufgeloest in ende for z in zustaende):
        raise ValidationError(TEXTE["ratszustand_aufgeloest_bleibt"])
    if sum(z.bis is None for z in zustaende) > 1:
        raise ValidationError(TEXTE["ratszustand_einer_offen"])
    for einer, anderer in combinations(zustaende, 2):
        if _ueberschneiden_sich(einer, anderer):
            raise ValidationError(
                f"{TEXTE['ratszustand_ohne_ueberschneidung']} {einer}; {anderer}."
            )


def lege_beiseite(nummern: Iterable[int]) -> None:
    """Take states out of the way that are about to be rewritten, within one transaction.

    A span without a day overlaps nothing. The history does not see this: it keeps what is
    saved afterwards.
    """
    Ratszustand.objects.filter(pk__in=nummern).update(
        zustand=Zustand.RUHEND, von="1900", bis="1900"
    )


def _beginn(zustand) -> date:
    return zustand.von.letzter_tag if zustand.von else date.min


def _ende(zustand) -> date:
    return zustand.bis.letzter_tag if zustand.bis else date.max


def _ueberschneiden_sich(einer, anderer) -> bool:
    beginn = max(_beginn(einer), _beginn(anderer))
    ende = min(_ende(einer), _ende(anderer))
    return beginn < ende
