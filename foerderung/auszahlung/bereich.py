"""What waits for the Kommune about its money, for "Mein Bereich"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges

from ..models import Bankverbindung


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """An account that the person can confirm."""
    if not zugang.darf(Befugnis.ZEICHNEN):
        return
    offen = Bankverbindung.objects.offen().filter(kommune=zugang.kommune)
    if offen.exclude(vorgeschlagen_von=zugang.konto).exists():
        yield Faelliges(
            "Eine neue Bankverbindung wartet auf Ihre Bestätigung.",
            "Bankverbindung prüfen",
            reverse("foerderung:bankverbindung", args=[zugang.kommune.kennung]),
        )
