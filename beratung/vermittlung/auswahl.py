"""How coordinators narrow the pool of coaches down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from asskomm.filterwahl import Filterwahl
from asskomm.formate import tag
from asskomm.formularfelder import lies_datum
from kommunen.models import Kreis

from ..models import Coach, Faehigkeit
from .pool import freie


@dataclass(frozen=True)
class Auswahl:
    """The filters; `ab` is the day for which contract and room are asked.

    `unbekannt` names values that do not exist, `liste` is the address without filters.
    """

    liste: str
    heute: date
    ab: date
    faehigkeit: Faehigkeit | None = None
    kreis: Kreis | None = None
    frei: bool = False
    unbekannt: tuple[str, ...] = ()

    def aus(self, coaches: QuerySet[Coach]) -> QuerySet[Coach]:
        if self.faehigkeit:
            coaches = coaches.filter(faehigkeiten=self.faehigkeit)
        if self.kreis:
            coaches = coaches.filter(kreise=self.kreis)
        return freie(coaches) if self.frei else coaches

    @property
    def url(self) -> str:
        parameter = QueryDict(mutable=True)
        werte = {
            "faehigkeit": self.faehigkeit and str(self.faehigkeit.pk),
            "kreis": self.kreis and self.kreis.ags,
            "frei": "ja" if self.frei else "",
            "ab": self.ab.isoformat() if self.ab != self.heute else "",
        }
        parameter.update({name: wert for name, wert in werte.items() if wert})
        anhang = parameter.urlencode()
        return f"{self.liste}?{anhang}" if anhang else self.liste

    @property
    def aktive_filter(self) -> list[dict]:
        """The filters in force, each with the address of the table without it."""
        filter_ = []
        if self.faehigkeit:
            filter_.append((str(self.faehigkeit), replace(self, faehigkeit=None)))
        if self.kreis:
            filter_.append((self.kreis.name, replace(self, kreis=None)))
        if self.frei:
            filter_.append(("nur wer möglich ist", replace(self, frei=False)))
        if self.ab != self.heute:
            filter_.append((f"am {tag(self.ab)}", replace(self, ab=self.heute)))
        return [{"titel": titel, "url": auswahl.url} for titel, auswahl in filter_]


def lies_auswahl(
    parameter: QueryDict,
    liste: str,
    heute: date,
    faehigkeiten: Iterable[Faehigkeit],
    kreise: Iterable[Kreis],
) -> Auswahl:
    """Read the filters from the address. Never fails."""
    wahl = Filterwahl(parameter)
    return Auswahl(
        liste=liste,
        heute=heute,
        ab=_lies_tag(wahl) or heute,
        faehigkeit=wahl.lies("faehigkeit", "Fähigkeit", {str(f.pk): f for f in faehigkeiten}),
        kreis=wahl.lies("kreis", "Einsatzgebiet", {k.ags: k for k in kreise}),
        frei=wahl.lies("frei", "Plätze", {"ja": True}, False),
        unbekannt=wahl.unbekannt,
    )


def _lies_tag(wahl):
    text = wahl.parameter.get("ab", "")
    try:
        return lies_datum(text) if text else None
    except ValidationError:
        wahl.melde("Plätze und Vertrag am")
        return None
