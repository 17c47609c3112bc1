"""Which proofs a sample is drawn from, and what about a case is a risk (F23).

The rule of the funding says how many proofs are looked at (R29), not which of them are risky: the
list of risks is ours. Pages say so, and each draw keeps what was true when it was made.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from kommunen.tatsachen import Herkunft

from ..models import (
    Auszahlung,
    Beleg,
    Belegkuerzung,
    Bescheid,
    Entscheidung,
    Foerderantrag,
    Nachweisfassung,
    Regel,
    Status,
    Zuwendung,
)
from ..plan.spalten import Ausgabenart
from ..regelwerk.werte import wert_zeile

BETRAG, WEITERLEITUNG, VERSPAETET, KUERZUNG, ERSTE = (
    "betrag", "weiterleitung", "verspaetet", "kuerzung", "erste",
)  # fmt: skip
# The risks in the words of the pages.
RISIKEN = {
    BETRAG: "hohe Zuwendung",
    WEITERLEITUNG: "Weiterleitung an Dritte",
    VERSPAETET: "Nachweis verspätet",
    KUERZUNG: "Ausgaben schon einmal gekürzt",
    ERSTE: "erste Zuwendung der Kommune",
}
# When each of them is true, for whoever reads a draw.
ERLAEUTERUNGEN = {
    BETRAG: (
        "Die Zuwendung erreicht den Betrag, ab dem Mittel im Voraus abgerufen werden (Regel R17)."
    ),
    WEITERLEITUNG: (
        "Der Bescheid regelt eine Weiterleitung, oder Belege sind als Weiterleitung gebucht."
    ),
    VERSPAETET: "Die erste Fassung ging nach dem Tag ein, den der Bescheid nennt.",
    KUERZUNG: "Bei einer Auszahlung oder einem Beleg ist weniger anerkannt als angegeben.",
    ERSTE: "In früheren Förderjahren ist für die Kommune keine Zuwendung bekannt.",
}
_BAUSTEIN = "nebenbestimmungen_weiterleitung"


def antraege(*, beispiele: bool):
    """Submitted proofs that are in no draw yet, by number; real and invented ones never together."""
    alle = Foerderantrag.objects.filter(
        status=Status.NACHWEIS_EINGEREICHT, stichprobenfall__isnull=True
    )
    erfunden = Q(herkunft=Herkunft.BEISPIEL)
    return alle.filter(erfunden if beispiele else ~erfunden).order_by("nummer")


def grundgesamtheit(*, beispiele: bool) -> list[dict]:
    """The population as a draw keeps it: numbers with risks, by number."""
    return [
        {"nummer": antrag.nummer, "risiken": list(risiken(antrag))}
        for antrag in _mit_merkmalen(antraege(beispiele=beispiele), beispiele)
    ]


def mindestanteil(*, beispiele: bool) -> Decimal | None:
    """The highest least share that the rule sets of the cases ask for; None where one is silent."""
    werte = antraege(beispiele=beispiele).annotate(
        anteil=wert_zeile(Regel.Schluessel.STICHPROBE_PROZENT)
    )
    anteile = set(werte.order_by().values_list("anteil", flat=True))
    return None if None in anteile else max(anteile, default=None)


def risiken(antrag: Foerderantrag):
    """Those of a case of `_mit_merkmalen`, in the order of `RISIKEN`."""
    merkmale = {
        BETRAG: antrag.grenze is not None and antrag.bewilligt >= antrag.grenze,
        WEITERLEITUNG: antrag.mit_weiterleitung or antrag.weitergeleitet,
        VERSPAETET: _ist_verspaetet(antrag),
        KUERZUNG: antrag.auszahlung_gekuerzt or antrag.beleg_gekuerzt,
        ERSTE: not antrag.frueher_gefoerdert,
    }
    return (name for name in RISIKEN if merkmale[name])


def _ist_verspaetet(antrag):
    if not (antrag.nachweis_bis and antrag.nachweis_um):
        return False
    return timezone.localdate(antrag.nachweis_um).isoformat() > antrag.nachweis_bis


def _mit_merkmalen(menge, beispiele):
    eigene = {"antrag": OuterRef("pk")}
    bescheide = Bescheid.objects.filter(**eigene)
    geltender = bescheide.filter(art__in=Entscheidung.MIT_BETRAG).order_by("-nummer")
    frueher = Zuwendung.objects.filter(
        kommune=OuterRef("kommune"), foerderjahr__lt=OuterRef("runde__jahr_von")
    )
    if not beispiele:
        frueher = frueher.exclude(herkunft=Herkunft.BEISPIEL)
    belege = Beleg.objects.filter(**eigene)
    return menge.annotate(
        grenze=wert_zeile(Regel.Schluessel.ERSTATTUNG_UNTER),
        bewilligt=Coalesce(F("foerderkonto__bewilligt"), Decimal(0)),
        nachweis_bis=Subquery(geltender.values("inhalt__zuwendung__nachweis_bis")[:1]),
        nachweis_um=Subquery(
            Nachweisfassung.objects.filter(**eigene).order_by("nummer").values("eingegangen_um")[:1]
        ),
        mit_weiterleitung=Exists(bescheide.filter(inhalt__textbausteine__contains=[_BAUSTEIN])),
        weitergeleitet=Exists(belege.filter(ausgabenart=Ausgabenart.WEITERLEITUNG)),
        auszahlung_gekuerzt=Exists(
            Auszahlung.objects.filter(**eigene, anerkannt_euro__lt=F("ausgaben_euro"))
        ),
        beleg_gekuerzt=Exists(Belegkuerzung.objects.filter(beleg__antrag=OuterRef("pk"))),
        frueher_gefoerdert=Exists(frueher),
    )
