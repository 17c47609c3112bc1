"""Who may do what for a Kommune: the one place that answers it.

What the LPR may do stands in `asskomm.konten.rollen`. Pages ask with `@verlangt`, lists and
records with `kommunen_von` and each model's `sichtbar_fuer`.
"""

from __future__ import annotations

from enum import Enum
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from asskomm.konten import zweitfaktor
from asskomm.konten.models import Konto

from .models import Kommune, KommuneQuerySet, Mitgliedschaft, Rolle


class Befugnis(Enum):
    """What can be done for a Kommune, with the roles that may."""

    LESEN = tuple(Rolle)
    BEARBEITEN = (Rolle.BEARBEITUNG,)
    ZEICHNEN = (Rolle.ZEICHNUNG,)
    MITGLIEDER_VERWALTEN = (Rolle.VERWALTUNG,)


# Whoever signs or gives access needs a second factor (issue of the owner, F63).
MIT_ZWEITFAKTOR = (Rolle.ZEICHNUNG, Rolle.VERWALTUNG)


def braucht_zweitfaktor(konto: Konto) -> bool:
    return Mitgliedschaft.objects.aktiv().filter(konto=konto, rolle__in=MIT_ZWEITFAKTOR).exists()


zweitfaktor.verlange(braucht_zweitfaktor)


def kommunen_von(konto: Konto, befugnis: Befugnis = Befugnis.LESEN) -> KommuneQuerySet:
    """The Kommunen for which `konto` may do this now, each once, by name."""
    aktiv = Mitgliedschaft.objects.aktiv().filter(konto=konto, rolle__in=befugnis.value)
    return Kommune.objects.filter(pk__in=aktiv.values("kommune"))


def darf(konto: Konto, befugnis: Befugnis, kommune: Kommune) -> bool:
    return kommunen_von(konto, befugnis).filter(pk=kommune.pk).exists()


def verlangt(befugnis: Befugnis):
    """For views of one Kommune: `kennung` in the address becomes the argument `kommune`.

    Anonymous people go to the login, a foreign Kommune is a 404 like an absent one, and a
    member without the right gets a 403.
    """

    def fuer(view):
        @wraps(view)
        @login_required
        def geprueft(request, kennung, **argumente):
            kommune = get_object_or_404(kommunen_von(request.user), kennung=kennung)
            if not darf(request.user, befugnis, kommune):
                raise PermissionDenied
            return view(request, kommune=kommune, **argumente)

        geprueft.befugnis = befugnis
        return geprueft

    return fuer
