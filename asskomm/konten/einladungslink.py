"""The personal link of an invitation: signed, and worth nothing once a newer one was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse

from .models import Einladung

SALZ = "konten.einladung"


def adresse(einladung: Einladung) -> str:
    """Path of the page on which the invitation is accepted with a button."""
    zeichen = signing.dumps([einladung.pk, einladung.folge], salt=SALZ)
    return reverse("konten:einladung", args=[zeichen])


@dataclass(frozen=True)
class Grund:
    """Why a link leads to no invitation (any more), in words for the page."""

    titel: str
    text: str
    status: int = 410


UNBEKANNT = Grund(
    "Diesen Link gibt es nicht",
    "Vielleicht wurde er nicht vollständig kopiert. Öffnen Sie ihn direkt aus der E-Mail.",
    404,
)
VERALTET = Grund(
    "Es gibt eine neuere Einladung",
    "Dieser Link gilt nicht mehr. Nutzen Sie den Link aus der neuesten E-Mail.",
)
ABGELAUFEN = Grund(
    "Die Einladung ist abgelaufen",
    "Einladungen gelten 14 Tage. Bitten Sie die Stelle, die Sie eingeladen hat, um eine neue.",
)
WIDERRUFEN = Grund(
    "Die Einladung wurde zurückgezogen",
    "Fragen Sie bei der Stelle nach, die Sie eingeladen hat.",
)
ANGENOMMEN = Grund(
    "Die Einladung ist schon angenommen",
    "Jede Einladung gilt einmal. Haben Sie sie selbst angenommen, melden Sie sich einfach an.",
)
DEAKTIVIERT = Grund(
    "Ihr Konto ist deaktiviert",
    "Mit einem deaktivierten Konto können Sie keine Einladung annehmen.",
    403,
)


class LinkGiltNicht(Exception):
    def __init__(self, grund: Grund):
        super().__init__(grund.titel)
        self.grund = grund


def lies(zeichen: str, *, um: datetime) -> Einladung:
    """The invitation that can be accepted at the moment `um`. Raises LinkGiltNicht.

    How long it may be used is said by the invitation (`gueltig_bis`), not by the link.
    """
    try:
        nummer, folge = signing.loads(zeichen, salt=SALZ)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkGiltNicht(UNBEKANNT) from None
    einladung = Einladung.objects.select_related("konto").filter(pk=nummer).first()
    if einladung is None:
        raise LinkGiltNicht(ABGELAUFEN)  # deleted some time after its end
    if grund := _hindernis(einladung, folge, um):
        raise LinkGiltNicht(grund)
    return einladung


def _hindernis(einladung, folge, um):
    if einladung.konto.deaktiviert_um:
        return DEAKTIVIERT
    if einladung.widerrufen_um:
        return WIDERRUFEN
    if einladung.angenommen_um:
        return ANGENOMMEN
    if einladung.folge != folge:
        return VERALTET
    return None if Einladung.objects.offen(um).filter(pk=einladung.pk).exists() else ABGELAUFEN
