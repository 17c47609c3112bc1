"""Which grants a visitor asked for: the filters of the list of funded projects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from asskomm.formate import zahl
from kommunen.models import Kommune, Kreis
from kommunen.zeitangabe import LetzterTag

from ..models import Zuwendung, ZuwendungQuerySet


@dataclass(frozen=True)
class Projektauswahl:
    """The filters in force; `unbekannt` names those with a value that does not exist."""

    jahr: int | None = None
    kreis: Kreis | None = None
    kommune: Kommune | None = None
    unbekannt: tuple[str, ...] = ()

    def zuwendungen(self, am: date) -> ZuwendungQuerySet:
        """Public grants of this selection given by the end of the day `am`, newest first."""
        zuwendungen = Zuwendung.objects.oeffentlich().bewilligt(am)
        if self.jahr:
            zuwendungen = zuwendungen.filter(foerderjahr=self.jahr)
        if self.kreis:
            zuwendungen = zuwendungen.filter(kommune__kreis=self.kreis)
        if self.kommune:
            zuwendungen = zuwendungen.filter(kommune=self.kommune)
        return zuwendungen.select_related("kommune").order_by(
            "-foerderjahr", LetzterTag("bewilligt_am").desc(), "pk"
        )

    @property
    def url(self) -> str:
        parameter = QueryDict(mutable=True)
        if self.jahr:
            parameter["jahr"] = str(self.jahr)
        if self.kreis:
            parameter["kreis"] = self.kreis.ags
        if self.kommune:
            parameter["kommune"] = self.kommune.kennung
        anhang = parameter.urlencode()
        return reverse("foerderung:projekte") + (f"?{anhang}" if anhang else "")

    @property
    def aktive_filter(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        filter_ = []
        if self.jahr:
            filter_.append((f"Förderjahr {self.jahr}", replace(self, jahr=None)))
        if self.kreis:
            filter_.append((self.kreis.name, replace(self, kreis=None)))
        if self.kommune:
            filter_.append((str(self.kommune), replace(self, kommune=None)))
        return [{"titel": titel, "url": auswahl.url} for titel, auswahl in filter_]

    def ueberschrift(self, anzahl: int) -> str:
        """E.g. "3 Projekte im Landkreis Zwickau im Förderjahr 2022"."""
        teile = [f"{zahl(anzahl)} {'Projekt' if anzahl == 1 else 'Projekte'}"]
        if self.kommune:
            teile.append(f"in {self.kommune}")
        elif self.kreis:
            teile.append(self.kreis.ortsangabe)
        if self.jahr:
            teile.append(f"im Förderjahr {self.jahr}")
        return " ".join(teile)


def foerderjahre(am: date) -> list[int]:
    """The funding years with a public grant, newest first."""
    bewilligt = Zuwendung.objects.oeffentlich().bewilligt(am)
    jahre = bewilligt.order_by("-foerderjahr").values_list("foerderjahr", flat=True)
    return list(jahre.distinct())


def lies_projektauswahl(
    parameter: QueryDict, jahre: list[int], kreise: dict[str, Kreis]
) -> Projektauswahl:
    """Read the filters from the address; `kreise` by their key. Never fails."""
    unbekannt = []
    if (jahr := parameter.get("jahr", "")) and jahr not in map(str, jahre):
        unbekannt.append("Förderjahr")
        jahr = ""
    if (kreis_ags := parameter.get("kreis", "")) and kreis_ags not in kreise:
        unbekannt.append("Landkreis oder kreisfreie Stadt")
    kommune = None
    if (kennung := parameter.get("kommune", "")) and kennung.isprintable():
        kommune = Kommune.objects.filter(kennung=kennung).first()
    if kennung and not kommune:
        unbekannt.append("Kommune")
    return Projektauswahl(
        jahr=int(jahr) if jahr else None,
        kreis=kreise.get(kreis_ags),
        kommune=kommune,
        unbekannt=tuple(unbekannt),
    )
