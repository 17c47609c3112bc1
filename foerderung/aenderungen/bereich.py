"""What waits for the Kommune about money passed on, for "Mein Bereich"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges

from ..antrag.bereich import antraege
from ..models import Fassung, Foerderantrag, Weiterleitung
from ..verfahren.aenderung import MELDBAR


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """Running projects that pass money on and name nobody yet."""
    if not (zugang.darf(Befugnis.BEARBEITEN) or zugang.darf(Befugnis.ZEICHNEN)):
        return
    laufend = [antrag.pk for antrag in zugang.einmal(antraege) if antrag.status in MELDBAR]
    if not laufend:
        return
    eigene = {"antrag": OuterRef("pk")}
    spaetere = Fassung.objects.filter(antrag=OuterRef("antrag"), nummer__gt=OuterRef("nummer"))
    erklaert = Fassung.objects.filter(
        ~Exists(spaetere), inhalt__abschnitte__vorhaben__felder__weiterleitung="ja", **eigene
    )
    ohne = Foerderantrag.objects.filter(
        ~Exists(Weiterleitung.objects.filter(**eigene)), Exists(erklaert), pk__in=laufend
    )
    for antrag in ohne:
        yield Faelliges(
            f"Zum Antrag {antrag.nummer} fehlt noch, an wen Sie Mittel weiterleiten.",
            "Organisation eintragen",
            reverse("foerderung:weiterleitungen", args=[antrag.pk]),
        )
