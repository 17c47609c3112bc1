"""What pages of accounts say about roles in Kommunen."""

from __future__ import annotations

from collections.abc import Iterator

from asskomm.konten import auskunft
from asskomm.konten.models import Einladung, Konto

from ..models import Mitgliedschaft


def zwecke(einladung: Einladung) -> Iterator[str]:
    """E.g. „Bearbeitung für Stadt Zwickau“, for roles that have not ended since."""
    laufend = Mitgliedschaft.objects.laufend().filter(einladung=einladung)
    yield from map(str, laufend.select_related("kommune").order_by("kommune__name", "rolle"))


def rollen(konto: Konto) -> Iterator[str]:
    aktiv = Mitgliedschaft.objects.aktiv().filter(konto=konto)
    yield from map(str, aktiv.select_related("kommune").order_by("kommune__name", "rolle"))


auskunft.nenne_zwecke(zwecke)
auskunft.nenne_rollen(rollen)
