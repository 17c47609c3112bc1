"""The views of the list of cohorts, and how many each holds: for the list and the start page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..models import Durchgang


@dataclass(frozen=True)
class Ansicht:
    """`titel` is the tab, `aufgabe` what the start page says of it."""

    schluessel: str
    titel: str
    aufgabe: str
    menge: Callable[[date], QuerySet]
    leer: str


ALLE = Ansicht(
    "", "Alle", "", lambda heute: Durchgang.objects.mit_anmeldung(),
    "Es gibt noch keinen Durchgang mit Anmeldung. Legen Sie ihn in der Verwaltung an.",
)  # fmt: skip
ZU_ENTSCHEIDEN = Ansicht(
    "entscheiden", "Anmeldungen zu entscheiden", "Lehrgänge mit Anmeldungen, über die zu entscheiden ist",
    lambda heute: Durchgang.objects.mit_anmeldung().zu_entscheiden(),
    "Über alle Anmeldungen ist entschieden.",
)  # fmt: skip
ANWESENHEIT = Ansicht(
    "anwesenheit", "Anwesenheit fehlt", "Lehrgänge mit vergangenen Kurstagen ohne abgeschlossene Anwesenheit",
    lambda heute: Durchgang.objects.mit_anmeldung().ohne_anwesenheit(heute),
    "Alle vergangenen Kurstage sind abgeschlossen.",
)  # fmt: skip
ANSICHTEN = (ALLE, ZU_ENTSCHEIDEN, ANWESENHEIT)
