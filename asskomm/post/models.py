"""The Postausgang: every mail the portal has sent or is going to send, and the daily jobs.

A mail is a row written in the transaction that causes it; `manage.py arbeiter` sends it.
"""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from asskomm.mailadresse import MailadressFeld, mailadress_constraint

from .vorlagen import lesbar

# A worker reports every minute or so, even while it waits for a slow mail server.
STILLE = timedelta(minutes=15)


class NachrichtQuerySet(models.QuerySet):
    def faellig(self, jetzt):
        """What may be sent at the moment `jetzt`, the longest waiting first."""
        return self.filter(
            zustand=Nachricht.Zustand.WARTET, naechster_versuch_um__lte=jetzt
        ).order_by("naechster_versuch_um", "eingestellt_um")

    def nicht_zugestellt(self):
        """Mails nobody got and nobody has dealt with yet."""
        return self.filter(zustand__in=Nachricht.NICHT_ZUGESTELLT, erledigt_um__isnull=True)

    def ueberfaellig(self):
        """Waiting since the last quarter of an hour or longer, by the clock of the database."""
        return self.filter(
            zustand=Nachricht.Zustand.WARTET, naechster_versuch_um__lt=Now() - STILLE
        )


class Nachricht(models.Model):
    """One mail to one address.

    `betreff` and `text` are written when it is queued. Marks stand for the name in the greeting and
    the one-time link (see `vorlagen`), so that neither the row nor a page shows them.
    """

    class Zustand(models.TextChoices):
        WARTET = "wartet", "wartet"
        ANGEHALTEN = "angehalten", "angehalten"
        GESENDET = "gesendet", "gesendet"
        FEHLGESCHLAGEN = "fehlgeschlagen", "nicht zustellbar"
        ZURUECKGEKOMMEN = "zurueckgekommen", "zurückgekommen"

    NICHT_ZUGESTELLT = (Zustand.FEHLGESCHLAGEN, Zustand.ZURUECKGEKOMMEN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vorlage = models.CharField("Vorlage", max_length=100)
    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="Konto",
        null=True,
        blank=True,
        related_name="nachrichten",
    )
    adresse = MailadressFeld("Adresse")
    gegenstand_art = models.CharField("Art des Gegenstands", max_length=100, blank=True)
    gegenstand_nummer = models.CharField("Nummer des Gegenstands", max_length=100, blank=True)
    angaben = models.JSONField("Angaben", default=dict, blank=True, encoder=DjangoJSONEncoder)
    betreff = models.CharField("Betreff", max_length=250)
    text = models.TextField("Text")
    zustand = models.CharField(
        "Zustand", max_length=20, choices=Zustand.choices, default=Zustand.WARTET
    )
    eingestellt_um = models.DateTimeField("eingestellt", default=timezone.now, editable=False)
    versuche = models.PositiveSmallIntegerField("Versuche", default=0)
    naechster_versuch_um = models.DateTimeField("nächster Versuch", null=True, blank=True)
    gesendet_um = models.DateTimeField("gesendet", null=True, blank=True)
    fehler = models.CharField("Fehler", max_length=60, blank=True)
    erneut_von = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name="erneut gesendet von",
        null=True,
        blank=True,
        related_name="erneut",
    )
    erledigt_um = models.DateTimeField("erledigt", null=True, blank=True)
    erledigt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="erledigt durch",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = NachrichtQuerySet.as_manager()

    class Meta:
        verbose_name = "E-Mail"
        verbose_name_plural = "E-Mails"
        ordering = ["-eingestellt_um", "id"]
        default_permissions = ["view", "change"]
        indexes = [
            models.Index(
                "naechster_versuch_um",
                "eingestellt_um",
                name="nachricht_faellig",
                condition=Q(zustand="wartet"),
            ),
            models.Index(F("eingestellt_um").desc(), name="nachricht_eingestellt"),
            models.Index("gegenstand_art", "gegenstand_nummer", name="nachricht_gegenstand"),
            models.Index(
                "zustand",
                name="nachricht_nicht_zugestellt",
                condition=Q(
                    zustand__in=["fehlgeschlagen", "zurueckgekommen"], erledigt_um__isnull=True
                ),
            ),
        ]
        constraints = [
            mailadress_constraint("nachricht", "adresse"),
            models.CheckConstraint(
                name="nachricht_wartet_auf_einen_zeitpunkt",
                condition=Q(zustand="wartet", naechster_versuch_um__isnull=False)
                | (~Q(zustand="wartet") & Q(naechster_versuch_um__isnull=True)),
            ),
            models.CheckConstraint(
                name="nachricht_gesendet_mit_zeit",
                condition=Q(zustand__in=["gesendet", "zurueckgekommen"], gesendet_um__isnull=False)
                | Q(
                    zustand__in=["wartet", "angehalten", "fehlgeschlagen"], gesendet_um__isnull=True
                ),
            ),
            models.CheckConstraint(
                name="nachricht_erledigt_nur_ohne_zustellung",
                condition=Q(erledigt_um__isnull=True, erledigt_durch__isnull=True)
                | Q(erledigt_um__isnull=False, zustand__in=["fehlgeschlagen", "zurueckgekommen"]),
            ),
            models.UniqueConstraint(
                name="nachricht_nur_einmal_erneut_unterwegs",
                fields=["erneut_von"],
                condition=Q(zustand__in=["wartet", "angehalten"]),
            ),
        ]

    def __str__(self):
        return self.betreff

    @property
    def message_id(self):
        return f"<{self.pk}@{rechnername()}>"

    def lesbarer_text(self):
        return lesbar(self.text)


