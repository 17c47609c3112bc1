"""Security analyses of Kommunen (DOMAIN 5)."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from kommunen.models import Kommune
from kommunen.tatsachen import Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    LetzterTag,
    ZeitangabeField,
    reihenfolge_constraint,
    zeitangabe_constraint,
)


class AnalyseQuerySet(TatsacheQuerySet):
    def begonnen(self, stichtag):
        """Begun by the end of the day `stichtag`; what was only announced does not count."""
        return self.filter(beginn__letzter_tag__lte=stichtag).exclude(
            stand=Sicherheitsanalyse.Stand.ANGEKUENDIGT
        )


class Sicherheitsanalyse(Tatsache):
    """A security analysis of one or more Kommunen, ordered and paid by the LPR (DOMAIN 5)."""

    class Stand(models.TextChoices):
        ANGEKUENDIGT = "angekuendigt", "angekündigt"
        BEGONNEN = "begonnen", "begonnen"
        ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"

    kommunen = models.ManyToManyField(Kommune, related_name="analysen", verbose_name="Kommunen")
    bezeichnung = models.CharField("Bezeichnung", max_length=200, blank=True)
    stand = models.CharField("Stand", max_length=15, choices=Stand, default=Stand.BEGONNEN)
    beginn = ZeitangabeField(
        "Auftakt", help_text="Bei angekündigten Analysen der geplante Auftakt."
    )
    abschluss_am = ZeitangabeField("Abschlussbericht vom", null=True, blank=True)
    stichprobe = models.PositiveIntegerField("befragte Personen", null=True, blank=True)
    ruecklauf_prozent = models.DecimalField(
        "Rücklauf in Prozent", max_digits=4, decimal_places=1, null=True, blank=True
    )
    bericht_url = models.URLField("Adresse des Berichts", blank=True)
    history = HistoricalRecords(m2m_fields=[kommunen])

    objects = AnalyseQuerySet.as_manager()

    class Meta:
        verbose_name = "Sicherheitsanalyse"
        verbose_name_plural = "Sicherheitsanalysen"
        ordering = ["-beginn", "pk"]
        indexes = [models.Index(LetzterTag("beginn"), name="analyse_ab")]
        constraints = [
            *tatsache_constraints("sicherheitsanalyse"),
            zeitangabe_constraint("sicherheitsanalyse", "beginn"),
            zeitangabe_constraint("sicherheitsanalyse", "abschluss_am"),
            reihenfolge_constraint("sicherheitsanalyse", "beginn", "abschluss_am"),
            models.CheckConstraint(
                name="sicherheitsanalyse_abgeschlossen_mit_datum",
                condition=Q(stand="abgeschlossen", abschluss_am__isnull=False)
                | (~Q(stand="abgeschlossen") & Q(abschluss_am__isnull=True)),
                violation_error_message=(
                    "Eine abgeschlossene Analyse hat das Datum des Abschlussberichts, "
                    "eine andere nicht."
                ),
            ),
            models.CheckConstraint(
                name="sicherheitsanalyse_ruecklauf_prozent",
                condition=Q(ruecklauf_prozent__isnull=True)
                | Q(ruecklauf_prozent__gte=0, ruecklauf_prozent__lte=100),
                violation_error_message="Der Rücklauf liegt zwischen 0 und 100 Prozent.",
            ),
        ]

    def __str__(self):
        return self.bezeichnung or f"Sicherheitsanalyse ab {self.beginn}"
