"""What people change about their own sign-in: record, log entry and mail together."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere

from . import handlungen, vorlagen, zweitfaktor
from .models import Konto

# --- Password ------------------------------------------------------------------


@transaction.atomic
def setze_passwort(konto: Konto, passwort: str, *, handlung: Handlung) -> None:
    """A new password ends all sessions; the view may renew its own."""
    konto.set_password(passwort)
    konto.save(update_fields=["password"])
    protokolliere(handlung, konto, durch=konto)
    stelle_ein(vorlagen.PASSWORT_GEAENDERT, an=konto, gegenstand=konto)


# --- Second factors ------------------------------------------------------------


@transaction.atomic
def vermerke_faktor(request: HttpRequest, handlung: Handlung, art: str) -> None:
    """Log a change of factors and end the other sessions.

    So no session that began with the password alone outlives the set-up of a factor, and
    none remembers a factor that is gone.
    """
    konto = request.user
    _beende_andere_sitzungen(request)
    request.session.pop(zweitfaktor.EINGERICHTET, None)
    protokolliere(handlung, konto, durch=konto, angaben={"art": art})
    stelle_ein(vorlagen.ZWEITFAKTOR_GEAENDERT, an=konto, gegenstand=konto)


def sperre(konto: Konto) -> None:
    """Let changes of one person's factors wait for each other; within a transaction."""
    Konto.objects.select_for_update().get(pk=konto.pk)


def vermerke_notfallcodes(konto: Konto) -> None:
    with transaction.atomic():
        protokolliere(handlungen.NOTFALLCODES_ERZEUGT, konto, durch=konto)
        stelle_ein(vorlagen.ZWEITFAKTOR_GEAENDERT, an=konto, gegenstand=konto)


def uebrige_notfallcodes(konto: Konto) -> int:
    """How many recovery codes nobody has used yet."""
    codes = Authenticator.objects.filter(user=konto, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


# --- The account itself --------------------------------------------------------


@transaction.atomic
def aendere_namen(konto: Konto, name: str) -> None:
    if not Konto.objects.filter(pk=konto.pk).exclude(name=name).update(name=name):
        return
    konto.name = name
    protokolliere(handlungen.ANGABEN_GEAENDERT, konto, durch=konto, angaben={"felder": ["name"]})


def _beende_andere_sitzungen(request):
    konto = request.user
    Konto.objects.filter(pk=konto.pk).update(sitzungsfolge=F("sitzungsfolge") + 1)
    konto.refresh_from_db(fields=["sitzungsfolge"])
    update_session_auth_hash(request, konto)
