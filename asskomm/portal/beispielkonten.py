"""The demo accounts: one for each role of the LPR, all with the same password and second factor.

They sign in only while the demo mode is on (`asskomm.konten.anmeldung`).
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone

from asskomm import beispielcode
from asskomm.konten.models import Konto
from asskomm.konten.rollen import ADMINISTRATION
from asskomm.konten.zweitfaktor import entferne_alle, ist_eingerichtet
from kommunen.abgleich import Bericht

PASSWORT = "asskomm-beispiel-2026"


@dataclass(frozen=True)
class Beispielkonto:
    email: str
    name: str
    gruppe: str


KONTEN = (
    Beispielkonto("redaktion@example.org", "Beispiel Redaktion", "Redaktion"),
    Beispielkonto("sachbearbeitung@example.org", "Beispiel Sachbearbeitung", "Sachbearbeitung"),
    Beispielkonto("pruefung@example.org", "Beispiel Prüfung", "Prüfung"),
    Beispielkonto("fortbildung@example.org", "Beispiel Fortbildung", "Fortbildung"),
    Beispielkonto("administration@example.org", "Beispiel Administration", ADMINISTRATION),
    Beispielkonto("administration2@example.org", "Beispiel Administration 2", ADMINISTRATION),
    Beispielkonto("leitung@example.org", "Beispiel Leitung", "Leitung"),
)


def lege_an(bericht: Bericht) -> None:
    """Create the demo accounts that are missing; those that are there keep their password.

    An account that `entferne` had to leave behind locked is opened again.
    """
    posten = bericht.zu(Konto)
    passwort = None
    for beispiel in KONTEN:
        konto = Konto.objects.filter(email=beispiel.email).first()
        if konto and konto.is_active:
            posten.unveraendert += 1
            continue
        passwort = passwort or make_password(PASSWORT)
        konto = konto or Konto(email=beispiel.email)
        neu = konto.pk is None
        konto.name, konto.password, konto.ist_beispiel = beispiel.name, passwort, True
        konto.is_active, konto.deaktiviert_um, konto.is_staff = True, None, True
        konto.save()
        if not ist_eingerichtet(konto):
            TOTP.activate(konto, beispielcode.GEHEIMNIS)
        konto.groups.set(Group.objects.filter(name=beispiel.gruppe))
        if neu:
            posten.hinzugefuegt += 1
        else:
            posten.geaendert.append(f"{konto.email} (entsperrt)")


def entferne(bericht: Bericht) -> None:
    """Delete the demo accounts; those that are named in a record that stays are locked."""
    posten = bericht.zu(Konto)
    for konto in Konto.objects.filter(ist_beispiel=True):
        konto.groups.clear()
        entferne_alle(konto)
        if not _hinterliess_spuren(konto):
            posten.entfernt += 1
            konto.delete()
        elif konto.is_active:
            konto.is_active = konto.is_staff = False
            konto.deaktiviert_um = timezone.now()
            konto.set_unusable_password()
            konto.save()
            posten.geaendert.append(f"{konto.email} (gesperrt, weil es in der Historie steht)")


def _hinterliess_spuren(konto):
    """Whether a record that stays names the account."""
    return any(
        feld.related_model._base_manager.filter(**{feld.field.name: konto}).exists()
        for feld in Konto._meta.get_fields(include_hidden=True)
        if isinstance(feld, models.ManyToOneRel)
        and feld.related_model not in (Konto.groups.through, Konto.user_permissions.through)
    )
