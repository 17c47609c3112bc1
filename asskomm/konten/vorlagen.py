"""Mails about accounts, invitations and roles. The texts stand in templates/post/."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from asskomm.post.vorlagen import Vorlage

from . import einladungslink, passwortlink
from .anmeldung import darf_sich_anmelden
from .models import Einladung, Konto


def _link_der_einladung(nachricht) -> str | None:
    """The personal link, or None when there is nothing to accept any more."""
    offen = Einladung.objects.offen(timezone.now())
    einladung = offen.filter(pk=nachricht.gegenstand_nummer).first()
    return settings.BASE_URL + einladungslink.adresse(einladung) if einladung else None


def _link_zum_passwort(nachricht) -> str | None:
    """The link to a new password, or None where the address has no account that may sign in."""
    konto = Konto.objects.filter(email=nachricht.adresse).first()
    if konto is None or not darf_sich_anmelden(konto):
        return None
    return settings.BASE_URL + passwortlink.adresse(konto)


def _seite(name):
    return lambda nachricht: settings.BASE_URL + reverse(name)


EINLADUNG = Vorlage("einladung", "Einladung zum Portal", _link_der_einladung)
PASSWORT_VERGESSEN = Vorlage("passwort_vergessen", "Neues Passwort festlegen", _link_zum_passwort)
NEUES_GERAET = Vorlage("neues_geraet", "Anmeldung mit einem neuen Gerät", _seite("konten:konto"))
PASSWORT_GEAENDERT = Vorlage(
    "passwort_geaendert", "Ihr Passwort wurde geändert", _seite("konten:konto")
)
ZWEITFAKTOR_GEAENDERT = Vorlage(
    "zweitfaktor_geaendert", "Ihre Anmeldung wurde geändert", _seite("konten:konto")
)
ZWEITFAKTOR_ZURUECKGESETZT = Vorlage(
    "zweitfaktor_zurueckgesetzt",
    "Ihr zweiter Faktor wurde zurückgesetzt",
    _seite("konten:konto"),
)
ROLLE_GEAENDERT = Vorlage(
    "rolle_geaendert", "Ihre Rollen haben sich geändert", _seite("konten:konto")
)
