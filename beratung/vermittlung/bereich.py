"""Requests for a coach in "Mein Bereich", and proposals that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from asskomm.formate import tag
from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges, Vorgang
from kommunen.models import Kommune

from ..models import WARTEND, Antwort, Coachinganfrage, Coachvorschlag
from .worte import lage


def wartende(kommune: Kommune) -> list[Coachinganfrage]:
    """Requests that are not settled, the newest first."""
    offene = Coachinganfrage.objects.filter(kommune=kommune, stand__in=WARTEND)
    return list(offene.order_by("-gestellt_um"))


def vorgaenge(zugang: Zugang, um: datetime) -> Iterator[Vorgang]:
    """Requests that are not settled; an engagement speaks for itself."""
    for anfrage in zugang.einmal(wartende):
        stand = lage(anfrage)
        yield Vorgang(
            f"Anfrage nach Coaching vom {tag(anfrage.gestellt_um)}",
            reverse("beratung:coachinganfrage", args=[anfrage.pk]),
            stand.zustand,
            stand.wort,
        )


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    if not zugang.darf(Befugnis.BEARBEITEN):
        return
    vorschlaege = Coachvorschlag.objects.offen().filter(
        anfrage__in=[anfrage.pk for anfrage in zugang.einmal(wartende)],
        kommune_antwort=Antwort.OFFEN,
    )
    for vorschlag in vorschlaege.order_by("vorgeschlagen_um"):
        yield Faelliges(
            "Der Landespräventionsrat schlägt Ihrer Kommune einen Coach vor.",
            "Ansehen und antworten",
            reverse("beratung:coachvorschlag", args=[vorschlag.pk]),
        )
