"""Own notes of coaches: nobody else reads them, and they go with the access of their writer (F36)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import ZUGANG_DANACH, Einsatz, Niederschrift, Stufe


def mit_ende() -> QuerySet[Niederschrift]:
    """Own notes whose writer is no longer assigned; `frist_tag` is the last day of it.

    What somebody wrote without an assignment counts from the end of the engagement.
    """
    einsaetze = Einsatz.objects.filter(
        mandat=OuterRef("sitzung__mandat"), coach__konto=OuterRef("verfasst_von")
    )
    letzter = einsaetze.order_by("-bis").values("bis")[:1]
    return (
        Niederschrift.objects.filter(stufe=Stufe.EIGEN)
        .exclude(Exists(einsaetze.laufend()))
        .annotate(frist_tag=Coalesce(Subquery(letzter), F("sitzung__mandat__beendet_am")))
        .filter(frist_tag__isnull=False)
    )


def ohne_zugang(am: date) -> QuerySet[Niederschrift]:
    """Own notes that their writer can no longer read on the day `am`."""
    return mit_ende().filter(frist_tag__lt=am - ZUGANG_DANACH)
