"""What waits for the Kommune about its notices, for "Mein Bereich"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from kommunen.befugnisse import Zugang
from kommunen.bereich import Faelliges

from ..antrag.bereich import antraege
from ..kenntnis import bescheide
from ..models import Bekanntgabe
from .stand import empfaengt


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """Notices to fetch, for those who can."""
    if not empfaengt(zugang):
        return
    heute = timezone.localdate(um)
    for antrag in zugang.einmal(antraege):
        for bescheid in bescheide(antrag):
            weg = bescheid.bekanntgabe
            if not _ist_abzurufen(weg, heute):
                continue
            yield Faelliges(
                f"Zum Antrag {antrag.nummer} liegt ein Bescheid zum Abruf bereit.",
                "Bescheid abrufen",
                reverse("foerderung:bescheid", args=[antrag.pk, bescheid.pk]),
                weg.abrufbar_bis,
            )


def _ist_abzurufen(weg, heute):
    if weg.weg != Bekanntgabe.Weg.ABRUF or weg.abgerufen_um:
        return False
    return weg.abrufbar_bis is not None and weg.abrufbar_bis >= heute
