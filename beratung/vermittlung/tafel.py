"""What waits in the coaching, for the coordinators' board and the start page of the admin.

Each kind is a query; its number, its list and its rows come from the same one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from asskomm.formate import tag

from ..begleitung.rahmen import namen
from ..models import (
    Anfragestand,
    Coach,
    Coachinganfrage,
    Coachvertrag,
    Coachvorschlag,
    Einsatz,
    Einsatzrolle,
    Mandat,
    Sitzung,
)
from ..vierteltage import in_tagen, vierteltage
from .pool import freie, pool
from .worte import fehlende_antworten, seit

# Rows of a kind on the board as a whole.
JE_KASTEN = 5
# Used up to four fifths: time to think of an extension or of the end.
BALD_VERBRAUCHT = 0.8


@dataclass(frozen=True)
class Zeile:
    """One thing that waits: what, how it stands, and the one link to act."""

    titel: str
    stand: str
    handlung: str
    adresse: str
    ist_beispiel: bool = False


@dataclass(frozen=True)
class Ansicht:
    """A kind. `aufgabe` is its line on the start page of the admin; empty for what is no task."""

    schluessel: str
    titel: str
    leer: str
    aufgabe: str
    menge: Callable[[date], QuerySet]
    verbunden: Callable[[QuerySet], QuerySet]
    zeile: Callable[[object, date], Zeile]

    @property
    def url(self) -> str:
        return f"{reverse('beratung:tafel')}?ansicht={self.schluessel}"

    def liste(self, heute: date) -> QuerySet:
        """In the order in which it asks for attention, with all that the rows need."""
        return self.verbunden(self.menge(heute))


def _begleitung(mandat, stand, handlung, seite="begleitung"):
    return Zeile(
        namen(mandat),
        stand,
        handlung,
        reverse(f"beratung:{seite}", args=[mandat.pk]),
        mandat.coaching.ist_beispiel,
    )


def _mandate(menge):
    return menge.select_related("coaching").prefetch_related("coaching__kommunen")


# --- Requests and proposals ---------------------------------------------------------


def _anfrage(anfrage, heute):
    return Zeile(
        str(anfrage.kommune),
        f"Wartet {seit(anfrage.gestellt_um, heute)}.",
        "Coach vorschlagen",
        reverse("beratung:vermitteln", args=[anfrage.pk]),
        anfrage.ist_beispiel,
    )


def _vorschlag(vorschlag, heute):
    return Zeile(
        f"{vorschlag.anfrage.kommune}: {vorschlag.coach}",
        f"Vorgeschlagen {seit(vorschlag.vorgeschlagen_um, heute)}. {fehlende_antworten(vorschlag)}",
        "Ansehen oder zurücknehmen",
        reverse("beratung:vermitteln", args=[vorschlag.anfrage_id]),
        vorschlag.anfrage.ist_beispiel,
    )


def _coach(coach, heute):
    offen = f" {coach.offene} davon vorgeschlagen." if coach.offene else ""
    return Zeile(
        str(coach),
        f"{coach.vergeben} von {coach.kapazitaet} Plätzen vergeben.{offen} "
        f"Vertrag bis {tag(coach.vertrag_bis)}.",
        "Angaben ansehen",
        reverse("admin:beratung_coach_change", args=[coach.pk]),
        coach.ist_beispiel,
    )


# --- Engagements --------------------------------------------------------------------


def _sitzung(sitzung, heute):
    return _begleitung(
        sitzung.mandat,
        f"Sitzung vom {tag(sitzung.am)}: ungelesen {seit(sitzung.erfasst_um, heute)}.",
        "Begleitung ansehen",
    )


def _ohne_ansprechperson(mandat, heute):
    return _begleitung(
        mandat,
        "Niemand in der Kommune erhält Erinnerungen.",
        "Ansprechperson eintragen",
        "vereinbarung",
    )


def _ohne_coach(mandat, heute):
    return _begleitung(
        mandat,
        "Der Coach hat keinen Vertrag mehr oder kein aktives Konto.",
        "Coach wechseln",
        "wechsel",
    )


def ohne_coach(heute: date) -> QuerySet[Mandat]:
    """Running ones that nobody leads, or somebody who cannot sign in or whose contract is over.

    A contract that begins later is one: engagements are agreed ahead.
    """
    vertraege = Coachvertrag.objects.filter(coach=OuterRef("coach"), bis__gte=heute)
    leitende = Einsatz.objects.laufend().filter(
        Exists(vertraege),
        mandat=OuterRef("pk"),
        rolle=Einsatzrolle.COACH,
        coach__in=Coach.objects.taetig().values("pk"),
    )
    return Mandat.objects.laufend().exclude(Exists(leitende))


def _kontingent(mandat, heute):
    if not mandat.rest:
        stand = f"Alle {vierteltage(mandat.kontingent)} sind gebucht."
    else:
        stand = f"Rest: {vierteltage(mandat.rest)} ({in_tagen(mandat.rest)})."
    return _begleitung(mandat, stand, "Begleitung ansehen")


def _ende(mandat, heute):
    return _begleitung(
        mandat,
        f"Geplantes Ende war am {tag(mandat.ende_geplant)}.",
        "Abschließen oder verlängern",
    )


ANSICHTEN = (
    Ansicht(
        "wartend",
        "Wartende Anfragen",
        "Keine Kommune wartet auf einen Coach.",
        "Kommunen warten auf einen Coach",
        lambda heute: Coachinganfrage.objects.filter(stand=Anfragestand.OFFEN),
        lambda menge: menge.select_related("kommune").order_by("gestellt_um", "pk"),
        _anfrage,
    ),
    Ansicht(
        "ohne-antwort",
        "Vorschläge ohne Antwort",
        "Auf alle Vorschläge ist geantwortet.",
        "Vorgeschlagene Coaches: Antwort fehlt",
        lambda heute: Coachvorschlag.objects.offen(),
        lambda menge: menge.select_related("anfrage__kommune", "coach__konto").order_by(
            "vorgeschlagen_um", "pk"
        ),
        _vorschlag,
    ),
    Ansicht(
        "frei",
        "Coaches mit freien Plätzen",
        "Zurzeit hat kein Coach einen Platz frei.",
        "",
        lambda heute: freie(pool([], heute)),
        lambda menge: menge.order_by(F("vergeben") - F("kapazitaet"), "konto__name", "pk"),
        _coach,
    ),
    Ansicht(
        "ungelesen",
        "Ungelesene Sitzungen",
        "Alles, was Coaches geschrieben haben, ist geöffnet.",
        "Sitzungen, die in der Kommune niemand gelesen hat",
        lambda heute: Sitzung.objects.ungelesen().filter(mandat__in=Mandat.objects.laufend()),
        lambda menge: (
            menge.select_related("mandat__coaching")
            .prefetch_related("mandat__coaching__kommunen")
            .order_by("erfasst_um", "pk")
        ),
        _sitzung,
    ),
    Ansicht(
        "ohne-ansprechperson",
        "Begleitungen ohne Ansprechperson",
        "Jede laufende Begleitung hat eine Ansprechperson.",
        "Begleitungen ohne Ansprechperson",
        lambda heute: Mandat.objects.ohne_ansprechperson(),
        lambda menge: _mandate(menge).order_by("beginn", "pk"),
        _ohne_ansprechperson,
    ),
    Ansicht(
        "ohne-coach",
        "Begleitungen ohne Coach",
        "Jede laufende Begleitung hat einen Coach mit Konto und Vertrag.",
        "Begleitungen ohne Coach",
        ohne_coach,
        lambda menge: _mandate(menge).order_by("beginn", "pk"),
        _ohne_coach,
    ),
    Ansicht(
        "kontingent",
        "Fast verbrauchte Kontingente",
        "In jeder laufenden Begleitung ist mehr als ein Fünftel des Kontingents frei.",
        "Begleitungen mit fast verbrauchtem Kontingent",
        lambda heute: Mandat.objects.laufend().filter(
            gebucht__gte=F("kontingent") * BALD_VERBRAUCHT
        ),
        lambda menge: _mandate(menge).order_by(F("kontingent") - F("gebucht"), "pk"),
        _kontingent,
    ),
    Ansicht(
        "ende-vorbei",
        "Geplantes Ende vorbei",
        "Keine Begleitung läuft über ihr geplantes Ende hinaus.",
        "Begleitungen, deren geplantes Ende vorbei ist",
        lambda heute: Mandat.objects.laufend().filter(ende_geplant__lt=heute),
        lambda menge: _mandate(menge).order_by("ende_geplant", "pk"),
        _ende,
    ),
)
AUFGABEN = tuple(ansicht for ansicht in ANSICHTEN if ansicht.aufgabe)
