"""The views of the list of effects, and how many each holds: for the list and the start page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from ..models import Mandat, Nachfrage, Wirkung


@dataclass(frozen=True)
class Ansicht:
    """`titel` is the tab, `aufgabe` what the start page says of it."""

    schluessel: str
    titel: str
    menge: Callable[[date], QuerySet]
    leer: str
    aufgabe: str = ""

    @property
    def url(self) -> str:
        frage = {"ansicht": self.schluessel} if self.schluessel else None
        return reverse("beratung:wirkungen", query=frage)


def _wirkungen():
    return Wirkung.objects.exclude(art=Wirkung.Art.KEINE)


ZU_BESTAETIGEN = Ansicht(
    "", "Zu bestätigen", lambda heute: Wirkung.objects.zu_bestaetigen(),
    "Über alle gemeldeten Wirkungen ist entschieden.",
    "Gemeldete Wirkungen des Coachings zu bestätigen",
)  # fmt: skip
BESTAETIGT = Ansicht(
    "bestaetigt", "Bestätigt", lambda heute: _wirkungen().filter(bestaetigt_um__isnull=False),
    "Noch ist keine Wirkung bestätigt.",
)  # fmt: skip
VERWORFEN = Ansicht(
    "verworfen", "Nicht bestätigt", lambda heute: _wirkungen().filter(verworfen_um__isnull=False),
    "Keine gemeldete Wirkung wurde abgelehnt.",
)  # fmt: skip
NACHFRAGEN = Ansicht(
    "nachfragen", "Fragen ohne Ansprechperson",
    lambda heute: Nachfrage.objects.offen(heute).ohne_ansprechperson(),
    "Alle offenen Fragen haben eine Ansprechperson.",
    "Fragen nach der Wirkung des Coachings ohne Ansprechperson",
)  # fmt: skip
BITTEN = Ansicht(
    "bitten", "Bitten um mehr Tage",
    lambda heute: Mandat.objects.laufend().filter(erweiterung_erbeten_um__isnull=False),
    "Kein Coach bittet um mehr Vierteltage.",
    "Coaches bitten um mehr Vierteltage",
)  # fmt: skip
ANSICHTEN = (ZU_BESTAETIGEN, BESTAETIGT, VERWORFEN, NACHFRAGEN, BITTEN)
AUFGABEN = (ZU_BESTAETIGEN, NACHFRAGEN, BITTEN)
