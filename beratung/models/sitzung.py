"""Sessions of an engagement: what was spoken of, for whom it is written, what comes next (F33)."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .koordination import koordiniert
from .mandat import Einsatz, Mandat
from .person import person

# Four days: longer is no session but a mistake.
HOECHSTENS_VIERTEL = 16


class Sitzungsform(models.TextChoices):
    VOR_ORT = "vor_ort", "vor Ort"
    VIDEO = "video", "per Videokonferenz"
    TELEFON = "telefon", "am Telefon"


class SitzungQuerySet(models.QuerySet):
    def gueltig(self):
        """Those that were not cancelled: they count against the contingent."""
        return self.filter(storniert_um__isnull=True)

    def ungelesen(self):
        """Those with a shared text that nobody of the Kommune has opened yet."""
        return self.gueltig().filter(
            geoeffnet_um__isnull=True, niederschriften__stufe=Stufe.GETEILT
        )


class Sitzung(models.Model):
    """A meeting of a coach with a Kommune. Length in quarter days, dates in Europe/Berlin.

    `geoeffnet_um` is when somebody of the Kommune opened it for the first time (F34). A record
    made by mistake is cancelled, not deleted; its quarter days are free again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    mandat = models.ForeignKey(
        Mandat, models.PROTECT, related_name="sitzungen", verbose_name="Begleitung"
    )
    am = models.DateField("Datum")
    form = models.CharField("Form", max_length=10, choices=Sitzungsform)
    viertel = models.PositiveSmallIntegerField(
        "Dauer in Vierteltagen",
        validators=[MinValueValidator(1), MaxValueValidator(HOECHSTENS_VIERTEL)],
        help_text="Zwei Stunden sind ein Vierteltag.",
    )
    teilnehmende = Langtext(
        "Teilnehmende nach Funktion",
        max_length=2_000,
        help_text="Funktionen, keine Namen. Zum Beispiel: Bürgermeister, Leiterin Ordnungsamt.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    erfasst_um = models.DateTimeField("erfasst", editable=False)
    erfasst_von = person("erfasst von")
    geoeffnet_um = models.DateTimeField("geöffnet", null=True, editable=False)
    geoeffnet_von = person("geöffnet von", null=True)
    storniert_um = models.DateTimeField("storniert", null=True, editable=False)
    storno_grund = Langtext("Grund des Stornos", max_length=1_000, blank=True, editable=False)

    objects = SitzungQuerySet.as_manager()

    class Meta:
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        ordering = ["-am", "-erfasst_um"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["mandat", "-am"], name="sitzung_mandat")]
        constraints = [
            spanne_constraint("sitzung", "am", ab=FREISTAAT_SEIT),
            laenge_constraint("sitzung", "teilnehmende", 2_000),
            laenge_constraint("sitzung", "storno_grund", 1_000),
            models.CheckConstraint(
                name="sitzung_viertel",
                condition=Q(viertel__gte=1, viertel__lte=HOECHSTENS_VIERTEL),
                violation_error_message=(
                    f"Eine Sitzung dauert 1 bis {HOECHSTENS_VIERTEL} Vierteltage."
                ),
            ),
            models.CheckConstraint(
                name="sitzung_form_bekannt", condition=Q(form__in=Sitzungsform.values)
            ),
            models.CheckConstraint(
                name="sitzung_nicht_in_zukunft",
                condition=Q(am__lte=F("erfasst_um__date")),
                violation_error_message="Das Datum liegt in der Zukunft.",
            ),
            models.CheckConstraint(
                name="sitzung_geoeffnet_mit_person",
                condition=Q(geoeffnet_um__isnull=True, geoeffnet_von__isnull=True)
                | Q(geoeffnet_um__isnull=False, geoeffnet_von__isnull=False),
            ),
            models.CheckConstraint(
                name="sitzung_storno_begruendet",
                condition=Q(storniert_um__isnull=True, storno_grund="")
                | (Q(storniert_um__isnull=False) & ~Q(storno_grund="")),
            ),
        ]

    def __str__(self):
        return f"Sitzung am {self.am:%d.%m.%Y}"


class Stufe(models.TextChoices):
    """For whom a text is written. A text never changes its level; a trigger sees to it."""

    GETEILT = "geteilt", "geteilt: Kommune, Coach und LPR"
    LPR = "lpr", "nur Coach und LPR"
    EIGEN = "eigen", "eigene Notiz: nur Sie selbst"


