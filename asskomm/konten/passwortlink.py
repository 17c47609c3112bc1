"""The link to a new password: good for two hours, once, and until the next sign-in."""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from .anmeldung import darf_sich_anmelden
from .models import Konto


def adresse(konto: Konto) -> str:
    """Path of the page on which the new password is typed."""
    zeichen = f"{int_to_base36(konto.pk)}-{default_token_generator.make_token(konto)}"
    return reverse("konten:passwort-neu", args=[zeichen])


def lies(zeichen: str) -> Konto | None:
    """The account a link belongs to; None when it is forged, used or too old."""
    nummer, _, token = zeichen.partition("-")
    try:
        konto = Konto.objects.filter(pk=base36_to_int(nummer)).first()
    except (ValueError, OverflowError):
        return None
    if konto is None or not darf_sich_anmelden(konto):
        return None
    return konto if default_token_generator.check_token(konto, token) else None
