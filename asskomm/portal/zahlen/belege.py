"""The list behind a figure: one row for each unit that was counted.

What was counted is a Kommune, a record or, for people, a cohort with its number of people,
because persons are counted here and never listed. Effects of coachings are listed by their kind:
what came of a coaching is told of no Kommune, and of its beginning the year alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from beratung.models import Coaching, Wirkung
from fortbildung.models import Durchgang
from kommunen.models import Kommune, Praeventionsrat, Ratszustand
from kommunen.tatsachen import Herkunft
from kommunen.zeitangabe import LetzterTag, Zeitangabe

from ..kommunen.steckbrief import nur_jahr
from .kennzahlen import Kennzahl


@dataclass(frozen=True)
class Beleg:
    """A row: what counts, since when, by which source; `anzahl` and `betrag_euro` where they apply."""

    titel: str
    url: str
    datum: Zeitangabe | None
    quelle: str
    ist_beispiel: bool
    zusatz: str = ""
    anzahl: int | None = None
    betrag_euro: Decimal | None = None


def einheiten(kennzahl: Kennzahl, stichtag: date) -> QuerySet:
    """What the rows are about, in the order of the list; pages and exports slice it."""
    belege = kennzahl.belege(stichtag)
    if kennzahl.gezaehlt == "kommune":
        feld = _kommunenfeld(belege.model)
        return Kommune.objects.filter(pk__in=belege.order_by().values(feld)).order_by("sortiername")
    if kennzahl.gezaehlt == "durchgang":
        return (
            Durchgang.objects.filter(teilnahmen__in=belege)
            .annotate(anzahl=Count("teilnahmen", filter=Q(teilnahmen__in=belege)))
            .select_related("lehrgang")
            .order_by("-beginn", "pk")
        )
    if kennzahl.gezaehlt == "wirkungsart":
        erfunden = Q(mandat__coaching__herkunft=Herkunft.BEISPIEL)
        je_art = belege.order_by().values("art")
        return je_art.annotate(anzahl=Count("pk"), beispiele=Count("pk", filter=erfunden)).order_by(
            "art"
        )
    if belege.model is Praeventionsrat:
        return belege.order_by("name", "pk")
    return belege.order_by(LetzterTag(_datumsfeld(belege)).desc(), "pk")


def zeilen(kennzahl: Kennzahl, stichtag: date, ausschnitt: Iterable) -> list[Beleg]:
    """The rows for some of the `einheiten`, with the same number of queries for any number."""
    ausschnitt = list(ausschnitt)
    if kennzahl.gezaehlt == "kommune":
        return list(_zeilen_kommunen(kennzahl.belege(stichtag), ausschnitt))
    if kennzahl.gezaehlt == "durchgang":
        return [_zeile_durchgang(durchgang) for durchgang in ausschnitt]
    if kennzahl.gezaehlt == "wirkungsart":
        return [_zeile_wirkungsart(**zeile) for zeile in ausschnitt]
    return list(_zeilen_datensaetze(kennzahl.belege(stichtag), ausschnitt, stichtag))


def _kommunenfeld(modell):
    """What leads from a record to its Kommune or Kommunen."""
    return "kommune" if hasattr(modell, "kommune") else "kommunen"


def _datumsfeld(belege):
    """The field by which a record counts, named once in the model's own words."""
    return {
        "beratung": "am",
        "coaching": "beginn",
        "sicherheitsanalyse": "beginn",
        "zuwendung": "bewilligt_am",
        "kooperationsvereinbarung": "unterzeichnet_am",
        "modellkommune": "seit",
    }[belege.model._meta.model_name]


def _zeilen_kommunen(belege, kommunen):
    """Every Kommune with the earliest record that makes it count."""
    feld, datumsfeld = _kommunenfeld(belege.model), _datumsfeld(belege)
    fruehester = {}
    paare = (
        belege.filter(**{f"{feld}__in": [kommune.pk for kommune in kommunen]})
        .order_by(LetzterTag(datumsfeld), "pk")
        .values_list(feld, datumsfeld, "quelle", "herkunft")
    )
    for kommune, datum, quelle, herkunft in paare:
        fruehester.setdefault(kommune, (datum, quelle, herkunft))
    for kommune in kommunen:
        datum, quelle, herkunft = fruehester[kommune.pk]
        yield Beleg(
            titel=kommune.name_eindeutig,
            url=kommune.get_absolute_url(),
            datum=nur_jahr(datum) if belege.model is Coaching else datum,
            quelle=quelle,
            ist_beispiel=herkunft == Herkunft.BEISPIEL,
        )


def _zeile_durchgang(durchgang):
    return Beleg(
        titel=str(durchgang),
        url="",
        datum=durchgang.beginn,
        quelle=durchgang.quelle,
        ist_beispiel=durchgang.ist_beispiel,
        anzahl=durchgang.anzahl,
    )


def _zeile_wirkungsart(art, anzahl, beispiele):
    return Beleg(
        titel=Wirkung.Art(art).label,
        url="",
        datum=None,
        quelle="Meldungen mit Beleg, geprüft vom Landespräventionsrat",
        ist_beispiel=beispiele > 0,
        anzahl=anzahl,
    )


def _zeilen_datensaetze(belege, datensaetze, stichtag):
    modell = belege.model
    datumsfeld = None if modell is Praeventionsrat else _datumsfeld(belege)
    seit = _aktiv_seit(datensaetze, stichtag) if modell is Praeventionsrat else {}
    kommunen = _kommunen_je_datensatz(modell, datensaetze)
    for satz in datensaetze:
        beteiligte = kommunen[satz.pk]
        einzige = beteiligte[0] if len(beteiligte) == 1 else None
        yield Beleg(
            titel=getattr(satz, "titel", None) or str(satz),
            url=_url(satz, einzige),
            datum=getattr(satz, datumsfeld) if datumsfeld else seit.get(satz.pk),
            quelle=satz.quelle,
            ist_beispiel=satz.ist_beispiel,
            zusatz=", ".join(kommune.name_eindeutig for kommune in beteiligte),
            betrag_euro=getattr(satz, "betrag_euro", None),
        )


def _url(satz, kommune):
    if isinstance(satz, Praeventionsrat):
        return satz.get_absolute_url()
    return kommune.get_absolute_url() if kommune else ""


def _aktiv_seit(raete, stichtag):
    zustaende = Ratszustand.objects.am(stichtag).filter(rat__in=[rat.pk for rat in raete])
    return dict(zustaende.values_list("rat", "von"))


def _kommunen_je_datensatz(modell, datensaetze):
    """The Kommunen of each record, by primary key, with one query."""
    schluessel = [satz.pk for satz in datensaetze]
    ergebnis = {pk: [] for pk in schluessel}
    paare = modell.objects.filter(pk__in=schluessel).values_list("pk", _kommunenfeld(modell))
    kommunen = Kommune.objects.in_bulk({kommune for _, kommune in paare})
    for pk, kommune in paare:
        ergebnis[pk].append(kommunen[kommune])
    for liste in ergebnis.values():
        liste.sort(key=lambda kommune: kommune.sortiername)
    return ergebnis
