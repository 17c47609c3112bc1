"""The pool of coaches: who can accompany whom, and when (F31)."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from simple_history.models import HistoricalRecords

from asskomm.konten.models import Einladung
from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune, Kreis
from kommunen.tatsachen import Herkunft
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint


class Faehigkeit(models.Model):
    """What a coach is good at; the coordinators keep the list."""

    name = models.CharField("Name", max_length=100, unique=True)

    class Meta:
        verbose_name = "Fähigkeit"
        verbose_name_plural = "Fähigkeiten"
        ordering = ["name"]

    def __str__(self):
        return self.name


class CoachQuerySet(models.QuerySet):
    def taetig(self):
        """Those who can sign in: the invitation accepted, the account active."""
        return self.filter(
            Q(eingeladen=False) | Q(einladung__angenommen_um__isnull=False),
            konto__is_active=True,
        )


class Coach(models.Model):
    """A person who accompanies Kommunen. The account sees its engagements and nothing else.

    `kapazitaet` is how many engagements the coach leads at the same time; deputyships do not count.
    Whoever was `eingeladen` is a coach from the acceptance of `einladung` on; an invitation that
    nobody accepted is deleted some time after its end.
    """

    konto = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="coach", verbose_name="Person"
    )
    einladung = models.ForeignKey(
        Einladung,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="Einladung",
    )
    eingeladen = models.BooleanField("eingeladen", default=False, editable=False)
    kapazitaet = models.PositiveSmallIntegerField(
        "Begleitungen gleichzeitig",
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="So viele Begleitungen leitet der Coach höchstens zur selben Zeit.",
    )
    faehigkeiten = models.ManyToManyField(
        Faehigkeit, blank=True, related_name="coaches", verbose_name="Fähigkeiten"
    )
    kreise = models.ManyToManyField(
        Kreis, blank=True, related_name="coaches", verbose_name="Einsatzgebiet"
    )
    bemerkung = Langtext("interne Bemerkung", max_length=2_000, blank=True)
    herkunft = models.CharField(
        "Herkunft", max_length=15, choices=Herkunft, default=Herkunft.ERFASST, editable=False
    )
    history = HistoricalRecords(m2m_fields=[faehigkeiten, kreise])

    objects = CoachQuerySet.as_manager()

    class Meta:
        verbose_name = "Coach"
        verbose_name_plural = "Coaches"
        ordering = ["konto__name", "pk"]
        constraints = [
            laenge_constraint("coach", "bemerkung", 2_000),
            models.CheckConstraint(
                name="coach_kapazitaet",
                condition=Q(kapazitaet__gte=1, kapazitaet__lte=20),
                violation_error_message="Ein Coach leitet 1 bis 20 Begleitungen zur selben Zeit.",
            ),
        ]

    def __str__(self):
        return str(self.konto)

    @property
    def ist_beispiel(self) -> bool:
        return self.herkunft == Herkunft.BEISPIEL

    @property
    def einladung_ist_offen(self) -> bool:
        """Neither accepted nor withdrawn; it may have run out."""
        einladung = self.einladung
        return bool(einladung) and not (einladung.angenommen_um or einladung.widerrufen_um)


def _spanne(funktion, von, bis):
    """From the one to the other, both included."""
    return Func(F(von), F(bis), Value("[]"), function=funktion)


class Coachvertrag(models.Model):
    """For which days the LPR has a contract with the coach; both days count."""

    coach = models.ForeignKey(Coach, models.PROTECT, related_name="vertraege", verbose_name="Coach")
    von = models.DateField("erster Tag")
    bis = models.DateField("letzter Tag")
    aktenzeichen = models.CharField("Aktenzeichen", max_length=100, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Vertrag"
        verbose_name_plural = "Verträge"
        ordering = ["-von", "pk"]
        constraints = [
            spanne_constraint("coachvertrag", "von", ab=FREISTAAT_SEIT),
            spanne_constraint("coachvertrag", "bis", ab=FREISTAAT_SEIT),
            models.CheckConstraint(
                name="coachvertrag_ende_nach_beginn",
                condition=Q(bis__gte=F("von")),
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            # The coach's number as a range of one: plain equality in a GiST index would need an
            # extension that not every server has.
            ExclusionConstraint(
                name="coachvertrag_nicht_zugleich",
                expressions=[
                    (_spanne("int8range", "coach", "coach"), RangeOperators.OVERLAPS),
                    (_spanne("daterange", "von", "bis"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Für einen Teil dieser Tage gibt es schon einen Vertrag.",
            ),
        ]

    def __str__(self):
        return f"Vertrag von {self.coach}"


class Ausschluss(models.Model):
    """A conflict: this coach is not proposed for this Kommune (any more). Internal."""

    coach = models.ForeignKey(
        Coach, models.PROTECT, related_name="ausschluesse", verbose_name="Coach"
    )
    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="coachausschluesse", verbose_name="Kommune"
    )
    grund = Langtext("Grund", max_length=1_000)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Ausschluss"
        verbose_name_plural = "Ausschlüsse"
        ordering = ["coach", "kommune__sortiername"]
        constraints = [
            laenge_constraint("ausschluss", "grund", 1_000),
            models.CheckConstraint(
                name="ausschluss_begruendet",
                condition=~Q(grund=""),
                violation_error_message="Geben Sie den Grund an.",
            ),
            models.UniqueConstraint(
                fields=["coach", "kommune"],
                name="ausschluss_einmal",
                violation_error_message="Dieser Coach ist für die Kommune schon ausgeschlossen.",
            ),
        ]

    def __str__(self):
        return f"{self.coach} nicht für {self.kommune}"
