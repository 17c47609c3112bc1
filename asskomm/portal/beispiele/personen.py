"""Who acts in the invented cases."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from asskomm.konten.models import Konto
from kommunen.models import Kommune, Mitgliedschaft, Rolle

from .gemeinsam import LEITUNG, PRUEFUNG, SACHBEARBEITUNG, konto_mit
from .konten import KONTEN


class Personen:
    """Who acts: demo accounts where a Kommune has them, else the two of the town hall."""

    def __init__(self, kennungen: set[str]):
        self.kommunen = {k.kennung: k for k in Kommune.objects.filter(kennung__in=kennungen)}
        self.sachbearbeitung = konto_mit(SACHBEARBEITUNG)
        self.pruefung = konto_mit(PRUEFUNG)
        self.leitung = konto_mit(LEITUNG)
        self._rathaus = {k.uebrige: konto_mit(k.email) for k in KONTEN if k.uebrige}

    def mit(self, rolle: Rolle, kommune: Kommune, um: datetime) -> Konto:
        """Somebody of the Kommune with the role; the person of the town hall gets it if need be."""
        aktiv = Mitgliedschaft.objects.aktiv().filter(
            kommune=kommune, rolle=rolle, konto__ist_beispiel=True
        )
        vorhanden = aktiv.order_by("pk").first()
        if vorhanden:
            return vorhanden.konto
        konto = self._rathaus[rolle]
        Mitgliedschaft.objects.create(
            konto=konto,
            kommune=kommune,
            rolle=rolle,
            gegeben_um=um,
            bestaetigt_am=timezone.localdate(um),
        )
        return konto
