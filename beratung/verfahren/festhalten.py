"""What was held in an advice: it answers a request or stands for itself (F3).

halte_fest for a request, halte_ohne_anfrage_fest, ordne_zu for what staff entered as a record
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.models import Kommune
from kommunen.zeitangabe import PROGRAMM_SEIT, Zeitangabe

from .. import handlungen
from ..beratungen import vorlagen
from ..models import (
    OFFENE_STAENDE,
    Beratung,
    Beratungsanfrage,
    Beratungsschritt,
    Beratungsstand,
)
from .beratung import gehe, schon_getan, sperre, verlange_recht, verlange_stand
from .beratungspost import schreibe, schreibe_der_kommune

QUELLE = "Von der Geschäftsstelle des Landespräventionsrates festgehalten"
SCHON_FESTGEHALTEN = (
    "Mit diesem Formular haben Sie schon eine Beratung festgehalten. Berichtigen Sie sie in der "
    "Verwaltung. Für eine weitere öffnen Sie das Formular neu."
)
VOR_DEM_PROGRAMM = f"Das Programm gibt es seit {PROGRAMM_SEIT}. Prüfen Sie das Datum."


@dataclass(frozen=True)
class Vereinbart:
    """One agreed step of the path."""

    schritt: str
    bis: date | None = None
    worte: str = ""


@dataclass(frozen=True)
class Gehalten:
    """An advice as it was held. `vor_der_anfrage`: on purpose earlier than the request."""

    am: date
    form: str
    teilnehmende: str
    thema: str
    bemerkung: str = ""
    oeffentlich: bool = False
    schritte: Collection[Vereinbart] = ()
    vor_der_anfrage: bool = False

    @property
    def felder(self) -> dict:
        return {
            "am": Zeitangabe.vom_tag(self.am),
            "form": self.form,
            "thema": self.thema,
            "teilnehmende": self.teilnehmende,
            "bemerkung": self.bemerkung,
            "veroeffentlicht": self.oeffentlich,
        }

    def ist(self, beratung: Beratung) -> bool:
        """Whether the record says this very thing."""
        schritte = {(s.schritt, s.bis, s.worte) for s in beratung.schritte.all()}
        return schritte == {(s.schritt, s.bis, s.worte) for s in self.schritte} and all(
            getattr(beratung, name) == wert for name, wert in self.felder.items()
        )


@transaction.atomic
def halte_fest(
    anfrage: Beratungsanfrage, gehalten: Gehalten, *, durch: Konto, um: datetime, gesehen: int
) -> Beratung:
    """Record the advice that was held: it answers the request and opens the gate of applications.

    Raises KeinRecht, Ueberholt, and SchrittNichtMoeglich for a day ahead or before the
    programme, and for one before the request unless `gehalten` says so.
    """
    verlange_recht(durch)
    anfrage = sperre(anfrage)
    if schon_getan(
        anfrage, gesehen, stand=Beratungsstand.BERATEN, erledigt_von=durch
    ) and gehalten.ist(anfrage.beratung):
        return anfrage.beratung
    verlange_stand(anfrage, OFFENE_STAENDE, gesehen)
    if satz := einwand_gegen_tag(gehalten.am, um, anfrage, gehalten.vor_der_anfrage):
        raise SchrittNichtMoeglich(satz)
    beratung = _lege_beratung_an(anfrage.kommune, gehalten, durch)
    _beantworte(anfrage, beratung, durch, um)
    return beratung


@transaction.atomic
def halte_ohne_anfrage_fest(
    kommune: Kommune, gehalten: Gehalten, *, durch: Konto, um: datetime, marke: UUID
) -> Beratung:
    """Record an advice for which nobody asked in the portal. `marke` as in `frage_an`.

    Raises as `halte_fest`, and SchrittNichtMoeglich while the Kommune has an open request: there
    it is recorded; and where the same form comes with another content.
    """
    verlange_recht(durch)
    # Two of the same form wait for each other here.
    Kommune.objects.select_for_update(of=("self",)).get(pk=kommune.pk)
    if vorhanden := Beratung.objects.filter(marke=marke).first():
        if vorhanden.kommune == kommune and gehalten.ist(vorhanden):
            return vorhanden
        raise SchrittNichtMoeglich(SCHON_FESTGEHALTEN)
    if satz := einwand_gegen_tag(gehalten.am, um):
        raise SchrittNichtMoeglich(satz)
    if kommune.beratungsanfragen.offen().exists():
        raise SchrittNichtMoeglich(
            "Diese Kommune hat eine offene Anfrage. Halten Sie die Beratung bei der Anfrage fest."
        )
    beratung = _lege_beratung_an(kommune, gehalten, durch, marke=marke)
    schreibe_der_kommune(vorlagen.FESTGEHALTEN, kommune, beratung, am=tag(gehalten.am))
    return beratung


@transaction.atomic
def ordne_zu(beratung: Beratung, *, durch: Konto, um: datetime) -> Beratungsanfrage | None:
    """A Beratung that staff entered as a record answers the open request of its Kommune.

    None where there is no request, or where it was asked after the day of the Beratung.
    """
    anfrage = beratung.kommune.beratungsanfragen.offen().select_for_update(of=("self",)).first()
    if anfrage is None or beratung.am.letzter_tag < timezone.localdate(anfrage.gestellt_um):
        return None
    _beantworte(anfrage, beratung, durch, um)
    return anfrage


def einwand_gegen_tag(
    am: date,
    um: datetime,
    anfrage: Beratungsanfrage | None = None,
    vor_der_anfrage: bool = False,
) -> str:
    """Why an advice cannot have been held on the day `am`, in words; empty when it can."""
    if am > timezone.localdate(um):
        return "Der Tag liegt in der Zukunft. Halten Sie die Beratung fest, wenn sie geführt ist."
    if am.year < PROGRAMM_SEIT:
        return VOR_DEM_PROGRAMM
    if (
        anfrage
        and not vor_der_anfrage
        and am < (gestellt := timezone.localdate(anfrage.gestellt_um))
    ):
        return (
            f"Die Kommune hat erst am {tag(gestellt)} angefragt. War die Beratung schon vorher, "
            "setzen Sie das Häkchen darunter."
        )
    return ""


def _lege_beratung_an(kommune, gehalten, durch, **weiteres):
    """The record with its steps, and the entry in the log."""
    beratung = Beratung.objects.create(
        kommune=kommune, **gehalten.felder, quelle=QUELLE, beraten_von=durch, **weiteres
    )
    for eines in gehalten.schritte:
        Beratungsschritt.objects.create(
            beratung=beratung, schritt=eines.schritt, bis=eines.bis, worte=eines.worte
        )
    protokolliere(handlungen.FESTGEHALTEN, beratung, durch=durch)
    return beratung


def _beantworte(anfrage, beratung, durch, um):
    gehe(
        anfrage, handlungen.ERLEDIGT, durch=durch, stand=Beratungsstand.BERATEN,
        beratung=beratung, erledigt_um=um, erledigt_von=durch,
    )  # fmt: skip
    schreibe(vorlagen.FESTGEHALTEN, anfrage, am=str(beratung.am))
