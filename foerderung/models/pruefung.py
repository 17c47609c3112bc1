"""What the LPR records while it checks an application. Applicants never see any of it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from asskomm.texteingabe import Langtext, laenge_constraint

from .antrag import Befangenheit, Fassung, Foerderantrag
from .regelwerk import Checklistenpunkt


def _person(bezeichnung):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=bezeichnung
    )


class Formalpruefung(models.Model):
    """The answer to one point of the formal check; a Nachreichung begins the list anew."""

    class Ergebnis(models.TextChoices):
        ERFUELLT = "erfuellt", "erfüllt"
        NICHT_ERFUELLT = "nicht_erfuellt", "nicht erfüllt"
        ENTFAELLT = "entfaellt", "entfällt"

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="formalpruefungen")
    punkt = models.ForeignKey(Checklistenpunkt, models.PROTECT, related_name="+")
    ergebnis = models.CharField("Ergebnis", max_length=15, choices=Ergebnis)
    bemerkung = Langtext("Bemerkung", max_length=2_000, blank=True)
    geprueft_um = models.DateTimeField("geprüft", editable=False)
    geprueft_von = _person("geprüft von")

    class Meta:
        verbose_name = "Ergebnis der formalen Prüfung"
        verbose_name_plural = "Ergebnisse der formalen Prüfung"
        ordering = ["punkt__nummer"]
        default_permissions = []
        constraints = [
            laenge_constraint("formalpruefung", "bemerkung", 2_000),
            models.UniqueConstraint(fields=["antrag", "punkt"], name="formalpruefung_einmal"),
            models.CheckConstraint(
                name="formalpruefung_begruendet",
                condition=Q(ergebnis="erfuellt") | ~Q(bemerkung=""),
                violation_error_message="Begründen Sie, warum der Punkt nicht erfüllt ist oder entfällt.",
            ),
        ]

    def __str__(self):
        return f"{self.punkt}: {self.get_ergebnis_display()}"


class GutachtenQuerySet(models.QuerySet):
    def abgegeben(self):
        return self.filter(abgegeben_um__isnull=False)

    def zaehlt(self):
        """Handed in on the newest version, not replaced, and not by somebody with a conflict of interest."""
        befangen = Befangenheit.objects.filter(antrag=OuterRef("antrag"), konto=OuterRef("von"))
        spaeter = Gutachten.objects.filter(
            antrag=OuterRef("antrag"), von=OuterRef("von"), pk__gt=OuterRef("pk")
        )
        neuere = Fassung.objects.filter(
            antrag=OuterRef("antrag"), eingegangen_um__gt=OuterRef("abgegeben_um")
        )
        return self.abgegeben().filter(~Exists(befangen), ~Exists(spaeter), ~Exists(neuere))


class Gutachten(models.Model):
    """One expert review along the Beccaria standards; others see it only after their own.

    Once handed in it stays as it is (trigger `gutachten_bleibt`). Its author can write another
    one, which replaces it from its beginning on.
    """

    class Votum(models.TextChoices):
        FOERDERN = "foerdern", "fördern"
        MIT_AUFLAGEN = "mit_auflagen", "mit Auflagen fördern"
        NICHT_FOERDERN = "nicht_foerdern", "nicht fördern"

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="gutachten")
    von = _person("geprüft von")
    votum = models.CharField("Votum", max_length=15, choices=Votum, blank=True)
    begruendung = Langtext("Begründung", max_length=5_000, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    begonnen_um = models.DateTimeField("begonnen", editable=False)
    abgegeben_um = models.DateTimeField("abgegeben", null=True, editable=False)

    objects = GutachtenQuerySet.as_manager()

    class Meta:
        verbose_name = "fachliche Prüfung"
        verbose_name_plural = "fachliche Prüfungen"
        ordering = ["begonnen_um"]
        default_permissions = []
        constraints = [
            laenge_constraint("gutachten", "begruendung", 5_000),
            models.UniqueConstraint(
                fields=["antrag", "von"],
                condition=Q(abgegeben_um__isnull=True),
                name="gutachten_ein_entwurf",
            ),
            models.CheckConstraint(
                name="gutachten_vollstaendig_abgegeben",
                condition=Q(abgegeben_um__isnull=True) | (~Q(votum="") & ~Q(begruendung="")),
                violation_error_message="Zur Abgabe gehören Votum und Begründung.",
            ),
        ]

    def __str__(self):
        return f"Fachliche Prüfung {self.pk}"


class Bewertung(models.Model):
    """Score and words for one of the standards; the scale of the rule set ends at `hoechstens`."""

    gutachten = models.ForeignKey(Gutachten, models.CASCADE, related_name="bewertungen")
    standard = models.PositiveSmallIntegerField("Beccaria-Standard")
    punkte = models.PositiveSmallIntegerField("Punkte", null=True, blank=True)
    hoechstens = models.PositiveSmallIntegerField("höchste Punktzahl")
    text = Langtext("Bewertung", max_length=3_000, blank=True)

    class Meta:
        verbose_name = "Bewertung"
        verbose_name_plural = "Bewertungen"
        ordering = ["standard"]
        default_permissions = []
        constraints = [
            laenge_constraint("bewertung", "text", 3_000),
            models.UniqueConstraint(fields=["gutachten", "standard"], name="bewertung_einmal"),
            models.CheckConstraint(
                name="bewertung_standard", condition=Q(standard__gte=1, standard__lte=7)
            ),
            models.CheckConstraint(
                name="bewertung_in_der_skala",
                condition=Q(punkte__isnull=True) | Q(punkte__lte=F("hoechstens")),
                violation_error_message="So viele Punkte gibt es nicht.",
            ),
        ]

    def __str__(self):
        return f"Standard {self.standard}"


class Vermerk(models.Model):
    """An internal note; it never reaches the applicant."""

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="vermerke")
    marke = models.UUIDField(unique=True)
    text = Langtext("Vermerk", max_length=5_000)
    von = _person("von")
    um = models.DateTimeField("geschrieben", editable=False)

    class Meta:
        verbose_name = "Vermerk"
        verbose_name_plural = "Vermerke"
        ordering = ["-um"]
        default_permissions = []
        constraints = [
            laenge_constraint("vermerk", "text", 5_000),
            models.CheckConstraint(
                name="vermerk_nicht_leer",
                condition=~Q(text=""),
                violation_error_message="Schreiben Sie den Vermerk.",
            ),
        ]

    def __str__(self):
        return f"Vermerk vom {self.um:%d.%m.%Y}"
