"""The demo accounts: one for each role of the LPR and of a Kommune, with one password and factor.

They sign in only while the demo mode is on (`asskomm.konten.anmeldung`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

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
from kommunen.models import Kommune, Mitgliedschaft, Rolle

from .gemeinsam import FORTBILDUNG, LEITUNG, PRUEFUNG, SACHBEARBEITUNG

PASSWORT = "asskomm-beispiel-2026"
DOEBELN, BAUTZEN, MITTELSACHSEN = "14522080", "14625020", "14522000"
# Longer ago than a year: these roles are due for the yearly review.
UNGEPRUEFT = timedelta(days=400)


@dataclass(frozen=True)
class Beispielkonto:
    """Staff with a group, or a member of Kommunen: (kennung, role) each; neither is possible.

    `uebrige` is the role in Kommunen with invented cases in which no other demo account has it;
    those who play the cases give it (`personen`).
    """

    email: str
    name: str
    gruppe: str = ""
    rollen: tuple[tuple[str, Rolle], ...] = ()
    ungeprueft: bool = False
    uebrige: Rolle | None = None
    ist_coach: bool = False  # made a coach by `coaching`

    @property
    def wofuer(self) -> str:
        """In words, for the list of logins."""
        if self.ist_coach:
            return "Coach, sieht die eigenen Begleitungen"
        if self.uebrige:
            return f"{self.uebrige.label} in den übrigen Beispiel-Kommunen"
        kommunen = dict(Kommune.objects.values_list("kennung", "name_eindeutig"))
        rollen = [f"{rolle.label} für {kommunen[kennung]}" for kennung, rolle in self.rollen]
        return self.gruppe or ", ".join(rollen) or "in keiner Kommune"


KONTEN = (
    Beispielkonto("redaktion@example.org", "Beispiel Redaktion", "Redaktion"),
    Beispielkonto(SACHBEARBEITUNG, "Beispiel Sachbearbeitung", "Sachbearbeitung"),
    Beispielkonto(PRUEFUNG, "Beispiel Prüfung", "Prüfung"),
    Beispielkonto(FORTBILDUNG, "Beispiel Fortbildung", "Fortbildung"),
    Beispielkonto("administration@example.org", "Beispiel Administration", ADMINISTRATION),
    Beispielkonto("administration2@example.org", "Beispiel Administration 2", ADMINISTRATION),
    Beispielkonto("haushalt@example.org", "Beispiel Haushalt", "Haushalt"),
    Beispielkonto(LEITUNG, "Beispiel Leitung", "Leitung"),
    Beispielkonto(
        "verwaltung@example.org", "Beispiel Verwaltung", rollen=((DOEBELN, Rolle.VERWALTUNG),)
    ),
    Beispielkonto(
        "bearbeitung@example.org",
        "Beispiel Bearbeitung",
        rollen=((DOEBELN, Rolle.BEARBEITUNG), (BAUTZEN, Rolle.VERWALTUNG)),
    ),
    Beispielkonto(
        "zeichnung@example.org", "Beispiel Zeichnung", rollen=((DOEBELN, Rolle.ZEICHNUNG),)
    ),
    Beispielkonto(
        "lesen@example.org", "Beispiel Lesen", rollen=((DOEBELN, Rolle.LESEN),), ungeprueft=True
    ),
    Beispielkonto(
        "landkreis@example.org",
        "Beispiel Landkreis",
        rollen=((MITTELSACHSEN, Rolle.VERWALTUNG), (MITTELSACHSEN, Rolle.BEARBEITUNG)),
    ),
    Beispielkonto(
        "rathaus-bearbeitung@example.org", "Beispiel Rathaus Bearbeitung", uebrige=Rolle.BEARBEITUNG
    ),
    Beispielkonto(
        "rathaus-zeichnung@example.org", "Beispiel Rathaus Zeichnung", uebrige=Rolle.ZEICHNUNG
    ),
    Beispielkonto("coach@example.org", "Beispiel Coach", ist_coach=True),
    Beispielkonto("coach2@example.org", "Beispiel Coach 2", ist_coach=True),
    Beispielkonto("ohne-kommune@example.org", "Beispiel ohne Kommune"),
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
        konto.is_active, konto.deaktiviert_um = True, None
        konto.is_staff = bool(beispiel.gruppe)
        konto.save()
        if not ist_eingerichtet(konto):
            TOTP.activate(konto, beispielcode.GEHEIMNIS)
        konto.groups.set(Group.objects.filter(name=beispiel.gruppe))
        _gib_rollen(konto, beispiel)
        if neu:
            posten.hinzugefuegt += 1
        else:
            posten.geaendert.append(f"{konto.email} (entsperrt)")


def _gib_rollen(konto, beispiel):
    """As if the LPR had appointed them."""
    jetzt = timezone.now()
    gegeben = jetzt - UNGEPRUEFT if beispiel.ungeprueft else jetzt
    laufend = Mitgliedschaft.objects.laufend().filter(konto=konto)
    vorhanden = set(laufend.values_list("kommune__kennung", "rolle"))
    for kennung, rolle in beispiel.rollen:
        if (kennung, rolle) not in vorhanden:
            Mitgliedschaft.objects.create(
                konto=konto,
                kommune=Kommune.objects.get(kennung=kennung),
                rolle=rolle,
                gegeben_um=gegeben,
                bestaetigt_am=timezone.localdate(gegeben),
            )


def entferne(bericht: Bericht) -> None:
    """Delete the demo accounts; those that are named in a record that stays are locked."""
    posten = bericht.zu(Konto)
    Mitgliedschaft.objects.filter(konto__ist_beispiel=True).delete()
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
