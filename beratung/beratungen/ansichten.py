"""The views of the worklist of advice, and how many requests each holds: list and start page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.urls import reverse

from asskomm.filterwahl import Filterwahl
from kommunen.models import Kreis

from ..models import Beratungsanfrage


@dataclass(frozen=True)
class Ansicht:
    """`titel` is the tab, `aufgabe` what the start page says of it; the day is a moment here."""

    schluessel: str
    titel: str
    menge: Callable[[datetime], QuerySet]
    ordnung: tuple
    leer: str
    aufgabe: str = ""


NEU = Ansicht(
    "", "Neu", lambda um: Beratungsanfrage.objects.neu(), ("gestellt_um", "pk"),
    "Zurzeit wartet keine Anfrage auf einen Termin.",
    "Kommunen möchten beraten werden und haben noch keinen Termin",
)  # fmt: skip
VORBEI = Ansicht(
    "vorbei", "Termin vorbei, noch nicht festgehalten",
    lambda um: Beratungsanfrage.objects.vorbei(um), ("termin_um", "pk"),
    "Alle Beratungen, deren Termin vorbei ist, sind festgehalten.",
    "Beratungen festhalten: Der Termin ist vorbei",
)  # fmt: skip
GEPLANT = Ansicht(
    "geplant", "Geplant", lambda um: Beratungsanfrage.objects.geplant(um), ("termin_um", "pk"),
    "Zurzeit steht kein Termin bevor.",
)  # fmt: skip
ALLE = Ansicht(
    "alle", "Alle", lambda um: Beratungsanfrage.objects.all(),
    (F("gestellt_um").desc(), "pk"), "Es gibt noch keine Anfragen.",
)  # fmt: skip
ANSICHTEN = (NEU, GEPLANT, VORBEI, ALLE)
AUFGABEN = (NEU, VORBEI)


@dataclass(frozen=True)
class Auswahl:
    """A view and the Kreis it is narrowed to; `unbekannt` names values that do not exist."""

    ansicht: Ansicht = NEU
    kreis: Kreis | None = None
    unbekannt: tuple[str, ...] = ()

    def anfragen(self, um: datetime) -> QuerySet:
        menge = self.im_kreis(self.ansicht.menge(um))
        return menge.select_related("kommune__kreis").order_by(*self.ansicht.ordnung)

    def im_kreis(self, menge: QuerySet) -> QuerySet:
        return menge.filter(kommune__kreis=self.kreis) if self.kreis else menge

    def anzahl(self, ansicht: Ansicht, um: datetime) -> int:
        return self.im_kreis(ansicht.menge(um)).count()

    @property
    def url(self) -> str:
        parameter = QueryDict(mutable=True)
        if self.ansicht.schluessel:
            parameter["ansicht"] = self.ansicht.schluessel
        if self.kreis:
            parameter["kreis"] = self.kreis.ags
        liste = reverse("beratung:beratung-arbeitsvorrat")
        return f"{liste}?{parameter.urlencode()}" if parameter else liste

    def in_ansicht(self, ansicht: Ansicht) -> Auswahl:
        return replace(self, ansicht=ansicht)

    @property
    def ohne_filter(self) -> Auswahl:
        return replace(self, kreis=None)


def lies_auswahl(parameter: QueryDict, kreise: list[Kreis]) -> Auswahl:
    """Read view and filter from the address. Never fails."""
    wahl = Filterwahl(parameter)
    return Auswahl(
        ansicht=wahl.lies("ansicht", "Ansicht", {a.schluessel: a for a in ANSICHTEN}, NEU),
        kreis=wahl.lies(
            "kreis", "Landkreis oder kreisfreie Stadt", {k.ags: k for k in kreise}, None
        ),
        unbekannt=wahl.unbekannt,
    )
