"""Drafts and cases of a Kommune in "Mein Bereich", and which of them wait for the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from beratung.models import Empfehlungsstand
from kommunen.befugnisse import Befugnis, Zugang
from kommunen.bereich import Faelliges, Vorgang

from ..kenntnis import mit_bescheiden
from ..models import UNEINGEREICHT, Aufgriff, Foerderantrag, Nachforderung, Rueckgabe, Status
from ..verfahren.zeichnung import ist_bereit
from . import frist, worte
from .adressen import adresse
from .rahmen import OHNE_TITEL


def vorgaenge(zugang: Zugang, um: datetime) -> Iterator[Vorgang]:
    """All of them, those changed last first."""
    heute = timezone.localdate(um)
    eigene = Foerderantrag.objects.filter(kommune=zugang.kommune).order_by("-geaendert_um")
    for antrag in mit_bescheiden(eigene):
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
    offen = (
        Foerderantrag.objects.filter(kommune=zugang.kommune, status__in=UNEINGEREICHT)
        .select_related("runde")
        .prefetch_related("verlaengerungen")
        .annotate(abgelehnt=Exists(Rueckgabe.objects.filter(antrag=OuterRef("pk"))))
    )
    for antrag in offen:
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
    offen = Nachforderung.objects.offen().filter(
        antrag__kommune=zugang.kommune, antrag__status=Status.NACHFORDERUNG
    )
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
    zu_ende = Aufgriff.objects.filter(
        antrag__kommune=zugang.kommune,
        antrag__status=Status.IN_DURCHFUEHRUNG,
        antrag__durchfuehrung_bis__lt=heute,
        empfehlung__stand=Empfehlungsstand.FOERDERUNG,
    )
    for aufgriff in zu_ende.select_related("antrag", "empfehlung__analyse"):
        empfehlung = aufgriff.empfehlung
        yield Faelliges(
            f"Das Vorhaben „{aufgriff.antrag.titel}“ ist zu Ende. Ist die {empfehlung.bezeichnung} "
            "damit erledigt?",
            "Stand der Empfehlung festhalten",
            reverse("beratung:empfehlung", args=[zugang.kommune.kennung, empfehlung.pk]),
        )
