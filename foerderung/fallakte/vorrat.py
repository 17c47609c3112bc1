"""Which cases a member of staff asked for: the views of the worklist and their filters (F58)."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from asskomm.filterwahl import Filterwahl
from asskomm.formate import zahl
from asskomm.konten import vertretung
from asskomm.konten.models import Konto
from asskomm.texteingabe import einzeilig
from kommunen.models import Kommune, Kreis

from ..befugnisse import RECHTE, Handelnde
from ..models import (
    BEENDET,
    BEWILLIGUNG_LAEUFT,
    IN_PRUEFUNG,
    RUECKFORDERBAR,
    UNEINGEREICHT,
    Auszahlungsstand,
    Foerderantrag,
    FoerderantragQuerySet,
    Foerderrunde,
    Status,
)
from .pruefstand import mit_pruefstand

SUCHTEXT_LAENGE = 100
NIEMAND = "niemand"
# What the LPR ever sees of a case.
STATUS = tuple(status for status in Status if status not in UNEINGEREICHT)


@dataclass(frozen=True)
class Ansicht:
    """A view of the worklist."""

    schluessel: str
    titel: str
    leer: str
    sortierung: str = "seit"


MEINE = Ansicht("meine", "Liegt bei mir", "Zurzeit liegt nichts bei Ihnen.")
UEBERFAELLIG = Ansicht("ueberfaellig", "Überfällig", "Zurzeit ist nichts überfällig.")
WIEDERVORLAGEN = Ansicht(
    "wiedervorlagen", "Wiedervorlagen", "Es gibt keine Wiedervorlagen.", "wiedervorlage"
)
IN_VERTRETUNG = Ansicht(
    "vertretung", "In Vertretung", "Sie vertreten zurzeit niemanden, der zuständig ist."
)
UNZUGETEILT = Ansicht("unzugeteilt", "Nicht zugeteilt", "Alle Vorgänge sind zugeteilt.")
ALLE = Ansicht("alle", "Alle", "Es gibt noch keine Vorgänge.", "-nummer")
ANSICHTEN = {
    a.schluessel: a for a in (MEINE, UEBERFAELLIG, WIEDERVORLAGEN, IN_VERTRETUNG, UNZUGETEILT, ALLE)
}
SORTIERBAR = {
    "nummer": "nummer",
    "kommune": "kommune__sortiername",
    "betrag": "zuwendung_beantragt_euro",
    "stand": "stelle",
    "seit": "seit",
    "wiedervorlage": "wiedervorlage_am",
    "zustaendig": "zustaendig__name",
}


def ueberfaellig(heute: date) -> Q:
    """The day of a Nachforderung is past, or a resubmission is due."""
    return Q(status=Status.NACHFORDERUNG, nachgefordert_bis__lt=heute) | Q(
        wiedervorlage_am__lte=heute
    )


def liegt_bei(konto: Konto, als: Set[Handelnde], heute: date) -> Q:
    """Responsible for it, or the next step is the person's and nobody else is responsible."""
    meine = Q(zustaendig=konto) & (
        Q(status__in=IN_PRUEFUNG) | Q(nach_urteil=True) | ueberfaellig(heute)
    )
    entscheidungsreif = Q(status=Status.ENTSCHEIDUNGSREIF)
    if Handelnde.SACHBEARBEITUNG in als:
        meine |= Q(zustaendig__isnull=True) & (
            Q(status__in=[Status.EINGEREICHT, Status.FACHLICH_GEPRUEFT])
            | (entscheidungsreif | Q(nach_urteil=True)) & Q(vorschlag_von__isnull=True)
            | ueberfaellig(heute)
        )
        meine |= (Q(zustaendig=konto) | Q(zustaendig__isnull=True)) & (
            Q(auszahlung_stand=Auszahlungsstand.ANGEFORDERT)
            | Q(offene_aenderung__isnull=False)
            | Q(
                status__in=[Status.NACHWEIS_GEPRUEFT, Status.RUECKFORDERUNG],
                abschluss_von__isnull=True,
                vorschlag_von__isnull=True,
            )
        )
    if Handelnde.HAUSHALT in als:
        meine |= Q(auszahlung_stand=Auszahlungsstand.GENEHMIGT)
    if Handelnde.PRUEFUNG in als:
        meine |= Q(status=Status.NACHWEIS_EINGEREICHT, stichprobe_grund__isnull=False)
        meine |= Q(status=Status.FORMELL_GEPRUEFT, eigenes_gutachten=False)
        meine |= Q(status=Status.FORMELL_GEPRUEFT, genug_gutachten=True)
    if Handelnde.LEITUNG in als:
        meine |= Q(abschluss_von__isnull=False) & ~Q(abschluss_von=konto.pk)
        vorgeschlagen = Q(vorschlag_von__isnull=False) & ~Q(vorschlag_von=konto.pk)
        entscheidbar = Q(status__in=[*BEWILLIGUNG_LAEUFT, *RUECKFORDERBAR])
        meine |= (entscheidungsreif | entscheidbar) & vorgeschlagen
        meine |= Q(aenderung_vorschlag_von__isnull=False) & ~Q(aenderung_vorschlag_von=konto.pk)
        meine |= Q(auszahlung_stand=Auszahlungsstand.GEPRUEFT)
    return meine


