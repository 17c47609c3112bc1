"""What waits for the Kommune about its notices, for "Mein Bereich"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from kommunen.befugnisse import Zugang
from kommunen.bereich import Faelliges

from ..models import Bekanntgabe
from .stand import empfaengt


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """Notices to fetch, for those who can."""
    if not empfaengt(zugang):
        return
    offen = Bekanntgabe.objects.filter(
        bescheid__antrag__kommune=zugang.kommune,
        weg=Bekanntgabe.Weg.ABRUF,
        abgerufen_um__isnull=True,
        abrufbar_bis__gte=timezone.localdate(um),
    )
    for bekanntgabe in offen.select_related("bescheid__antrag"):
        bescheid = bekanntgabe.bescheid
        yield Faelliges(
            f"Zum Antrag {bescheid.antrag.nummer} liegt ein Bescheid zum Abruf bereit.",
            "Bescheid abrufen",
            reverse("foerderung:bescheid", args=[bescheid.antrag_id, bescheid.pk]),
            bekanntgabe.abrufbar_bis,
        )
