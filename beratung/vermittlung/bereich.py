"""Requests for a coach in "Mein Bereich", and proposals that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from asskomm.formate import tag
from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges, Vorgang

from ..models import WARTEND, Antwort, Coachinganfrage, Coachvorschlag
from .worte import lage


def vorgaenge(zugang: Zugang, um: datetime) -> Iterator[Vorgang]:
    """Requests that are not settled; an engagement speaks for itself."""
    offene = Coachinganfrage.objects.filter(kommune=zugang.kommune, stand__in=WARTEND)
    for anfrage in offene.order_by("-gestellt_um"):
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
    wartende = Coachvorschlag.objects.offen().filter(
        anfrage__kommune=zugang.kommune, kommune_antwort=Antwort.OFFEN
    )
    for vorschlag in wartende.order_by("vorgeschlagen_um"):
        yield Faelliges(
            "Der Landespräventionsrat schlägt Ihrer Kommune einen Coach vor.",
            "Ansehen und antworten",
            reverse("beratung:coachvorschlag", args=[vorschlag.pk]),
        )