def vertretene(konto: Konto) -> set[int]:
    """The people whose rights in the funding `konto` has today as a deputy."""
    return {nummer for recht in RECHTE.values() for nummer in vertretung.vertretene(konto, recht)}


@dataclass(frozen=True)
class Vorrat:
    """What one member of staff finds today; every number is the length of the list it links to."""

    konto: Konto
    als: frozenset[Handelnde]
    heute: date

    def vorgaenge(self, ansicht: Ansicht) -> FoerderantragQuerySet:
        return self._alle().filter(self._bedingung(ansicht))

    def anzahlen(self) -> dict[str, int]:
        """How many cases each view holds; one query."""
        return self._alle().aggregate(
            **{
                f"anzahl_{name}": Count("pk", filter=self._bedingung(ansicht))
                for name, ansicht in ANSICHTEN.items()
            }
        )

    def _alle(self):
        menge = Foerderantrag.objects.fuer_lpr(self.konto)
        return mit_pruefstand(menge, self.konto)

    def _bedingung(self, ansicht):
        match ansicht:
            case a if a is MEINE:
                return liegt_bei(self.konto, self.als, self.heute)
            case a if a is UEBERFAELLIG:
                return ueberfaellig(self.heute)
            case a if a is WIEDERVORLAGEN:
                return Q(wiedervorlage_am__isnull=False)
            case a if a is IN_VERTRETUNG:
                # An empty set would make Django leave out the whole aggregation.
                return Q(zustaendig__in=vertretene(self.konto) or [0]) & ~Q(status__in=BEENDET)
            case a if a is UNZUGETEILT:
                return Q(zustaendig__isnull=True, status__in=[*IN_PRUEFUNG, Status.NACHFORDERUNG])
        return Q(pk__isnull=False)


