"""When the records behind the datasets last changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Value
from django.utils import timezone

from .datensatz import AUSGEGEBEN_AM, Datensatz


def zuletzt_geaendert(datensaetze: Iterable[Datensatz]) -> dict[str, date]:
    """By dataset the day (Europe/Berlin) of the last change to its tables, with one query.

    Not before the day on which the datasets were first given out: they had no file until then.
    """
    datensaetze = list(datensaetze)
    modelle = {modell._meta.label: modell for d in datensaetze for modell in d.modelle}
    erste, *weitere = [
        modell.history.order_by()
        .annotate(tabelle=Value(name))
        .values("tabelle")
        .annotate(um=Max("history_date"))
        .values_list("tabelle", "um")
        for name, modell in modelle.items()
    ]
    je_tabelle = {
        name: timezone.localdate(um) for name, um in erste.union(*weitere, all=True) if um
    }
    return {
        datensatz.kennung: max(
            AUSGEGEBEN_AM,
            *(je_tabelle.get(m._meta.label, AUSGEGEBEN_AM) for m in datensatz.modelle),
        )
        for datensatz in datensaetze
    }
