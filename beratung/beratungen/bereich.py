"""Advice in "Mein Bereich": the open request, its appointment, agreed steps that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from asskomm.formate import zeitpunkt
from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges, Vorgang

from ..models import Beratungsschritt
from .lage import offene_anfrage

# How long before its day an agreed step is named.
SCHRITT_VORHER = timedelta(days=30)


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """For those who prepare: the appointment ahead, agreed steps whose day comes or has passed."""
    if not zugang.darf(Befugnis.BEARBEITEN):
        return
    kennung = zugang.kommune.kennung
    anfrage = zugang.einmal(offene_anfrage)
    if anfrage and anfrage.termin_um and anfrage.termin_um > um:
        yield Faelliges(
            f"Die Geschäftsstelle berät Ihre Kommune am {zeitpunkt(anfrage.termin_um)}, "
            f"{anfrage.get_termin_form_display()}.",
            "Termin ansehen",
            reverse("beratung:beratungsanfrage", args=[kennung, anfrage.pk]),
        )
    bald = timezone.localdate(um) + SCHRITT_VORHER
    for schritt in Beratungsschritt.objects.faellig_bis(bald).filter(
        beratung__kommune=zugang.kommune
    ):
        yield Faelliges(
            f"In der Beratung vereinbart: {schritt}.",
            "Vereinbarte Schritte ansehen",
            f"{reverse('beratung:beratungen', args=[kennung])}#schritt-{schritt.pk}",
            schritt.bis,
        )


def vorgaenge(zugang: Zugang, um: datetime) -> Iterator[Vorgang]:
    """The open request, for everybody of the Kommune."""
    if anfrage := zugang.einmal(offene_anfrage):
        yield Vorgang(
            "Beratung durch den Landespräventionsrat",
            reverse("beratung:beratungsanfrage", args=[zugang.kommune.kennung, anfrage.pk]),
            anfrage.stand,
            anfrage.get_stand_display(),
        )
