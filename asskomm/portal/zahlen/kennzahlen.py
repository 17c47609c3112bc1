"""The figures of the programme: one named query each, for any day.

A figure is a set of records on a day (`belege`) and what is counted in it (`zaehlt`).
Value, series, list and export all come from these two, so they cannot disagree.
Only public records count; invented ones only in demo mode, see `TatsacheQuerySet`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Count, DateField, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import ExtractYear

from beratung.models import Beratung, Coaching, Sicherheitsanalyse, Wirkung
from foerderung.models import Zuwendung
from fortbildung.models import Teilnahme
from kommunen.models import Kooperationsvereinbarung, Modellkommune, Praeventionsrat

PROGRAMMSTART = date(2019, 2, 6)
"""Founding conference in Chemnitz (medienservice.sachsen.de, news 223505)."""


BETRAEGE_UNBEKANNT = Count("pk", filter=Q(betrag_euro__isnull=True))


def letztes_volles_jahr(stichtag: date) -> int:
    """The calendar year that was complete at the end of `stichtag`."""
    return stichtag.year if (stichtag.month, stichtag.day) == (12, 31) else stichtag.year - 1


@dataclass(frozen=True)
class Kennzahl:
    """A figure of the programme.

    `menge(stichtag, jahr)` are the records that count at the end of that day (Europe/Berlin);
    `jahr(stichtag)` is the calendar year a yearly figure is about. Both may be SQL expressions,
    so that one statement answers for many days. `zaehlt` is the aggregate over the records,
    `gezaehlt` names what one unit is: a record, or a Kommune however many records it has. What
    must not be listed one by one is listed by "durchgang" or "wirkungsart" with its number.
    `reihen` are the published series of the same matter; they are shown beside the computed
    value and never mixed with it.
    """

    schluessel: str
    titel: str
    einheit: str
    einzahl: str
    definition: str
    menge: Callable[[date | Combinable, int | Combinable | None], QuerySet]
    zaehlt: Combinable
    gezaehlt: str = "datensatz"
    jahr: Callable[[date], int] | None = None
    reihen: tuple[str, ...] = ()

    def belege(self, stichtag: date) -> QuerySet:
        """The records that count at the end of `stichtag`."""
        return self.menge(stichtag, self.jahr(stichtag) if self.jahr else None)

    def wert(self, stichtag: date) -> Decimal:
        """The value at the end of `stichtag`: euros with two places, else a whole number."""
        return werte([(self, stichtag)])[0]

    def bezug(self, stichtag: date) -> str:
        """E.g. "im Jahr 2020" for a yearly figure, empty for one that adds up since the start."""
        return f"im Jahr {self.jahr(stichtag)}" if self.jahr else ""

    def titel_am(self, stichtag: date) -> str:
        return f"{self.titel} {self.bezug(stichtag)}".strip()

    @property
    def in_euro(self) -> bool:
        return self.einheit == "Euro"

    @property
    def mit_anzahlen(self) -> bool:
        """Whether each row of the list behind it stands for several units."""
        return self.gezaehlt in ("durchgang", "wirkungsart")

    def mindestwerte(self, stichtage: Iterable[date]) -> list[bool]:
        """For each day whether some amount behind the sum exists but was never published."""
        if not self.in_euro:
            return [False for _ in stichtage]
        unbekannte = replace(self, zaehlt=BETRAEGE_UNBEKANNT)
        return [anzahl > 0 for anzahl in werte((unbekannte, tag) for tag in stichtage)]

    def ist_mindestwert(self, stichtag: date) -> bool:
        return self.mindestwerte([stichtag])[0]

    def jahresenden(self, stichtag: date) -> list[date]:
        """The days of the yearly series: every year's last day since the start, then `stichtag`.

        Two days that ask a yearly figure for the same year are one: the later knows more.
        """
        tage = [date(jahr, 12, 31) for jahr in range(PROGRAMMSTART.year, stichtag.year)]
        tage.append(stichtag)
        if self.jahr:
            tage = list({self.jahr(tag): tag for tag in tage}.values())
        return tage

    def ist_vorlaeufig(self, stichtag: date) -> bool:
        """Whether the year that the value belongs to was not over at the end of `stichtag`."""
        jahr = self.jahr(stichtag) if self.jahr else stichtag.year
        return stichtag < date(jahr, 12, 31)


# The columns of the days that `werte` asks for, as seen from inside a figure's own query.
_TAG = RawSQL("stichtage.tag", (), output_field=DateField())
_JAHR = RawSQL("stichtage.jahr", (), output_field=IntegerField())


def werte(anfragen: Iterable[tuple[Kennzahl, date]]) -> list[Decimal]:
    """Many figures on many days with a single statement to the database.

    Each figure's query is written once and runs for every day asked for, so that the series
    of all figures together cost little more than their values of one day.
    """
    tage_je_kennzahl: dict[Kennzahl, list[tuple[int, date]]] = {}
    anzahl = 0
    for nummer, (kennzahl, stichtag) in enumerate(anfragen):
        tage_je_kennzahl.setdefault(kennzahl, []).append((nummer, stichtag))
        anzahl = nummer + 1
    if not anzahl:
        return []
    teile, parameter = [], []
    for kennzahl, tage in tage_je_kennzahl.items():
        abfrage = (
            kennzahl.menge(_TAG, _JAHR)
            .order_by()
            .annotate(alles=Value(1))
            .values("alles")
            .annotate(wert=kennzahl.zaehlt)
            .values("wert")
        )
        sql, eigene = abfrage.query.sql_with_params()
        teile.append(
            f"SELECT stichtage.nummer, ({sql}) "
            "FROM unnest(%s::int[], %s::date[], %s::int[]) AS stichtage(nummer, tag, jahr)"
        )
        jahre = [kennzahl.jahr(tag) if kennzahl.jahr else None for _, tag in tage]
        parameter += [*eigene, [nummer for nummer, _ in tage], [tag for _, tag in tage], jahre]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(teile), parameter)
        gefunden = dict(cursor.fetchall())
    return [Decimal(gefunden[nummer] or 0) for nummer in range(anzahl)]


def _vereinbarungen(stichtag, jahr):
    return (
        Kooperationsvereinbarung.objects.oeffentlich()
        .wirksam(stichtag)
        .filter(art=Kooperationsvereinbarung.Art.VEREINBARUNG)
    )


def _wirkungen(stichtag, jahr):
    return Wirkung.objects.bestaetigt(stichtag).filter(
        mandat__coaching__in=Coaching.objects.oeffentlich()
    )


_ALLE = (
    Kennzahl(
        schluessel="kommunen-beraten",
        titel="Kommunen wurden beraten",
        einheit="Kommunen",
        einzahl="Kommune",
        definition=(
            "Kommunen, die der Landespräventionsrat bis zum Stichtag mindestens einmal beraten "
            "hat. Jede Kommune zählt einmal, auch nach mehreren Beratungen."
        ),
        menge=lambda am, jahr: Beratung.objects.oeffentlich().bis(am),
        zaehlt=Count("kommune", distinct=True),
        gezaehlt="kommune",
        reihen=("kommunen_beraten", "kommunen_beteiligt", "kommunen_kontaktiert"),
    ),
    Kennzahl(
        schluessel="praeventionsraete",
        titel="Kommunale Präventionsräte arbeiten",
        einheit="Präventionsräte",
        einzahl="Präventionsrat",
        definition=(
            "Kommunale Präventionsräte, die konstituiert oder reaktiviert wurden und am Stichtag "
            "aktiv sind. Ein gemeinsamer Rat mehrerer Kommunen zählt einmal. Ruhende und "
            "aufgelöste Räte zählen nicht."
        ),
        menge=lambda am, jahr: Praeventionsrat.objects.oeffentlich().aktiv(am),
        zaehlt=Count("pk"),
        reihen=("kpr_anzahl", "kpr_gebietskoerperschaften", "kpr_landkreise"),
    ),
    Kennzahl(
        schluessel="mittel-bewilligt",
        titel="Fördermittel sind bewilligt",
        einheit="Euro",
        einzahl="Euro",
        definition=(
            "Summe der Zuwendungen nach der Richtlinie Kommunale Prävention, die bis zum Stichtag "
            "bewilligt wurden. Zuwendungen ohne veröffentlichten Betrag stehen in der Liste, "
            "tragen zur Summe aber nichts bei."
        ),
        menge=lambda am, jahr: Zuwendung.objects.oeffentlich().bewilligt(am),
        zaehlt=Sum("betrag_euro"),
        reihen=("foerdermittel_bewilligt_kumuliert",),
    ),
    Kennzahl(
        schluessel="kommunen-im-coaching",
        titel="Kommunen im Coaching",
        einheit="Kommunen",
        einzahl="Kommune",
        definition=(
            "Kommunen, die im letzten vollen Kalenderjahr vor dem Stichtag von einem Coach "
            "begleitet wurden. Gezählt wird nach dem Wissensstand des Stichtags. Ist das Ende "
            "eines Coachings unbekannt, zählt es nur so lange, wie eine Quelle es belegt."
        ),
        menge=lambda am, jahr: Coaching.objects.oeffentlich().im_jahr(jahr, am),
        zaehlt=Count("kommunen", distinct=True),
        gezaehlt="kommune",
        jahr=letztes_volles_jahr,
        reihen=("coaching_kommunen_jahr", "coaching_kommunen"),
    ),
    Kennzahl(
        schluessel="wirkungen-des-coachings",
        titel="Wirkungen des Coachings sind bestätigt",
        einheit="Wirkungen",
        einzahl="Wirkung",
        definition=(
            "Wirkungen, die Kommunen und Coaches zum Ende eines Coachings oder 6 und 12 Monate "
            "danach mit Beleg gemeldet haben und die der Landespräventionsrat bis zum Stichtag "
            "bestätigt hat: ein Präventionsrat, eine Präventionsstrategie, ein Förderantrag. "
            "Je Coaching zählt jede Art einmal. Welche Kommune es ist, wird nicht veröffentlicht."
        ),
        menge=_wirkungen,
        zaehlt=Count("pk"),
        gezaehlt="wirkungsart",
    ),
    Kennzahl(
        schluessel="fachkraefte",
        titel="Fachkräfte für Kriminalprävention sind ausgebildet",
        einheit="Personen",
        einzahl="Person",
        definition=(
            "Personen, die die Beccaria-Qualifizierung bis zum Stichtag mit Zertifikat "
            "abgeschlossen haben."
        ),
        menge=lambda am, jahr: Teilnahme.objects.oeffentlich().abgeschlossen(am),
        zaehlt=Count("pk"),
        gezaehlt="durchgang",
        reihen=("beccaria_absolventen_kumuliert",),
    ),
    Kennzahl(
        schluessel="fortbildung-begonnen",
        titel="Personen haben die Qualifizierung begonnen",
        einheit="Personen",
        einzahl="Person",
        definition=(
            "Personen, die die Beccaria-Qualifizierung im Kalenderjahr des Stichtags bis zum "
            "Stichtag begonnen haben."
        ),
        menge=lambda am, jahr: Teilnahme.objects.oeffentlich().begonnen_im_jahr(jahr, am),
        zaehlt=Count("pk"),
        gezaehlt="durchgang",
        jahr=lambda am: am.year,
        reihen=("beccaria_neu_begonnen",),
    ),
    Kennzahl(
        schluessel="modellkommunen",
        titel="Modellkommunen sind seit dem Start dabei",
        einheit="Kommunen",
        einzahl="Kommune",
        definition=(
            "Kommunen, die der Landespräventionsrat zum Programmstart als Modellkommunen benannt "
            "hat. Eine Kooperationsvereinbarung ist davon unabhängig."
        ),
        menge=lambda am, jahr: Modellkommune.objects.oeffentlich().bestehend(am),
        zaehlt=Count("pk"),
        gezaehlt="kommune",
        reihen=("modellkommunen",),
    ),
    Kennzahl(
        schluessel="vereinbarungen",
        titel="Kooperationsvereinbarungen sind geschlossen",
        einheit="Vereinbarungen",
        einzahl="Vereinbarung",
        definition=(
            "Kooperationsvereinbarungen, die bis zum Stichtag unterzeichnet und nicht beendet "
            "wurden. Eine gemeinsame Vereinbarung mehrerer Kommunen zählt einmal. "
            "Vorvereinbarungen zählen nicht."
        ),
        menge=_vereinbarungen,
        zaehlt=Count("pk"),
        reihen=("kooperationsvereinbarungen",),
    ),
    Kennzahl(
        schluessel="kommunen-mit-vereinbarung",
        titel="Kommunen haben eine Kooperationsvereinbarung",
        einheit="Kommunen",
        einzahl="Kommune",
        definition=(
            "Kommunen, für die am Stichtag mindestens eine Kooperationsvereinbarung gilt. "
            "Jede Kommune zählt einmal, auch mit mehreren Vereinbarungen."
        ),
        menge=_vereinbarungen,
        zaehlt=Count("kommunen", distinct=True),
        gezaehlt="kommune",
        reihen=("kooperationsvereinbarungen_kommunen",),
    ),
    Kennzahl(
        schluessel="sicherheitsanalysen",
        titel="Sicherheitsanalysen wurden begonnen",
        einheit="Analysen",
        einzahl="Analyse",
        definition=(
            "Sicherheitsanalysen, deren Auftakt bis zum Stichtag war. Eine gemeinsame Analyse "
            "mehrerer Kommunen zählt einmal. Nur angekündigte Analysen zählen nicht."
        ),
        menge=lambda am, jahr: Sicherheitsanalyse.objects.oeffentlich().begonnen(am),
        zaehlt=Count("pk"),
        reihen=("sicherheitsanalysen_durchgefuehrt", "sicherheitsanalysen_abgeschlossen"),
    ),
)

KENNZAHLEN: dict[str, Kennzahl] = {kennzahl.schluessel: kennzahl for kennzahl in _ALLE}
AUF_DER_STARTSEITE = ("kommunen-beraten", "praeventionsraete", "mittel-bewilligt", "fachkraefte")


def mittel_je_jahr(stichtag: date) -> list[tuple[int, Decimal, bool]]:
    """Granted euros by the calendar year of the decision, from the first grant to `stichtag`.

    Each with whether it is a minimum. Years between without a grant are there with 0.00.
    """
    zeilen = {
        jahr: (summe or Decimal("0.00"), unbekannt > 0)
        for jahr, summe, unbekannt in Zuwendung.objects.oeffentlich()
        .bewilligt(stichtag)
        .order_by()
        .annotate(jahr=ExtractYear("bewilligt_am__letzter_tag"))
        .values("jahr")
        .annotate(summe=Sum("betrag_euro"), unbekannt=BETRAEGE_UNBEKANNT)
        .values_list("jahr", "summe", "unbekannt")
    }
    if not zeilen:
        return []
    keine = (Decimal("0.00"), False)
    return [(jahr, *zeilen.get(jahr, keine)) for jahr in range(min(zeilen), stichtag.year + 1)]
