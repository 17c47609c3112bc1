"""Analyses of a Kommune in "Mein Bereich"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from kommunen.befugnisse import Zugang
from kommunen.bereich import Vorgang


def vorgaenge(zugang: Zugang, um: datetime) -> Iterator[Vorgang]:
    for analyse in zugang.kommune.analysen.all():
        yield Vorgang(
            str(analyse),
            reverse("beratung:analyse", args=[zugang.kommune.kennung, analyse.pk]),
            analyse.stand,
            analyse.get_stand_display(),
        )
