"""The base rate of § 247 BGB, one row for each half-year; interest on recoveries rests on it (F24)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asskomm.monate import monate_nach
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .entscheidung import Entscheidung
from .rueckforderung import Rueckforderung


class Basiszins(models.Model):
    """What the Deutsche Bundesbank announced for the half-year that begins on the day `ab`.

    It may be negative. There is no row for a half-year whose rate is not known: then no interest
    is computed.
    """

    ab = models.DateField(
        "gilt ab",
        unique=True,
        help_text="Erster Tag des Halbjahres: 1. Januar oder 1. Juli.",
        error_messages={"unique": "Für dieses Halbjahr ist schon ein Basiszinssatz erfasst."},
    )
    prozent = models.DecimalField(
        "Basiszinssatz in Prozent",
        max_digits=5,
        decimal_places=2,
        help_text="Mit zwei Stellen, zum Beispiel 1,27. Er kann unter 0 liegen.",
        # No rate since 2002 was outside of -0.88 to 3.62; this keeps out a misplaced comma.
        validators=[MinValueValidator(-20), MaxValueValidator(20)],
    )
    quelle = models.CharField("Quelle", max_length=500)
    bestaetigt = models.BooleanField(
        "bestätigt",
        default=False,
        help_text="Jemand hat den Satz in der Bekanntmachung der Bundesbank nachgelesen.",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Basiszinssatz"
        verbose_name_plural = "Basiszinssätze"
        ordering = ["-ab"]
        constraints = [
            spanne_constraint("basiszins", "ab", ab=FREISTAAT_SEIT),
            models.CheckConstraint(
                name="basiszins_halbjahr",
                condition=Q(ab__day=1, ab__month__in=[1, 7]),
                violation_error_message="Ein Basiszinssatz gilt ab dem 1. Januar oder 1. Juli.",
            ),
            models.CheckConstraint(
                name="basiszins_moeglich",
                condition=Q(prozent__gte=-20, prozent__lte=20),
                violation_error_message="Der Satz liegt zwischen -20 und 20 Prozent.",
            ),
        ]

    def __str__(self):
        return f"Basiszinssatz ab {self.ab:%d.%m.%Y}"

    def ist_verwendet(self) -> bool:
        """Whether the interest of an approved claim rests on it: then it stays (`basiszins_bleibt`)."""
        gespeichert = type(self).objects.get(pk=self.pk).ab
        return (
            Rueckforderung.objects.filter(
                entscheidung__ergebnis=Entscheidung.Ergebnis.GENEHMIGT,
                zinsen_bis__gte=gespeichert,
                zinsen_von__lt=monate_nach(gespeichert, 6),
            )
        ).exists()
