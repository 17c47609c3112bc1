"""To whom a Kommune passes money of its grant on (F25): organisations, within the grant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from asskomm.formate import euro
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich

from .. import kasse, kenntnis
from ..befugnisse import Handelnde, handelt_als
from ..bemessung import NULL
from ..klarnamen import nennt_person
from ..models import Foerderantrag, Rechtsform, Status, Weiterleitung, Weiterleitungsstand
from .entscheidung import Unzulaessig
from .schritte import neue_marke, sperre

EINGETRAGEN = Handlung("weiterleitung.eingetragen", "Weiterleitung eingetragen")
BEENDET = Handlung("weiterleitung.beendet", "Weiterleitung beendet")
# From the final grant until the end of the check of the proof.
MOEGLICH = (
    Status.BESTANDSKRAEFTIG,
    Status.IN_DURCHFUEHRUNG,
    Status.NACHWEIS_EINGEREICHT,
)
WER = {Handelnde.BEARBEITUNG, Handelnde.ZEICHNUNG}
NICHT_ERKLAERT = (
    "Im Antrag steht, dass Ihre Kommune keine Mittel weiterleitet. Melden Sie das zuerst als "
    "Änderung."
)
NUR_JETZT = "Weiterleitungen lassen sich eintragen, wenn die Bewilligung bestandskräftig ist."
OHNE_VEREINBARUNG = "Ohne Vereinbarung ist keine Weiterleitung möglich."


@dataclass(frozen=True)
class Empfaenger:
    organisation: str
    rechtsform: str
    sitz: str
    betrag: Decimal | None
    vereinbart_am: date | None
    vereinbarung: str


def leitet_weiter(antrag: Foerderantrag) -> bool:
    """Whether the newest signed version of the application says so."""
    fassung = antrag.fassungen.order_by("-nummer").first()
    if fassung is None:
        return False
    abschnitte = fassung.inhalt.get("abschnitte", {})
    return abschnitte.get("vorhaben", {}).get("felder", {}).get("weiterleitung") == "ja"


def hindernis(antrag: Foerderantrag, heute: date) -> str:
    """Why nothing can be entered today; empty where it can."""
    if not leitet_weiter(antrag):
        return NICHT_ERKLAERT
    if antrag.status not in MOEGLICH or kenntnis.kenntnis(antrag, heute).unbekannt:
        return NUR_JETZT
    return ""


def summe(antrag: Foerderantrag) -> Decimal:
    """What is passed on now."""
    aktiv = Weiterleitung.objects.aktiv().filter(antrag=antrag)
    return aktiv.aggregate(summe=Sum("betrag_euro"))["summe"] or NULL


def maengel(antrag: Foerderantrag, neu: Empfaenger, heute: date) -> Iterator[tuple[str, str]]:
    """Everything about an entry that breaks a rule: field and sentence."""
    for name, satz in (
        ("organisation", "Geben Sie den Namen der Organisation an."),
        ("sitz", "Geben Sie den Ort an, an dem die Organisation ihren Sitz hat."),
    ):
        text = getattr(neu, name)
        if not text.strip():
            yield name, satz
        elif fund := nennt_person(text):
            yield name, fund.satz
    if neu.rechtsform not in Rechtsform.values:
        yield "rechtsform", "Wählen Sie die Rechtsform. Personen lassen sich nicht eintragen."
    if neu.vereinbart_am is None:
        yield "vereinbart_am", OHNE_VEREINBARUNG
    elif neu.vereinbart_am > heute:
        yield "vereinbart_am", "Dieser Tag liegt in der Zukunft."
    if not neu.vereinbarung.strip():
        yield "vereinbarung", OHNE_VEREINBARUNG
    elif fund := nennt_person(neu.vereinbarung):
        yield "vereinbarung", fund.satz
    yield from _maengel_des_betrags(antrag, neu.betrag)
    doppelt = Weiterleitung.objects.aktiv().filter(
        antrag=antrag, organisation__iexact=neu.organisation.strip()
    )
    if neu.organisation.strip() and doppelt.exists():
        yield "organisation", "Diese Organisation steht schon in der Liste."


def _maengel_des_betrags(antrag, betrag):
    if betrag is None or betrag <= 0:
        yield "betrag", "Geben Sie einen Betrag über 0 Euro an."
        return
    bewilligt, gesamt = kasse.konto(antrag).bewilligt, summe(antrag) + betrag
    if gesamt > bewilligt:
        yield (
            "betrag",
            f"Damit wären {euro(gesamt)} weitergeleitet, bewilligt sind {euro(bewilligt)}.",
        )


@transaction.atomic
def trage_ein(
    antrag: Foerderantrag, neu: Empfaenger, *, durch: Konto, um: datetime, marke: UUID
) -> Weiterleitung:
    """Enter a recipient; the same form sent twice is one entry.

    Raises KeinRecht, SchrittNichtMoeglich, and Unzulaessig with a sentence for each field. The
    sum over the grant is also the database's.
    """
    jetzt = sperre(antrag)
    vorhanden = Weiterleitung.objects.filter(
        marke=marke, antrag=antrag, eingetragen_von=durch
    ).first()
    if vorhanden:
        return vorhanden
    _verlange_rolle(jetzt, durch)
    heute = timezone.localdate(um)
    if satz := hindernis(jetzt, heute):
        raise SchrittNichtMoeglich(satz)
    if felder := dict(maengel(jetzt, neu, heute)):
        raise Unzulaessig(felder)
    with neue_marke():
        weiterleitung = Weiterleitung.objects.create(
            antrag=jetzt,
            marke=marke,
            organisation=neu.organisation.strip(),
            rechtsform=neu.rechtsform,
            sitz=neu.sitz.strip(),
            betrag_euro=neu.betrag,
            vereinbart_am=neu.vereinbart_am,
            vereinbarung=neu.vereinbarung.strip(),
            eingetragen_um=um,
            eingetragen_von=durch,
        )
    _vermerke(EINGETRAGEN, weiterleitung, durch=durch, um=um)
    return weiterleitung


@transaction.atomic
def beende(weiterleitung: Weiterleitung, *, grund: str, durch: Konto, um: datetime) -> None:
    """It does not count any more; twice is the same as once."""
    jetzt = sperre(weiterleitung.antrag)
    _verlange_rolle(jetzt, durch)
    if not grund.strip():
        raise Unzulaessig({"grund": "Geben Sie an, warum die Weiterleitung endet."})
    aktiv = Weiterleitung.objects.aktiv().filter(pk=weiterleitung.pk)
    if aktiv.update(
        stand=Weiterleitungsstand.BEENDET, beendet_um=um, beendet_von=durch, grund=grund.strip()
    ):
        weiterleitung.refresh_from_db()
        weiterleitung.antrag = jetzt
        _vermerke(BEENDET, weiterleitung, durch=durch, um=um)


def _verlange_rolle(antrag, durch):
    if not handelt_als(durch, antrag) & WER:
        raise KeinRecht(f"Das macht {Handelnde.BEARBEITUNG.value} oder Zeichnung.")


def _vermerke(handlung, weiterleitung, *, durch, um):
    """Without the name: it stands in the list of the case."""
    protokolliere(
        handlung,
        weiterleitung.antrag,
        durch=durch,
        angaben={
            "betrag": str(weiterleitung.betrag_euro),
            "um": um.isoformat(timespec="seconds"),
        },
    )
