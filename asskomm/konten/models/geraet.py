"""Devices a person has signed in with, so that a new one can be reported."""

from django.conf import settings
from django.db import models


class BekanntesGeraet(models.Model):
    """A browser that carries a cookie of ours; only the hash of its random value is kept.

    Neither address nor kind of browser is stored: to notice a new device they are not needed.
    """

    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="geraete", verbose_name="Konto"
    )
    pruefwert = models.CharField("Prüfwert", max_length=64)
    zuletzt_am = models.DateField("zuletzt angemeldet am")

    class Meta:
        verbose_name = "bekanntes Gerät"
        verbose_name_plural = "bekannte Geräte"
        ordering = ["konto", "-zuletzt_am"]
        constraints = [
            models.UniqueConstraint(fields=["konto", "pruefwert"], name="geraet_einmal_je_konto")
        ]

    def __str__(self):
        return f"Gerät {self.pk}"
