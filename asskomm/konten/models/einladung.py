"""An invitation: the only way to an account."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class EinladungQuerySet(models.QuerySet):
    def offen(self, um):
        """Those that can be accepted at the moment `um`; the last moment no longer counts."""
        return self.filter(
            angenommen_um__isnull=True, widerrufen_um__isnull=True, gueltig_bis__gt=um
        )

    def angenommen(self):
        return self.filter(angenommen_um__isnull=False)


class Einladung(models.Model):
    """One person is asked to take part; what for is said by the record that points here.

    The link in the mail names the invitation and its `folge`: sending it again makes all
    earlier links worthless. It is the same for a person who has an account already.
    """

    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="einladungen", verbose_name="Konto"
    )
    marke = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    eingeladen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="eingeladen von",
    )
    eingeladen_um = models.DateTimeField("eingeladen")
    gueltig_bis = models.DateTimeField("gültig bis")
    folge = models.PositiveIntegerField("Folge", default=1)
    angenommen_um = models.DateTimeField("angenommen", null=True, blank=True)
    widerrufen_um = models.DateTimeField("widerrufen", null=True, blank=True)

    objects = EinladungQuerySet.as_manager()

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["-eingeladen_um", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="einladung_angenommen_oder_widerrufen",
                condition=Q(angenommen_um__isnull=True) | Q(widerrufen_um__isnull=True),
                violation_error_message="Eine widerrufene Einladung kann niemand annehmen.",
            ),
            models.CheckConstraint(
                name="einladung_ende_nach_beginn",
                condition=Q(gueltig_bis__gt=models.F("eingeladen_um")),
                violation_error_message="Die Einladung endet, bevor sie beginnt.",
            ),
            models.CheckConstraint(
                name="einladung_nicht_sich_selbst",
                condition=~Q(eingeladen_von=models.F("konto")),
                violation_error_message="Niemand lädt sich selbst ein.",
            ),
        ]

    def __str__(self):
        return f"Einladung {self.pk}"
