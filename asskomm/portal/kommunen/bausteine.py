"""What a Kommune takes part in: every building block is defined here, once.

List, filter, page, map and CSV all ask this module, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from kommunen.models import Kooperationsvereinbarung, Modellkommune, Praeventionsrat
from kommunen.tatsachen import Herkunft, TatsacheQuerySet


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
        return self._belege(am).values(self.feld)

    def zuordnungen(self, am: date) -> QuerySet:
        """One row for each record and Kommune: the Kommune, this building block, invented?"""
        return self._belege(am).values_list(
            F(self.feld), Value(self.schluessel), Q(herkunft=Herkunft.BEISPIEL)
        )

    def _belege(self, am):
        belege = self.belege(self.modell.objects.oeffentlich(), am)
        return belege.filter(**{f"{self.feld}__isnull": False}).order_by()


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


@lru_cache(maxsize=8)
def _zuordnungen(am: date, mit_beispielen: bool) -> tuple[str, tuple]:
    """All building blocks of all Kommunen as one SELECT (kommune, baustein, ist_beispiel).

    Django needs longer to write this statement than PostgreSQL to answer it, so the text is
    kept; `mit_beispielen` is part of the key because `oeffentlich()` depends on it.
    """
    erste, *weitere = [baustein.zuordnungen(am) for baustein in BAUSTEINE]
    sql, parameter = erste.union(*weitere, all=True).query.sql_with_params()
    return f"SELECT * FROM ({sql}) AS z (kommune, baustein, ist_beispiel)", parameter


def beteiligt(am: date) -> Q:
    """Kommunen with at least one building block at the end of the day `am`."""
    sql, parameter = _zuordnungen(am, settings.BEISPIELDATEN)
    return Q(pk__in=RawSQL(f"SELECT kommune FROM ({sql}) AS b", parameter))


@dataclass
class Beteiligung:
    """The building blocks of one Kommune, in the order of BAUSTEINE."""

    bausteine: tuple[Baustein, ...] = ()
    aus_beispielen: bool = False


def beteiligungen(am: date, kommunen: Iterable[int] | None = None) -> dict[int, Beteiligung]:
    """Who takes part in what at the end of the day `am`, with a single query.

    Keys are those of `kommunen`, or of all that take part.
    """
    sql, parameter = _zuordnungen(am, settings.BEISPIELDATEN)
    if kommunen is not None:
        sql, parameter = f"{sql} WHERE kommune = ANY(%s)", (*parameter, list(kommunen))
    ergebnis: dict[int, Beteiligung] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kommune, array_agg(baustein), bool_or(ist_beispiel) FROM ({sql}) AS b"
            " GROUP BY kommune",
            parameter,
        )
        for kommune, schluessel, aus_beispielen in cursor:
            bausteine = tuple(b for b in BAUSTEINE if b.schluessel in schluessel)
            ergebnis[kommune] = Beteiligung(bausteine, aus_beispielen)
    return ergebnis
