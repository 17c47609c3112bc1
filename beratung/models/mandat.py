"""An engagement: what is agreed, who accompanies, how many days (F32, F36)."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from asskomm.konten.vieraugen import VierAugen
from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.befugnisse import kommunen_von
from kommunen.models import Mitgliedschaft
from kommunen.tatsachen import Herkunft
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .coach import Coach
from .coaching import Coaching
from .koordination import koordiniert
from .person import person
from .vermittlung import HOECHSTES_KONTINGENT, Coachinganfrage

# F36: a coach can read on for so many days after the end of the own assignment.
ZUGANG_DANACH = timedelta(days=30)


class Phase(models.TextChoices):
    AUFTRAG = "auftrag", "Auftrag klären"
    BESTAND = "bestand", "Bestand aufnehmen"
    STRATEGIE = "strategie", "Strategie entwickeln"
    UMSETZUNG = "umsetzung", "Umsetzung begleiten"
    UEBERGABE = "uebergabe", "Selbständig weitergehen"


class Mandatsstand(models.TextChoices):
    LAUFEND = "laufend", "laufend"
    ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"


def ansprechbar(zum_mandat: str = "") -> models.QuerySet:
    """Memberships by which the contact person of the outer engagement acts for its Kommune."""
    return Mitgliedschaft.objects.aktiv().filter(
        konto=models.OuterRef(f"{zum_mandat}ansprechperson"),
        kommune__coachings=models.OuterRef(f"{zum_mandat}coaching"),
    )


class MandatQuerySet(models.QuerySet):
    def laufend(self):
        return self.filter(stand=Mandatsstand.LAUFEND)

    def von_coach(self, konto, am):
        """Those the coach may open on the day `am`: assigned, or for 30 days after (F36)."""
        einsaetze = Einsatz.objects.zugaenglich(am).filter(coach__konto=konto)
        return self.filter(pk__in=einsaetze.values("mandat"))

    def von_kommunen(self, konto):
        """Those of the Kommunen for which the person may act."""
        return self.filter(coaching__kommunen__in=kommunen_von(konto)).distinct()

    def sichtbar_fuer(self, konto, am):
        """What `konto` may open on the day `am`: all for coordinators, else the own ones."""
        if koordiniert(konto):
            return self
        return self.filter(
            Q(pk__in=Mandat.objects.von_coach(konto, am).values("pk"))
            | Q(pk__in=Mandat.objects.von_kommunen(konto).values("pk"))
        )

    def ohne_ansprechperson(self):
        """Running ones whose contact person is missing or no longer a member there (F34)."""
        return self.laufend().exclude(models.Exists(ansprechbar()))


class Mandat(models.Model):
    """The working record behind a Coaching; nothing of it is public.

    `coaching` is the public fact with its Kommunen and years. Days are counted in quarters:
    `gebucht` is the sum of the sessions (`Sitzung.viertel`) and never more than `kontingent`.
    `erinnert_am` is the day of the last reminder to the contact person. `erweiterung_erbeten_um` is
    when the coach asked the coordinators for more, until they have answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coaching = models.OneToOneField(
        Coaching, models.PROTECT, related_name="mandat", verbose_name="Coaching"
    )
    anfrage = models.OneToOneField(
        Coachinganfrage,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="mandat",
        verbose_name="Anfrage",
    )
    ansprechperson = person("Ansprechperson der Kommune", null=True, blank=True)
    ziele = Langtext("Ziele", max_length=5_000, blank=True)
    phase = models.CharField("Phase", max_length=15, choices=Phase, default=Phase.AUFTRAG)
    beginn = models.DateField("Beginn")
    ende_geplant = models.DateField("voraussichtliches Ende")
    kontingent = models.PositiveSmallIntegerField(
        "Kontingent in Vierteltagen",
        validators=[MinValueValidator(1), MaxValueValidator(HOECHSTES_KONTINGENT)],
        help_text="Vier Vierteltage sind ein Tag.",
    )
    gebucht = models.PositiveSmallIntegerField("gebuchte Vierteltage", default=0, editable=False)
    stand = models.CharField(
        "Stand",
        max_length=15,
        choices=Mandatsstand,
        default=Mandatsstand.LAUFEND,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    erinnert_am = models.DateField("zuletzt erinnert", null=True, editable=False)
    erweiterung_erbeten_um = models.DateTimeField("Erweiterung erbeten", null=True, editable=False)
    beendet_am = models.DateField("beendet", null=True, editable=False)
    bericht = Langtext("Abschlussbericht", max_length=10_000, blank=True, editable=False)
    herkunft = models.CharField(
        "Herkunft", max_length=15, choices=Herkunft, default=Herkunft.ERFASST, editable=False
    )

    objects = MandatQuerySet.as_manager()

    class Meta:
        verbose_name = "Begleitung"
        verbose_name_plural = "Begleitungen"
        ordering = ["-beginn", "pk"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["stand", "ende_geplant"], name="mandat_stand")]
        constraints = [
            spanne_constraint("mandat", "beginn", ab=FREISTAAT_SEIT),
            spanne_constraint("mandat", "ende_geplant", ab=FREISTAAT_SEIT),
            laenge_constraint("mandat", "ziele", 5_000),
            laenge_constraint("mandat", "bericht", 10_000),
            models.CheckConstraint(
                name="mandat_phase_bekannt", condition=Q(phase__in=Phase.values)
            ),
            models.CheckConstraint(
                name="mandat_ende_nach_beginn",
                condition=Q(ende_geplant__gte=F("beginn")),
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                name="mandat_kontingent",
                condition=Q(kontingent__gte=1, kontingent__lte=HOECHSTES_KONTINGENT),
                violation_error_message=(
                    f"Das Kontingent liegt zwischen 1 und {HOECHSTES_KONTINGENT} Vierteltagen."
                ),
            ),
            models.CheckConstraint(
                name="mandat_kontingent_reicht",
                condition=Q(gebucht__lte=F("kontingent")),
                violation_error_message="So viele Vierteltage sind schon gebucht.",
            ),
            models.CheckConstraint(
                name="mandat_abgeschlossen_mit_bericht",
                condition=Q(stand="laufend", beendet_am__isnull=True, bericht="")
                | (
                    Q(stand="abgeschlossen", beendet_am__isnull=False, beendet_am__gte=F("beginn"))
                    & ~Q(bericht="")
                ),
            ),
            models.CheckConstraint(
                name="mandat_erweiterung_nur_laufend",
                condition=Q(stand="laufend") | Q(erweiterung_erbeten_um__isnull=True),
            ),
        ]

    def __str__(self):
        return f"Begleitung ab {self.beginn:%d.%m.%Y}"

    @property
    def rest(self) -> int:
        """Quarter days that are left."""
        return self.kontingent - self.gebucht


