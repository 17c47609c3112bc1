"""How the places of a cohort are shared out (F39, F40).

Some places are kept for groups, the others are open to everybody. Whoever belongs to a group takes
a place kept for it, and once these are used up an open one. A database trigger holds every write
to the same sum (migration `plaetze_nie_ueberbelegt`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count

from .models import MIT_KONTINGENT, Anmeldung, Durchgang, Gruppe


@dataclass(frozen=True)
class Belegung:
    """`kontingente` and `belegt` are numbers of places by Gruppe; what is missing is 0."""

    plaetze: int
    kontingente: Mapping[str, int]
    belegt: Mapping[str, int]

    @property
    def frei(self) -> int:
        """Places that nobody holds, kept ones included."""
        return max(0, self.plaetze - sum(self.belegt.values()))

    @property
    def frei_fuer_alle(self) -> int:
        """Places that no group has a claim to and nobody holds."""
        return max(0, self._rest_fuer_alle)

    @property
    def reicht(self) -> bool:
        """Whether everybody who holds a place has one; what the database demands."""
        return self._rest_fuer_alle >= 0

    @property
    def _rest_fuer_alle(self) -> int:
        offen = self.plaetze - sum(self.kontingente.values())
        darueber = sum(
            max(0, anzahl - self.kontingente.get(gruppe, 0))
            for gruppe, anzahl in self.belegt.items()
        )
        return offen - darueber

    def frei_fuer(self, gruppe: str) -> int:
        """Places that somebody of the group could take now."""
        vorgehalten = self.kontingente.get(gruppe, 0) - self.belegt.get(gruppe, 0)
        return max(0, vorgehalten) + self.frei_fuer_alle


def belegung(durchgang: Durchgang) -> Belegung:
    """As it is in the running transaction."""
    return belegungen([durchgang])[durchgang.pk]


def belegungen(durchgaenge: Collection[Durchgang]) -> dict[int, Belegung]:
    """By key, with one query for all of them."""
    je_gruppe = (
        Anmeldung.objects.mit_platz()
        .filter(durchgang__in=durchgaenge)
        .order_by()
        .values_list("durchgang", "gruppe")
        .annotate(anzahl=Count("pk"))
    )
    belegt = {durchgang.pk: {} for durchgang in durchgaenge}
    for nummer, gruppe, anzahl in je_gruppe:
        belegt[nummer][gruppe] = anzahl
    return {
        durchgang.pk: Belegung(durchgang.plaetze or 0, kontingente(durchgang), belegt[durchgang.pk])
        for durchgang in durchgaenge
    }


def kontingente(durchgang: Durchgang) -> dict[str, int]:
    """The places kept for each group."""
    return {
        Gruppe.KOMMUNE: durchgang.kontingent_kommune,
        Gruppe.POLIZEI: durchgang.kontingent_polizei,
        Gruppe.SOZIALES: durchgang.kontingent_soziales,
    }


def frei_je_gruppe(stand: Belegung) -> list[tuple[Gruppe, int]]:
    """For the public page: what each group can still get; `ANDERE` gets what is open to all."""
    return [(gruppe, stand.frei_fuer(gruppe)) for gruppe in (*MIT_KONTINGENT, Gruppe.ANDERE)]
