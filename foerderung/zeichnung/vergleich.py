"""Two versions of an application side by side, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ..antrag.fassung import gruppen

FEHLT = "nicht enthalten"


@dataclass(frozen=True)
class Zeile:
    """One field that differs; `alt` or `neu` is FEHLT where it was not there."""

    angabe: str
    alt: str
    neu: str


@dataclass(frozen=True)
class Unterschied:
    """A part of the application in which something differs."""

    titel: str
    zeilen: tuple[Zeile, ...]


@dataclass(frozen=True)
class Vergleich:
    unterschiede: tuple[Unterschied, ...]
    gleich: tuple[str, ...]  # titles of the parts without any difference

    @property
    def anzahl(self) -> int:
        return sum(len(unterschied.zeilen) for unterschied in self.unterschiede)


def vergleiche(alt: Mapping, neu: Mapping) -> Vergleich:
    """What differs between two contents, in the order of the new one; what went comes last."""
    vorher, nachher = _nach_titel(alt), _nach_titel(neu)
    unterschiede, gleich = [], []
    for titel in [*nachher, *(titel for titel in vorher if titel not in nachher)]:
        zeilen = _zeilen(vorher.get(titel, {}), nachher.get(titel, {}))
        if zeilen:
            unterschiede.append(Unterschied(titel, zeilen))
        else:
            gleich.append(titel)
    return Vergleich(tuple(unterschiede), tuple(gleich))


def _nach_titel(inhalt):
    return {titel: _benannt(paare) for titel, paare in gruppen(inhalt)}


def _benannt(paare):
    """{(label, how often it came before): text}: labels may repeat."""
    zaehler, benannt = Counter(), {}
    for angabe, text in paare:
        benannt[angabe, zaehler[angabe]] = text
        zaehler[angabe] += 1
    return benannt


def _zeilen(alt, neu):
    alle = [*neu, *(name for name in alt if name not in neu)]
    return tuple(
        Zeile(name[0], alt.get(name, FEHLT), neu.get(name, FEHLT))
        for name in alle
        if alt.get(name) != neu.get(name)
    )
