"""Every change to accounts, invitations and roles: record, log entry and mail together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from . import handlungen, vieraugen, vorlagen
from .models import Einladung, Konto, Rollenvergabe, Vertretung, Zweitfaktorverlust
from .rollen import ADMINISTRATION, ZU_ZWEIT
from .zweitfaktor import entferne_alle

EINLADUNG_GILT = timedelta(days=14)

# --- Invitations ---------------------------------------------------------------


@transaction.atomic
def lade_ein(
    email: str,
    *,
    durch: Konto | None,
    um: datetime,
    marke: UUID,
    name: str = "",
    fuer: Konto | None = None,
) -> Einladung:
    """Invite the person with this address; the account is made if there is none.

    The answer does not tell whether there was one. The same form sent twice (`marke`, by
    the same person) gives the first invitation again. A deactivated account cannot be
    invited: its invitation is stored and mailed, but leads to a page that says whom to ask.
    """
    vorhanden = Einladung.objects.filter(marke=marke).first()
    if vorhanden and vorhanden.eingeladen_von != durch:
        raise SchrittNichtMoeglich("Dieses Formular ist abgelaufen. Laden Sie die Seite neu.")
    if vorhanden:
        return vorhanden
    email = Konto.objects.normalize_email(email)
    konto, neu = Konto.objects.get_or_create(
        email=email, defaults={"name": name, "is_active": False, "password": "!"}
    )
    _verlange_andere(konto, durch, fuer)
    einladung = Einladung.objects.create(
        konto=konto,
        marke=marke,
        eingeladen_von=durch,
        eingeladen_um=um,
        gueltig_bis=um + EINLADUNG_GILT,
    )
    protokolliere(handlungen.EINGELADEN, einladung, durch=durch, fuer=fuer)
    stelle_ein(vorlagen.EINLADUNG, an=konto, gegenstand=einladung)
    return einladung


@transaction.atomic
def lade_personal_ein(
    email: str,
    gruppen: Collection[Group],
    *,
    durch: Konto,
    um: datetime,
    marke: UUID,
    name: str,
    fuer: Konto | None = None,
) -> Einladung:
    """Invite somebody to the staff of the LPR, with roles that one person may give."""
    _pruefe_allein_gebbar(gruppen)
    einladung = lade_ein(email, durch=durch, um=um, marke=marke, name=name, fuer=fuer)
    Konto.objects.filter(pk=einladung.konto_id).update(is_staff=True)
    for gruppe in sorted(set(gruppen) - set(einladung.konto.groups.all()), key=lambda g: g.name):
        _gib(einladung.konto, gruppe, durch=durch, fuer=fuer)
    return einladung


@transaction.atomic
def lade_erneut_ein(
    einladung: Einladung, *, durch: Konto, um: datetime, fuer: Konto | None = None
) -> None:
    """Send the invitation again with a new link and a new period; older links end."""
    passend = Einladung.objects.filter(
        pk=einladung.pk, angenommen_um__isnull=True, widerrufen_um__isnull=True
    )
    if not passend.update(folge=F("folge") + 1, gueltig_bis=um + EINLADUNG_GILT):
        raise SchrittNichtMoeglich("Diese Einladung ist schon angenommen oder widerrufen.")
    einladung.refresh_from_db()
    protokolliere(handlungen.EINLADUNG_ERNEUERT, einladung, durch=durch, fuer=fuer)
    stelle_ein(vorlagen.EINLADUNG, an=einladung.konto, gegenstand=einladung)


@transaction.atomic
def widerrufe(
    einladung: Einladung, *, durch: Konto, um: datetime, fuer: Konto | None = None
) -> None:
    passend = Einladung.objects.filter(
        pk=einladung.pk, angenommen_um__isnull=True, widerrufen_um__isnull=True
    )
    if not passend.update(widerrufen_um=um):
        raise SchrittNichtMoeglich("Diese Einladung ist schon angenommen oder widerrufen.")
    protokolliere(handlungen.EINLADUNG_WIDERRUFEN, einladung, durch=durch, fuer=fuer)


@transaction.atomic
def nimm_an(
    einladung: Einladung, *, um: datetime, name: str | None = None, passwort: str | None = None
) -> None:
    """Accept. A new person gives name and password and becomes active with it.

    The page has made sure that somebody with an account is signed in as that account.
    """
    if not Einladung.objects.offen(um).filter(pk=einladung.pk).update(angenommen_um=um):
        raise SchrittNichtMoeglich(
            "Diese Einladung ist abgelaufen, widerrufen oder schon angenommen."
        )
    konto = Konto.objects.select_for_update().get(pk=einladung.konto_id)
    if konto.deaktiviert_um:
        raise SchrittNichtMoeglich("Ihr Konto ist deaktiviert. Wenden Sie sich an den LPR.")
    if not konto.is_active:
        if not (name and passwort):
            raise SchrittNichtMoeglich("Geben Sie Ihren Namen und ein Passwort an.")
        konto.name, konto.is_active = name, True
        konto.set_password(passwort)
        konto.save(update_fields=["name", "is_active", "password"])
    protokolliere(handlungen.EINLADUNG_ANGENOMMEN, einladung, durch=konto)


# --- Accounts ------------------------------------------------------------------


@transaction.atomic
def benenne(konto: Konto, name: str, *, durch: Konto, fuer: Konto | None = None) -> None:
    if Konto.objects.filter(pk=konto.pk).exclude(name=name).update(name=name):
        konto.refresh_from_db()
        angaben = {"feld": "name"}
        protokolliere(handlungen.ANGABEN_GEAENDERT, konto, durch=durch, fuer=fuer, angaben=angaben)


@transaction.atomic
def deaktiviere(
    konto: Konto, *, durch: Konto, um: datetime, grund: str, fuer: Konto | None = None
) -> None:
    """The person cannot sign in any more and open sessions end; all records stay."""
    if konto.pk == durch.pk:
        raise SchrittNichtMoeglich("Das eigene Konto deaktiviert eine andere Person.")
    passend = Konto.objects.filter(pk=konto.pk, is_active=True)
    if not passend.update(is_active=False, deaktiviert_um=um):
        raise SchrittNichtMoeglich("Dieses Konto ist nicht aktiv.")
    konto.refresh_from_db()
    protokolliere(handlungen.DEAKTIVIERT, konto, durch=durch, fuer=fuer, grund=grund)


@transaction.atomic
def aktiviere(konto: Konto, *, durch: Konto, grund: str, fuer: Konto | None = None) -> None:
    if konto.pk == durch.pk:
        raise SchrittNichtMoeglich("Das eigene Konto aktiviert eine andere Person.")
    if konto.unkenntlich:
        raise SchrittNichtMoeglich("Dieses Konto ist gelöscht. Laden Sie die Person neu ein.")
    passend = Konto.objects.filter(pk=konto.pk, deaktiviert_um__isnull=False).kenntlich()
    if not passend.update(is_active=True, deaktiviert_um=None):
        raise SchrittNichtMoeglich("Dieses Konto ist nicht deaktiviert.")
    konto.refresh_from_db()
    protokolliere(handlungen.AKTIVIERT, konto, durch=durch, fuer=fuer, grund=grund)


@transaction.atomic
def melde_ueberall_ab(konto: Konto, *, durch: Konto, fuer: Konto | None = None) -> None:
    """End all sessions; the one at hand goes on only if the view renews it."""
    Konto.objects.filter(pk=konto.pk).update(sitzungsfolge=F("sitzungsfolge") + 1)
    konto.refresh_from_db()
    konto.geraete.all().delete()
    protokolliere(handlungen.UEBERALL_ABGEMELDET, konto, durch=durch, fuer=fuer)


# --- Roles of the LPR ----------------------------------------------------------


@transaction.atomic
def setze_rollen(
    konto: Konto, gruppen: Collection[Group], *, durch: Konto, fuer: Konto | None = None
) -> None:
    """Give and take the roles that one person may decide on.

    The far-reaching ones (ZU_ZWEIT) are taken away here too, but given only by
    `genehmige_rolle`. Nobody changes their own roles. Who has a role is staff; with the
    last one that ends.
    """
    _verlange_andere(konto, durch, fuer)
    # Of two who change the roles of one person at once the second sees what the first did.
    Konto.objects.select_for_update(no_key=True).get(pk=konto.pk)
    bisher, kuenftig = set(konto.groups.all()), set(gruppen)
    neu, alt = kuenftig - bisher, bisher - kuenftig
    _pruefe_allein_gebbar(neu)
    for gruppe in sorted(neu, key=lambda g: g.name):
        _gib(konto, gruppe, durch=durch, fuer=fuer)
    for gruppe in sorted(alt, key=lambda g: g.name):
        konto.groups.remove(gruppe)
        angaben = {"rolle": gruppe.name}
        protokolliere(handlungen.ROLLE_ENTZOGEN, konto, durch=durch, fuer=fuer, angaben=angaben)
    if neu or alt:
        Konto.objects.filter(pk=konto.pk).update(is_staff=bool(kuenftig))
        konto.refresh_from_db()
        stelle_ein(vorlagen.ROLLE_GEAENDERT, an=konto, gegenstand=konto)


def genehmige_rolle(vergabe: Rollenvergabe, *, durch: Konto, um: datetime, fuer=None) -> None:
    """The second person gives the role. Raises EigeneFreigabe and logs the attempt."""
    vieraugen.pruefe_zweite_person(vergabe, durch=durch, fuer=fuer)
    with transaction.atomic():
        vieraugen.genehmige(vergabe, durch=durch, um=um, fuer=fuer)
        if vergabe.konto.deaktiviert_um:
            raise SchrittNichtMoeglich("Das Konto dieser Person ist deaktiviert.")
        _gib(vergabe.konto, vergabe.gruppe, durch=durch, fuer=fuer)
        stelle_ein(vorlagen.ROLLE_GEAENDERT, an=vergabe.konto, gegenstand=vergabe.konto)


@transaction.atomic
def richte_administration_ein(email: str, *, um: datetime, marke: UUID) -> Einladung:
    """Invite an administrator without a second person: for setting up, and after a loss.

    Possible until two people can sign in as Administration; from then on they propose and
    approve each further one. The database has the same rule (trigger `rolle_zu_zweit`).
    """
    gruppe = Group.objects.select_for_update(no_key=True).get(name=ADMINISTRATION)
    if Konto.objects.administration().count() >= 2:
        raise SchrittNichtMoeglich(
            "Das Portal hat zwei Personen für die Administration. Sie schlagen weitere vor."
        )
    einladung = lade_ein(email, durch=None, um=um, marke=marke)
    konto = einladung.konto
    if konto.deaktiviert_um:
        raise SchrittNichtMoeglich("Dieses Konto ist deaktiviert. Nehmen Sie eine andere Adresse.")
    if gruppe not in konto.groups.all():
        _gib(konto, gruppe, durch=None)
    return einladung


def _verlange_andere(konto, durch, fuer):
    """Nobody gives themselves roles, nor does a deputy in their name."""
    if konto in (durch, fuer):
        raise SchrittNichtMoeglich("Die eigenen Rollen ändert eine andere Person.")


def _pruefe_allein_gebbar(gruppen):
    if any(gruppe.name in ZU_ZWEIT for gruppe in gruppen):
        raise SchrittNichtMoeglich(
            "Diese Rolle geben zwei Personen gemeinsam: Schlagen Sie sie vor."
        )


def _gib(konto, gruppe, *, durch, fuer=None):
    konto.groups.add(gruppe)
    Konto.objects.filter(pk=konto.pk).update(is_staff=True)
    angaben = {"rolle": gruppe.name}
    protokolliere(handlungen.ROLLE_GEGEBEN, konto, durch=durch, fuer=fuer, angaben=angaben)


# --- Second factor and deputies ------------------------------------------------


def genehmige_zuruecksetzen(
    verlust: Zweitfaktorverlust, *, durch: Konto, um: datetime, fuer=None
) -> None:
    """Remove all second factors, end all sessions and tell the person."""
    vieraugen.pruefe_zweite_person(verlust, durch=durch, fuer=fuer)
    with transaction.atomic():
        vieraugen.genehmige(verlust, durch=durch, um=um, fuer=fuer)
        entferne_alle(verlust.konto)
        Konto.objects.filter(pk=verlust.konto_id).update(sitzungsfolge=F("sitzungsfolge") + 1)
        protokolliere(handlungen.ZWEITFAKTOR_ZURUECKGESETZT, verlust.konto, durch=durch, fuer=fuer)
        stelle_ein(vorlagen.ZWEITFAKTOR_ZURUECKGESETZT, an=verlust.konto, gegenstand=verlust.konto)


def genehmige_vertretung(vertretung: Vertretung, *, durch: Konto, um: datetime, fuer=None) -> None:
    """The deputy has the roles as well from the first day on. Raises EigeneFreigabe as above."""
    vieraugen.pruefe_zweite_person(vertretung, durch=durch, fuer=fuer)
    with transaction.atomic():
        vieraugen.genehmige(vertretung, durch=durch, um=um, fuer=fuer)
        if vertretung.ende < timezone.localdate(um):
            raise SchrittNichtMoeglich("Der Zeitraum ist schon vorbei.")
        if not (vertretung.vertreter.is_active and vertretung.vertreter.is_staff):
            raise SchrittNichtMoeglich("Vertreten kann nur, wer zum LPR gehört und aktiv ist.")
        stelle_ein(
            vorlagen.ROLLE_GEAENDERT, an=vertretung.vertreter, gegenstand=vertretung.vertreter
        )


@transaction.atomic
def beende_vertretung(
    vertretung: Vertretung, *, durch: Konto, um: datetime, fuer: Konto | None = None
) -> None:
    """End a deputyship early, from this moment on."""
    passend = Vertretung.objects.nicht_vorbei(timezone.localdate(um)).filter(pk=vertretung.pk)
    if not passend.update(beendet_um=um):
        raise SchrittNichtMoeglich("Diese Vertretung ist nicht genehmigt oder schon zu Ende.")
    vertretung.refresh_from_db()
    protokolliere(handlungen.VERTRETUNG_BEENDET, vertretung, durch=durch, fuer=fuer)
    stelle_ein(vorlagen.ROLLE_GEAENDERT, an=vertretung.vertreter, gegenstand=vertretung.vertreter)
