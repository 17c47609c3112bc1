"""Documents that belong to an application."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .antrag import Foerderantrag


class AnlageQuerySet(models.QuerySet):
    def aktuell(self):
        """Those of the application as it is now; removed ones stay for the versions that hold them."""
        return self.filter(entfernt_um__isnull=True)

    def wartet_auf_scanner(self):
        """Present ones nobody has looked for malware in."""
        return self.aktuell().filter(pruefstand=Anlage.Pruefstand.UNGEPRUEFT)


class Anlage(models.Model):
    """One uploaded file. It is never changed: another file is another Anlage.

    `pfad` is the random name in the storage "anlagen"; `dateiname` what the person called it,
    cleaned.
    """

    class Pruefstand(models.TextChoices):
        UNGEPRUEFT = "ungeprueft", "ungeprüft"
        SAUBER = "sauber", "auf Schadprogramme geprüft"
        BEFALLEN = "befallen", "Schadprogramm gefunden"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="anlagen")
    art = models.SlugField("Anlage zu", max_length=30)
    dateiname = models.CharField("Dateiname", max_length=150)
    groesse = models.PositiveIntegerField("Größe in Byte")
    inhaltstyp = models.CharField("Inhaltstyp", max_length=100)
    sha256 = models.CharField("Prüfsumme", max_length=64)
    pfad = models.CharField("Ablage", max_length=100, unique=True)
    pruefstand = models.CharField(
        "Prüfung", max_length=15, choices=Pruefstand, default=Pruefstand.UNGEPRUEFT
    )
    hochgeladen_um = models.DateTimeField("hochgeladen")
    hochgeladen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="hochgeladen von"
    )
    entfernt_um = models.DateTimeField("entfernt", null=True)

    objects = AnlageQuerySet.as_manager()

    class Meta:
        verbose_name = "Anlage"
        verbose_name_plural = "Anlagen"
        ordering = ["hochgeladen_um"]
        default_permissions = []
        indexes = [models.Index(fields=["entfernt_um"], name="anlage_entfernt")]
        constraints = [
            models.CheckConstraint(name="anlage_nicht_leer", condition=Q(groesse__gt=0)),
            models.CheckConstraint(
                name="anlage_pruefsumme", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="anlage_befallen_entfernt",
                condition=~Q(pruefstand="befallen") | Q(entfernt_um__isnull=False),
            ),
        ]

    def __str__(self):
        return self.dateiname
