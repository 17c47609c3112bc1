"""How people get into the pool of coaches: they are invited and accept (F31).

lade_coach_ein -> lade_coach_erneut_ein | widerrufe_coach -> lade_coach_ein
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from asskomm.konten import verfahren as konten
from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .. import handlungen
from ..befugnisse import koordiniert
from ..models import Coach

SCHON_IM_POOL = "Diese Person ist schon Coach oder als Coach eingeladen."


def verlange_koordination(durch: Konto) -> None:
    """Raises SchrittNichtMoeglich for everybody else."""
    if not koordiniert(durch):
        raise SchrittNichtMoeglich("Diesen Schritt macht die Koordination des Coachings.")


@transaction.atomic
def lade_coach_ein(
    email: str, name: str, *, kapazitaet: int, durch: Konto, um: datetime, marke: UUID
) -> Coach:
    """Invite somebody into the pool; the account is made if there is none.

    The same form sent twice (`marke`) gives the same coach. Whose invitation was withdrawn or
    never accepted can be invited again. Raises SchrittNichtMoeglich for staff of the LPR,
    deactivated accounts and those who are in the pool already.
    """
    verlange_koordination(durch)
    adresse = Konto.objects.normalize_email(email)
    vorhanden = Coach.objects.filter(einladung__marke=marke, konto__email=adresse).first()
    if vorhanden:
        return vorhanden
    if satz := spricht_gegen_einladung(adresse):
        raise SchrittNichtMoeglich(satz)
    einladung = konten.lade_ein(adresse, durch=durch, um=um, marke=marke, name=name)
    if einladung.konto.email != adresse:
        raise SchrittNichtMoeglich(
            "Aus diesem Formular haben Sie schon eine Person eingeladen. Laden Sie die Seite neu."
        )
    coach, neu = Coach.objects.select_for_update(of=("self",)).get_or_create(
        konto=einladung.konto,
        defaults={"einladung": einladung, "eingeladen": True, "kapazitaet": kapazitaet},
    )
    if not neu:
        if not _ist_verfallen(coach):
            raise SchrittNichtMoeglich(SCHON_IM_POOL)
        coach.einladung, coach.kapazitaet = einladung, kapazitaet
        coach.save(update_fields=["einladung", "kapazitaet"])
    protokolliere(handlungen.COACH_AUFGENOMMEN, coach, durch=durch)
    return coach


def lade_coach_erneut_ein(coach: Coach, *, durch: Konto, um: datetime) -> None:
    """Send the invitation again with a new link; raises where none is open."""
    verlange_koordination(durch)
    konten.lade_erneut_ein(_offene_einladung(coach), durch=durch, um=um)


def widerrufe_coach(coach: Coach, *, durch: Konto, um: datetime) -> None:
    """Withdraw the invitation; raises where none is open."""
    verlange_koordination(durch)
    konten.widerrufe(_offene_einladung(coach), durch=durch, um=um)


def spricht_gegen_einladung(email: str) -> str:
    """Why the person with this address cannot be invited into the pool; empty if nothing does."""
    konto = Konto.objects.filter(email=Konto.objects.normalize_email(email)).first()
    if konto is None:
        return ""
    if konto.is_staff:
        return (
            "Diese Adresse gehört zu einem Konto des Landespräventionsrates. Wer dort arbeitet, "
            "kann nicht zugleich Coach sein."
        )
    if konto.deaktiviert_um:
        return (
            "Das Konto zu dieser Adresse ist deaktiviert. Die Administration kann es wieder "
            "aktivieren."
        )
    coach = Coach.objects.select_related("einladung").filter(konto=konto).first()
    return SCHON_IM_POOL if coach and not _ist_verfallen(coach) else ""


def _ist_verfallen(coach):
    """The invitation was withdrawn, or nobody accepted it and it is deleted by now."""
    return coach.eingeladen and (coach.einladung is None or coach.einladung.widerrufen_um)


def _offene_einladung(coach):
    if not coach.einladung_ist_offen:
        raise SchrittNichtMoeglich("Es gibt keine offene Einladung.")
    return coach.einladung
