"""What engagements are to a Kommune in "Mein Bereich": the cases, and what waits for the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from asskomm.formate import tag
from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges, Vorgang
from kommunen.models import Kommune

from ..models import Coachingschritt, Mandat, Mandatsstand, Sitzung, Zustaendig


def mandate(kommune: Kommune) -> list[Mandat]:
    return list(Mandat.objects.filter(coaching__kommunen=kommune))


def vorgaenge(zugang: Zugang, um: datetime) -> Iterator[Vorgang]:
    """All of them, running ones first."""
    alle = sorted(zugang.einmal(mandate), key=lambda mandat: mandat.stand != Mandatsstand.LAUFEND)
    for mandat in alle:
        yield Vorgang(
            f"Begleitung durch einen Coach seit {tag(mandat.beginn)}",
            reverse("beratung:begleitung", args=[mandat.pk]),
            mandat.stand,
            mandat.get_stand_display(),
        )


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """Sessions that nobody has opened, for everybody; open steps of the Kommune for those who tick."""
    laufende = [m.pk for m in zugang.einmal(mandate) if m.stand == Mandatsstand.LAUFEND]
    for sitzung in Sitzung.objects.ungelesen().filter(mandat__in=laufende):
        yield Faelliges(
            f"Die Niederschrift vom {tag(sitzung.am)} hat in Ihrer Kommune noch niemand geöffnet.",
            "Niederschrift lesen",
            reverse("beratung:sitzung", args=[sitzung.pk]),
        )
    if not zugang.darf(Befugnis.BEARBEITEN):
        return
    schritte = Coachingschritt.objects.offen().filter(
        sitzung__mandat__in=laufende, wer=Zustaendig.KOMMUNE
    )
    for schritt in schritte.select_related("sitzung"):
        yield Faelliges(
            f"Aus der Begleitung: {schritt.was}",
            "Schritt ansehen",
            reverse("beratung:begleitung", args=[schritt.sitzung.mandat_id]) + "#schritte",
            schritt.bis,
        )
