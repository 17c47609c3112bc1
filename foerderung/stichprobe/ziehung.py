"""The draw itself, without database, clock or chance: the same input gives the same cases (F23).

Anybody can repeat it by hand from the CSV of a draw:

1. For each case, take the SHA-256 of the text `Startwert|Aktenzeichen` (UTF-8), in hexadecimal.
2. Sort the cases ascending by it.
3. The first ceil(share x number of cases / 100) are drawn.
4. Cases with a risk that are not among them are looked at as well. They come on top: however many
   risks there are, every case has the same chance to be drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import Enum

from ..kanonisch import pruefsumme as _pruefsumme


class Los(Enum):
    """Why a case is looked at or not; the values are those of `Stichprobenfall.Grund`."""

    GEZOGEN = "gezogen"
    RISIKO = "risiko"
    NICHT_GEZOGEN = "nicht_gezogen"


@dataclass(frozen=True)
class Gezogen:
    """A case of the population in the order of the draw; `platz` begins with 1."""

    platz: int
    nummer: str
    risiken: tuple[str, ...]
    schluessel: str
    los: Los


def anzahl(faelle: int, anteil: Decimal) -> int:
    """How many of them are drawn at least: the share in percent, rounded up."""
    return int((anteil * faelle / 100).to_integral_value(ROUND_CEILING))


def schluessel(startwert: str, nummer: str) -> str:
    """By which a case is sorted."""
    return hashlib.sha256(f"{startwert}|{nummer}".encode()).hexdigest()


def ziehe(grundgesamtheit: Sequence[Mapping], anteil: Decimal, startwert: str) -> list[Gezogen]:
    """Every case of the population ({"nummer": …, "risiken": […]}) with its lot, in their order."""
    reihe = sorted(grundgesamtheit, key=lambda fall: schluessel(startwert, fall["nummer"]))
    grenze = anzahl(len(reihe), anteil)
    return [
        Gezogen(
            platz,
            fall["nummer"],
            tuple(fall["risiken"]),
            schluessel(startwert, fall["nummer"]),
            _los(platz <= grenze, fall["risiken"]),
        )
        for platz, fall in enumerate(reihe, start=1)
    ]


def _los(ist_gezogen, risiken):
    if ist_gezogen:
        return Los.GEZOGEN
    return Los.RISIKO if risiken else Los.NICHT_GEZOGEN


def pruefsumme(grundgesamtheit: Sequence[Mapping]) -> str:
    """By which a population is known again: SHA-256 of its cases as canonical JSON."""
    return _pruefsumme({"faelle": list(grundgesamtheit)})
