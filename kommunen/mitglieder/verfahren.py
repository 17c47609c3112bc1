"""Every change to memberships: row, log entry and mail together.

All changes in one Kommune happen one after the other (`_sperre`), and each asks again whether
the person may still make it: of two who end each other's roles at once only one succeeds.
`gesehen` is what the page showed (`personen.Person.gesehen`); if that is past, Ueberholt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag, zeitpunkt
from asskomm.konten import verfahren as konten
from asskomm.konten import vieraugen
from asskomm.konten.models import Einladung, Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from ..befugnisse import Befugnis, darf
from ..models import Bestellung, Kommune, Mitgliedschaft, Rolle
from . import handlungen, vorlagen

# Between two mails with the same invitation, so that a mailbox cannot be flooded.
PAUSE = timedelta(minutes=10)


class EigeneRollen(SchrittNichtMoeglich):
    """Somebody tried to change their own roles, so as to make themselves Zeichnung."""

    def __init__(self):
        super().__init__("Ihre eigenen Rollen ändert eine andere Person der Verwaltung.")


class LetzteVerwaltung(SchrittNichtMoeglich):
    """Nobody would be left who can invite members; the person has to say that this is meant."""


# --- Invitations ---------------------------------------------------------------


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

    The same form sent twice (`marke`) gives the first invitation again. Raises
    SchrittNichtMoeglich when the person has or is invited to all of the roles, EigeneRollen
    when the address is that of `durch`.
    """
    _sperre(kommune, um, durch=durch)
    return _lade_ein(kommune, email, rollen, durch=durch, um=um, marke=marke, name=name)


@transaction.atomic
def lade_erneut_ein(kommune: Kommune, konto: Konto, *, durch: Konto, um: datetime) -> None:
    """Send the invitation again, with a new link and a new period."""
    _verlange_andere(konto, durch)
    _sperre(kommune, um, durch=durch)
    offene = [m.einladung for m in _laufende(konto, kommune) if m.offen]
    if not offene:
        raise Ueberholt("Diese Person hat keine offene Einladung in Ihrer Kommune mehr.")
    gesendet = offene[0].gueltig_bis - konten.EINLADUNG_GILT
    if um - gesendet < PAUSE:
        raise SchrittNichtMoeglich(
            f"Die Einladung ging am {zeitpunkt(gesendet)} hinaus. "
            "Warten Sie zehn Minuten, bevor Sie sie noch einmal senden."
        )
    _verlange_bestand(kommune, um)
    konten.lade_erneut_ein(offene[0], durch=durch, um=um)


def _lade_ein(kommune, email, rollen, *, durch, um, marke, name=""):
    _verlange_bestand(kommune, um)
    email = Konto.objects.normalize_email(email)
    _verlange_andere(Konto.objects.filter(email=email).first(), durch)
    einladung = konten.lade_ein(email, durch=durch, um=um, marke=marke, name=name)
    laufend = {m.rolle: m for m in _laufende(einladung.konto, kommune)}
    if einladung.mitgliedschaften.exists():
        if einladung.konto.email == email and laufend.keys() >= set(rollen):
            return einladung  # the same form sent twice
        raise SchrittNichtMoeglich(
            "Aus diesem Formular haben Sie schon eine Person eingeladen. Ist dies eine weitere "
            "Einladung, senden Sie sie noch einmal ab."
        )
    neu = [rolle for rolle in Rolle if rolle in rollen and rolle not in laufend]
    if not neu and any(m.offen for m in laufend.values()):
        raise SchrittNichtMoeglich(
            "Diese Person ist schon eingeladen. In der Liste der Mitglieder können Sie die "
            "Einladung erneut senden."
        )
    if not neu:
        raise SchrittNichtMoeglich("Diese Rollen hat die Person in Ihrer Kommune schon.")
    for rolle in neu:
        _gib(kommune, einladung.konto, rolle, durch=durch, um=um, einladung=einladung)
    return einladung


# --- Roles of members ----------------------------------------------------------


