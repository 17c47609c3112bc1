"""Kinds of courses and the modules they are made of."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint


class Gruppe(models.TextChoices):
    """Where somebody works; places can be kept for each group but the last."""

    KOMMUNE = "kommune", "Kommunalverwaltung"
    POLIZEI = "polizei", "Polizei"
    SOZIALES = "soziales", "Soziale Arbeit und Schule"
    ANDERE = "andere", "andere"


MIT_KONTINGENT = (Gruppe.KOMMUNE, Gruppe.POLIZEI, Gruppe.SOZIALES)


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


class Modul(models.Model):
    """One part of a Lehrgang; every cohort takes each of them on days of its own."""

    lehrgang = models.ForeignKey(
        Lehrgang, models.PROTECT, related_name="module", verbose_name="Lehrgang"
    )
    nummer = models.PositiveSmallIntegerField("Nummer")
    titel = models.CharField("Titel", max_length=150)
    inhalt = Langtext("Inhalt", max_length=2_000, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Modul"
        verbose_name_plural = "Module"
        ordering = ["lehrgang", "nummer"]
        constraints = [
            laenge_constraint("modul", "inhalt", 2_000),
            models.UniqueConstraint(
                fields=["lehrgang", "nummer"],
                name="modul_nummer_einmal",
                violation_error_message="Diese Nummer hat schon ein anderes Modul.",
            ),
            models.CheckConstraint(name="modul_nummer_ab_eins", condition=Q(nummer__gte=1)),
        ]

    def __str__(self):
        return f"Modul {self.nummer}: {self.titel}"
