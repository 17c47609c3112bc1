"""What a Kommune takes part in: every building block is defined here, once.

List, filter, page, map and CSV all ask this module, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet

from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from kommunen.models import (
    Kommune,
    KommuneQuerySet,
    Kooperationsvereinbarung,
    Modellkommune,
    Praeventionsrat,
)
from kommunen.tatsachen import TatsacheQuerySet


@dataclass(frozen=True)
class Baustein:
    """A part of the programme.

    `titel` stands on the chip, `filtertitel` completes "Nur Kommunen mit …" and is empty where
    there is no such filter. `belege` narrows public records to those that count at the end of
    a day; `feld` leads from a record to its Kommune or Kommunen, so that a joint record
    counts for each of them.
    """

    schluessel: str
    titel: str
    filtertitel: str
    modell: type[Model]
    belege: Callable[[TatsacheQuerySet, date], QuerySet]
    feld: str

    def kommunen(self, am: date) -> QuerySet:
        """The keys of the Kommunen with this building block at the end of the day `am`."""
        return self._schluessel(self.modell.objects.oeffentlich(), am)

    def kommunen_aus_beispielen(self, am: date) -> QuerySet:
        """Those of them that have it through an invented record; none outside demo mode."""
        return self._schluessel(self.modell.objects.oeffentlich().beispiele(), am)

    def _schluessel(self, datensaetze, am):
        belege = self.belege(datensaetze, am).filter(**{f"{self.feld}__isnull": False})
        return belege.order_by().values(self.feld)


def _vereinbarungen(art):
    return lambda datensaetze, am: datensaetze.wirksam(am).filter(art=art)


BAUSTEINE = (
    Baustein(
        "rat", "Präventionsrat", "Präventionsrat", Praeventionsrat,
        lambda raete, am: raete.aktiv(am), "kommunen",
    ),
    Baustein(
        "vereinbarung", "Kooperationsvereinbarung", "Kooperationsvereinbarung",
        Kooperationsvereinbarung,
        _vereinbarungen(Kooperationsvereinbarung.Art.VEREINBARUNG), "kommunen",
    ),
    Baustein(
        "vorvereinbarung", "Vorvereinbarung", "", Kooperationsvereinbarung,
        _vereinbarungen(Kooperationsvereinbarung.Art.VORVEREINBARUNG), "kommunen",
    ),
    Baustein(
        "coaching", "Coaching", "Coaching", Coaching,
        lambda coachings, am: coachings.filter(beginn__letzter_tag__lte=am), "kommunen",
    ),
    Baustein(
        "analyse", "Sicherheitsanalyse", "Sicherheitsanalyse", Sicherheitsanalyse,
        lambda analysen, am: analysen.begonnen(am), "kommunen",
    ),
    Baustein(
        "projekte", "Geförderte Projekte", "geförderten Projekten", Zuwendung,
        lambda zuwendungen, am: zuwendungen.bewilligt(am), "kommune",
    ),
    Baustein(
        "modell", "Modellkommune", "Status als Modellkommune", Modellkommune,
        lambda modellkommunen, am: modellkommunen.bestehend(am), "kommune",
    ),
    Baustein(
        "beratung", "Beratung", "", Beratung,
        lambda beratungen, am: beratungen.bis(am), "kommune",
    ),
)  # fmt: skip
FILTERBAR = {baustein.schluessel: baustein for baustein in BAUSTEINE if baustein.filtertitel}
RAT = FILTERBAR["rat"]


def beteiligt(am: date) -> Q:
    """Kommunen with at least one building block at the end of the day `am`."""
    bedingung = Q()
    for baustein in BAUSTEINE:
        bedingung |= Q(pk__in=baustein.kommunen(am))
    return bedingung


def mit_bausteinen(kommunen: KommuneQuerySet, am: date) -> KommuneQuerySet:
    """Each Kommune with what `bausteine_von` and the mark for invented records need."""
    aus_beispielen = Q()
    for baustein in BAUSTEINE:
        kommunen = kommunen.annotate(
            **{f"hat_{baustein.schluessel}": Q(pk__in=baustein.kommunen(am))}
        )
        aus_beispielen |= Q(pk__in=baustein.kommunen_aus_beispielen(am))
    return kommunen.annotate(hat_beispieldaten=aus_beispielen)


def bausteine_von(kommune: Kommune) -> list[Baustein]:
    """The building blocks of a Kommune that was read with `mit_bausteinen`."""
    return [b for b in BAUSTEINE if getattr(kommune, f"hat_{b.schluessel}")]
