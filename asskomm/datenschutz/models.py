"""Periods, holds and deletion runs. None of these tables repeats the text of what it is about."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from asskomm.konten.vieraugen import VierAugen, VierAugenQuerySet
from asskomm.personendaten import offene_vorgaenge, regeln
from asskomm.protokoll.models import art_wort

MINDESTENS_EINS = "Geben Sie eine Dauer von mindestens 1 an."


class AufbewahrungsfristQuerySet(models.QuerySet):
    def gueltig(self, am):
        """The period of each rule that is in force on the day `am`."""
        neueste = (
            Aufbewahrungsfrist.objects.filter(regel=models.OuterRef("regel"), gueltig_ab__lte=am)
            .order_by("-gueltig_ab")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(neueste))


class Aufbewahrungsfrist(models.Model):
    """How long the data of one rule of the register is kept, from a day on.

    A period is replaced by a later one, never changed: a run of last year stays explainable.
    """

    class Einheit(models.TextChoices):
        TAGE = "tage", "Tage"
        MONATE = "monate", "Monate"
        JAHRE = "jahre", "Jahre"

    regel = models.CharField("Daten", max_length=100)
    gueltig_ab = models.DateField("gilt ab")
    anzahl = models.PositiveSmallIntegerField(
        "Dauer", validators=[MinValueValidator(1, MINDESTENS_EINS)]
    )
    einheit = models.CharField("Einheit", max_length=10, choices=Einheit, default=Einheit.MONATE)
    quelle = models.TextField(
        "Quelle", help_text="Woraus sich die Dauer ergibt: Vorschrift, Erlass, Entscheidung."
    )
    zu_bestaetigen = models.BooleanField(
        "noch zu bestätigen",
        default=False,
        help_text="Die Dauer ist angenommen und durch keine Quelle belegt.",
    )

    objects = AufbewahrungsfristQuerySet.as_manager()

    class Meta:
        verbose_name = "Aufbewahrungsfrist"
        verbose_name_plural = "Aufbewahrungsfristen"
        ordering = ["regel", "-gueltig_ab"]
        default_permissions = ["view", "add"]
        constraints = [
            models.UniqueConstraint(
                fields=["regel", "gueltig_ab"],
                name="aufbewahrungsfrist_eine_je_tag",
                violation_error_message="Ab diesem Tag gilt für diese Daten schon eine Frist.",
            ),
            models.CheckConstraint(
                name="aufbewahrungsfrist_mindestens_eins",
                condition=Q(anzahl__gte=1),
                violation_error_message=MINDESTENS_EINS,
            ),
            models.CheckConstraint(
                name="aufbewahrungsfrist_hat_quelle",
                condition=~Q(quelle=""),
                violation_error_message="Geben Sie an, woraus sich die Dauer ergibt.",
            ),
        ]

    def __str__(self):
        return f"{self.regel_wort}: {self.dauer}"

    @property
    def regel_wort(self) -> str:
        regel = regeln().get(self.regel)
        return regel.titel if regel else self.regel

    @property
    def dauer(self) -> str:
        """2 Jahre, 1 Monat, 30 Tage."""
        eines = {"tage": "Tag", "monate": "Monat", "jahre": "Jahr"}
        wort = eines[self.einheit] if self.anzahl == 1 else self.get_einheit_display()
        return f"{self.anzahl} {wort}"


class SperreQuerySet(models.QuerySet):
    def in_kraft(self):
        return self.filter(aufgehoben_um__isnull=True)


class Aufbewahrungssperre(models.Model):
    """An account or a record that must not be deleted, and why.

    A hold on an account holds what belongs to the account, too, and a hold on something of a
    person holds the account. Lifted ones stay.
    """

    gegenstand_art = models.CharField("Art des Gegenstands", max_length=100)
    gegenstand_nummer = models.CharField("Nummer des Gegenstands", max_length=100)
    grund = models.TextField(
        "Grund", help_text="Zum Beispiel ein Widerspruch oder eine Prüfung, mit Aktenzeichen."
    )
    gesetzt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="gesetzt von",
    )
    gesetzt_um = models.DateTimeField("gesetzt", editable=False)
    aufgehoben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name="aufgehoben von",
    )
    aufgehoben_um = models.DateTimeField("aufgehoben", null=True, blank=True, editable=False)

    objects = SperreQuerySet.as_manager()

    class Meta:
        verbose_name = "Löschsperre"
        verbose_name_plural = "Löschsperren"
        ordering = ["-gesetzt_um", "-pk"]
        default_permissions = ["view", "add", "change"]
        constraints = [
            models.UniqueConstraint(
                fields=["gegenstand_art", "gegenstand_nummer"],
                condition=Q(aufgehoben_um__isnull=True),
                name="aufbewahrungssperre_einmal",
                violation_error_message="Dafür ist schon eine Löschsperre gesetzt.",
            ),
            models.CheckConstraint(
                name="aufbewahrungssperre_begruendet",
                condition=~Q(grund=""),
                violation_error_message="Geben Sie den Grund an.",
            ),
            models.CheckConstraint(
                name="aufbewahrungssperre_aufgehoben_durch",
                condition=Q(aufgehoben_um__isnull=True, aufgehoben_von__isnull=True)
                | Q(aufgehoben_um__gte=F("gesetzt_um"), aufgehoben_von__isnull=False),
                violation_error_message="Zum Aufheben gehören Person und Zeitpunkt.",
            ),
        ]

    def __str__(self):
        return f"Löschsperre für {self.gegenstand}"

    @property
    def gegenstand(self) -> str:
        return f"{art_wort(self.gegenstand_art)} {self.gegenstand_nummer}"


class Loeschlauf(VierAugen):
    """What was due on the day `am`, proposed by one person and approved by another.

    The approval carries it out (`verfahren.genehmige`). Not more than one waits at a time.
    """

    am = models.DateField(
        "Stichtag", help_text="Aufgenommen wird, was an diesem Tag fällig ist. Höchstens heute."
    )
    spaeter = models.PositiveIntegerField(
        "fällig, aber nicht mehr aufgenommen", default=0, editable=False
    )

    objects = VierAugenQuerySet.as_manager()

    class Meta(VierAugen.Meta):
        verbose_name = "Löschlauf"
        verbose_name_plural = "Löschläufe"
        ordering = ["-vorgeschlagen_um", "-pk"]
        constraints = [
            *VierAugen.Meta.constraints,
            models.UniqueConstraint(
                fields=["ergebnis"],
                condition=Q(ergebnis="offen"),
                name="loeschlauf_einer_offen",
                violation_error_message="Ein Löschlauf wartet schon auf die Entscheidung.",
            ),
        ]

    def __str__(self):
        return f"Löschlauf {self.pk} zum {self.am:%d.%m.%Y}"


class Loeschposten(models.Model):
    """One row that was due, by kind and number; the row's own words are not repeated here."""

    class Stand(models.TextChoices):
        VORGESEHEN = "vorgesehen", "vorgesehen"
        ERLEDIGT = "erledigt", "gelöscht oder unkenntlich gemacht"
        AUSGELASSEN = "ausgelassen", "ausgelassen"

    GESPERRT, FESTGEHALTEN = "gesperrt", "festgehalten"
    GEAENDERT, VERSCHWUNDEN = "geaendert", "verschwunden"
    GRUENDE = {
        GESPERRT: "Eine Löschsperre ist gesetzt.",
        FESTGEHALTEN: "Eine Löschsperre ist für etwas gesetzt, das damit verloren ginge.",
        GEAENDERT: "Der Datensatz hat sich seit dem Vorschlag geändert.",
        VERSCHWUNDEN: "Der Datensatz war schon gelöscht.",
    }

    lauf = models.ForeignKey(Loeschlauf, models.CASCADE, related_name="posten")
    regel = models.CharField("Regel", max_length=100)
    frist = models.ForeignKey(
        Aufbewahrungsfrist, models.PROTECT, related_name="+", verbose_name="Frist"
    )
    art = models.CharField("Art", max_length=100)
    nummer = models.CharField("Nummer", max_length=100)
    faellig_am = models.DateField("fällig seit")
    stand = models.CharField("Stand", max_length=20, choices=Stand, default=Stand.VORGESEHEN)
    # A key: one of GRUENDE, or that of a kind of open case.
    auslassung = models.CharField("ausgelassen, weil", max_length=100, blank=True)

    class Meta:
        verbose_name = "Posten eines Löschlaufs"
        verbose_name_plural = "Posten eines Löschlaufs"
        ordering = ["lauf", "regel", "faellig_am", "pk"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["lauf", "regel", "nummer"], name="loeschposten_einmal"),
            models.CheckConstraint(
                name="loeschposten_ausgelassen_mit_grund",
                condition=Q(stand="ausgelassen") & ~Q(auslassung="")
                | ~Q(stand="ausgelassen") & Q(auslassung=""),
            ),
        ]

    def __str__(self):
        return self.gegenstand

    @property
    def gegenstand(self) -> str:
        return f"{art_wort(self.art)} {self.nummer}"

    @property
    def regel_wort(self) -> str:
        regel = regeln().get(self.regel)
        return regel.titel if regel else self.regel

    @property
    def warum(self) -> str:
        """From when the period counted and how long it was."""
        regel = regeln().get(self.regel)
        return f"{self.frist.dauer} {regel.beginn}" if regel else self.frist.dauer

    @property
    def auslassung_wort(self) -> str:
        offene = {vorgang.schluessel: vorgang.wort for vorgang in offene_vorgaenge()}
        return {**self.GRUENDE, **offene}.get(self.auslassung, self.auslassung)


