"""Documents that belong to an application."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast

from .antrag import Fassung, Foerderantrag


class AnlageQuerySet(models.QuerySet):
    def aktuell(self):
        """Those of the application as it is now; removed ones stay for the versions that hold them."""
        return self.filter(entfernt_um__isnull=True)

    def in_fassung(self):
        """Those a signed version names, which stay as long as it does."""
        fassungen = Fassung.objects.annotate(worte=Cast("inhalt", models.TextField()))
        kennung = Cast(OuterRef("pk"), models.TextField())
        return self.filter(
            Exists(fassungen.filter(antrag=OuterRef("antrag"), worte__contains=kennung))
        )

    def sichtbar_fuer(self, konto):
        """What `konto` may know of: as member of the Kommune all, as staff what was submitted."""
        eigene = Foerderantrag.objects.der_kommunen_von(konto)
        der_lpr = Foerderantrag.objects.fuer_lpr(konto)
        eingereicht = self.model.objects.filter(antrag__in=der_lpr).in_fassung()
        return self.filter(Q(antrag__in=eigene) | Q(pk__in=eingereicht.values("pk")))

    def ungeprueft(self):
        """Those nobody has looked for malware in."""
        return self.filter(pruefstand=Anlage.Pruefstand.UNGEPRUEFT)


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
    hochgeladen_um = models.DateTimeField("hochgeladen", editable=False)
    hochgeladen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="hochgeladen von"
    )
    entfernt_um = models.DateTimeField("entfernt", null=True, editable=False)

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
