"""Who may sign in, and what the log and the person learn of it."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpRequest

from asskomm.protokoll.verfahren import protokolliere

from . import handlungen
from .models import Konto


class PasswortAnmeldung(ModelBackend):
    """Django's own check, closed to the demo accounts outside the demo mode.

    Their password is printed in the README. Where the Beispieldaten were left behind in a
    database that goes into service, they open nothing, and their open sessions end.
    """

    def authenticate(self, request, username=None, password=None, email=None):
        """`email` is what the sign-in page sends; the same work for every address."""
        return super().authenticate(request, username=email or username, password=password)

    def user_can_authenticate(self, user):
        return darf_sich_anmelden(user) and super().user_can_authenticate(user)


def darf_sich_anmelden(konto: Konto) -> bool:
    """False for locked and invited accounts, and for demo accounts outside the demo mode."""
    return konto.is_active and (settings.BEISPIELDATEN or not konto.ist_beispiel)


def vermerke_anmeldung(request: HttpRequest, konto: Konto) -> None:
    """Log the sign-in with the means that were used, e.g. password and totp."""
    mittel = [
        satz.get("type") or satz["method"] for satz in get_authentication_records(request, konto)
    ]
    protokolliere(handlungen.ANGEMELDET, konto, durch=konto, angaben={"mittel": mittel})


def vermerke_abmeldung(konto: Konto) -> None:
    protokolliere(handlungen.ABGEMELDET, konto, durch=konto)


@transaction.atomic
def vermerke_fehlversuch(email: str, *, stufe: str = "passwort") -> None:
    """Log a failed sign-in. The address that was typed is not stored, only whose it is."""
    konto = Konto.objects.filter(email=email).first()
    protokolliere(handlungen.ANMELDUNG_GESCHEITERT, konto, durch=None, angaben={"stufe": stufe})
