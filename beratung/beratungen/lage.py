"""What a Kommune reads of its advice; the page of an application asks here, too."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from kommunen.models import Kommune

from ..models import Beratung, Beratungsanfrage


def beratungen(kommune: Kommune, bis: date) -> QuerySet[Beratung]:
    """Recorded ones held up to and on the day `bis`, the newest first."""
    return kommune.beratungen.bis(bis)


def offene_anfrage(kommune: Kommune) -> Beratungsanfrage | None:
    return kommune.beratungsanfragen.offen().select_related("kommune", "gestellt_von").first()
