"""Drafts and cases of a Kommune in "Mein Bereich", and which of them wait for the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from beratung.models import Empfehlungsstand
from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges, Vorgang
from kommunen.models import Kommune

from ..aufgriffe import ist_zu_ende
from ..kenntnis import mit_bescheiden
from ..models import UNEINGEREICHT, Aufgriff, Foerderantrag, Nachforderung, Rueckgabe, Status
from ..verfahren.zeichnung import ist_bereit
from . import frist, worte
from .adressen import adresse
from .rahmen import OHNE_TITEL


def antraege(kommune: Kommune) -> list[Foerderantrag]:
    """All of the Kommune, those changed last first; `abgelehnt` if one was not signed."""
    return list(
        mit_bescheiden(Foerderantrag.objects.filter(kommune=kommune))
        .select_related("runde")
        .annotate(abgelehnt=Exists(Rueckgabe.objects.filter(antrag=OuterRef("pk"))))
        .order_by("-geaendert_um")
    )


def vorgaenge(zugang: Zugang, um: datetime) -> Iterator[Vorgang]:
    heute = timezone.localdate(um)
    for antrag in zugang.einmal(antraege):
        lage = worte.lage(antrag, heute)
        yield Vorgang(
            " · ".join(filter(None, [antrag.nummer, antrag.titel or OHNE_TITEL])),
            antrag.get_absolute_url(),
            lage.zustand,
            lage.wort,
            ist_entwurf=antrag.status in UNEINGEREICHT,
        )


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    if not (zugang.darf(Befugnis.BEARBEITEN) or zugang.darf(Befugnis.ZEICHNEN)):
        return
    yield from _vor_der_frist(zugang, um)
    yield from _nachforderungen(zugang)
    if zugang.darf(Befugnis.BEARBEITEN):
        yield from _erledigte_empfehlungen(zugang, timezone.localdate(um))


def _vor_der_frist(zugang, um):
    """Drafts, declined ones too, for those who write; applications to sign for those who sign."""
    entwuerfe = [antrag for antrag in zugang.einmal(antraege) if antrag.status in UNEINGEREICHT]
    prefetch_related_objects(entwuerfe, "verlaengerungen")
    for antrag in entwuerfe:
        if not frist.ist_offen(antrag, um):
            continue
        titel, bis = antrag.titel or OHNE_TITEL, frist.letzter_tag(antrag)
        if antrag.abgelehnt and zugang.darf(Befugnis.BEARBEITEN):
            satz = f"Der Antrag „{titel}“ wurde nicht gezeichnet und ist wieder ein Entwurf."
            yield Faelliges(satz, "Gründe ansehen", adresse(antrag, "pruefen"), bis)
        elif antrag.status == Status.ENTWURF and zugang.darf(Befugnis.BEARBEITEN):
            satz = f"Der Entwurf „{titel}“ ist noch nicht eingereicht."
            yield Faelliges(satz, "Weiter bearbeiten", antrag.get_absolute_url(), bis)
        elif antrag.status == Status.IN_ZEICHNUNG and _soll_zeichnen(antrag, zugang):
            satz = f"Der Antrag „{titel}“ wartet auf Ihre Zeichnung."
            wohin = reverse("foerderung:antrag-zeichnen", args=[antrag.pk])
            yield Faelliges(satz, "Lesen und zeichnen", wohin, bis)


def _soll_zeichnen(antrag, zugang):
    return zugang.darf(Befugnis.ZEICHNEN) and antrag.zur_zeichnung_von_id != zugang.konto.pk


def _nachforderungen(zugang):
    bearbeitet, zeichnet = zugang.darf(Befugnis.BEARBEITEN), zugang.darf(Befugnis.ZEICHNEN)
    gefordert = [a.pk for a in zugang.einmal(antraege) if a.status == Status.NACHFORDERUNG]
    offen = Nachforderung.objects.offen().filter(antrag__in=gefordert)
    for nachforderung in offen.select_related("antrag"):
        antrag = nachforderung.antrag
        zu_zeichnen = zeichnet and ist_bereit(antrag, nachforderung)
        if bearbeitet or (zu_zeichnen and nachforderung.bereit_von_id != zugang.konto.pk):
            yield Faelliges(
                f"Zum Antrag {antrag.nummer} fordert die Geschäftsstelle etwas nach.",
                "Nachforderung beantworten",
                reverse("foerderung:antrag-nachforderung", args=[antrag.pk]),
                nachforderung.frist,
            )


def _erledigte_empfehlungen(zugang, heute):
    """A project is over: is what it took up done?"""
    zu_ende = [a.pk for a in zugang.einmal(antraege) if ist_zu_ende(a, heute)]
    in_foerderung = Aufgriff.objects.filter(
        antrag__in=zu_ende, empfehlung__stand=Empfehlungsstand.FOERDERUNG
    )
    for aufgriff in in_foerderung.select_related("antrag", "empfehlung__analyse"):
        empfehlung = aufgriff.empfehlung
        yield Faelliges(
            f"Das Vorhaben „{aufgriff.antrag.titel}“ ist zu Ende. Ist die {empfehlung.bezeichnung} "
            "damit erledigt?",
            "Stand der Empfehlung festhalten",
            reverse("beratung:empfehlung", args=[zugang.kommune.kennung, empfehlung.pk]),
        )
