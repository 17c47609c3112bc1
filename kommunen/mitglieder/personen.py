"""The members of a Kommune as people see them: one person with all roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils import timezone

from asskomm.konten.models import Konto

from ..models import Kommune, Mitgliedschaft, Rolle
from ..models.mitgliedschaft import vor_einem_jahr
from .verfahren import stand


class Zustand(models.TextChoices):
    AKTIV = "aktiv", "aktiv"
    EINGELADEN = "eingeladen", "eingeladen"
    ABGELAUFEN = "abgelaufen", "Einladung abgelaufen"
    DEAKTIVIERT = "deaktiviert", "Konto deaktiviert"


@dataclass(frozen=True)
class Person:
    """Somebody with running roles in the Kommune, invited people included.

    Whoever has not accepted yet is shown with nothing but the address that was typed: whether
    there was an account, and under which name, is not the inviter's business. For the same
    reason addresses of pages carry the number of a Mitgliedschaft, not of the account.
    """

    konto: Konto
    mitgliedschaften: tuple[Mitgliedschaft, ...]
    zustand: Zustand

    @property
    def nummer(self) -> int:
        return min(m.pk for m in self.mitgliedschaften)

    @property
    def ist_mitglied(self) -> bool:
        """Has accepted; the account may be deactivated meanwhile."""
        return any(not m.offen for m in self.mitgliedschaften)

    @property
    def name(self) -> str:
        return str(self.konto) if self.ist_mitglied else self.konto.email

    @property
    def email(self) -> str:
        """The address, where the name is not the address already."""
        return "" if self.name == self.konto.email else self.konto.email

    @property
    def rollen(self) -> list[str]:
        """In words; a further role that is not accepted yet says so."""
        return [
            f"{m.get_rolle_display()} (Einladung offen)"
            if m.offen and self.ist_mitglied
            else m.get_rolle_display()
            for m in self.mitgliedschaften
        ]

    @property
    def rollenwerte(self) -> list[str]:
        return [m.rolle for m in self.mitgliedschaften]

    @property
    def bestaetigt_am(self) -> date | None:
        """When the roles were last looked at, the oldest of them; None before the acceptance."""
        return min((m.bestaetigt_am for m in self.mitgliedschaften if not m.offen), default=None)

    @property
    def einladung(self):
        """What still waits to be accepted, or None."""
        return next((m.einladung for m in self.mitgliedschaften if m.offen), None)

    @property
    def gesehen(self) -> str:
        return stand(self.mitgliedschaften)

    def zu_pruefen(self, heute: date) -> bool:
        aktiv = self.zustand == Zustand.AKTIV
        return aktiv and self.bestaetigt_am < vor_einem_jahr(heute)


def personen(kommune: Kommune, konto: Konto, um: datetime) -> list[Person]:
    """Everybody in the Kommune that `konto` may see: members by name, then invited people."""
    gefunden: dict[Konto, list[Mitgliedschaft]] = {}
    sichtbar = Mitgliedschaft.objects.sichtbar_fuer(konto).laufend().filter(kommune=kommune)
    for mitgliedschaft in sichtbar.select_related("konto", "einladung"):
        gefunden.setdefault(mitgliedschaft.konto, []).append(mitgliedschaft)
    alle = [
        Person(konto, _in_reihenfolge(rollen), _zustand(konto, rollen, um))
        for konto, rollen in gefunden.items()
    ]
    return sorted(alle, key=lambda p: (not p.ist_mitglied, p.name.casefold(), p.nummer))


def zu_pruefen(alle: list[Person], um: datetime) -> list[Person]:
    """Those whose roles nobody has looked at for a year."""
    heute = timezone.localdate(um)
    return [person for person in alle if person.zu_pruefen(heute)]


def _in_reihenfolge(mitgliedschaften):
    return tuple(sorted(mitgliedschaften, key=lambda m: Rolle.values.index(m.rolle)))


def _zustand(konto, mitgliedschaften, um):
    if any(not m.offen for m in mitgliedschaften):
        return Zustand.AKTIV if konto.is_active else Zustand.DEAKTIVIERT
    if all(m.einladung.gueltig_bis <= um for m in mitgliedschaften):
        return Zustand.ABGELAUFEN
    return Zustand.EINGELADEN