def rechnername() -> str:
    """The host in the Message-ID of our mails."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


class Tageslauf(models.Model):
    """One daily job on one day (Europe/Berlin)."""

    aufgabe = models.CharField("Aufgabe", max_length=100)
    tag = models.DateField("Tag")
    versuche = models.PositiveSmallIntegerField("Versuche", default=0)
    naechster_versuch_um = models.DateTimeField("nächster Versuch", null=True, blank=True)
    fertig_um = models.DateTimeField("fertig", null=True, blank=True)
    fehler = models.CharField("Fehler", max_length=60, blank=True)

    class Meta:
        verbose_name = "Tageslauf"
        verbose_name_plural = "Tagesläufe"
        ordering = ["-tag", "aufgabe"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(name="tageslauf_einmal_am_tag", fields=["aufgabe", "tag"]),
            models.CheckConstraint(
                name="tageslauf_fertig_oder_geplant",
                condition=Q(fertig_um__isnull=False, naechster_versuch_um__isnull=True)
                | Q(fertig_um__isnull=True, naechster_versuch_um__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.aufgabe} am {self.tag:%d.%m.%Y}"


class LebenszeichenQuerySet(models.QuerySet):
    def verstummt(self):
        """Workers not heard of for a quarter of an hour, by the clock of the database.

        A living worker removes these rows; so one that stays says that no worker is left.
        """
        return self.filter(gemeldet_um__lt=Now() - STILLE)


class Lebenszeichen(models.Model):
    """The last sign of life of a worker, and what keeps it from sending."""

    arbeiter = models.CharField("Arbeiter", max_length=100, unique=True)
    gemeldet_um = models.DateTimeField("zuletzt gemeldet")
    stoerung = models.CharField("Störung beim Versand", max_length=60, blank=True)
    pause_bis = models.DateTimeField("kein Versand bis", null=True, blank=True)

    objects = LebenszeichenQuerySet.as_manager()

    class Meta:
        verbose_name = "Lebenszeichen"
        verbose_name_plural = "Lebenszeichen der Arbeiter"
        ordering = ["-gemeldet_um"]
        default_permissions = ["view", "change"]

    def __str__(self):
        return self.arbeiter
