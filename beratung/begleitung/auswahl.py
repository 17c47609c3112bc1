"""Which engagements somebody finds in the list, and how coordinators narrow it down (F32)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.http import QueryDict
from django.urls import reverse

from asskomm.filterwahl import Filterwahl
from asskomm.konten.models import Konto
from kommunen.models import Kommune, Kreis

from ..models import ZUGANG_DANACH, Coach, Einsatz, Mandat, Mandatsstand, Sitzung
from .rahmen import leitung, namen


@dataclass(frozen=True)
class Lage:
    """Something that coordinators look for."""

    schluessel: str
    titel: str
    menge: Callable[[date], QuerySet[Mandat]]


def _ungelesen(heute):
    return Mandat.objects.filter(Exists(Sitzung.objects.ungelesen().filter(mandat=OuterRef("pk"))))


UNGELESEN = Lage("ungelesen", "mit ungelesenen Sitzungen", _ungelesen)
OHNE_ANSPRECHPERSON = Lage(
    "ohne-ansprechperson",
    "ohne Ansprechperson",
    lambda heute: Mandat.objects.ohne_ansprechperson(),
)
LAGEN = {lage.schluessel: lage for lage in (UNGELESEN, OHNE_ANSPRECHPERSON)}


def begleitungen(konto: Konto, am: date) -> QuerySet[Mandat]:
    """What `konto` may open on the day `am`, running ones first, then those of ended assignments.

    `letzter_tag` is the last day of the person's own assignment as a coach, if that has ended.
    """
    eigene = Einsatz.objects.zugaenglich(am).filter(mandat=OuterRef("pk"), coach__konto=konto)
    letzter_tag = eigene.order_by(F("bis").desc(nulls_first=True)).values("bis")[:1]
    ungelesen = (
        Sitzung.objects.ungelesen()
        .filter(mandat=OuterRef("pk"))
        .order_by()
        .values("mandat")
        .annotate(anzahl=Count("pk"))
        .values("anzahl")
    )
    return (
        Mandat.objects.sichtbar_fuer(konto, am)
        .annotate(
            letzter_tag=letzter_tag,
            ungelesene=ungelesen,
            laeuft=Case(
                When(stand=Mandatsstand.LAUFEND, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            ),
        )
        .select_related("coaching")
        .prefetch_related("coaching__kommunen", "einsaetze__coach__konto")
        .order_by("laeuft", F("letzter_tag").desc(nulls_first=True), "-beginn", "pk")
    )


@dataclass(frozen=True)
class Zeile:
    """One engagement in the list."""

    mandat: Mandat

    @property
    def kommunen(self) -> str:
        return namen(self.mandat)

    @property
    def coach(self) -> str:
        """Who leads it now; of an ended one who led it last."""
        einsatz = leitung(self.mandat, self.mandat.einsaetze.all())
        return str(einsatz.coach) if einsatz else ""

    @property
    def zugang_bis(self) -> date | None:
        """Until when a coach whose assignment has ended can still read."""
        letzter = self.mandat.letzter_tag
        return letzter + ZUGANG_DANACH if letzter else None


@dataclass(frozen=True)
class Auswahl:
    """The filters of the coordinators; `unbekannt` names values that do not exist."""

    stand: str = ""
    coach: Coach | None = None
    kreis: Kreis | None = None
    lage: Lage | None = None
    unbekannt: tuple[str, ...] = ()

    def aus(self, menge: QuerySet[Mandat], heute: date) -> QuerySet[Mandat]:
        if self.stand:
            menge = menge.filter(stand=self.stand)
        if self.coach:
            einsaetze = self.coach.einsaetze.filter(mandat=OuterRef("pk"))
            menge = menge.filter(
                Exists(
                    einsaetze.filter(Q(bis__isnull=True) | ~Q(mandat__stand=Mandatsstand.LAUFEND))
                )
            )
        if self.kreis:
            dort = Kommune.objects.filter(coachings=OuterRef("coaching"), kreis=self.kreis)
            menge = menge.filter(Exists(dort))
        if self.lage:
            menge = menge.filter(pk__in=self.lage.menge(heute).values("pk"))
        return menge

    @property
    def url(self) -> str:
        parameter = QueryDict(mutable=True)
        werte = {
            "stand": self.stand,
            "coach": self.coach and str(self.coach.pk),
            "kreis": self.kreis and self.kreis.ags,
            "lage": self.lage and self.lage.schluessel,
        }
        parameter.update({name: wert for name, wert in werte.items() if wert})
        anhang = parameter.urlencode()
        liste = reverse("beratung:begleitungen")
        return f"{liste}?{anhang}" if anhang else liste

    @property
    def aktive_filter(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        filter_ = []
        if self.stand:
            filter_.append((Mandatsstand(self.stand).label, replace(self, stand="")))
        if self.coach:
            filter_.append((f"Coach: {self.coach}", replace(self, coach=None)))
        if self.kreis:
            filter_.append((self.kreis.name, replace(self, kreis=None)))
        if self.lage:
            filter_.append((self.lage.titel, replace(self, lage=None)))
        return [{"titel": titel, "url": auswahl.url} for titel, auswahl in filter_]


def lies_auswahl(
    parameter: QueryDict, coaches: Iterable[Coach], kreise: Iterable[Kreis]
) -> Auswahl:
    """Read the filters from the address. Never fails."""
    wahl = Filterwahl(parameter)
    return Auswahl(
        stand=wahl.lies("stand", "Stand", {s.value: s.value for s in Mandatsstand}, ""),
        coach=wahl.lies("coach", "Coach", {str(coach.pk): coach for coach in coaches}),
        kreis=wahl.lies("kreis", "Landkreis oder kreisfreie Stadt", {k.ags: k for k in kreise}),
        lage=wahl.lies("lage", "Auffällig", LAGEN),
        unbekannt=wahl.unbekannt,
    )
