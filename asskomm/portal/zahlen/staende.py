"""Figures frozen as they were computed, so that a press text stays checkable."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from asskomm.konten.models import Konto

from ..models import Stand
from .kennzahlen import KENNZAHLEN


def halte_fest(stand: Stand, schluessel: str, *, stichtag: date, durch: Konto) -> None:
    """Write the figure as of `stichtag` with its unit and definition into the new record.

    This is the only place that computes a Stand; afterwards its value is never touched.
    """
    kennzahl = KENNZAHLEN[schluessel]
    stand.kennzahl = schluessel
    stand.titel = kennzahl.titel_am(stichtag)
    stand.stichtag = stichtag
    stand.wert = kennzahl.wert(stichtag)
    stand.ist_mindestwert = kennzahl.ist_mindestwert(stichtag)
    stand.einheit = kennzahl.einheit
    stand.definition = kennzahl.definition
    stand.mit_beispieldaten = settings.BEISPIELDATEN
    stand.eingefroren_durch = durch
    stand.save(force_insert=True)
