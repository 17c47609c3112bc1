"""Until when an application may arrive."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from asskomm.formate import tag

from ..models import Foerderantrag


def letzter_tag(antrag: Foerderantrag) -> date:
    """The last day on which the application may arrive: of the round, or of an extension (F10)."""
    verlaengert = [verlaengerung.bis for verlaengerung in antrag.verlaengerungen.all()]
    return max([antrag.runde.schluss, *verlaengert])


def ist_offen(antrag: Foerderantrag, um: datetime) -> bool:
    """Whether the application could arrive at the moment `um` (Europe/Berlin)."""
    return antrag.runde.beginn <= timezone.localdate(um) <= letzter_tag(antrag)


def satz(antrag: Foerderantrag, um: datetime) -> str:
    """What the banner says about the deadline."""
    bis = tag(letzter_tag(antrag))
    if timezone.localdate(um) > letzter_tag(antrag):
        return f"Die Frist endete am {bis} um 24:00 Uhr. Ihr Entwurf bleibt erhalten."
    return f"Die Frist endet am {bis} um 24:00 Uhr."