@transaction.atomic
def setze_rollen(
    kommune: Kommune,
    konto: Konto,
    rollen: Collection[Rolle],
    *,
    durch: Konto,
    um: datetime,
    gesehen: str | None = None,
) -> None:
    """Give and end roles of a member or an invited person; no role at all ends the membership.

    Nobody changes their own roles, so that nobody makes themselves Zeichnung and the Kommune
    does not lose its Verwaltung by a slip.
    """
    _verlange_andere(konto, durch)
    _sperre(kommune, um, durch=durch)
    if rollen and set(rollen) == {m.rolle for m in _laufende(konto, kommune)}:
        return  # nothing to do, e.g. because the form was sent twice
    laufend = {m.rolle: m for m in _wie_gesehen(konto, kommune, gesehen)}
    ist_mitglied = any(not m.offen for m in laufend.values())
    # The further roles of somebody who is only invited hang on the same invitation.
    einladung = None if ist_mitglied else next(iter(laufend.values())).einladung
    neu = [rolle for rolle in Rolle if rolle in rollen and rolle not in laufend]
    alt = [m for rolle, m in laufend.items() if rolle not in rollen]
    for rolle in neu:
        _gib(kommune, konto, rolle, durch=durch, um=um, einladung=einladung)
    for mitgliedschaft in alt:
        _beende(mitgliedschaft, durch=durch, um=um)
    _widerrufe_leere(alt, durch=durch, um=um)
    if ist_mitglied and (neu or alt):
        vorlage = vorlagen.MITGLIED_ROLLE if rollen else vorlagen.MITGLIED_BEENDET
        stelle_ein(vorlage, an=konto, gegenstand=kommune, angaben={"kommune": str(kommune)})


@transaction.atomic
def verlasse(kommune: Kommune, *, durch: Konto, um: datetime, auch_letzte: bool = False) -> None:
    """A member ends all own roles in the Kommune.

    Raises LetzteVerwaltung for the last person of the Verwaltung unless `auch_letzte`: then
    the LPR has to appoint somebody (`befugnisse.kommunen_ohne_verwaltung`).
    """
    _sperre(kommune, um)
    eigene = _wie_gesehen(durch, kommune, None)
    if not auch_letzte and ist_letzte_verwaltung(kommune, durch):
        raise LetzteVerwaltung(
            "Sie sind die letzte Person der Verwaltung. Bestätigen Sie, dass Sie die "
            "Mitgliedschaft trotzdem beenden."
        )
    for mitgliedschaft in eigene:
        _beende(mitgliedschaft, durch=durch, um=um)
    _widerrufe_leere(eigene, durch=durch, um=um)
    stelle_ein(
        vorlagen.MITGLIED_BEENDET, an=durch, gegenstand=kommune, angaben={"kommune": str(kommune)}
    )


def beende_alle(konten: Collection[int], *, durch: Konto, um: datetime) -> None:
    """End every membership of these accounts, because the people are being forgotten."""
    laufend = Mitgliedschaft.objects.laufend().filter(konto__in=konten)
    for mitgliedschaft in laufend.select_related("kommune").order_by("pk"):
        _beende(mitgliedschaft, durch=durch, um=um)


def ist_letzte_verwaltung(kommune: Kommune, konto: Konto) -> bool:
    """True if `konto` has the role Verwaltung of the Kommune and nobody else has."""
    verwaltung = Mitgliedschaft.objects.verwaltung(kommune)
    return set(verwaltung.values_list("konto", flat=True)) == {konto.pk}


@transaction.atomic
def bestaetige(
    kommune: Kommune, konto: Konto, *, durch: Konto, um: datetime, gesehen: str | None = None
) -> None:
    """Yearly review: the person shall keep the roles for another year.

    One's own roles too, because a Kommune may have a single person in the Verwaltung.
    """
    _sperre(kommune, um, durch=durch)
    laufend = _wie_gesehen(konto, kommune, gesehen)
    Mitgliedschaft.objects.filter(pk__in=[m.pk for m in laufend]).update(
        bestaetigt_am=timezone.localdate(um)
    )
    for mitgliedschaft in laufend:
        _protokolliere(handlungen.ROLLE_BESTAETIGT, mitgliedschaft, durch=durch)


# --- The LPR appoints ----------------------------------------------------------


