"""The days of a cohort as a calendar file."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from asskomm import kalenderdatei

from ..models import Durchgang, Kurstag


def kurstage(durchgang: Durchgang, tage: list[Kurstag]) -> bytes:
    """A calendar of the days; the same data gives the same file."""
    return kalenderdatei.kalender(str(durchgang), (_ereignis(durchgang, tag) for tag in tage))


def _ereignis(durchgang, kurstag):
    beginn = _moment(kurstag.tag, kurstag.von)
    return kalenderdatei.ereignis(
        f"kurstag-{kurstag.pk}",
        f"{durchgang.lehrgang}: {kurstag.modul}",
        beginn=beginn,
        ende=_moment(kurstag.tag, kurstag.bis),
        stand=beginn,
        ort=kurstag.ort,
        adresse=durchgang.get_absolute_url(),
        tatsache=durchgang,
    )


def _moment(tag, zeit):
    return timezone.make_aware(datetime.combine(tag, zeit))
