"""Advice of the LPR: what a Kommune asks for, and what was held."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.befugnisse import kommunen_von
from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft, Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    LetzterTag,
    ZeitangabeField,
    spanne_constraint,
    zeitangabe_constraint,
)

from .koordination import koordiniert
from .person import person

KUERZESTER_TERMIN, LAENGSTER_TERMIN = 15, 480  # minutes


class BeratungQuerySet(TatsacheQuerySet):
    def bis(self, stichtag):
        """Held by the end of the day `stichtag`."""
        return self.filter(am__letzter_tag__lte=stichtag)


class Beratungsform(models.TextChoices):
    VOR_ORT = "vor_ort", "vor Ort"
    VIDEO = "video", "per Videokonferenz"
    TELEFON = "telefon", "am Telefon"
    VERANSTALTUNG = "veranstaltung", "bei einer Veranstaltung"


# Where people have to know where to go.
MIT_ORT = (Beratungsform.VOR_ORT, Beratungsform.VERANSTALTUNG)


class Beratung(Tatsache):
    """An advice given by the LPR to one Kommune.

    `beraten_von` is for the LPR only, as are `quelle` and `bemerkung`; the Kommune reads the rest.
    The same form sent twice (`marke`) is one record.
    """

    Form = Beratungsform

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
    beraten_von = person("beraten von", null=True, blank=True)
    marke = models.UUIDField(unique=True, null=True, editable=False)
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
            # The request it answers refers to both: it is one of the same Kommune.
            models.UniqueConstraint(fields=["id", "kommune"], name="beratung_mit_kommune"),
        ]

    def __str__(self):
        return f"Beratung {self.kommune} ({self.am})"


class Wegschritt(models.TextChoices):
    """The steps of the path of a Kommune (DOMAIN section 2) on which one can agree."""

    BERATUNG = "beratung", "weitere Beratung"
    VORVEREINBARUNG = "vorvereinbarung", "Vorvereinbarung schließen"
    BESCHLUSS = "beschluss", "Beschluss des Stadt- oder Gemeinderats fassen"
    VEREINBARUNG = "vereinbarung", "Kooperationsvereinbarung unterzeichnen"
    ANALYSE = "analyse", "Sicherheitsanalyse durchführen"
    RAT = "rat", "Kommunalen Präventionsrat gründen oder wiederbeleben"
    KOORDINIERUNG = "koordinierung", "Koordinierungsstelle besetzen"
    COACHING = "coaching", "Coaching anfragen"
    FOERDERUNG = "foerderung", "Projekt planen oder Förderung beantragen"
    EVALUATION = "evaluation", "Wirkung prüfen oder Verwendung nachweisen"
    VERNETZUNG = "vernetzung", "mit anderen Kommunen vernetzen"


class BeratungsschrittQuerySet(models.QuerySet):
    def offen(self):
        return self.filter(erledigt_um__isnull=True)

    def faellig_bis(self, tag):
        """Open ones whose day is `tag` or earlier."""
        return self.offen().filter(bis__lte=tag)


class Beratungsschritt(models.Model):
    """What the Kommune does next, as agreed in an advice; the Kommune ticks it off."""

    beratung = models.ForeignKey(
        Beratung, models.CASCADE, related_name="schritte", verbose_name="Beratung"
    )
    schritt = models.CharField("Schritt", max_length=20, choices=Wegschritt)
    bis = models.DateField("bis", null=True, blank=True)
    worte = Langtext("was genau", max_length=1_000, blank=True)
    erledigt_um = models.DateTimeField("erledigt", null=True, blank=True, editable=False)
    erledigt_von = person("erledigt von", null=True, blank=True)
    history = HistoricalRecords()

    objects = BeratungsschrittQuerySet.as_manager()

    class Meta:
        verbose_name = "vereinbarter Schritt"
        verbose_name_plural = "vereinbarte nächste Schritte"
        ordering = [F("bis").asc(nulls_last=True), "pk"]
        constraints = [
            laenge_constraint("beratungsschritt", "worte", 1_000),
            spanne_constraint("beratungsschritt", "bis"),
            models.CheckConstraint(
                name="beratungsschritt_bekannt", condition=Q(schritt__in=Wegschritt.values)
            ),
            models.CheckConstraint(
                name="beratungsschritt_erledigt_mit_person",
                condition=Q(erledigt_um__isnull=True, erledigt_von__isnull=True)
                | Q(erledigt_um__isnull=False, erledigt_von__isnull=False),
            ),
        ]

    def __str__(self):
        return self.get_schritt_display()


class Anfrageweg(models.TextChoices):
    PORTAL = "portal", "im Portal"
    TELEFON = "telefon", "am Telefon"
    EMAIL = "email", "per E-Mail"
    VERANSTALTUNG = "veranstaltung", "bei einer Veranstaltung"


class Beratungsstand(models.TextChoices):
    """How far a request is. Only `beratung.verfahren.beratung` writes it."""

    NEU = "neu", "noch ohne Termin"
    GEPLANT = "geplant", "Termin steht"
    BERATEN = "beraten", "beraten"
    GESCHLOSSEN = "geschlossen", "ohne Beratung geschlossen"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"


OFFENE_STAENDE = (Beratungsstand.NEU, Beratungsstand.GEPLANT)
OHNE_TERMIN = {
    "termin_um": None,
    "termin_minuten": None,
    "termin_form": "",
    "termin_ort": "",
    "termin_hinweis": "",
    "geplant_um": None,
    "geplant_von": None,
    "erinnert_am": None,
}


# The same as a condition.
OHNE_TERMIN_BEDINGUNG = {
    name if wert == "" else f"{name}__isnull": wert if wert == "" else True
    for name, wert in OHNE_TERMIN.items()
}


class BeratungsanfrageQuerySet(models.QuerySet):
    def offen(self):
        """Those that nobody has brought to an end yet."""
        return self.filter(stand__in=OFFENE_STAENDE)

    def neu(self):
        return self.filter(stand=Beratungsstand.NEU)

    def geplant(self, um):
        """Those whose appointment is still ahead at the moment `um`."""
        return self.filter(stand=Beratungsstand.GEPLANT, termin_um__gt=um)

    def vorbei(self, um):
        """Those whose appointment has begun and of which nothing is recorded yet."""
        return self.filter(stand=Beratungsstand.GEPLANT, termin_um__lte=um)

    def sichtbar_fuer(self, konto):
        """The requests of the person's Kommunen; all for coordinators."""
        if koordiniert(konto):
            return self
        return self.filter(kommune__in=kommunen_von(konto))


