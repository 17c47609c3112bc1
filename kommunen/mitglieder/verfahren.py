"""Every change to memberships: row, log entry and mail together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from asskomm.konten import verfahren as konten
from asskomm.konten import vieraugen
from asskomm.konten.models import Einladung, Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from ..models import Bestellung, Kommune, Mitgliedschaft, Rolle
from . import handlungen, vorlagen


@transaction.atomic
def lade_ein(
    kommune: Kommune,
    email: str,
    rollen: Collection[Rolle],
    *,
    durch: Konto | None,
    um: datetime,
    marke: UUID,
    name: str = "",
) -> Einladung:
    """Invite a person into roles of the Kommune; they count from the acceptance on.

    Roles the person has already or is invited to stay as they are. Raises
    SchrittNichtMoeglich when nothing would be new.
    """
    einladung = konten.lade_ein(email, durch=durch, um=um, marke=marke, name=name)
    if einladung.mitgliedschaften.exists():
        return einladung  # the same form sent twice
    vorhanden = set(_laufende(einladung.konto, kommune).values_list("rolle", flat=True))
    neu = [rolle for rolle in Rolle if rolle in rollen and rolle not in vorhanden]
    if not neu:
        raise SchrittNichtMoeglich("Diese Rollen hat die Person in Ihrer Kommune schon.")
    for rolle in neu:
        _gib(kommune, einladung.konto, rolle, durch=durch, um=um, einladung=einladung)
    return einladung


@transaction.atomic
def setze_rollen(
    kommune: Kommune, konto: Konto, rollen: Collection[Rolle], *, durch: Konto, um: datetime
) -> None:
    """Give and end roles of a member; no role at all ends the membership.

    Nobody changes their own roles, so that a Kommune cannot lose its Verwaltung by a slip
    and nobody makes themselves Zeichnung.
    """
    if konto.pk == durch.pk:
        raise SchrittNichtMoeglich("Ihre eigenen Rollen ändert eine andere Person der Verwaltung.")
    laufend = {m.rolle: m for m in _laufende(konto, kommune).select_for_update(of=("self",))}
    if not laufend:
        raise SchrittNichtMoeglich("Diese Person gehört nicht mehr zu Ihrer Kommune.")
    # An invited person's further roles hang on the same invitation.
    einladung = next((m.einladung for m in laufend.values() if m.offen), None)
    neu = [rolle for rolle in Rolle if rolle in rollen and rolle not in laufend]
    alt = [m for rolle, m in laufend.items() if rolle not in rollen]
    for rolle in neu:
        _gib(kommune, konto, rolle, durch=durch, um=um, einladung=einladung)
    for mitgliedschaft in alt:
        _beende(mitgliedschaft, durch=durch, um=um)
    if einladung and not rollen:
        konten.widerrufe(einladung, durch=durch, um=um)
    elif not einladung and (neu or alt):
        vorlage = vorlagen.MITGLIED_ROLLE if rollen else vorlagen.MITGLIED_BEENDET
        stelle_ein(vorlage, an=konto, gegenstand=kommune)


@transaction.atomic
def bestaetige(kommune: Kommune, konto: Konto, *, durch: Konto, um: datetime) -> None:
    """Yearly review: the person shall keep the roles for another year."""
    passend = _laufende(konto, kommune)
    if not passend.update(bestaetigt_am=timezone.localdate(um)):
        raise SchrittNichtMoeglich("Diese Person gehört nicht mehr zu Ihrer Kommune.")
    for mitgliedschaft in passend:
        _protokolliere(handlungen.ROLLE_BESTAETIGT, mitgliedschaft, durch=durch)


def genehmige_bestellung(
    bestellung: Bestellung, *, durch: Konto, um: datetime, fuer: Konto | None = None
) -> None:
    """The second person of the LPR appoints: invitation into the role Verwaltung.

    Raises EigeneFreigabe and logs the attempt where `durch` proposed it or is the person.
    """
    email = Konto.objects.normalize_email(bestellung.email)
    bestellung.konto = Konto.objects.filter(email=email).first()
    vieraugen.pruefe_zweite_person(bestellung, durch=durch)
    with transaction.atomic():
        einladung = lade_ein(
            bestellung.kommune,
            email,
            [Rolle.VERWALTUNG],
            durch=durch,
            um=um,
            marke=bestellung.einladungsmarke,
        )
        Bestellung.objects.filter(pk=bestellung.pk).update(konto=einladung.konto)
        vieraugen.genehmige(bestellung, durch=durch, um=um, fuer=fuer)


def _laufende(konto, kommune):
    return Mitgliedschaft.objects.laufend().filter(konto=konto, kommune=kommune)


def _gib(kommune, konto, rolle, *, durch, um, einladung):
    mitgliedschaft = Mitgliedschaft.objects.create(
        kommune=kommune,
        konto=konto,
        rolle=rolle,
        einladung=einladung,
        gegeben_um=um,
        gegeben_von=durch,
        bestaetigt_am=timezone.localdate(um),
    )
    _protokolliere(handlungen.ROLLE_GEGEBEN, mitgliedschaft, durch=durch)


def _beende(mitgliedschaft, *, durch, um):
    laufend = Mitgliedschaft.objects.laufend().filter(pk=mitgliedschaft.pk)
    if laufend.update(beendet_um=um, beendet_von=durch):
        _protokolliere(handlungen.ROLLE_BEENDET, mitgliedschaft, durch=durch)


def _protokolliere(handlung, mitgliedschaft, *, durch):
    protokolliere(
        handlung,
        mitgliedschaft,
        durch=durch,
        angaben={
            "konto": mitgliedschaft.konto_id,
            "kommune": mitgliedschaft.kommune.kennung,
            "rolle": mitgliedschaft.rolle,
        },
    )
