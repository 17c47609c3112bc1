"""The personal link of an invitation: signed, and worth nothing once a newer one was sent."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from .models import Einladung

SALZ = "konten.einladung"


def adresse(einladung: Einladung) -> str:
    """Path of the page on which the invitation is accepted with a button."""
    zeichen = signing.dumps([einladung.pk, einladung.folge], salt=SALZ)
    return reverse("konten:einladung", args=[zeichen])


def lies(zeichen: str) -> Einladung | None:
    """The invitation a link leads to, whatever its state; None for a forged or older link.

    How long it may be used is said by the invitation (`gueltig_bis`), not by the link.
    """
    try:
        nummer, folge = signing.loads(zeichen, salt=SALZ)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Einladung.objects.select_related("konto").filter(pk=nummer, folge=folge).first()
