"""What pages of accounts say about coaches and those who coordinate them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from asskomm.konten import auskunft
from asskomm.konten.models import Einladung, Konto

from ..befugnisse import ist_coach, koordiniert
from ..models import Coach


def zwecke(einladung: Einladung) -> Iterator[str]:
    if Coach.objects.filter(einladung=einladung).exists():
        yield "Begleitung von Kommunen als Coach"


def rollen(konto: Konto) -> Iterator[str]:
    if ist_coach(konto):
        yield "Coach"


def wege(konto: Konto) -> Iterator[tuple[str, str]]:
    """No staff of the LPR is a coach, so nothing is asked for them."""
    if koordiniert(konto):
        yield "Beratung", reverse("beratung:beratung-arbeitsvorrat")
        yield "Coaching", reverse("beratung:tafel")
    elif not konto.is_staff and ist_coach(konto):
        yield "Meine Begleitungen", reverse("beratung:begleitungen")


auskunft.nenne_zwecke(zwecke)
auskunft.nenne_rollen(rollen)
auskunft.nenne_wege(wege)
