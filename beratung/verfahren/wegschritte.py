"""What was agreed in an advice: the Kommune ticks its steps off (F3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht
from kommunen.befugnisse import Befugnis, darf

from .. import handlungen
from ..models import Beratungsschritt


@transaction.atomic
def hake_ab(schritt: Beratungsschritt, *, durch: Konto, um: datetime) -> None:
    """The Kommune has done an agreed step; a second click changes nothing."""
    _verlange_bearbeitung(schritt, durch)
    schritt = Beratungsschritt.objects.select_for_update().get(pk=schritt.pk)
    if schritt.erledigt_um is None:
        schritt.erledigt_um, schritt.erledigt_von = um, durch
        schritt.save()
        protokolliere(handlungen.WEGSCHRITT_ERLEDIGT, schritt, durch=durch)


@transaction.atomic
def oeffne_schritt(schritt: Beratungsschritt, *, durch: Konto) -> None:
    """Take the tick back; a second click changes nothing."""
    _verlange_bearbeitung(schritt, durch)
    schritt = Beratungsschritt.objects.select_for_update().get(pk=schritt.pk)
    if schritt.erledigt_um is not None:
        schritt.erledigt_um = schritt.erledigt_von = None
        schritt.save()
        protokolliere(handlungen.WEGSCHRITT_OFFEN, schritt, durch=durch)


def _verlange_bearbeitung(schritt, durch):
    if not darf(durch, Befugnis.BEARBEITEN, schritt.beratung.kommune):
        raise KeinRecht("Schritte hakt eine Person mit der Rolle Bearbeitung ab.")
