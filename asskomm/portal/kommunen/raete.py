"""Councils as the public sees them: only released records, with the state of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse

from asskomm.formate import zahl
from kommunen.faltung import Sortierform
from kommunen.models import Gremium, Kommune, Kreis, Praeventionsrat, Ratssitzung, Ratszustand
from kommunen.puls.stand import mit_bestaetigung
from kommunen.zeitangabe import ZeitangabeField


def raete_am(am: date) -> QuerySet:
    """Public councils with `zustand` and `zustand_seit` at the end of the day `am`.

    Both are None for a council of which no source tells a state by then. They carry as well what
    `mit_bestaetigung` tells.
    """
    zustand = Ratszustand.objects.am(am).filter(rat=OuterRef("pk"))
    return (
        mit_bestaetigung(Praeventionsrat.objects.oeffentlich(), am)
        .annotate(
            zustand=Subquery(zustand.values("zustand")[:1]),
            zustand_seit=Subquery(zustand.values("von")[:1], output_field=ZeitangabeField()),
        )
        .order_by(Sortierform("name"), "pk")
        .prefetch_related(Prefetch("kommunen", Kommune.objects.select_related("kreis")))
    )


def mit_einzelheiten(raete: QuerySet, am: date) -> QuerySet:
    """Councils with members, bodies, states and released meetings, ready for a page."""
    sitzungen = Ratssitzung.objects.oeffentlich().filter(am__lte=am)
    bestehend = Q(von__isnull=True) | Q(von__letzter_tag__lte=am)
    return raete.prefetch_related(
        "mitglieder",
        Prefetch(
            "zustaende",
            Ratszustand.objects.filter(bestehend),
            to_attr="bisherige_zustaende",
        ),
        Prefetch(
            "gremien",
            Gremium.objects.filter(bestehend, Q(bis__isnull=True) | Q(bis__letzter_tag__gt=am)),
            to_attr="bestehende_gremien",
        ),
        Prefetch("sitzungen", sitzungen, to_attr="oeffentliche_sitzungen"),
    )


@dataclass(frozen=True)
class Ratsansicht:
    """A council as pages show it; `rat` was read with `raete_am`, for a page also `mit_einzelheiten`."""

    rat: Praeventionsrat

    @property
    def zustand_titel(self) -> str:
        return Ratszustand.Zustand(self.rat.zustand).label if self.rat.zustand else ""

    @property
    def in_worten(self) -> str:
        """The state as a sentence, e.g. "Der Präventionsrat arbeitet seit 05/2020"."""
        seit = self.rat.zustand_seit
        seit = f"seit dem {seit}" if seit and seit.tag else f"seit {seit}"
        return {
            None: "Zum Stand dieses Präventionsrats ist nichts veröffentlicht.",
            Ratszustand.Zustand.IN_GRUENDUNG: "Der Präventionsrat ist in Gründung.",
            Ratszustand.Zustand.AKTIV: f"Der Präventionsrat arbeitet {seit}.",
            Ratszustand.Zustand.RUHEND: f"Der Präventionsrat ruht {seit}.",
            Ratszustand.Zustand.AUFGELOEST: f"Der Präventionsrat ist {seit} aufgelöst.",
        }[self.rat.zustand]

    @property
    def vorsitz(self) -> list:
        return [mitglied for mitglied in self.rat.mitglieder.all() if mitglied.vorsitz]

    @property
    def mitglieder(self) -> list:
        """The members without the chair, by function and institution."""
        return [mitglied for mitglied in self.rat.mitglieder.all() if not mitglied.vorsitz]

    @property
    def bestaetigung_fehlt(self) -> bool:
        """The Kommune was asked and reminded in vain; a council that is dissolved asks nobody."""
        return self.rat.bestaetigung_fehlt and self.rat.zustand != Ratszustand.Zustand.AUFGELOEST

    @property
    def ist_erreichbar(self) -> bool:
        """Not dissolved, and something of the office is known to write, call or look at."""
        rat = self.rat
        return rat.zustand != Ratszustand.Zustand.AUFGELOEST and bool(
            rat.kontakt_stelle or rat.kontakt_email or rat.kontakt_telefon or rat.webseite
        )


def stand_der_angaben(raete: Iterable[Praeventionsrat]) -> datetime | None:
    """When one of these councils or their states was last entered or changed."""
    schluessel = [rat.pk for rat in raete]
    zeitpunkte = [
        geschichte.aggregate(letzter=Max("history_date"))["letzter"]
        for geschichte in (
            Praeventionsrat.history.filter(id__in=schluessel),
            Ratszustand.history.filter(rat__in=schluessel),
        )
    ]
    return max(filter(None, zeitpunkte), default=None)


@dataclass(frozen=True)
class Ratsauswahl:
    """The filters of the list of councils; `unbekannt` as in `Auswahl`."""

    kreis: Kreis | None = None
    zustand: str = ""
    unbekannt: tuple[str, ...] = ()

    def raete(self, am: date) -> QuerySet:
        raete = raete_am(am)
        if self.kreis:
            im_kreis = Praeventionsrat.objects.filter(kommunen__kreis=self.kreis).order_by()
            raete = raete.filter(pk__in=im_kreis.values("pk"))
        return raete.filter(zustand=self.zustand) if self.zustand else raete

    @property
    def url(self) -> str:
        parameter = QueryDict(mutable=True)
        if self.kreis:
            parameter["kreis"] = self.kreis.ags
        if self.zustand:
            parameter["zustand"] = self.zustand
        anhang = parameter.urlencode()
        return reverse("kommunen:raete") + (f"?{anhang}" if anhang else "")

    @property
    def aktive_filter(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        filter_ = []
        if self.kreis:
            filter_.append({"titel": self.kreis.name, "url": replace(self, kreis=None).url})
        if self.zustand:
            titel = Ratszustand.Zustand(self.zustand).label
            filter_.append({"titel": titel, "url": replace(self, zustand="").url})
        return filter_

    def ueberschrift(self, anzahl: int) -> str:
        """E.g. "3 Präventionsräte im Landkreis Zwickau"."""
        text = f"{zahl(anzahl)} {'Präventionsrat' if anzahl == 1 else 'Präventionsräte'}"
        return f"{text} {self.kreis.ortsangabe}" if self.kreis else text


def lies_ratsauswahl(parameter: QueryDict, kreise: dict[str, Kreis]) -> Ratsauswahl:
    """Read the filters from the address; `kreise` by their key. Never fails."""
    unbekannt = []
    if (kreis_ags := parameter.get("kreis", "")) and kreis_ags not in kreise:
        unbekannt.append("Landkreis oder kreisfreie Stadt")
    zustand = parameter.get("zustand", "")
    if zustand and zustand not in Ratszustand.Zustand.values:
        unbekannt.append("Stand")
        zustand = ""
    return Ratsauswahl(
        kreis=kreise.get(kreis_ags),
        zustand=zustand,
        unbekannt=tuple(unbekannt),
    )
