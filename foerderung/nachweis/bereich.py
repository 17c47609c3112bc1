"""What waits for the Kommune about its proofs of use, for "Mein Bereich"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges

from ..antrag.bereich import antraege
from ..models import Status, Verwendungsnachweis
from ..verfahren.nachweis import ist_bereit
from .grundlagen import bewilligungen


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """Proofs to sign, to complete, or to write once the approved period is over."""
    bearbeitet, zeichnet = zugang.darf(Befugnis.BEARBEITEN), zugang.darf(Befugnis.ZEICHNEN)
    laufende = {a.pk: a for a in zugang.einmal(antraege) if a.status == Status.IN_DURCHFUEHRUNG}
    if not laufende or not (bearbeitet or zeichnet):
        return
    heute, grundlagen = timezone.localdate(um), bewilligungen(laufende.values())
    entwuerfe = Verwendungsnachweis.objects.filter(antrag__in=laufende).in_bulk(
        field_name="antrag_id"
    )
    for pk, antrag in laufende.items():
        grundlage, entwurf = grundlagen.get(pk), entwuerfe.get(pk)
        if grundlage is None:
            continue
        wohin = reverse("foerderung:nachweis", args=[pk])
        bis = (entwurf and entwurf.ergaenzen_bis) or grundlage.nachweis_bis
        if entwurf and ist_bereit(entwurf):
            if zeichnet and entwurf.bereit_von_id != zugang.konto.pk:
                satz = (
                    f"Der Verwendungsnachweis zum Antrag {antrag.nummer} wartet auf Ihre Zeichnung."
                )
                yield Faelliges(satz, "Lesen und zeichnen", wohin, bis)
        elif entwurf and entwurf.ergaenzen_bis and bearbeitet:
            satz = f"Der Verwendungsnachweis zum Antrag {antrag.nummer} ist zu ergänzen."
            yield Faelliges(satz, "Verwendungsnachweis ergänzen", wohin, bis)
        elif bearbeitet and grundlage.bis < heute:
            satz = f"Zum Antrag {antrag.nummer} fehlt der Verwendungsnachweis."
            yield Faelliges(satz, "Verwendungsnachweis schreiben", wohin, bis)
