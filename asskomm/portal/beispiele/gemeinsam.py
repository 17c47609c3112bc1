"""What the modules of the invented records share: the files, the accounts, hours and silence."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from django.utils import timezone

from asskomm.konten.models import Konto
from asskomm.post.models import Nachricht

ORDNER = Path(__file__).resolve().parent.parent / "daten" / "beispiele"
QUELLE = "Beispieldaten (erfunden)"
# Demo accounts that act for the LPR while something is played.
SACHBEARBEITUNG, PRUEFUNG, LEITUNG, FORTBILDUNG, HAUSHALT = (
    "sachbearbeitung@example.org",
    "pruefung@example.org",
    "leitung@example.org",
    "fortbildung@example.org",
    "haushalt@example.org",
)


def zeilen(ordner: Path, datei: str) -> list[dict[str, str]]:
    """The rows of a file, each by the names of its columns."""
    with (ordner / datei).open(encoding="utf-8", newline="") as offen:
        return list(csv.DictReader(offen))


def konto_mit(email: str) -> Konto:
    return Konto.objects.get(email=email)


def zur_stunde(tag: date, stunde: int) -> datetime:
    """That hour of the day in Europe/Berlin."""
    return timezone.make_aware(datetime.combine(tag, time(stunde)))


@contextmanager
def ohne_mails() -> Iterator[None]:
    """Nobody is told of what is played: mails that it queues are deleted."""
    vorher = set(Nachricht.objects.values_list("pk", flat=True))
    yield
    Nachricht.objects.exclude(pk__in=vorher).delete()
