"""Advice before and beside an application (F3): every change of a request.

    frage_an | nimm_auf -> plane (again and again) | sage_ab -> schliesse | ziehe_zurueck

What was held is recorded by `festhalten`. Each function locks the request first. `gesehen` is
the version that the page showed: whoever acted in between is not overwritten, and the same form
sent twice does its step once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.formate import zeitpunkt as zeitpunkt_text
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf
from kommunen.models import Kommune

from .. import handlungen
from ..befugnisse import koordiniert
from ..beratungen import vorlagen
from ..models import (
    OFFENE_STAENDE,
    OHNE_TERMIN,
    Anfrageweg,
    Beratungsanfrage,
    Beratungsstand,
)
from .beratungspost import schreibe, schreibe_dem_lpr

SCHON_ANGEFRAGT = "Ihre Kommune hat schon eine Beratung angefragt."
UEBERHOLT = (
    "Zu dieser Anfrage hat inzwischen jemand gehandelt. Sehen Sie den neuen Stand an und "
    "entscheiden Sie noch einmal."
)


class FormularVerbraucht(SchrittNichtMoeglich):
    """What the same form brought about is at its end; to act again takes another `marke`."""


@dataclass(frozen=True)
class Termin:
    """When, how and where. `um` is the moment; without `ort` the way in follows by e-mail."""

    um: datetime
    minuten: int
    form: str
    ort: str = ""
    hinweis: str = ""

    @property
    def felder(self) -> dict:
        return {
            "termin_um": self.um,
            "termin_minuten": self.minuten,
            "termin_form": self.form,
            "termin_ort": self.ort,
            "termin_hinweis": self.hinweis,
        }


# --- Asking ---------------------------------------------------------------------------


def frage_an(
    kommune: Kommune, anliegen: str, *, durch: Konto, um: datetime, marke: UUID
) -> Beratungsanfrage:
    """Ask the LPR office for advice. The same form sent twice (`marke`) is one request.

    Raises SchrittNichtMoeglich without the role Bearbeitung, for a Kommune that exists no longer
    and while another request is open, also one of the same form with other words;
    FormularVerbraucht where the request of the same form is at its end.
    """
    if not darf(durch, Befugnis.BEARBEITEN, kommune):
        raise SchrittNichtMoeglich("Eine Beratung fragt eine Person mit der Rolle Bearbeitung an.")
    return _lege_an(
        kommune, anliegen, Anfrageweg.PORTAL, handlungen.ANGEFRAGT, durch=durch, um=um, marke=marke
    )


def nimm_auf(
    kommune: Kommune, anliegen: str, weg: str, *, durch: Konto, um: datetime, marke: UUID
) -> Beratungsanfrage:
    """Staff open a request for a Kommune that called, wrote or asked at an event.

    Raises as `frage_an`, and KeinRecht for those who do not coordinate.
    """
    verlange_recht(durch)
    return _lege_an(kommune, anliegen, weg, handlungen.AUFGENOMMEN, durch=durch, um=um, marke=marke)


def _lege_an(kommune, anliegen, weg, handlung, *, durch, um, marke):
    gesendet = {"marke": marke, "kommune": kommune, "weg": weg, "anliegen": anliegen}
    if vorhanden := _aus_demselben_formular(gesendet):
        return vorhanden
    if kommune.ist_erloschen(timezone.localdate(um)):
        raise SchrittNichtMoeglich("Diese Kommune besteht nicht mehr.")
    try:
        with transaction.atomic():
            anfrage = Beratungsanfrage.objects.create(
                **gesendet, gestellt_um=um, gestellt_von=durch
            )
            protokolliere(handlung, anfrage, durch=durch, angaben={"weg": str(weg)})
            if weg == Anfrageweg.PORTAL:
                schreibe_dem_lpr(vorlagen.ANGEFRAGT, anfrage)
    except IntegrityError as fehler:
        if vorhanden := _aus_demselben_formular(gesendet):
            return vorhanden
        raise SchrittNichtMoeglich(
            SCHON_ANGEFRAGT
            if weg == Anfrageweg.PORTAL
            else "Diese Kommune hat schon eine offene Anfrage."
        ) from fehler
    return anfrage


def _aus_demselben_formular(gesendet):
    """The request that the same form made before, if it did; raises where that is at its end."""
    vorhanden = Beratungsanfrage.objects.filter(**gesendet).first()
    if vorhanden and not vorhanden.ist_offen:
        raise FormularVerbraucht(
            "Mit diesem Formular ist schon eine Beratung angefragt. Der Stand dieser Anfrage: "
            f"{vorhanden.get_stand_display()}. Um noch einmal anzufragen, senden Sie das Formular "
            "noch einmal."
        )
    return vorhanden


# --- The appointment ------------------------------------------------------------------


@transaction.atomic
def plane(
    anfrage: Beratungsanfrage, termin: Termin, *, durch: Konto, um: datetime, gesehen: int
) -> Beratungsanfrage:
    """Set the appointment, or another one in its place; the Kommune gets a mail.

    Raises KeinRecht, Ueberholt, and SchrittNichtMoeglich for a moment that has passed.
    """
    verlange_recht(durch)
    anfrage = sperre(anfrage)
    if schon_getan(anfrage, gesehen, stand=Beratungsstand.GEPLANT, **termin.felder):
        return anfrage
    verlange_stand(anfrage, OFFENE_STAENDE, gesehen)
    if termin.um <= um:
        raise SchrittNichtMoeglich("Der Termin liegt in der Vergangenheit.")
    neu = anfrage.stand == Beratungsstand.NEU
    gehe(
        anfrage,
        handlungen.GEPLANT if neu else handlungen.VERLEGT,
        durch=durch,
        stand=Beratungsstand.GEPLANT,
        **termin.felder,
        geplant_um=um,
        geplant_von=durch,
        erinnert_am=None,
        absage_grund="",
    )
    schreibe(vorlagen.TERMIN if neu else vorlagen.TERMIN_NEU, anfrage)
    return anfrage


@transaction.atomic
def sage_ab(
    anfrage: Beratungsanfrage, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> Beratungsanfrage:
    """Cancel the appointment; the request stays open. The Kommune reads the reason in the portal."""
    verlange_recht(durch)
    anfrage, grund = sperre(anfrage), _begruendet(grund)
    if schon_getan(anfrage, gesehen, stand=Beratungsstand.NEU, absage_grund=grund):
        return anfrage
    verlange_stand(anfrage, (Beratungsstand.GEPLANT,), gesehen)
    war_am = anfrage.termin_um
    gehe(
        anfrage, handlungen.ABGESAGT, durch=durch, stand=Beratungsstand.NEU, **OHNE_TERMIN,
        absage_grund=grund,
    )  # fmt: skip
    schreibe(vorlagen.TERMIN_ABGESAGT, anfrage, termin=zeitpunkt_text(war_am))
    return anfrage


# --- The end --------------------------------------------------------------------------


@transaction.atomic
def schliesse(
    anfrage: Beratungsanfrage, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> Beratungsanfrage:
    """End the request without an advice. The Kommune reads the reason in the portal."""
    verlange_recht(durch)
    anfrage, grund = sperre(anfrage), _begruendet(grund)
    if schon_getan(anfrage, gesehen, stand=Beratungsstand.GESCHLOSSEN, grund=grund):
        return anfrage
    verlange_stand(anfrage, OFFENE_STAENDE, gesehen)
    gehe(
        anfrage, handlungen.GESCHLOSSEN, durch=durch, stand=Beratungsstand.GESCHLOSSEN,
        grund=grund, erledigt_um=um, erledigt_von=durch,
    )  # fmt: skip
    schreibe(vorlagen.GESCHLOSSEN, anfrage)
    return anfrage


@transaction.atomic
def ziehe_zurueck(
    anfrage: Beratungsanfrage, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> Beratungsanfrage:
    """The Kommune needs the advice no longer; the reason may stay empty. Tells the LPR office."""
    anfrage = sperre(anfrage)
    if not darf(durch, Befugnis.BEARBEITEN, anfrage.kommune):
        raise KeinRecht("Eine Anfrage zieht eine Person mit der Rolle Bearbeitung zurück.")
    grund = grund.strip()
    if schon_getan(anfrage, gesehen, stand=Beratungsstand.ZURUECKGEZOGEN, grund=grund):
        return anfrage
    verlange_stand(anfrage, OFFENE_STAENDE, gesehen)
    gehe(
        anfrage, handlungen.ZURUECKGEZOGEN, durch=durch, stand=Beratungsstand.ZURUECKGEZOGEN,
        grund=grund, erledigt_um=um, erledigt_von=durch,
    )  # fmt: skip
    schreibe_dem_lpr(vorlagen.ZURUECKGEZOGEN, anfrage)
    return anfrage


@transaction.atomic
def oeffne_wieder(
    anfrage: Beratungsanfrage, grund: str, *, durch: Konto, gesehen: int
) -> Beratungsanfrage:
    """Take back that the LPR ended it, by mistake. The reason stands in the log only.

    A recorded Beratung stays a record; what is wrong in it is corrected in the admin. Raises
    SchrittNichtMoeglich also when the Kommune has asked again meanwhile.
    """
    verlange_recht(durch)
    anfrage, grund = sperre(anfrage), _begruendet(grund)
    if schon_getan(anfrage, gesehen, stand=Beratungsstand.NEU):
        return anfrage
    verlange_stand(anfrage, (Beratungsstand.BERATEN, Beratungsstand.GESCHLOSSEN), gesehen)
    if anfrage.kommune.beratungsanfragen.offen().exists():
        raise SchrittNichtMoeglich("Diese Kommune hat inzwischen eine neue Anfrage gestellt.")
    gehe(
        anfrage, handlungen.WIEDER_OFFEN, durch=durch, protokollgrund=grund,
        stand=Beratungsstand.NEU, **OHNE_TERMIN, beratung=None, grund="", erledigt_um=None,
        erledigt_von=None,
    )  # fmt: skip
    return anfrage


# --- What the steps are made of, also those of `festhalten` -----------------------------


def sperre(anfrage: Beratungsanfrage) -> Beratungsanfrage:
    """The request as it is now, locked until the end of the transaction."""
    menge = Beratungsanfrage.objects.select_for_update(of=("self",)).select_related("kommune")
    return menge.get(pk=anfrage.pk)


def schon_getan(anfrage: Beratungsanfrage, gesehen: int, **danach: object) -> bool:
    """Whether the very step was taken from what the page showed: the form came twice."""
    return anfrage.version == gesehen + 1 and all(
        getattr(anfrage, name) == wert for name, wert in danach.items()
    )


def verlange_stand(
    anfrage: Beratungsanfrage, aus: Collection[Beratungsstand], gesehen: int
) -> None:
    """Raises unless the request is in one of these states and as it was seen."""
    if anfrage.version != gesehen:
        raise Ueberholt(UEBERHOLT)
    if anfrage.stand not in aus:
        raise SchrittNichtMoeglich("Der Stand der Anfrage lässt das nicht zu.")


def gehe(
    anfrage: Beratungsanfrage,
    handlung: Handlung,
    *,
    durch: Konto,
    protokollgrund: str = "",
    **felder,
) -> None:
    """Write the new state of the locked request and its log entry: both or neither."""
    for name, wert in felder.items():
        setattr(anfrage, name, wert)
    anfrage.version += 1
    anfrage.save()
    protokolliere(handlung, anfrage, durch=durch, grund=protokollgrund)


def verlange_recht(durch: Konto) -> None:
    """Raises KeinRecht for those who do not coordinate."""
    if not (durch.is_active and koordiniert(durch)):
        raise KeinRecht("Diesen Schritt macht die Geschäftsstelle des Landespräventionsrates.")


def _begruendet(grund):
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    return grund.strip()
