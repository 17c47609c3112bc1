"""When something takes place, in words people use; all times in Europe/Berlin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

TAGESENDE = time(23, 59)


@dataclass(frozen=True)
class Zeit:
    """A begin and an end. From 00:00 to 23:59 means whole days, without times."""

    beginn: datetime
    ende: datetime

    @classmethod
    def von(cls, termin) -> Zeit:
        return cls(timezone.localtime(termin.beginn), timezone.localtime(termin.ende))

    @property
    def ganztaegig(self) -> bool:
        ende = self.ende.time().replace(second=0, microsecond=0)
        return self.beginn.time() == time() and ende == TAGESENDE

    @property
    def eintaegig(self) -> bool:
        return self.beginn.date() == self.ende.date()

    def __str__(self) -> str:
        """E.g. "11.09.2026, 10:00 bis 17:00 Uhr", "11.09.2026, 10:00 Uhr bis 12.09.2026, 15:00 Uhr"."""
        tag, letzter_tag = f"{self.beginn:%d.%m.%Y}", f"{self.ende:%d.%m.%Y}"
        if self.ganztaegig:
            return tag if self.eintaegig else f"{tag} bis {letzter_tag}"
        if self.beginn == self.ende:
            return f"{tag}, {self.beginn:%H:%M} Uhr"
        if self.eintaegig:
            return f"{tag}, {self.beginn:%H:%M} bis {self.ende:%H:%M} Uhr"
        return f"{tag}, {self.beginn:%H:%M} Uhr bis {letzter_tag}, {self.ende:%H:%M} Uhr"
