"""Grants under the RL Kommunale Prävention."""

from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Sum
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune
from kommunen.suchvektor import Suchvektor
from kommunen.tatsachen import Herkunft, Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    LetzterTag,
    ZeitangabeField,
    reihenfolge_constraint,
    zeitangabe_constraint,
)

from .bescheid import Bescheid


class ZuwendungQuerySet(TatsacheQuerySet):
    def bewilligt(self, stichtag):
        """In force at the end of the day `stichtag`: granted by then, not yet changed or revoked."""
        return self.filter(
            Q(gilt_ab__isnull=True) | Q(gilt_ab__lte=stichtag),
            Q(beendet_am__isnull=True) | Q(beendet_am__gt=stichtag),
            bewilligt_am__letzter_tag__lte=stichtag,
        )

    def summe_euro(self) -> Decimal:
        """The sum of the known amounts; grants whose amount no source names add nothing."""
        return self.aggregate(summe=Sum("betrag_euro"))["summe"] or Decimal("0.00")


class Zuwendung(Tatsache):
    """A grant to a Kommune: the outcome of a case, whether decided here or known from a source.

    Only records taken over from published sources may lack the amount. What is decided here
    comes with its `bescheid`, and `verfahren` alone writes it. A change is a further record with
    the same `bewilligt_am`: the old one ends and the new one counts from the day on which the
    notice of the change is known, so that every figure of an earlier day stays as it was. A
    revoked one ends and has no successor; a change that never counted ends on its first day.
    """

    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="zuwendungen", verbose_name="Zuwendungsempfängerin"
    )
    bescheid = models.OneToOneField(
        Bescheid,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="zuwendung",
        verbose_name="Bescheid",
    )
    titel = models.CharField("Vorhaben", max_length=200)
    kurzbeschreibung = Langtext("Kurzbeschreibung", max_length=5_000, blank=True)
    foerderjahr = models.PositiveSmallIntegerField("Förderjahr")
    betrag_euro = models.DecimalField(
        "Zuwendung in Euro", max_digits=12, decimal_places=2, null=True, blank=True
    )
    bewilligt_am = ZeitangabeField("bewilligt am")
    gilt_ab = models.DateField(
        "in dieser Höhe seit",
        null=True,
        blank=True,
        editable=False,
        help_text="Nur nach einer Änderung; sonst gilt die Zuwendung ab der Bewilligung.",
    )
    beendet_am = models.DateField(
        "geändert oder widerrufen am",
        null=True,
        blank=True,
        editable=False,
        help_text="Von diesem Tag an zählt sie nicht mehr.",
    )
    durchfuehrung_von = ZeitangabeField("Durchführung von", null=True, blank=True)
    durchfuehrung_bis = ZeitangabeField("Durchführung bis", null=True, blank=True)
    suchvektor = Suchvektor(a=["titel"], b=["kurzbeschreibung"])
    history = HistoricalRecords(excluded_fields=["suchvektor"])

    objects = ZuwendungQuerySet.as_manager()

    class Meta:
        verbose_name = "Zuwendung"
        verbose_name_plural = "Zuwendungen"
        ordering = ["-foerderjahr", "pk"]
        indexes = [
            models.Index(LetzterTag("bewilligt_am"), name="zuwendung_ab"),
            models.Index(fields=["foerderjahr"], name="zuwendung_foerderjahr"),
            GinIndex(fields=["suchvektor"], name="zuwendung_suchvektor"),
        ]
        constraints = [
            *tatsache_constraints("zuwendung"),
            laenge_constraint("zuwendung", "kurzbeschreibung", 5_000),
            zeitangabe_constraint("zuwendung", "bewilligt_am"),
            zeitangabe_constraint("zuwendung", "durchfuehrung_von"),
            zeitangabe_constraint("zuwendung", "durchfuehrung_bis"),
            reihenfolge_constraint("zuwendung", "durchfuehrung_von", "durchfuehrung_bis"),
            models.CheckConstraint(
                name="zuwendung_betrag_bekannt_und_positiv",
                # Without the first part an unknown amount would pass: NULL > 0 is no refusal.
                condition=Q(betrag_euro__isnull=False, betrag_euro__gt=0)
                | Q(betrag_euro__isnull=True, herkunft=Herkunft.PROGRAMMDATEN),
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
            models.CheckConstraint(
                name="zuwendung_ende_nach_beginn",
                condition=Q(gilt_ab__isnull=True)
                | Q(beendet_am__isnull=True)
                | Q(beendet_am__gte=F("gilt_ab")),
            ),
            models.CheckConstraint(
                name="zuwendung_foerderjahr_ab_2018",
                condition=Q(foerderjahr__gte=2018, foerderjahr__lte=2199),
                violation_error_message="Die Richtlinie gibt es seit 2018. Prüfen Sie das Förderjahr.",
            ),
        ]

    def __str__(self):
        return f"{self.titel} ({self.kommune}, {self.foerderjahr})"
