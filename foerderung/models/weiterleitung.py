"""Organisations to which a Kommune passes money of its grant on (F25).

Natural persons have no place here: the legal forms are a closed list without them, and what looks
like a person is refused in the name (`foerderung.klarnamen`).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import Foerderantrag
from .zuwendung import Zuwendung


class Rechtsform(models.TextChoices):
    """Sole traders and individuals are left out on purpose: their name is that of a person."""

    VEREIN = "verein", "eingetragener Verein"
    GGMBH = "ggmbh", "gemeinnützige GmbH oder UG"
    GMBH = "gmbh", "GmbH, UG oder AG"
    GENOSSENSCHAFT = "genossenschaft", "eingetragene Genossenschaft"
    STIFTUNG = "stiftung", "Stiftung"
    KOERPERSCHAFT = "koerperschaft", "Körperschaft oder Anstalt des öffentlichen Rechts"
    KIRCHE = "kirche", "Kirche oder Religionsgemeinschaft"


class Weiterleitungsstand(models.TextChoices):
    AKTIV = "aktiv", "aktiv"
    BEENDET = "beendet", "beendet"


class WeiterleitungQuerySet(models.QuerySet):
    def aktiv(self):
        return self.filter(stand=Weiterleitungsstand.AKTIV)

    def oeffentlich(self, stichtag):
        """Those of grants that are public and in force on that day: two people said so."""
        zuwendungen = Zuwendung.objects.bewilligt(stichtag).filter(veroeffentlicht=True)
        return self.aktiv().filter(antrag__in=zuwendungen.values("bescheid__antrag"))


def _person(bezeichnung, **weiteres):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=bezeichnung,
        **weiteres,
    )


class Weiterleitung(models.Model):
    """One final recipient with its amount and the agreement.

    The active rows of a case never add up to more than the grant when one is written (trigger
    `weiterleitung_hoechstens_bewilligt`). What is wrong is ended and entered anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="weiterleitungen")
    organisation = models.CharField("Organisation", max_length=200)
    rechtsform = models.CharField("Rechtsform", max_length=20, choices=Rechtsform)
    sitz = models.CharField("Sitz", max_length=100)
    betrag_euro = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)
    vereinbart_am = models.DateField("Vereinbarung vom")
    vereinbarung = models.CharField("Ablage der Vereinbarung", max_length=200)
    stand = models.CharField(
        "Stand",
        max_length=10,
        choices=Weiterleitungsstand,
        default=Weiterleitungsstand.AKTIV,
        editable=False,
    )
    eingetragen_um = models.DateTimeField("eingetragen", editable=False)
    eingetragen_von = _person("eingetragen von")
    beendet_um = models.DateTimeField("beendet", null=True, editable=False)
    beendet_von = _person("beendet von", null=True, blank=True)
    grund = models.CharField("Grund", max_length=500, blank=True)

    objects = WeiterleitungQuerySet.as_manager()

    class Meta:
        verbose_name = "Weiterleitung"
        verbose_name_plural = "Weiterleitungen"
        ordering = ["-eingetragen_um"]
        default_permissions = []
        indexes = [models.Index(fields=["antrag", "stand"], name="weiterleitung_antrag_stand")]
        constraints = [
            spanne_constraint("weiterleitung", "vereinbart_am", ab=FREISTAAT_SEIT),
            models.CheckConstraint(
                name="weiterleitung_nur_organisationen",
                condition=Q(rechtsform__in=Rechtsform.values)
                & ~Q(organisation__contains="@")
                & ~Q(organisation__iregex=r"(^|[^[:alpha:]])(e\.? ?K\.|Inhaber|Inhaberin)"),
                violation_error_message="Eintragen lassen sich nur Organisationen.",
            ),
            models.CheckConstraint(
                name="weiterleitung_vollstaendig",
                condition=~Q(organisation="") & ~Q(sitz="") & ~Q(vereinbarung=""),
                violation_error_message="Organisation, Sitz und Vereinbarung gehören dazu.",
            ),
            models.CheckConstraint(
                name="weiterleitung_positiv",
                condition=Q(betrag_euro__gt=0),
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
            models.UniqueConstraint(
                fields=["antrag", "organisation"],
                condition=Q(stand="aktiv"),
                name="weiterleitung_einmal",
                violation_error_message="Diese Organisation steht schon in der Liste.",
            ),
            models.CheckConstraint(
                name="weiterleitung_ende",
                condition=Q(
                    stand="aktiv", beendet_um__isnull=True, beendet_von__isnull=True, grund=""
                )
                | (
                    Q(stand="beendet", beendet_um__isnull=False, beendet_von__isnull=False)
                    & ~Q(grund="")
                ),
            ),
        ]

    def __str__(self):
        return self.organisation
