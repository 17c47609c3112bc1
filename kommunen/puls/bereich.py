"""Councils that wait for their yearly confirmation, for "Mein Bereich"."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from ..befugnisse import Befugnis, Zugang
from ..bereich import Faelliges
from .lage import lagen


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """What is asked and not answered, for those who can answer."""
    if not zugang.darf(Befugnis.BEARBEITEN):
        return
    for lage in lagen(zugang.kommune, timezone.localdate(um)):
        if lage.offene is None:
            continue
        yield Faelliges(
            f"Stimmen die öffentlichen Angaben zu „{lage.rat}“ noch?",
            "Angaben bestätigen",
            reverse("puls:rat", args=[zugang.kommune.kennung, lage.rat.pk]),
            None if lage.ist_verstrichen else lage.bis,
        )
