"""What waits for the Kommune after the end of an engagement, for "Mein Bereich"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges

from ..begleitung.bereich import mandate
from ..models import Mandatsstand, Nachfrage


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """Questions about the effect, for those who can answer them."""
    if not zugang.darf(Befugnis.BEARBEITEN):
        return
    beendete = [m.pk for m in zugang.einmal(mandate) if m.stand != Mandatsstand.LAUFEND]
    offen = Nachfrage.objects.offen(timezone.localdate(um)).filter(mandat__in=beendete)
    for frage in offen.order_by("faellig_am", "pk"):
        yield Faelliges(
            f"Was ist aus Ihrem Coaching geworden? Wir fragen {frage.get_monate_display()}.",
            "Frage beantworten",
            reverse("beratung:nachfrage", args=[frage.pk]),
        )