def genehmige_bestellung(
    bestellung: Bestellung, *, durch: Konto, um: datetime, fuer: Konto | None = None
) -> None:
    """The second person of the LPR appoints: invitation into the role Verwaltung.

    Raises EigeneFreigabe and logs the attempt where `durch` proposed it or is the person,
    SchrittNichtMoeglich where the Kommune has a Verwaltung meanwhile, or the address has become
    that of the proposer.
    """
    email = Konto.objects.normalize_email(bestellung.email)
    bestellung.konto = Konto.objects.filter(email=email).first()
    vieraugen.pruefe_zweite_person(bestellung, durch=durch, fuer=fuer)
    with transaction.atomic():
        vieraugen.sperre_offenen(bestellung)
        _sperre(bestellung.kommune, um)
        if satz := bestellung.hindernis():
            raise SchrittNichtMoeglich(satz)
        einladung = _lade_ein(
            bestellung.kommune,
            email,
            [Rolle.VERWALTUNG],
            durch=durch,
            um=um,
            marke=bestellung.einladungsmarke,
        )
        Bestellung.objects.filter(pk=bestellung.pk).update(konto=einladung.konto)
        vieraugen.genehmige(bestellung, durch=durch, um=um, fuer=fuer)


# --- What the steps are made of ------------------------------------------------


def _sperre(kommune, um, *, durch=None):
    """Let changes in one Kommune wait for each other, and ask if `durch` may still make one.

    An invitation withdrawn by the LPR ends its roles here, so that the person can be invited anew.
    """
    Kommune.objects.select_for_update(no_key=True).get(pk=kommune.pk)
    if durch and not darf(durch, Befugnis.MITGLIEDER_VERWALTEN, kommune):
        raise SchrittNichtMoeglich(f"Sie gehören nicht mehr zur Verwaltung von {kommune}.")
    verwaist = Mitgliedschaft.objects.filter(
        kommune=kommune, beendet_um__isnull=True, einladung__widerrufen_um__isnull=False
    )
    for mitgliedschaft in verwaist:
        _beende(mitgliedschaft, durch=None, um=um)


def _verlange_andere(konto, durch):
    if konto is not None and konto == durch:
        raise EigeneRollen


def _verlange_bestand(kommune, um):
    if kommune.ist_erloschen(timezone.localdate(um)):
        raise SchrittNichtMoeglich(
            f"{kommune} besteht seit dem {tag(kommune.gueltig_bis + timedelta(days=1))} nicht "
            f"mehr. Rechtsnachfolge: {kommune.nachfolger}. Dort können Sie Mitglied werden."
        )


def stand(mitgliedschaften: Iterable[Mitgliedschaft]) -> str:
    """Names what a page shows of a person's roles; changes with every role given or ended."""
    return "-".join(str(nummer) for nummer in sorted(m.pk for m in mitgliedschaften))


def _laufende(konto, kommune):
    return (
        Mitgliedschaft.objects.laufend()
        .filter(konto=konto, kommune=kommune)
        .select_related("einladung__konto", "kommune")
    )


def _wie_gesehen(konto, kommune, gesehen):
    """The person's running roles. Raises Ueberholt where there are none, or others than seen."""
    laufend = list(_laufende(konto, kommune))
    if not laufend:
        raise Ueberholt("Diese Person gehört nicht mehr zu Ihrer Kommune.")
    if gesehen is not None and gesehen != stand(laufend):
        raise Ueberholt(
            "Jemand anderes hat die Rollen dieser Person inzwischen geändert. "
            "Prüfen Sie den neuen Stand und senden Sie Ihre Angaben noch einmal ab."
        )
    return laufend


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
    laufend = Mitgliedschaft.objects.filter(pk=mitgliedschaft.pk, beendet_um__isnull=True)
    if laufend.update(beendet_um=um, beendet_von=durch):
        _protokolliere(handlungen.ROLLE_BEENDET, mitgliedschaft, durch=durch)


def _widerrufe_leere(beendete, *, durch, um):
    """Withdraw the invitations that would give no role any more."""
    for einladung in {m.einladung for m in beendete if m.offen}:
        if not einladung.mitgliedschaften.filter(beendet_um__isnull=True).exists():
            konten.widerrufe(einladung, durch=durch, um=um)


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