class NiederschriftQuerySet(models.QuerySet):
    def sichtbar_fuer(self, konto, am):
        """The texts that `konto` may read on the day `am`; the one place that says it.

        Own notes: their writer, as long as the engagement is open to them. LPR: coordinators and
        the coaches of the engagement; whose assignment has ended reads what they wrote and what
        others wrote until then. Shared: also the Kommune. Cancelled sessions as all others.
        """
        meine = Q(stufe=Stufe.EIGEN, verfasst_von=konto)
        als_coach = Einsatz.objects.zugaenglich(am).filter(
            coach__konto=konto, mandat=OuterRef("sitzung__mandat")
        )
        begleitet = Exists(als_coach)
        bis_dahin = Exists(
            als_coach.filter(Q(bis__isnull=True) | Q(bis__gte=OuterRef("verfasst_um__date")))
        )
        if koordiniert(konto):
            return self.exclude(stufe=Stufe.EIGEN) | self.filter(meine)
        meiner_kommunen = Mandat.objects.von_kommunen(konto).values("pk")
        return self.filter(
            (meine & begleitet)
            | (begleitet & ~Q(stufe=Stufe.EIGEN) & (bis_dahin | Q(verfasst_von=konto)))
            | Q(stufe=Stufe.GETEILT, sitzung__mandat__in=meiner_kommunen)
        )


class Niederschrift(models.Model):
    """What is written about a session for one level. `geaendert_um` tells of a later correction."""

    sitzung = models.ForeignKey(
        Sitzung, models.PROTECT, related_name="niederschriften", verbose_name="Sitzung"
    )
    stufe = models.CharField("Sichtbarkeit", max_length=10, choices=Stufe)
    text = Langtext("Text", max_length=10_000)
    verfasst_von = person("verfasst von")
    verfasst_um = models.DateTimeField("verfasst", editable=False)
    geaendert_um = models.DateTimeField("geändert", null=True, editable=False)

    objects = NiederschriftQuerySet.as_manager()

    class Meta:
        verbose_name = "Niederschrift"
        verbose_name_plural = "Niederschriften"
        ordering = ["sitzung", "stufe"]
        default_permissions = []
        constraints = [
            laenge_constraint("niederschrift", "text", 10_000),
            models.CheckConstraint(
                name="niederschrift_nicht_leer",
                condition=~Q(text=""),
            ),
            models.CheckConstraint(
                name="niederschrift_stufe_bekannt", condition=Q(stufe__in=Stufe.values)
            ),
            models.UniqueConstraint(
                fields=["sitzung", "stufe"],
                condition=~Q(stufe="eigen"),
                name="niederschrift_eine_je_stufe",
            ),
            models.UniqueConstraint(
                fields=["sitzung", "verfasst_von"],
                condition=Q(stufe="eigen"),
                name="niederschrift_eine_eigene",
            ),
        ]

    def __str__(self):
        return f"{self.get_stufe_display()}, {self.sitzung}"


class Zustaendig(models.TextChoices):
    KOMMUNE = "kommune", "Kommune"
    COACH = "coach", "Coach"
    LPR = "lpr", "Landespräventionsrat"


class CoachingschrittQuerySet(models.QuerySet):
    def offen(self):
        """Not ticked, and of a session that was not cancelled."""
        return self.filter(erledigt_um__isnull=True, sitzung__storniert_um__isnull=True)


class Coachingschritt(models.Model):
    """A next step that a session agreed on; always shared. The Kommune ticks its own ones."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sitzung = models.ForeignKey(
        Sitzung, models.PROTECT, related_name="schritte", verbose_name="Sitzung"
    )
    was = models.CharField("Was zu tun ist", max_length=300)
    wer = models.CharField("Zuständig", max_length=10, choices=Zustaendig)
    funktion = models.CharField(
        "Funktion", max_length=150, blank=True, help_text="Funktion, kein Name."
    )
    bis = models.DateField("bis", null=True, blank=True)
    angelegt_um = models.DateTimeField("angelegt", editable=False)
    geoeffnet_um = models.DateTimeField("geöffnet", null=True, editable=False)
    erledigt_um = models.DateTimeField("erledigt", null=True, editable=False)
    erledigt_von = person("erledigt von", null=True)

    objects = CoachingschrittQuerySet.as_manager()

    class Meta:
        verbose_name = "nächster Schritt"
        verbose_name_plural = "nächste Schritte"
        ordering = ["sitzung", "bis", "angelegt_um", "pk"]
        default_permissions = []
        indexes = [models.Index(fields=["erledigt_um", "bis"], name="coachingschritt_offen")]
        constraints = [
            spanne_constraint("coachingschritt", "bis", ab=FREISTAAT_SEIT),
            models.CheckConstraint(name="coachingschritt_was", condition=~Q(was="")),
            models.CheckConstraint(
                name="coachingschritt_wer_bekannt", condition=Q(wer__in=Zustaendig.values)
            ),
            models.CheckConstraint(
                name="coachingschritt_erledigt_mit_person",
                condition=Q(erledigt_um__isnull=True, erledigt_von__isnull=True)
                | Q(erledigt_um__isnull=False, erledigt_von__isnull=False),
            ),
        ]

    def __str__(self):
        return self.was
