"""Advice of the LPR: what a Kommune asks for, and what was held."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune
from kommunen.tatsachen import Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import LetzterTag, ZeitangabeField, zeitangabe_constraint


class BeratungQuerySet(TatsacheQuerySet):
    def bis(self, stichtag):
        """Held by the end of the day `stichtag`."""
        return self.filter(am__letzter_tag__lte=stichtag)


class Beratung(Tatsache):
    """An advice given by the LPR to one Kommune."""

    class Form(models.TextChoices):
        VOR_ORT = "vor_ort", "vor Ort"
        VIDEO = "video", "per Videokonferenz"
        TELEFON = "telefon", "am Telefon"
        VERANSTALTUNG = "veranstaltung", "bei einer Veranstaltung"

    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="beratungen", verbose_name="Kommune"
    )
    am = ZeitangabeField("Datum")
    form = models.CharField("Form", max_length=15, choices=Form, blank=True)
    thema = Langtext("Themen", max_length=5_000, blank=True)
    teilnehmende = Langtext(
        "Teilnehmende nach Funktion",
        max_length=5_000,
        blank=True,
        help_text="Funktionen, keine Namen.",
    )
    history = HistoricalRecords()

    objects = BeratungQuerySet.as_manager()

    class Meta:
        verbose_name = "Beratung"
        verbose_name_plural = "Beratungen"
        ordering = ["-am", "pk"]
        indexes = [models.Index(LetzterTag("am"), name="beratung_ab")]
        constraints = [
            *tatsache_constraints("beratung"),
            zeitangabe_constraint("beratung", "am"),
            laenge_constraint("beratung", "thema", 5_000),
            laenge_constraint("beratung", "teilnehmende", 5_000),
        ]

    def __str__(self):
        return f"Beratung {self.kommune} ({self.am})"


class BeratungsanfrageQuerySet(models.QuerySet):
    def offen(self):
        return self.filter(erledigt_um__isnull=True)


class Beratungsanfrage(models.Model):
    """A Kommune asks for the advice that must come before an application (F3)."""

    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="beratungsanfragen", verbose_name="Kommune"
    )
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    anliegen = Langtext("Anliegen", max_length=2_000)
    gestellt_um = models.DateTimeField("gestellt", editable=False)
    gestellt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="gestellt von",
    )
    erledigt_um = models.DateTimeField("erledigt", null=True, blank=True, editable=False)
    erledigt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="erledigt von",
    )

    objects = BeratungsanfrageQuerySet.as_manager()

    class Meta:
        verbose_name = "Anfrage nach Beratung"
        verbose_name_plural = "Anfragen nach Beratung"
        ordering = ["-gestellt_um"]
        default_permissions = ["view", "change"]
        constraints = [
            laenge_constraint("beratungsanfrage", "anliegen", 2_000),
            models.UniqueConstraint(
                fields=["kommune"],
                condition=Q(erledigt_um__isnull=True),
                name="beratungsanfrage_eine_offen",
                violation_error_message="Ihre Kommune hat schon eine Beratung angefragt.",
            ),
        ]

    def __str__(self):
        return f"Beratung für {self.kommune}"