@dataclass(frozen=True)
class Vorratsauswahl:
    """View, filters and order of the list; `unbekannt` names values that do not exist."""

    ansicht: Ansicht = MEINE
    suchtext: str = ""
    runde: Foerderrunde | None = None
    status: str = ""
    kreis: Kreis | None = None
    zustaendig: Konto | None = None
    niemand: bool = False
    sortierung: str = ""
    unbekannt: tuple[str, ...] = ()

    def vorgaenge(self, vorrat: Vorrat) -> FoerderantragQuerySet:
        menge = vorrat.vorgaenge(self.ansicht)
        if self.suchtext:
            menge = menge.filter(
                Q(nummer__icontains=self.suchtext)
                | Q(titel__icontains=self.suchtext)
                | Q(kommune__in=Kommune.objects.namens_treffer(self.suchtext).order_by())
            )
        if self.runde:
            menge = menge.filter(runde=self.runde)
        if self.status:
            menge = menge.filter(status=self.status)
        if self.kreis:
            menge = menge.filter(kommune__kreis=self.kreis)
        if self.zustaendig:
            menge = menge.filter(zustaendig=self.zustaendig)
        if self.niemand:
            menge = menge.filter(zustaendig__isnull=True)
        return _sortiert(menge, self.ordnung).select_related(
            "kommune__kreis", "runde", "zustaendig"
        )

    @property
    def ordnung(self) -> str:
        return self.sortierung or self.ansicht.sortierung

    @property
    def url(self) -> str:
        return self._adresse("foerderung:arbeitsvorrat")

    @property
    def ansicht_url(self) -> str:
        """The view without filters."""
        return Vorratsauswahl(ansicht=self.ansicht).url

    @property
    def csv_url(self) -> str:
        return self._adresse("foerderung:arbeitsvorrat-csv")

    def _adresse(self, name):
        parameter = QueryDict(mutable=True)
        werte = {
            "ansicht": "" if self.ansicht is MEINE else self.ansicht.schluessel,
            "q": self.suchtext,
            "runde": str(self.runde.pk) if self.runde else "",
            "status": self.status,
            "kreis": self.kreis.ags if self.kreis else "",
            "zustaendig": NIEMAND if self.niemand else self.zustaendig and str(self.zustaendig.pk),
            "sortierung": self.sortierung,
        }
        for schluessel, wert in werte.items():
            if wert:
                parameter[schluessel] = wert
        anhang = parameter.urlencode()
        return f"{reverse(name)}?{anhang}" if anhang else reverse(name)

    def sortiert_nach(self, spalte: str) -> Vorratsauswahl:
        """Ascending, or descending where it is ascending now."""
        return replace(self, sortierung=f"-{spalte}" if self.ordnung == spalte else spalte)

    def richtung(self, spalte: str) -> str:
        """The value of aria-sort of a column; empty where the list is sorted by another one."""
        return {spalte: "ascending", f"-{spalte}": "descending"}.get(self.ordnung, "")

    @property
    def aktive_filter(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        filter_ = []
        if self.suchtext:
            filter_.append((f"„{self.suchtext}“", replace(self, suchtext="")))
        if self.runde:
            filter_.append((str(self.runde), replace(self, runde=None)))
        if self.status:
            filter_.append((Status(self.status).label, replace(self, status="")))
        if self.kreis:
            filter_.append((self.kreis.name, replace(self, kreis=None)))
        if self.zustaendig:
            filter_.append((f"Zuständig: {self.zustaendig}", replace(self, zustaendig=None)))
        if self.niemand:
            filter_.append(("Zuständig: niemand", replace(self, niemand=False)))
        return [{"titel": titel, "url": auswahl.url} for titel, auswahl in filter_]

    def ueberschrift(self, anzahl: int) -> str:
        return f"{self.ansicht.titel}: {zahl(anzahl)} {'Vorgang' if anzahl == 1 else 'Vorgänge'}"


def _sortiert(menge, ordnung):
    feld = SORTIERBAR[ordnung.removeprefix("-")]
    if feld == "stelle":
        wann = [When(status=status, then=Value(nummer)) for nummer, status in enumerate(STATUS)]
        menge = menge.annotate(stelle=Case(*wann, output_field=IntegerField()))
    return menge.order_by(f"-{feld}" if ordnung.startswith("-") else feld, "nummer")


def lies_auswahl(
    parameter: QueryDict,
    runden: Iterable[Foerderrunde],
    kreise: Iterable[Kreis],
    personen: Iterable[Konto],
) -> Vorratsauswahl:
    """Read view, filters and order from the address. Never fails."""
    wahl = Filterwahl(parameter)
    ordnungen = {f"{vor}{spalte}": f"{vor}{spalte}" for spalte in SORTIERBAR for vor in ("", "-")}
    wer = {str(konto.pk): konto for konto in personen} | {NIEMAND: NIEMAND}
    zustaendig = wahl.lies("zustaendig", "Zuständig", wer)
    return Vorratsauswahl(
        ansicht=wahl.lies("ansicht", "Ansicht", ANSICHTEN, MEINE),
        suchtext=einzeilig(parameter.get("q", ""))[:SUCHTEXT_LAENGE].strip(),
        runde=wahl.lies("runde", "Förderrunde", {str(runde.pk): runde for runde in runden}),
        status=wahl.lies("status", "Stand", {str(s.value): s.value for s in STATUS}, ""),
        kreis=wahl.lies("kreis", "Landkreis oder kreisfreie Stadt", {k.ags: k for k in kreise}),
        zustaendig=None if zustaendig == NIEMAND else zustaendig,
        niemand=zustaendig == NIEMAND,
        sortierung=wahl.lies("sortierung", "Sortierung", ordnungen, ""),
        unbekannt=wahl.unbekannt,
    )


def runden_mit_entwuerfen() -> list[Foerderrunde]:
    """The rounds, newest first, each with `entwuerfe`: how many drafts are not submitted yet."""
    uneingereicht = Count("antraege", filter=Q(antraege__status__in=UNEINGEREICHT))
    return list(Foerderrunde.objects.annotate(entwuerfe=uneingereicht).order_by("-beginn"))


def zustaendige() -> list[Konto]:
    """Everybody who is responsible for a case, by name."""
    belegt = Foerderantrag.objects.filter(zustaendig__isnull=False)
    return list(Konto.objects.filter(pk__in=belegt.values("zustaendig")).order_by("name", "pk"))


def vorrat_von(konto: Konto, als: frozenset[Handelnde], um: datetime) -> Vorrat:
    return Vorrat(konto, als, timezone.localdate(um))
