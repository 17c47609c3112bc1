"""Attendance by day, modules taken elsewhere, and the project work (F42)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .anmeldung import Anmeldung
from .durchgang import Durchgang, Kurstag
from .lehrgang import Modul


def _konto(bezeichnung):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=bezeichnung,
    )


class Nachholung(models.Model):
    """A module that somebody takes with a later cohort; it keeps counting for the own one."""

    anmeldung = models.ForeignKey(
        Anmeldung, models.CASCADE, related_name="nachholungen", verbose_name="Person"
    )
    durchgang = models.ForeignKey(
        Durchgang, models.PROTECT, related_name="gaeste", verbose_name="mit dem Durchgang"
    )
    modul = models.ForeignKey(Modul, models.PROTECT, related_name="+", verbose_name="Modul")
    vereinbart_um = models.DateTimeField("vereinbart", editable=False)
    vereinbart_von = _konto("vereinbart von")

    class Meta:
        verbose_name = "nachgeholtes Modul"
        verbose_name_plural = "nachgeholte Module"
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["anmeldung", "durchgang", "modul"],
                name="nachholung_einmal",
                violation_error_message="Das ist schon vereinbart.",
            )
        ]

    def __str__(self):
        return f"{self.modul} mit {self.durchgang}"


class AnwesenheitQuerySet(models.QuerySet):
    def anwesend(self):
        return self.filter(stand=Anwesenheit.Stand.ANWESEND)


class Anwesenheit(models.Model):
    """Whether somebody admitted was there on a day; who wrote it down is in the history."""

    class Stand(models.TextChoices):
        ANWESEND = "anwesend", "anwesend"
        ENTSCHULDIGT = "entschuldigt", "entschuldigt"
        GEFEHLT = "gefehlt", "gefehlt"

    anmeldung = models.ForeignKey(
        Anmeldung, models.CASCADE, related_name="anwesenheiten", verbose_name="Person"
    )
    kurstag = models.ForeignKey(
        Kurstag, models.PROTECT, related_name="anwesenheiten", verbose_name="Kurstag"
    )
    stand = models.CharField("Stand", max_length=15, choices=Stand)
    history = HistoricalRecords()

    objects = AnwesenheitQuerySet.as_manager()

    class Meta:
        verbose_name = "Anwesenheit"
        verbose_name_plural = "Anwesenheiten"
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["anmeldung", "kurstag"], name="anwesenheit_einmal_am_tag"
            ),
            models.CheckConstraint(
                name="anwesenheit_stand_bekannt",
                condition=Q(stand__in=["anwesend", "entschuldigt", "gefehlt"]),
            ),
        ]

    def __str__(self):
        return f"{self.get_stand_display()} am {self.kurstag}"


class Projektarbeit(models.Model):
    """The project work of module 4: what it is about, and that it was accepted."""

    anmeldung = models.OneToOneField(
        Anmeldung, models.CASCADE, related_name="projektarbeit", verbose_name="Person"
    )
    thema = Langtext("Thema", max_length=500)
    angenommen_am = models.DateField("angenommen am")
    erfasst_von = _konto("erfasst von")

    class Meta:
        verbose_name = "Projektarbeit"
        verbose_name_plural = "Projektarbeiten"
        default_permissions = []
        constraints = [
            laenge_constraint("projektarbeit", "thema", 500),
            spanne_constraint("projektarbeit", "angenommen_am", ab=FREISTAAT_SEIT),
        ]

    def __str__(self):
        return self.thema
