"""Who of the coaches can be proposed for which Kommunen, and what speaks against the others.

The one place that says it: the table of the coordinators, its filter and the procedure ask here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from kommunen.models import Kommune, Mitgliedschaft

from ..models import (
    Antwort,
    Ausschluss,
    Coach,
    Coachvertrag,
    Coachvorschlag,
    Einsatz,
    Einsatzrolle,
    Faehigkeit,
)


@dataclass(frozen=True)
class Hindernis:
    """A reason why a coach cannot be proposed.

    `name` is the annotation that holds it, `satz` is for the coordinators. `an_beide` is what
    the two sides may read when it comes up between proposal and acceptance; empty where the
    reason is internal.
    """

    name: str
    bedingung: Q
    satz: str
    an_beide: str = ""


BELEGT = "belegt"
HINDERNISSE = (
    Hindernis(
        "nicht_angenommen",
        Q(konto__is_active=False, konto__deaktiviert_um__isnull=True)
        | Q(eingeladen=True, einladung__angenommen_um__isnull=True),
        "Die Einladung ist noch nicht angenommen.",
    ),
    Hindernis("deaktiviert", Q(konto__deaktiviert_um__isnull=False), "Das Konto ist deaktiviert."),
    Hindernis(
        "personal",
        Q(konto__is_staff=True),
        "Die Person gehört zum Landespräventionsrat.",
    ),
    Hindernis(
        "ohne_vertrag",
        Q(vertrag_bis__isnull=True),
        "Für den ersten Tag gibt es keinen Vertrag.",
        "Für den ersten Tag gibt es keinen Vertrag mit dem Coach mehr.",
    ),
    Hindernis(
        BELEGT,
        Q(vergeben__gte=F("kapazitaet")),
        "Es ist kein Platz frei.",
        "Der Coach hat keinen freien Platz mehr.",
    ),
    Hindernis(
        "ausgeschlossen",
        Q(mit_ausschluss=True),
        "Für die Kommune ausgeschlossen.",
    ),
    Hindernis(
        "eigene_kommune",
        Q(ist_mitglied=True),
        "Die Person handelt selbst für die Kommune.",
    ),
)


def pool(
    kommunen: Collection[Kommune], beginn: date, *, ausser: Coachvorschlag | None = None
) -> QuerySet[Coach]:
    """All coaches, with what speaks for and against them for these Kommunen from `beginn` on.

    `laufende` are the engagements a coach leads, `offene` the proposals that somebody still has
    to answer (without `ausser`); both take up room. `vertrag_bis` is the last day of the contract
    that holds on `beginn`. `absagen` are earlier refusals between the coach and the Kommunen by
    either side, `frueher` earlier engagements with them.
    """
    nummern = [kommune.pk for kommune in kommunen]
    eigene = {"coach": OuterRef("pk")}
    einsaetze = Einsatz.objects.filter(**eigene)
    vorschlaege = Coachvorschlag.objects.filter(**eigene)
    offene = vorschlaege.offen()
    if ausser:
        offene = offene.exclude(pk=ausser.pk)
    absagen = vorschlaege.filter(
        Q(kommune_antwort=Antwort.NEIN) | Q(coach_antwort=Antwort.NEIN),
        Q(anfrage__kommune__in=nummern) | Q(weitere_kommunen__in=nummern),
    )
    frueher = einsaetze.filter(mandat__coaching__kommunen__in=nummern)
    vertraege = Coachvertrag.objects.filter(**eigene, von__lte=beginn, bis__gte=beginn)
    ausschluesse = Ausschluss.objects.filter(**eigene, kommune__in=nummern)
    mitglieder = Mitgliedschaft.objects.aktiv().filter(konto=OuterRef("konto"), kommune__in=nummern)
    return (
        Coach.objects.annotate(
            laufende=_anzahl(einsaetze.laufend().filter(rolle=Einsatzrolle.COACH)),
            offene=_anzahl(offene),
            absagen=_anzahl(absagen),
            frueher=_anzahl(frueher, "mandat"),
            vertrag_bis=Subquery(vertraege.values("bis")[:1]),
            mit_ausschluss=Exists(ausschluesse),
            ist_mitglied=Exists(mitglieder),
        )
        .annotate(vergeben=F("laufende") + F("offene"))
        .annotate(**{h.name: ExpressionWrapper(h.bedingung, BooleanField()) for h in HINDERNISSE})
        .select_related("konto", "einladung")
    )


def freie(coaches: QuerySet[Coach], *, fuer_vertretung: bool = False) -> QuerySet[Coach]:
    """Those of the pool whom nothing speaks against; a deputyship takes up no room."""
    return coaches.filter(
        **{h.name: False for h in HINDERNISSE if not (fuer_vertretung and h.name == BELEGT)}
    )


def hindernisse(coach: Coach) -> list[Hindernis]:
    """What speaks against one of the pool."""
    return [hindernis for hindernis in HINDERNISSE if getattr(coach, hindernis.name)]


def nach_eignung(
    coaches: QuerySet[Coach], faehigkeiten: Iterable[Faehigkeit], kommunen: Collection[Kommune]
) -> QuerySet[Coach]:
    """Whom nothing speaks against first, then by wished skills and region, then by name."""
    passende = Faehigkeit.objects.filter(
        coaches=OuterRef("pk"), pk__in=[faehigkeit.pk for faehigkeit in faehigkeiten]
    )
    vor_ort = Coach.kreise.through.objects.filter(
        coach=OuterRef("pk"), kreis__in=[k.kreis_id for k in kommunen if k.kreis_id]
    )
    gehindert = Q()
    for hindernis in HINDERNISSE:
        gehindert |= Q(**{hindernis.name: True})
    return coaches.annotate(
        gehindert=ExpressionWrapper(gehindert, BooleanField()),
        passende=_anzahl(passende, gruppe="coaches"),
        vor_ort=Exists(vor_ort),
    ).order_by("gehindert", "-passende", "-vor_ort", "konto__name", "pk")


def _anzahl(menge, was="pk", gruppe="coach"):
    """How many rows of the subquery there are, each `was` once."""
    gezaehlt = menge.order_by().values(gruppe).annotate(anzahl=Count(was, distinct=True))
    return Coalesce(Subquery(gezaehlt.values("anzahl")), Value(0), output_field=IntegerField())
