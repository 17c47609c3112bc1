"""How the places of a cohort are shared out (F39, F40).

Some places are kept for groups, the others are open to everybody. Whoever belongs to a group takes
a place kept for it, and once these are used up an open one. A database trigger holds every write
to the same sum (migration `plaetze_nie_ueberbelegt`).
"""

from __future__ import annotations

from collections.abc import Mapping
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
        offen = self.plaetze - sum(self.kontingente.values())
        darueber = sum(
            max(0, anzahl - self.kontingente.get(gruppe, 0))
            for gruppe, anzahl in self.belegt.items()
        )
        return max(0, offen - darueber)

    def frei_fuer(self, gruppe: str) -> int:
        """Places that somebody of the group could take now."""
        vorgehalten = self.kontingente.get(gruppe, 0) - self.belegt.get(gruppe, 0)
        return max(0, vorgehalten) + self.frei_fuer_alle


def belegung(durchgang: Durchgang) -> Belegung:
    """As it is in the running transaction; two queries at most."""
    belegt = (
        Anmeldung.objects.mit_platz()
        .filter(durchgang=durchgang)
        .order_by()
        .values_list("gruppe")
        .annotate(anzahl=Count("pk"))
    )
    return Belegung(durchgang.plaetze or 0, kontingente(durchgang), dict(belegt))


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