class Faelligkeit(models.Model):
    """How many rows of a rule were due on a day, counted by the daily job."""

    regel = models.CharField("Daten", max_length=100, unique=True)
    anzahl = models.PositiveIntegerField("fällig")
    gezaehlt_am = models.DateField("gezählt am")

    class Meta:
        verbose_name = "fällige Löschung"
        verbose_name_plural = "fällige Löschungen"
        ordering = ["regel"]
        default_permissions = ["view", "change"]

    def __str__(self):
        return self.regel_wort

    @property
    def regel_wort(self) -> str:
        regel = regeln().get(self.regel)
        return regel.titel if regel else self.regel


class Verzeichnis(models.Model):
    """No table: carries the right to read the register, and its page in the admin."""

    class Meta:
        managed = False
        default_permissions = ["view"]
        verbose_name = "Verzeichnis der personenbezogenen Daten"
        verbose_name_plural = "Verzeichnis der personenbezogenen Daten"

    def __str__(self):
        return str(self._meta.verbose_name)


class Auskunft(models.Model):
    """No table: carries the right to answer access requests, and its page in the admin."""

    class Meta:
        managed = False
        default_permissions = ["view"]
        verbose_name = "Auskunft nach Artikel 15 DSGVO"
        verbose_name_plural = "Auskunft nach Artikel 15 DSGVO"

    def __str__(self):
        return str(self._meta.verbose_name)
