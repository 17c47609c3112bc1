"""What the LPR does for a Kommune: advice, coaching, security analysis."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune
from kommunen.tatsachen import Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    ErsterTag,
    Jahrestag,
    LetzterTag,
    ZeitangabeField,
    reihenfolge_constraint,
    zeitangabe_constraint,
)


class BeratungQuerySet(TatsacheQuerySet):
    def bis(self, stichtag):
        """Held by the end of the day `stichtag`."""
        return self.filter(am__letzter_tag__lte=stichtag)


class Beratung(Tatsache):
    """An advice given by the LPR to one Kommune."""

    class Form(models.TextChoices):
        VOR_ORT = "vor_ort", "vor Ort"
        VIDEO = "video", "per Videokonferenz"
        TELEFON = "telefon", "am Telefon"
        VERANSTALTUNG = "veranstaltung", "bei einer Veranstaltung"

    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="beratungen", verbose_name="Kommune"
    )
    am = ZeitangabeField("Datum")
    form = models.CharField("Form", max_length=15, choices=Form, blank=True)
    thema = Langtext("Themen", max_length=5_000, blank=True)
    teilnehmende = Langtext(
        "Teilnehmende nach Funktion",
        max_length=5_000,
        blank=True,
        help_text="Funktionen, keine Namen.",
    )
    history = HistoricalRecords()

    objects = BeratungQuerySet.as_manager()

    class Meta:
        verbose_name = "Beratung"
        verbose_name_plural = "Beratungen"
        ordering = ["-am", "pk"]
        indexes = [models.Index(LetzterTag("am"), name="beratung_ab")]
        constraints = [
            *tatsache_constraints("beratung"),
            zeitangabe_constraint("beratung", "am"),
            laenge_constraint("beratung", "thema", 5_000),
            laenge_constraint("beratung", "teilnehmende", 5_000),
        ]

    def __str__(self):
        return f"Beratung {self.kommune} ({self.am})"


class BeratungsanfrageQuerySet(models.QuerySet):
    def offen(self):
        return self.filter(erledigt_um__isnull=True)


class Beratungsanfrage(models.Model):
    """A Kommune asks for the advice that must come before an application (F3)."""

    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="beratungsanfragen", verbose_name="Kommune"
    )
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    anliegen = Langtext("Anliegen", max_length=2_000)
    gestellt_um = models.DateTimeField("gestellt", editable=False)
    gestellt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="gestellt von",
    )
    erledigt_um = models.DateTimeField("erledigt", null=True, blank=True, editable=False)
    erledigt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="erledigt von",
    )

    objects = BeratungsanfrageQuerySet.as_manager()

    class Meta:
        verbose_name = "Anfrage nach Beratung"
        verbose_name_plural = "Anfragen nach Beratung"
        ordering = ["-gestellt_um"]
        default_permissions = ["view", "change"]
        constraints = [
            laenge_constraint("beratungsanfrage", "anliegen", 2_000),
            models.UniqueConstraint(
                fields=["kommune"],
                condition=Q(erledigt_um__isnull=True),
                name="beratungsanfrage_eine_offen",
                violation_error_message="Ihre Kommune hat schon eine Beratung angefragt.",
            ),
        ]

    def __str__(self):
        return f"Beratung für {self.kommune}"


class CoachingQuerySet(TatsacheQuerySet):
    def im_jahr(self, jahr, stichtag):
        """Coachings known to have run in the calendar year `jahr`, as known on `stichtag`.

        Without an end a coaching runs on, unless its source only tells that it ran at a
        certain time (`zuletzt_belegt`): then it counts up to that time and not for ever.
        """
        erster, letzter = Jahrestag(jahr, 1, 1), Jahrestag(jahr, 12, 31)
        return self.filter(
            Q(ende__erster_tag__gte=erster)
            | Q(ende__isnull=True, zuletzt_belegt__isnull=True)
            | Q(ende__isnull=True, zuletzt_belegt__letzter_tag__gte=erster),
            beginn__erster_tag__lte=letzter,
            beginn__letzter_tag__lte=stichtag,
        )


class Coaching(Tatsache):
    """An accompaniment of one or more Kommunen by a coach. Public is only that it exists."""

    kommunen = models.ManyToManyField(Kommune, related_name="coachings", verbose_name="Kommunen")
    beginn = ZeitangabeField("Beginn")
    ende = ZeitangabeField("Ende", null=True, blank=True)
    zuletzt_belegt = ZeitangabeField(
        "zuletzt belegt",
        null=True,
        blank=True,
        help_text="Nur wenn das Ende unbekannt ist: bis wann die Quelle das Coaching belegt.",
    )
    anliegen = Langtext("Anliegen (intern)", max_length=5_000, blank=True)
    history = HistoricalRecords(m2m_fields=[kommunen])

    objects = CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = "Coaching"
        verbose_name_plural = "Coachings"
        ordering = ["-beginn", "pk"]
        indexes = [models.Index(ErsterTag("beginn"), name="coaching_ab")]
        constraints = [
            *tatsache_constraints("coaching"),
            laenge_constraint("coaching", "anliegen", 5_000),
            zeitangabe_constraint("coaching", "beginn"),
            zeitangabe_constraint("coaching", "ende"),
            zeitangabe_constraint("coaching", "zuletzt_belegt"),
            reihenfolge_constraint("coaching", "beginn", "ende"),
            reihenfolge_constraint("coaching", "beginn", "zuletzt_belegt"),
            models.CheckConstraint(
                name="coaching_ende_oder_zuletzt_belegt",
                condition=Q(ende__isnull=True) | Q(zuletzt_belegt__isnull=True),
                violation_error_message="Mit bekanntem Ende entfällt „zuletzt belegt“.",
            ),
        ]

    def __str__(self):
        return f"Coaching ab {self.beginn}"


class AnalyseQuerySet(TatsacheQuerySet):
    def begonnen(self, stichtag):
        """Begun by the end of the day `stichtag`; what was only announced does not count."""
        return self.filter(beginn__letzter_tag__lte=stichtag).exclude(
            stand=Sicherheitsanalyse.Stand.ANGEKUENDIGT
        )


class Sicherheitsanalyse(Tatsache):
    """A security analysis of one or more Kommunen, ordered and paid by the LPR (DOMAIN 5)."""

    class Stand(models.TextChoices):
        ANGEKUENDIGT = "angekuendigt", "angekündigt"
        BEGONNEN = "begonnen", "begonnen"
        ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"

    kommunen = models.ManyToManyField(Kommune, related_name="analysen", verbose_name="Kommunen")
    bezeichnung = models.CharField("Bezeichnung", max_length=200, blank=True)
    stand = models.CharField("Stand", max_length=15, choices=Stand, default=Stand.BEGONNEN)
    beginn = ZeitangabeField(
        "Auftakt", help_text="Bei angekündigten Analysen der geplante Auftakt."
    )
    abschluss_am = ZeitangabeField("Abschlussbericht vom", null=True, blank=True)
    stichprobe = models.PositiveIntegerField("befragte Personen", null=True, blank=True)
    ruecklauf_prozent = models.DecimalField(
        "Rücklauf in Prozent", max_digits=4, decimal_places=1, null=True, blank=True
    )
    bericht_url = models.URLField("Adresse des Berichts", blank=True)
    history = HistoricalRecords(m2m_fields=[kommunen])

    objects = AnalyseQuerySet.as_manager()

    class Meta:
        verbose_name = "Sicherheitsanalyse"
        verbose_name_plural = "Sicherheitsanalysen"
        ordering = ["-beginn", "pk"]
        indexes = [models.Index(LetzterTag("beginn"), name="analyse_ab")]
        constraints = [
            *tatsache_constraints("sicherheitsanalyse"),
            zeitangabe_constraint("sicherheitsanalyse", "beginn"),
            zeitangabe_constraint("sicherheitsanalyse", "abschluss_am"),
            reihenfolge_constraint("sicherheitsanalyse", "beginn", "abschluss_am"),
            models.CheckConstraint(
                name="sicherheitsanalyse_abgeschlossen_mit_datum",
                condition=Q(stand="abgeschlossen", abschluss_am__isnull=False)
                | (~Q(stand="abgeschlossen") & Q(abschluss_am__isnull=True)),
                violation_error_message=(
                    "Eine abgeschlossene Analyse hat das Datum des Abschlussberichts, "
                    "eine andere nicht."
                ),
            ),
            models.CheckConstraint(
                name="sicherheitsanalyse_ruecklauf_prozent",
                condition=Q(ruecklauf_prozent__isnull=True)
                | Q(ruecklauf_prozent__gte=0, ruecklauf_prozent__lte=100),
                violation_error_message="Der Rücklauf liegt zwischen 0 und 100 Prozent.",
            ),
        ]

    def __str__(self):
        return self.bezeichnung or f"Sicherheitsanalyse ab {self.beginn}"
