"""The Beccaria qualification: courses, cohorts and who took part."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune
from kommunen.tatsachen import Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    Jahrestag,
    LetzterTag,
    ZeitangabeField,
    reihenfolge_constraint,
    zeitangabe_constraint,
)


class Lehrgang(models.Model):
    """A kind of course, such as the qualification "Fachkraft für Kriminalprävention"."""

    kuerzel = models.SlugField("Kürzel", max_length=40, unique=True)
    name = models.CharField("Name", max_length=200)
    abschluss = models.CharField("Abschluss", max_length=200, blank=True)
    traeger = models.CharField("Träger", max_length=200)
    beschreibung = Langtext("Beschreibung", max_length=5_000, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Lehrgang"
        verbose_name_plural = "Lehrgänge"
        ordering = ["name"]
        constraints = [laenge_constraint("lehrgang", "beschreibung", 5_000)]

    def __str__(self):
        return self.name


class DurchgangQuerySet(TatsacheQuerySet):
    def nicht_abgerechnet(self, am):
        """Over by the end of the day `am`, with people who neither finished nor left."""
        return self.filter(
            models.Exists(Teilnahme.objects.offen().filter(durchgang=models.OuterRef("pk"))),
            ende__letzter_tag__lte=am,
        )


class Durchgang(Tatsache):
    """One cohort of a Lehrgang from its first to its last day."""

    lehrgang = models.ForeignKey(
        Lehrgang, models.PROTECT, related_name="durchgaenge", verbose_name="Lehrgang"
    )
    bezeichnung = models.CharField("Bezeichnung", max_length=150)
    beginn = ZeitangabeField("Beginn")
    ende = ZeitangabeField("Ende", null=True, blank=True)
    plaetze = models.PositiveSmallIntegerField("Plätze", null=True, blank=True)
    history = HistoricalRecords()

    objects = DurchgangQuerySet.as_manager()

    class Meta:
        verbose_name = "Durchgang"
        verbose_name_plural = "Durchgänge"
        ordering = ["-beginn", "pk"]
        constraints = [
            *tatsache_constraints("durchgang"),
            zeitangabe_constraint("durchgang", "beginn"),
            zeitangabe_constraint("durchgang", "ende"),
            reihenfolge_constraint("durchgang", "beginn", "ende"),
            models.UniqueConstraint(
                fields=["lehrgang", "bezeichnung"],
                name="durchgang_bezeichnung_einmal",
                violation_error_message="Diesen Durchgang gibt es schon.",
            ),
        ]

    def __str__(self):
        return f"{self.lehrgang}: {self.bezeichnung}"


class TeilnahmeQuerySet(models.QuerySet):
    def oeffentlich(self):
        """Those of published cohorts; they are counted, never shown one by one by name."""
        return self.filter(durchgang__in=Durchgang.objects.oeffentlich())

    def offen(self):
        """Neither finished nor broken off."""
        return self.filter(abgeschlossen_am__isnull=True, abgebrochen_am__isnull=True)

    def abgeschlossen(self, stichtag):
        """Finished with the certificate by the end of the day `stichtag`."""
        return self.filter(abgeschlossen_am__letzter_tag__lte=stichtag)

    def begonnen_im_jahr(self, jahr, stichtag):
        """Begun in the calendar year `jahr` and by the end of the day `stichtag`."""
        return self.filter(
            begonnen_am__letzter_tag__range=(Jahrestag(jahr, 1, 1), Jahrestag(jahr, 12, 31)),
            begonnen_am__letzter_tag__lte=stichtag,
        )


class Teilnahme(models.Model):
    """One person's way through a cohort, kept without the person's name.

    Figures and the Kommune pages need no more than where somebody comes from and how far
    they got.
    """

    class Gruppe(models.TextChoices):
        KOMMUNE = "kommune", "Kommunalverwaltung"
        POLIZEI = "polizei", "Polizei"
        SOZIALES = "soziales", "Soziale Arbeit und Schule"
        ANDERE = "andere", "andere"

    durchgang = models.ForeignKey(
        Durchgang, models.PROTECT, related_name="teilnahmen", verbose_name="Durchgang"
    )
    kommune = models.ForeignKey(
        Kommune,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teilnahmen",
        verbose_name="Kommune des Arbeitsorts",
    )
    gruppe = models.CharField("Gruppe", max_length=10, choices=Gruppe)
    begonnen_am = ZeitangabeField("begonnen am")
    abgeschlossen_am = ZeitangabeField("mit Zertifikat abgeschlossen am", null=True, blank=True)
    abgebrochen_am = ZeitangabeField("abgebrochen am", null=True, blank=True)
    history = HistoricalRecords()

    objects = TeilnahmeQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnahme"
        verbose_name_plural = "Teilnahmen"
        ordering = ["durchgang", "pk"]
        indexes = [
            models.Index(LetzterTag("abgeschlossen_am"), name="teilnahme_abgeschlossen"),
            models.Index(LetzterTag("begonnen_am"), name="teilnahme_begonnen"),
        ]
        constraints = [
            zeitangabe_constraint("teilnahme", "begonnen_am"),
            zeitangabe_constraint("teilnahme", "abgeschlossen_am"),
            zeitangabe_constraint("teilnahme", "abgebrochen_am"),
            reihenfolge_constraint("teilnahme", "begonnen_am", "abgeschlossen_am"),
            reihenfolge_constraint("teilnahme", "begonnen_am", "abgebrochen_am"),
            models.CheckConstraint(
                name="teilnahme_abgeschlossen_oder_abgebrochen",
                condition=Q(abgeschlossen_am__isnull=True) | Q(abgebrochen_am__isnull=True),
                violation_error_message="Eine Teilnahme ist abgeschlossen oder abgebrochen, nicht beides.",
            ),
        ]

    def __str__(self):
        return f"Teilnahme {self.pk} in {self.durchgang}"
