"""Who declared a conflict of interest in a case reads nothing about it in the log either (F13)."""

from __future__ import annotations

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from asskomm.konten.models import Konto
from asskomm.protokoll.ausnahmen import Ausnahme, nimmt_aus

from .models import (
    Aenderungsentscheidung,
    Anlage,
    Befangenheit,
    Entscheidung,
    Foerderantrag,
)

# What entries are about, each with the path to its case.
ZUM_FALL = {
    Foerderantrag: "pk",
    Anlage: "antrag",
    Entscheidung: "antrag",
    Aenderungsentscheidung: "aenderung__antrag",
}
WORT = "Einträge zu Förderanträgen, zu denen Sie Befangenheit erklärt haben"


@nimmt_aus
def in_eigener_sache(konto: Konto) -> Ausnahme | None:
    faelle = list(Befangenheit.objects.filter(konto=konto).values_list("antrag", flat=True))
    if not faelle:
        return None
    bedingung = Q()
    for modell, weg in ZUM_FALL.items():
        nummern = modell.objects.filter(**{f"{weg}__in": faelle}).values_list(
            Cast("pk", CharField()), flat=True
        )
        bedingung |= Q(gegenstand_art=modell._meta.label_lower, gegenstand_nummer__in=nummern)
    return Ausnahme(bedingung, WORT)
