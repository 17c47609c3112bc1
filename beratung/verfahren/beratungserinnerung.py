"""The reminder of the appointment of an advice (F3)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from asskomm.werktage import werktage_vor

from ..beratungen import vorlagen
from ..models import Beratungsanfrage, Beratungsstand
from .beratungspost import schreibe

# Working days before the appointment on which the Kommune is reminded of it.
ERINNERUNG_VORHER = 2


def zu_erinnern(heute: date) -> list[Beratungsanfrage]:
    """Those whose appointment is two working days ahead or less and was set before that."""
    menge = Beratungsanfrage.objects.filter(
        stand=Beratungsstand.GEPLANT, termin_um__date__gte=heute, erinnert_am__isnull=True
    ).select_related("kommune")
    return [anfrage for anfrage in menge if _ist_zu_erinnern(anfrage, heute)]


def _ist_zu_erinnern(anfrage, heute):
    ab = werktage_vor(timezone.localdate(anfrage.termin_um), ERINNERUNG_VORHER)
    return timezone.localdate(anfrage.geplant_um) < ab <= heute


@transaction.atomic
def erinnere(anfrage: Beratungsanfrage, *, heute: date) -> None:
    """Remind the Kommune once; nothing when the appointment was moved or cancelled meanwhile."""
    noch = Beratungsanfrage.objects.filter(
        pk=anfrage.pk, stand=Beratungsstand.GEPLANT, termin_um=anfrage.termin_um, erinnert_am=None
    )
    if noch.update(erinnert_am=heute):
        schreibe(vorlagen.TERMIN_ERINNERUNG, anfrage)
