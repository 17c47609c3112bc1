"""The receipt list of a case: one receipt by form, many by spreadsheet, and what locks them (F22)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf

from ..antrag.worte import wort
from ..kenntnis import kenntnis
from ..models import Auszahlungsstand, Beleg, Foerderantrag, Status, Verwendungsnachweis
from ..nachweis.grundlagen import Bewilligung, bewilligung
from ..plan.ausgabenarten import ARTEN
from .entscheidung import Unzulaessig
from .schritte import sperre

ERFASST = Handlung("beleg.erfasst", "Beleg erfasst")
GEAENDERT = Handlung("beleg.geaendert", "Beleg geändert")
GELOESCHT = Handlung("beleg.geloescht", "Beleg gelöscht")
UEBERNOMMEN = Handlung("beleg.uebernommen", "Belege aus einer Tabelle übernommen")

# A payout in one of these states claims nothing any more.
NICHT_GELTEND = (Auszahlungsstand.ABGELEHNT, Auszahlungsstand.ZURUECKGEZOGEN)
DOPPELT = "Diese Belegnummer steht schon in der Liste."
NEUER_BESCHEID = (
    "Zu diesem Antrag gibt es einen Bescheid, den Ihre Kommune noch nicht kennt. Rufen Sie ihn "
    "zuerst ab, oder warten Sie auf den Brief."
)


@dataclass(frozen=True)
class Belegangaben:
    """What somebody says about one receipt, with the names of the columns."""

    belegnummer: str
    ausgabenart: str
    zweck: str
    zahlungsempfaenger: str
    rechnung_am: date
    bezahlt_am: date
    betrag_euro: Decimal

    @classmethod
    def von(cls, beleg: Beleg) -> Belegangaben:
        return cls(**{name: getattr(beleg, name) for name in cls.__dataclass_fields__})

    @property
    def stand(self) -> str:
        """By which a form proves which state of the receipt it showed."""
        werte = {name: str(wert) for name, wert in asdict(self).items()}
        return hashlib.sha256(json.dumps(werte, sort_keys=True).encode()).hexdigest()[:16]


def hindernis(antrag: Foerderantrag, heute: date) -> str:
    """Why the list cannot be changed at all today; empty where it can."""
    if kenntnis(antrag, heute).unbekannt:
        return NEUER_BESCHEID
    if antrag.status == Status.IN_DURCHFUEHRUNG:
        return ""
    if antrag.status in (Status.BEWILLIGT, Status.BESTANDSKRAEFTIG):
        return "Belege gibt es erst, wenn der Bewilligungszeitraum begonnen hat."
    return f"Die Belegliste lässt sich nicht ändern. Der Antrag ist: {wort(antrag)}."


def gesperrt(beleg: Beleg) -> str:
    """Why this receipt stays as it is; empty where it can be changed."""
    auszahlung = beleg.auszahlung
    if auszahlung and auszahlung.stand not in NICHT_GELTEND:
        return f"Dieser Beleg ist mit der Auszahlung {auszahlung.nummer} geltend gemacht."
    if hasattr(beleg, "kuerzung"):
        return "Die Geschäftsstelle hat diesen Beleg geprüft. Er bleibt, wie er ist."
    return ""


def maengel(
    angaben: Belegangaben, grundlage: Bewilligung, heute: date
) -> Iterator[tuple[str, str]]:
    """What about one receipt breaks a rule: field and sentence."""
    if angaben.ausgabenart not in ARTEN:
        yield "ausgabenart", "Diese Ausgabenart ist nicht zuwendungsfähig. Wählen Sie eine andere."
    if angaben.rechnung_am > heute:
        yield "rechnung_am", "Dieser Tag liegt in der Zukunft."
    if angaben.bezahlt_am > heute:
        yield "bezahlt_am", "Dieser Tag liegt in der Zukunft."
    elif not grundlage.von <= angaben.bezahlt_am <= grundlage.bis:
        yield "bezahlt_am", ausserhalb(grundlage)
    if angaben.betrag_euro <= 0:
        yield "betrag_euro", "Geben Sie einen Betrag über 0 Euro an."


def ausserhalb(grundlage: Bewilligung) -> str:
    return (
        "Bezahlt sein muss die Rechnung im Bewilligungszeitraum vom "
        f"{tag(grundlage.von)} bis zum {tag(grundlage.bis)}."
    )


@transaction.atomic
def erfasse(antrag: Foerderantrag, angaben: Belegangaben, *, durch: Konto, um: datetime) -> Beleg:
    """Add one receipt. The same one sent twice by the same person is one.

    Raises KeinRecht, SchrittNichtMoeglich where the list is closed, Unzulaessig.
    """
    jetzt, grundlage = _oeffne(antrag, durch, um)
    vorhanden = jetzt.belege.filter(belegnummer__iexact=angaben.belegnummer).first()
    if (
        vorhanden
        and vorhanden.erfasst_von_id == durch.pk
        and angaben == Belegangaben.von(vorhanden)
    ):
        return vorhanden
    _verlange_richtig(angaben, grundlage, um, vorhanden)
    neu = jetzt.belege.create(**asdict(angaben), erfasst_um=um, erfasst_von=durch)
    _vermerke(ERFASST, jetzt, durch, um, beleg=neu.pk)
    return neu


@transaction.atomic
def aendere(
    beleg: Beleg, angaben: Belegangaben, *, durch: Konto, um: datetime, gesehen: str
) -> None:
    """`gesehen` is the `stand` of the receipt on the page. The same change twice is one."""
    jetzt, grundlage = _oeffne(beleg.antrag, durch, um)
    aktuell = _sperre_beleg(jetzt, beleg)
    bisher = Belegangaben.von(aktuell)
    if bisher == angaben:
        return
    _verlange_gesehen(bisher, gesehen)
    andere = jetzt.belege.filter(belegnummer__iexact=angaben.belegnummer).exclude(pk=aktuell.pk)
    _verlange_richtig(angaben, grundlage, um, andere.first())
    for name, wert in asdict(angaben).items():
        setattr(aktuell, name, wert)
    aktuell.save(update_fields=list(asdict(angaben)))
    _vermerke(GEAENDERT, jetzt, durch, um, beleg=aktuell.pk)


@transaction.atomic
def loesche(beleg: Beleg, *, durch: Konto, um: datetime, gesehen: str) -> None:
    jetzt, _ = _oeffne(beleg.antrag, durch, um)
    aktuell = _sperre_beleg(jetzt, beleg)
    _verlange_gesehen(Belegangaben.von(aktuell), gesehen)
    nummer = aktuell.pk
    aktuell.delete()
    _vermerke(GELOESCHT, jetzt, durch, um, beleg=nummer)


@transaction.atomic
def uebernimm(
    antrag: Foerderantrag, alle: Sequence[Belegangaben], *, durch: Konto, um: datetime
) -> int:
    """Add all receipts or none; those that stand in the list as they are count as taken over.

    So the same form sent twice adds nothing the second time. Returns how many are new. Raises
    Unzulaessig where one breaks a rule by now, which the preview has shown before.
    """
    jetzt, grundlage = _oeffne(antrag, durch, um)
    neue, fehler = trenne(alle, jetzt.belege.all())
    heute = timezone.localdate(um)
    fehler |= {
        angaben.belegnummer: satz
        for angaben in neue
        for _, satz in maengel(angaben, grundlage, heute)
    }
    if fehler:
        raise Unzulaessig({f"Beleg {nummer}": satz for nummer, satz in fehler.items()})
    Beleg.objects.bulk_create(
        Beleg(antrag=jetzt, **asdict(angaben), erfasst_um=um, erfasst_von=durch) for angaben in neue
    )
    if neue:
        _vermerke(UEBERNOMMEN, jetzt, durch, um, anzahl=len(neue))
    return len(neue)


def trenne(
    alle: Iterable[Belegangaben], vorhandene: Iterable[Beleg]
) -> tuple[list[Belegangaben], dict[str, str]]:
    """What is new, and {number: sentence} of those whose number stands there for another receipt."""
    bekannt = {b.belegnummer.casefold(): Belegangaben.von(b) for b in vorhandene}
    neue, fehler = [], {}
    for angaben in alle:
        nummer = angaben.belegnummer.casefold()
        if nummer not in bekannt:
            bekannt[nummer] = angaben
            neue.append(angaben)
        elif bekannt[nummer] != angaben or angaben in neue:
            fehler[angaben.belegnummer] = DOPPELT
    return neue, fehler


def _oeffne(antrag, durch, um):
    """The locked case and what its notice says, where the person may change the list today."""
    if not darf(durch, Befugnis.BEARBEITEN, antrag.kommune):
        raise KeinRecht("Belege erfasst eine Person mit der Rolle Bearbeitung.")
    jetzt = sperre(antrag)
    grundlage = bewilligung(jetzt)
    if satz := hindernis(jetzt, timezone.localdate(um)):
        raise SchrittNichtMoeglich(satz)
    return jetzt, grundlage


def _sperre_beleg(antrag, beleg):
    aktuell = Beleg.objects.select_for_update(of=("self",)).filter(pk=beleg.pk).first()
    if aktuell is None:
        raise Ueberholt("Diesen Beleg hat inzwischen jemand gelöscht.")
    if satz := gesperrt(aktuell):
        raise SchrittNichtMoeglich(satz)
    aktuell.antrag = antrag
    return aktuell


def _verlange_gesehen(bisher, gesehen):
    if bisher.stand != gesehen:
        raise Ueberholt(
            "Eine andere Person hat diesen Beleg inzwischen geändert. Prüfen Sie ihn noch einmal."
        )


def _verlange_richtig(angaben, grundlage, um, doppelt):
    felder = dict(maengel(angaben, grundlage, timezone.localdate(um)))
    if doppelt:
        felder["belegnummer"] = DOPPELT
    if felder:
        raise Unzulaessig(felder)


def _vermerke(handlung, antrag, durch, um, **angaben):
    """Log it. A proof that was ready for the signature is so no more: its list has changed."""
    Verwendungsnachweis.objects.filter(antrag=antrag).update(
        bereit_um=None, bereit_von=None, bereit_version=None
    )
    protokolliere(
        handlung,
        antrag,
        durch=durch,
        angaben={"um": um.isoformat(timespec="seconds"), **angaben},
    )