class Einsatzrolle(models.TextChoices):
    COACH = "coach", "Coach"
    VERTRETUNG = "vertretung", "Vertretung"


class EinsatzQuerySet(models.QuerySet):
    def laufend(self):
        return self.filter(bis__isnull=True)

    def zugaenglich(self, am):
        """Those that open the engagement on the day `am`: running, or ended up to 30 days ago."""
        return self.filter(Q(bis__isnull=True) | Q(bis__gte=am - ZUGANG_DANACH), von__lte=am)


class Einsatz(models.Model):
    """That a coach leads an engagement, or stands in for the one who does, from a day to a day.

    `von` may be ahead of the first session: the coach sees the engagement from the day on which
    it was agreed. A handover ends one row and begins another.
    """

    mandat = models.ForeignKey(
        Mandat, models.PROTECT, related_name="einsaetze", verbose_name="Begleitung"
    )
    coach = models.ForeignKey(Coach, models.PROTECT, related_name="einsaetze", verbose_name="Coach")
    rolle = models.CharField("Aufgabe", max_length=10, choices=Einsatzrolle)
    von = models.DateField("von")
    bis = models.DateField("bis", null=True, blank=True)

    objects = EinsatzQuerySet.as_manager()

    class Meta:
        verbose_name = "Einsatz"
        verbose_name_plural = "Einsätze"
        ordering = ["mandat", "rolle", "von"]
        default_permissions = []
        indexes = [models.Index(fields=["coach", "bis"], name="einsatz_coach")]
        constraints = [
            spanne_constraint("einsatz", "von", ab=FREISTAAT_SEIT),
            spanne_constraint("einsatz", "bis", ab=FREISTAAT_SEIT),
            models.CheckConstraint(
                name="einsatz_rolle_bekannt", condition=Q(rolle__in=Einsatzrolle.values)
            ),
            models.CheckConstraint(
                name="einsatz_ende_nach_beginn",
                condition=Q(bis__isnull=True) | Q(bis__gte=F("von")),
            ),
            models.UniqueConstraint(
                fields=["mandat", "rolle"],
                condition=Q(bis__isnull=True),
                name="einsatz_einer_je_rolle",
            ),
            models.UniqueConstraint(
                fields=["mandat", "coach"],
                condition=Q(bis__isnull=True),
                name="einsatz_eine_rolle_je_coach",
                violation_error_message="Niemand vertritt sich selbst.",
            ),
        ]

    def __str__(self):
        return f"{self.get_rolle_display()} {self.coach}"


class Kontingenterweiterung(VierAugen):
    """More quarter days for an engagement: one proposes, another decides (F32)."""

    mandat = models.ForeignKey(
        Mandat, models.PROTECT, related_name="erweiterungen", verbose_name="Begleitung"
    )
    viertel = models.PositiveSmallIntegerField(
        "zusätzliche Vierteltage",
        validators=[MinValueValidator(1), MaxValueValidator(HOECHSTES_KONTINGENT)],
        help_text="Vier Vierteltage sind ein Tag.",
    )

    class Meta(VierAugen.Meta):
        verbose_name = "Erweiterung eines Kontingents"
        verbose_name_plural = "Erweiterungen von Kontingenten"
        ordering = ["-vorgeschlagen_um", "-pk"]
        constraints = [
            *VierAugen.Meta.constraints,
            models.CheckConstraint(
                name="kontingenterweiterung_viertel",
                condition=Q(viertel__gte=1, viertel__lte=HOECHSTES_KONTINGENT),
                violation_error_message="Mindestens ein Vierteltag.",
            ),
            models.UniqueConstraint(
                fields=["mandat"],
                condition=Q(ergebnis="offen"),
                name="kontingenterweiterung_eine_offen",
                violation_error_message="Für diese Begleitung ist schon eine Erweiterung vorgeschlagen.",
            ),
        ]

    def __str__(self):
        return f"Erweiterung um {self.viertel} Vierteltage"

    def clean(self):
        """Checks the proposal; the form shows the sentence at its field."""
        super().clean()
        if self.mandat_id and self.viertel and (satz := self.hindernis()):
            raise ValidationError({"viertel": satz})

    def hindernis(self) -> str:
        """Why it cannot be proposed or approved: a sentence, empty where it can."""
        if self.mandat.stand != Mandatsstand.LAUFEND:
            return "Diese Begleitung ist abgeschlossen. Ihr Kontingent bleibt, wie es ist."
        noch = HOECHSTES_KONTINGENT - self.mandat.kontingent
        if self.viertel > noch:
            return (
                f"Das Kontingent ist {self.mandat.kontingent} Vierteltage und höchstens "
                f"{HOECHSTES_KONTINGENT}. Möglich sind noch {noch}."
            )
        return ""
