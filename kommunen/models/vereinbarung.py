"""How a Kommune takes part: agreement and Modellkommune."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint

from ..dateien import pruefe_dokument, vereinbarung_pfad
from ..tatsachen import Herkunft, Tatsache, TatsacheQuerySet, tatsache_constraints
from ..zeitangabe import (
    LetzterTag,
    ZeitangabeField,
    reihenfolge_constraint,
    zeitangabe_constraint,
)
from .gebiet import Kommune, Polizeidirektion


class VereinbarungQuerySet(TatsacheQuerySet):
    def wirksam(self, am):
        """Signed by the day `am` and not ended by then."""
        return self.filter(
            Q(ende_am__isnull=True) | Q(ende_am__letzter_tag__gt=am),
            unterzeichnet_am__letzter_tag__lte=am,
        )


class Kooperationsvereinbarung(Tatsache):
    """An agreement between one or more Kommunen, the LPR and often the police.

    A Vorvereinbarung is its own kind and does not count as an accession. The running number
    counts agreements, not Gemeinden (DOMAIN 2), and is published for some only.
    """

    class Art(models.TextChoices):
        VEREINBARUNG = "kooperationsvereinbarung", "Kooperationsvereinbarung"
        VORVEREINBARUNG = "vorvereinbarung", "Vorvereinbarung"

    class Form(models.TextChoices):
        VOR_ORT = "vor_ort", "vor Ort"
        VIDEO = "video", "per Videokonferenz"
        UMLAUF = "umlauf", "im Umlauf"

    art = models.CharField("Art", max_length=30, choices=Art, default=Art.VEREINBARUNG)
    bezeichnung = models.CharField(
        "Bezeichnung",
        max_length=200,
        blank=True,
        help_text="Nur wenn mehrere gemeinsam unterzeichnen, zum Beispiel Städtebund Silberberg.",
    )
    kommunen = models.ManyToManyField(
        Kommune, related_name="vereinbarungen", verbose_name="Kommunen"
    )
    laufende_nummer = models.PositiveIntegerField("laufende Nummer", null=True, blank=True)
    unterzeichnet_am = ZeitangabeField("unterzeichnet am")
    form = models.CharField("Form der Unterzeichnung", max_length=10, choices=Form, blank=True)
    polizeidirektion = models.ForeignKey(
        Polizeidirektion,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="beteiligte Polizeidirektion",
    )
    inhalt = Langtext("Inhalt und Anlass", max_length=5_000, blank=True)
    dokument = models.FileField(
        "Dokument",
        upload_to=vereinbarung_pfad,
        blank=True,
        max_length=200,
        validators=[FileExtensionValidator(["pdf"]), pruefe_dokument],
        help_text="Unterzeichnete Fassung als PDF, höchstens 20 MB. Wird nicht veröffentlicht.",
    )
    ende_am = ZeitangabeField("beendet am", null=True, blank=True)
    history = HistoricalRecords(m2m_fields=[kommunen])

    objects = VereinbarungQuerySet.as_manager()

    class Meta:
        verbose_name = "Kooperationsvereinbarung"
        verbose_name_plural = "Kooperationsvereinbarungen"
        ordering = ["-unterzeichnet_am", "pk"]
        indexes = [
            models.Index(LetzterTag("unterzeichnet_am"), name="vereinbarung_ab"),
        ]
        constraints = [
            *tatsache_constraints("vereinbarung"),
            laenge_constraint("vereinbarung", "inhalt", 5_000),
            zeitangabe_constraint("vereinbarung", "unterzeichnet_am"),
            zeitangabe_constraint("vereinbarung", "ende_am"),
            reihenfolge_constraint("vereinbarung", "unterzeichnet_am", "ende_am"),
            models.UniqueConstraint(
                fields=["laufende_nummer"],
                condition=Q(art="kooperationsvereinbarung"),
                name="vereinbarung_laufende_nummer_einmal",
                violation_error_message="Diese laufende Nummer ist schon vergeben.",
            ),
            models.CheckConstraint(
                name="vereinbarung_erfasst_mit_dokument",
                condition=~Q(herkunft=Herkunft.ERFASST) | ~Q(dokument=""),
                violation_error_message="Laden Sie die unterzeichnete Vereinbarung als PDF hoch.",
            ),
        ]

    def __str__(self):
        return self.bezeichnung or f"{self.get_art_display()} vom {self.unterzeichnet_am}"


class ModellkommuneQuerySet(TatsacheQuerySet):
    def bestehend(self, am):
        """Named by the day `am`."""
        return self.filter(seit__letzter_tag__lte=am)


class Modellkommune(Tatsache):
    """A partner from the start of the programme; a fact of its own beside any agreement."""

    kommune = models.OneToOneField(
        Kommune, models.PROTECT, related_name="modellkommune", verbose_name="Kommune"
    )
    seit = ZeitangabeField("seit")
    history = HistoricalRecords()

    objects = ModellkommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "Modellkommune"
        verbose_name_plural = "Modellkommunen"
        ordering = ["kommune__sortiername"]
        constraints = [
            *tatsache_constraints("modellkommune"),
            zeitangabe_constraint("modellkommune", "seit"),
        ]

    def __str__(self):
        return f"Modellkommune {self.kommune}"
