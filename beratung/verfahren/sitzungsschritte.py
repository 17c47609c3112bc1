"""What the Kommune has opened of a session, and who has done its next steps (F33, F34).

oeffne by the Kommune; hake_ab <-> nimm_zurueck. Who ticks locks the engagement first.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .. import handlungen
from ..befugnisse import Sicht, sicht
from ..models import Coachingschritt, Mandatsstand, Sitzung, Zustaendig
from .begleitung import KeinRecht, sperre, verlange_laufend, verlange_sicht

# A tick by mistake can be taken back for so long.
RUECKNEHMBAR = timedelta(days=14)


@transaction.atomic
def oeffne(sitzung: Sitzung, *, durch: Konto, um: datetime) -> bool:
    """Note that the Kommune has opened the session and its steps; True when it was the first time.

    Only a member counts, and nobody who reads as coach or coordinator as well, nor whose
    membership has ended since the page was asked for.
    """
    eine = sicht(durch, sitzung.mandat, timezone.localdate(um))
    if eine is None or not eine.kommune_liest or eine.einsatz or eine.koordiniert:
        return False
    ungeoeffnet = Sitzung.objects.filter(pk=sitzung.pk, geoeffnet_um__isnull=True)
    erstmals = ungeoeffnet.update(geoeffnet_um=um, geoeffnet_von=durch)
    sitzung.schritte.filter(geoeffnet_um__isnull=True).update(geoeffnet_um=um)
    if erstmals:
        protokolliere(handlungen.SITZUNG_GEOEFFNET, sitzung, durch=durch)
    return bool(erstmals)


def darf_abhaken(eine: Sicht, schritt: Coachingschritt) -> bool:
    """The step is on the side for which the person acts, and the engagement runs."""
    if eine.mandat.stand != Mandatsstand.LAUFEND:
        return False
    return {
        Zustaendig.KOMMUNE: eine.kommune_bearbeitet,
        Zustaendig.COACH: eine.begleitet,
        Zustaendig.LPR: eine.koordiniert,
    }[schritt.wer]


def ist_ruecknehmbar(schritt: Coachingschritt, um: datetime) -> bool:
    """Ticked, and not longer ago than 14 days."""
    return schritt.erledigt_um is not None and um - schritt.erledigt_um <= RUECKNEHMBAR


@transaction.atomic
def hake_ab(schritt: Coachingschritt, *, durch: Konto, um: datetime) -> None:
    """Tick a step. One that is ticked stays as it is.

    Raises KeinRecht for a step of another side, SchrittNichtMoeglich once the engagement has ended
    and for a step of a cancelled session.
    """
    _verlange_eigenen(schritt, durch, um)
    offen = Coachingschritt.objects.offen().filter(pk=schritt.pk)
    if offen.update(erledigt_um=um, erledigt_von=durch):
        if schritt.wer == Zustaendig.KOMMUNE:
            Coachingschritt.objects.filter(pk=schritt.pk, geoeffnet_um=None).update(geoeffnet_um=um)
        protokolliere(handlungen.SCHRITT_ERLEDIGT, schritt, durch=durch)
    schritt.refresh_from_db()


@transaction.atomic
def nimm_zurueck(schritt: Coachingschritt, *, durch: Konto, um: datetime) -> None:
    """Open a step again that was ticked by mistake, up to 14 days later; raises as `hake_ab`."""
    _verlange_eigenen(schritt, durch, um)
    erledigt = Coachingschritt.objects.filter(pk=schritt.pk, erledigt_um__isnull=False)
    if erledigt.filter(erledigt_um__gte=um - RUECKNEHMBAR).update(
        erledigt_um=None, erledigt_von=None
    ):
        protokolliere(handlungen.SCHRITT_WIEDER_OFFEN, schritt, durch=durch)
    elif erledigt.exists():
        raise SchrittNichtMoeglich(
            f"Der Schritt ist seit über {RUECKNEHMBAR.days} Tagen erledigt. Das bleibt so."
        )
    schritt.refresh_from_db()


def _verlange_eigenen(schritt, durch, um):
    mandat = sperre(schritt.sitzung.mandat)
    eine = verlange_sicht(mandat, durch, um)
    verlange_laufend(mandat)
    if schritt.sitzung.storniert_um:
        raise SchrittNichtMoeglich("Die Sitzung ist storniert. Ihre Schritte entfallen.")
    if not darf_abhaken(eine, schritt):
        raise KeinRecht("Diesen Schritt hakt ab, wer dafür zuständig ist.")
