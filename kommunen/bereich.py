"""What an app tells in "Mein Bereich": its functions return these, the portal puts them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from .befugnisse import Zugang
from .models import Kommune


@dataclass(frozen=True)
class Faelliges:
    """Something that waits for the person: what, until when, and the one link to do it."""

    titel: str
    handlung: str  # the words of the link
    adresse: str
    bis: date | None = None


@dataclass(frozen=True)
class Vorgang:
    """A draft or a case of the Kommune; `zustand` is the value of the state, `wort` its word."""

    titel: str
    adresse: str
    zustand: str
    wort: str
    ist_entwurf: bool = False


Faelligkeiten = Callable[[Zugang, datetime], Iterable[Faelliges]]
Vorgaenge = Callable[[Zugang, datetime], Iterable[Vorgang]]


def pfad(kommune: Kommune, *weitere: tuple[object, str]) -> list[tuple[object, str]]:
    """From "Mein Bereich" over the Kommune to the page: words with the address of each."""
    return [
        ("Mein Bereich", reverse("bereich:start")),
        (kommune, reverse("bereich:kommune", args=[kommune.kennung])),
        *weitere,
    ]
