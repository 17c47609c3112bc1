"""The advice that comes before an application (F3), as the Kommune sees it."""

from __future__ import annotations

from datetime import date

from beratung.models import Beratung, Beratungsanfrage
from kommunen.models import Kommune


def beratungen(kommune: Kommune, bis: date) -> list[Beratung]:
    """Recorded ones held up to and on the day `bis`, the newest first."""
    return list(kommune.beratungen.bis(bis))


def offene_anfrage(kommune: Kommune) -> Beratungsanfrage | None:
    return kommune.beratungsanfragen.offen().first()
