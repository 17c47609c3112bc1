"""Security analyses of Kommunen (DOMAIN 5)."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.befugnisse import kommunen_von
from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft, Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    FREISTAAT_SEIT,
    SPAETESTES_JAHR,
    LetzterTag,
    ZeitangabeField,
    reihenfolge_constraint,
    spanne_constraint,
    zeitangabe_constraint,
)

from .person import person

# So long after the report its recommendations are to be recorded.
EMPFEHLUNGEN_BIS = timedelta(weeks=8)


class AnalyseQuerySet(TatsacheQuerySet):
    def begonnen(self, stichtag):
        """Begun by the end of the day `stichtag`; what was only announced does not count."""
        return self.filter(beginn__letzter_tag__lte=stichtag).exclude(
            stand=Sicherheitsanalyse.Stand.ANGEKUENDIGT
        )

    def mit_ueberfaelliger_phase(self, am):
        """Those of which a phase should have ended, or begun, before the day `am`."""
        phasen = Analysephase.objects.ueberfaellig(am).filter(analyse=OuterRef("pk"))
        return self.filter(Exists(phasen))

    def ohne_empfehlungen(self, am):
        """Those whose report is there for eight weeks, and none of its recommendations.

        Not those taken over from published sources: the report itself was not among them.
        """
        empfehlungen = Handlungsempfehlung.objects.filter(analyse=OuterRef("pk"))
        return (
            self.filter(abschluss_am__letzter_tag__lt=am - EMPFEHLUNGEN_BIS)
            .exclude(herkunft=Herkunft.PROGRAMMDATEN)
            .exclude(Exists(empfehlungen))
        )


class Sicherheitsanalyse(Tatsache):
    """A security analysis of one or more Kommunen, ordered and paid by the LPR (DOMAIN 5).

    Of the return either the number of questionnaires is known or, from a source that prints no
    more, the share: see `ruecklauf_anteil`.
    """

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
    auftragnehmer = models.CharField(
        "Auftragnehmer", max_length=200, blank=True, help_text="Unternehmen, keine Namen."
    )
    stichprobe = models.PositiveIntegerField("befragte Personen", null=True, blank=True)
    ruecklauf = models.PositiveIntegerField(
        "zurückgekommene Fragebögen",
        null=True,
        blank=True,
        help_text="Daraus und aus der Zahl der befragten Personen ergibt sich der Anteil.",
    )
    ruecklauf_prozent = models.DecimalField(
        "Rücklauf in Prozent",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Nur wenn die Quelle keine Zahl der Fragebögen nennt.",
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
            models.CheckConstraint(
                name="sicherheitsanalyse_ruecklauf_aus_stichprobe",
                condition=Q(ruecklauf__isnull=True)
                | Q(stichprobe__isnull=False, stichprobe__gt=0, ruecklauf__lte=F("stichprobe")),
                violation_error_message=(
                    "Es können nicht mehr Fragebögen zurückkommen, als Personen befragt wurden."
                ),
            ),
            models.CheckConstraint(
                name="sicherheitsanalyse_ruecklauf_einmal",
                condition=Q(ruecklauf__isnull=True) | Q(ruecklauf_prozent__isnull=True),
                violation_error_message=(
                    "Geben Sie die Zahl der Fragebögen an oder den Anteil, nicht beides."
                ),
            ),
        ]

    def __str__(self):
        return self.bezeichnung or f"Sicherheitsanalyse ab {self.beginn}"

    @property
    def ruecklauf_anteil(self) -> Decimal | None:
        """The return in percent with one decimal; None while nothing is known of it."""
        if self.ruecklauf is None:
            return self.ruecklauf_prozent
        anteil = Decimal(self.ruecklauf) * 100 / self.stichprobe
        return anteil.quantize(Decimal("0.1"), ROUND_HALF_UP)


class Phasenart(models.TextChoices):
    """The parts of an analysis in the order in which they begin."""

    AUFTAKT = "auftakt", "Auftakt"
    GEBIETSPROFIL = "gebietsprofil", "Gebietsprofil"
    BEFRAGUNG = "befragung", "Bürgerbefragung"
    AUSWERTUNG = "auswertung", "Auswertung"
    BERICHT = "bericht", "Abschlussbericht"
    WORKSHOP = "workshop", "Workshop"


class PhaseQuerySet(models.QuerySet):
    def ueberfaellig(self, am):
        """Those that by their plan should have ended, or begun, before the day `am`."""
        return self.filter(
            Q(bis__isnull=True, geplant_bis__lt=am)
            | Q(von__isnull=True, bis__isnull=True, geplant_von__lt=am)
        )


class Analysephase(models.Model):
    """A part of an analysis: when it was planned, and when it was.

    Phases may run side by side; that none begins before an earlier one the database sees to.
    """

    analyse = models.ForeignKey(
        Sicherheitsanalyse, models.CASCADE, related_name="phasen", verbose_name="Analyse"
    )
    art = models.CharField("Phase", max_length=15, choices=Phasenart)
    geplant_von = models.DateField("geplant von", null=True, blank=True)
    geplant_bis = models.DateField("geplant bis", null=True, blank=True)
    von = models.DateField("begonnen", null=True, blank=True)
    bis = models.DateField("beendet", null=True, blank=True)
    history = HistoricalRecords()

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = "Phase"
        verbose_name_plural = "Phasen"
        ordering = [
            models.Case(
                *(models.When(art=art, then=n) for n, art in enumerate(Phasenart.values)),
                default=len(Phasenart.values),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["analyse", "art"],
                name="analysephase_einmal",
                violation_error_message="Diese Phase steht schon in der Liste.",
            ),
            models.CheckConstraint(
                name="analysephase_bekannt", condition=Q(art__in=Phasenart.values)
            ),
            models.CheckConstraint(
                name="analysephase_plan",
                condition=Q(geplant_von__isnull=True, geplant_bis__isnull=True)
                | Q(
                    geplant_von__isnull=False,
                    geplant_bis__isnull=False,
                    geplant_bis__gte=F("geplant_von"),
                ),
                violation_error_message=(
                    "Zum Plan gehören Beginn und Ende, und das Ende liegt nicht vor dem Beginn."
                ),
            ),
            models.CheckConstraint(
                name="analysephase_verlauf",
                condition=Q(bis__isnull=True) | Q(von__isnull=False, bis__gte=F("von")),
                violation_error_message="Das Ende liegt vor dem Beginn, oder der Beginn fehlt.",
            ),
            models.CheckConstraint(
                name="analysephase_mit_tagen",
                condition=Q(geplant_von__isnull=False) | Q(von__isnull=False),
                violation_error_message="Geben Sie an, wann die Phase geplant ist oder wann sie begann.",
            ),
            *(
                spanne_constraint("analysephase", feld, ab=FREISTAAT_SEIT)
                for feld in ("geplant_von", "geplant_bis", "von", "bis")
            ),
        ]

    def __str__(self):
        return self.get_art_display()

    def ist_ueberfaellig(self, am) -> bool:
        """As `PhaseQuerySet.ueberfaellig`, for a phase that is read already."""
        if self.bis or not self.geplant_von:
            return False
        return self.geplant_bis < am or (self.von is None and self.geplant_von < am)


class Empfehlungsstand(models.TextChoices):
    OFFEN = "offen", "offen"
    GEPLANT = "geplant", "geplant"
    FOERDERUNG = "foerderung", "in Förderung"
    ERLEDIGT = "erledigt", "erledigt"
    VERWORFEN = "verworfen", "verworfen"


# Those that a grant case can take up.
AUFGREIFBAR = (Empfehlungsstand.OFFEN, Empfehlungsstand.GEPLANT, Empfehlungsstand.FOERDERUNG)
# They say what was done, or why it will not be.
MIT_ERLAEUTERUNG = (Empfehlungsstand.ERLEDIGT, Empfehlungsstand.VERWORFEN)
TEXT_HOECHSTENS, ERLAEUTERUNG_HOECHSTENS = 500, 1_000


class EmpfehlungQuerySet(models.QuerySet):
    def sichtbar_fuer(self, konto):
        """Those of the Kommunen for which `konto` may act: never those of others in a joint analysis."""
        return self.filter(kommune__in=kommunen_von(konto))


class Handlungsempfehlung(models.Model):
    """What an analysis recommends to one Kommune, and what becomes of it (F37).

    `faelle` counts the grant cases that take it up and run; the state follows it, see
    verfahren/analyse.py. The planned year stays while a case runs, so that the recommendation
    can go back to what it was. Nothing of it is public.
    """

    analyse = models.ForeignKey(
        Sicherheitsanalyse, models.CASCADE, related_name="empfehlungen", verbose_name="Analyse"
    )
    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="handlungsempfehlungen", verbose_name="Kommune"
    )
    nummer = models.PositiveSmallIntegerField("Nummer", validators=[MinValueValidator(1)])
    text = Langtext("Empfehlung", max_length=TEXT_HOECHSTENS, help_text="Keine Namen.")
    thema = models.CharField(
        "Thema", max_length=100, blank=True, help_text="Zum Beispiel Sauberkeit oder Beleuchtung"
    )
    stand = models.CharField(
        "Stand",
        max_length=10,
        choices=Empfehlungsstand,
        default=Empfehlungsstand.OFFEN,
        editable=False,
    )
    geplant_jahr = models.PositiveSmallIntegerField(
        "geplant für das Jahr",
        null=True,
        blank=True,
        editable=False,
        validators=[MinValueValidator(FREISTAAT_SEIT), MaxValueValidator(SPAETESTES_JAHR)],
    )
    erlaeuterung = Langtext(
        "Was getan wurde oder warum nicht",
        max_length=ERLAEUTERUNG_HOECHSTENS,
        blank=True,
        editable=False,
    )
    faelle = models.PositiveSmallIntegerField("laufende Förderanträge", default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    geaendert_um = models.DateTimeField("Stand geändert", null=True, blank=True, editable=False)
    geaendert_von = person("Stand geändert von", null=True, blank=True)
    history = HistoricalRecords()

    objects = EmpfehlungQuerySet.as_manager()

    class Meta:
        verbose_name = "Handlungsempfehlung"
        verbose_name_plural = "Handlungsempfehlungen"
        ordering = ["kommune__sortiername", "nummer"]
        indexes = [models.Index(fields=["kommune", "stand"], name="handlungsempfehlung_stand")]
        constraints = [
            models.UniqueConstraint(
                fields=["analyse", "kommune", "nummer"],
                name="handlungsempfehlung_einmal",
                violation_error_message="Diese Nummer gibt es für die Kommune schon.",
            ),
            models.CheckConstraint(
                name="handlungsempfehlung_hat_text",
                condition=~Q(text="") & Q(nummer__gte=1),
                violation_error_message="Zur Empfehlung gehören eine Nummer ab 1 und ihr Text.",
            ),
            laenge_constraint("handlungsempfehlung", "text", TEXT_HOECHSTENS),
            laenge_constraint("handlungsempfehlung", "erlaeuterung", ERLAEUTERUNG_HOECHSTENS),
            models.CheckConstraint(
                name="handlungsempfehlung_stand_bekannt",
                condition=Q(stand__in=Empfehlungsstand.values),
            ),
            models.CheckConstraint(
                name="handlungsempfehlung_geplant_mit_jahr",
                condition=Q(geplant_jahr__isnull=False, stand__in=["geplant", "foerderung"])
                | (Q(geplant_jahr__isnull=True) & ~Q(stand="geplant")),
            ),
            models.CheckConstraint(
                name="handlungsempfehlung_erlaeutert",
                condition=(Q(stand__in=MIT_ERLAEUTERUNG) & ~Q(erlaeuterung=""))
                | (~Q(stand__in=MIT_ERLAEUTERUNG) & Q(erlaeuterung="")),
            ),
            models.CheckConstraint(
                name="handlungsempfehlung_stand_und_faelle",
                condition=Q(stand="erledigt")
                | Q(stand="foerderung", faelle__gt=0)
                | (~Q(stand="foerderung") & Q(faelle=0)),
            ),
        ]

    def __str__(self):
        return f"Empfehlung {self.nummer}"

    @property
    def bezeichnung(self) -> str:
        """Its number and the year of the report, or of the beginning of what has none."""
        jahr = (self.analyse.abschluss_am or self.analyse.beginn).jahr
        return f"Empfehlung {self.nummer} ({jahr})"

    @property
    def ist_aufgreifbar(self) -> bool:
        return self.stand in AUFGREIFBAR