class Beratungsanfrage(models.Model):
    """A Kommune asks for advice (F3), in the portal or by a call that staff took.

    The appointment (`termin_...`) stays after the end: it is how it came about. `version` counts
    every step. `absage_grund` and `grund` are read by the Kommune.
    """

    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="beratungsanfragen", verbose_name="Kommune"
    )
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    weg = models.CharField(
        "eingegangen", max_length=15, choices=Anfrageweg, default=Anfrageweg.PORTAL, editable=False
    )
    anliegen = Langtext("Anliegen", max_length=2_000)
    gestellt_um = models.DateTimeField("gestellt", editable=False)
    gestellt_von = person("gestellt von")
    stand = models.CharField(
        "Stand", max_length=15, choices=Beratungsstand, default=Beratungsstand.NEU, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    termin_um = models.DateTimeField("Termin", null=True, editable=False)
    termin_minuten = models.PositiveSmallIntegerField("Dauer in Minuten", null=True, editable=False)
    termin_form = models.CharField(
        "Form", max_length=15, choices=Beratungsform, blank=True, editable=False
    )
    termin_ort = models.CharField("Ort oder Zugang", max_length=300, blank=True, editable=False)
    termin_hinweis = Langtext(
        "Hinweis an die Kommune", max_length=2_000, blank=True, editable=False
    )
    geplant_um = models.DateTimeField("geplant", null=True, editable=False)
    geplant_von = person("geplant von", null=True)
    erinnert_am = models.DateField("erinnert", null=True, editable=False)
    absage_grund = Langtext("Grund der Absage", max_length=1_000, blank=True, editable=False)

    erledigt_um = models.DateTimeField("erledigt", null=True, blank=True, editable=False)
    erledigt_von = person("erledigt von", null=True, blank=True)
    beratung = models.OneToOneField(
        Beratung, models.PROTECT, null=True, editable=False, related_name="anfrage",
        verbose_name="Beratung",
    )  # fmt: skip
    grund = Langtext("Grund des Abschlusses", max_length=1_000, blank=True, editable=False)
    herkunft = models.CharField(
        "Herkunft", max_length=15, choices=Herkunft, default=Herkunft.ERFASST, editable=False
    )

    objects = BeratungsanfrageQuerySet.as_manager()

    class Meta:
        verbose_name = "Anfrage nach Beratung"
        verbose_name_plural = "Anfragen nach Beratung"
        ordering = ["-gestellt_um"]
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["stand", "termin_um"], name="beratungsanfrage_stand"),
            models.Index(fields=["kommune", "-gestellt_um"], name="beratungsanfrage_kommune"),
        ]
        constraints = [
            laenge_constraint("beratungsanfrage", "anliegen", 2_000),
            laenge_constraint("beratungsanfrage", "termin_hinweis", 2_000),
            laenge_constraint("beratungsanfrage", "absage_grund", 1_000),
            laenge_constraint("beratungsanfrage", "grund", 1_000),
            spanne_constraint("beratungsanfrage", "termin_um"),
            models.UniqueConstraint(
                fields=["kommune"],
                condition=Q(stand__in=OFFENE_STAENDE),
                name="beratungsanfrage_eine_offen",
                violation_error_message="Ihre Kommune hat schon eine Beratung angefragt.",
            ),
            models.CheckConstraint(
                name="beratungsanfrage_weg_bekannt", condition=Q(weg__in=Anfrageweg.values)
            ),
            models.CheckConstraint(
                name="beratungsanfrage_mit_anliegen",
                condition=~Q(anliegen=""),
                violation_error_message="Geben Sie das Anliegen an.",
            ),
            models.CheckConstraint(
                name="beratungsanfrage_stand_bekannt", condition=Q(stand__in=Beratungsstand.values)
            ),
            models.CheckConstraint(
                name="beratungsanfrage_ende_mit_person",
                condition=Q(
                    stand__in=OFFENE_STAENDE, erledigt_um__isnull=True, erledigt_von__isnull=True
                )
                | (
                    ~Q(stand__in=OFFENE_STAENDE)
                    & Q(erledigt_um__gte=F("gestellt_um"), erledigt_von__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="beratungsanfrage_termin_passt_zum_stand",
                condition=Q(stand=Beratungsstand.NEU, termin_um__isnull=True)
                | Q(stand=Beratungsstand.GEPLANT, termin_um__isnull=False)
                | ~Q(stand__in=OFFENE_STAENDE),
            ),
            models.CheckConstraint(
                name="beratungsanfrage_termin_vollstaendig",
                condition=Q(**OHNE_TERMIN_BEDINGUNG)
                | Q(
                    termin_um__isnull=False,
                    termin_minuten__gte=KUERZESTER_TERMIN,
                    termin_minuten__lte=LAENGSTER_TERMIN,
                    termin_form__in=Beratungsform.values,
                    geplant_um__isnull=False,
                    geplant_von__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="beratungsanfrage_termin_mit_ort",
                condition=~Q(termin_form__in=MIT_ORT) | ~Q(termin_ort=""),
                violation_error_message="Geben Sie an, wo die Beratung stattfindet.",
            ),
            models.CheckConstraint(
                name="beratungsanfrage_beraten_mit_beratung",
                condition=Q(stand=Beratungsstand.BERATEN, beratung__isnull=False)
                | (~Q(stand=Beratungsstand.BERATEN) & Q(beratung__isnull=True)),
            ),
            models.CheckConstraint(
                name="beratungsanfrage_ende_begruendet",
                condition=~Q(stand=Beratungsstand.GESCHLOSSEN) | ~Q(grund=""),
            ),
        ]

    def __str__(self):
        return f"Beratung für {self.kommune}"

    @property
    def ist_offen(self) -> bool:
        return self.stand in OFFENE_STAENDE

    @property
    def ist_beispiel(self) -> bool:
        return self.herkunft == Herkunft.BEISPIEL

    @property
    def termin_ende(self):
        return self.termin_um and self.termin_um + timedelta(minutes=self.termin_minuten)
