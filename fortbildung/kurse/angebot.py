"""A cohort as the public page tells it: dates, places by group, whether one can register."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from asskomm.formate import tag

from ..belegung import Belegung, belegungen, frei_je_gruppe
from ..models import Anmeldung, Durchgang, Gruppe


@dataclass(frozen=True)
class Angebot:
    """`heute` is the day of the visitor in Europe/Berlin."""

    durchgang: Durchgang
    stand: Belegung
    heute: date
    wartende: int

    @property
    def offen(self) -> bool:
        return self.durchgang.anmeldung_ab <= self.heute <= self.durchgang.anmeldung_bis

    @property
    def zustand(self) -> str:
        """Key of the chip."""
        if not self.offen:
            return "geplant" if self.heute < self.durchgang.anmeldung_ab else "beendet"
        return "plaetze_frei" if self.stand.frei else "warteliste"

    @property
    def wort(self) -> str:
        return {
            "geplant": "Anmeldung noch nicht offen",
            "beendet": "Anmeldung beendet",
            "plaetze_frei": "Plätze frei",
            "warteliste": "nur noch Warteliste",
        }[self.zustand]

    @property
    def satz(self) -> str:
        """Until when, or since when."""
        if self.heute < self.durchgang.anmeldung_ab:
            return f"Die Anmeldung beginnt am {tag(self.durchgang.anmeldung_ab)}."
        if self.heute > self.durchgang.anmeldung_bis:
            return f"Die Anmeldung war bis zum {tag(self.durchgang.anmeldung_bis)} möglich."
        return f"Anmelden können Sie sich bis zum {tag(self.durchgang.anmeldung_bis)}."

    @property
    def haelt_frei(self) -> bool:
        """Whether a part of the places is kept for groups."""
        return any(self.stand.kontingente.values())

    @property
    def je_gruppe(self) -> list[tuple[Gruppe, int]]:
        return frei_je_gruppe(self.stand)


def angebot(durchgang: Durchgang, heute: date) -> Angebot:
    return angebote([durchgang], heute)[0]


def angebote(durchgaenge: Collection[Durchgang], heute: date) -> list[Angebot]:
    """In the same order, with two queries for all of them."""
    belegt = belegungen(durchgaenge)
    wartende = dict(
        Anmeldung.objects.wartend()
        .filter(durchgang__in=durchgaenge)
        .order_by()
        .values_list("durchgang")
        .annotate(anzahl=Count("pk"))
    )
    return [
        Angebot(durchgang, belegt[durchgang.pk], heute, wartende.get(durchgang.pk, 0))
        for durchgang in durchgaenge
    ]
