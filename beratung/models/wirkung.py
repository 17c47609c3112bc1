"""What came of an engagement, at its end and again after 6 and 12 months (F35)."""

import uuid

from django.db import models
from django.db.models import F, Q

from asskomm.texteingabe import Langtext, laenge_constraint

from .mandat import Mandat, ansprechbar
from .person import person


class NachfrageQuerySet(models.QuerySet):
    def offen(self, am):
        """Those that wait for an answer on the day `am`."""
        return self.filter(beantwortet_um__isnull=True, faellig_am__lte=am)

    def ohne_ansprechperson(self):
        """Those of engagements whose contact person is missing or no longer a member there."""
        return self.exclude(models.Exists(ansprechbar("mandat__")))


class Nachfrage(models.Model):
    """That the Kommune is asked about the effect again, so many months after the end.

    `gestellt_am` is the day on which the portal asked, `erinnert_am` when it reminded, once.
    """

    class Monate(models.IntegerChoices):
        SECHS = 6, "nach sechs Monaten"
        ZWOELF = 12, "nach zwölf Monaten"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mandat = models.ForeignKey(
        Mandat, models.PROTECT, related_name="nachfragen", verbose_name="Begleitung"
    )
    monate = models.PositiveSmallIntegerField("nach Monaten", choices=Monate)
    faellig_am = models.DateField("fällig am", editable=False)
    gestellt_am = models.DateField("gestellt", null=True, editable=False)
    erinnert_am = models.DateField("erinnert", null=True, editable=False)
    beantwortet_um = models.DateTimeField("beantwortet", null=True, editable=False)
    beantwortet_von = person("beantwortet von", null=True)

    objects = NachfrageQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachfrage zur Wirkung"
        verbose_name_plural = "Nachfragen zur Wirkung"
        ordering = ["mandat", "monate"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["beantwortet_um", "faellig_am"], name="nachfrage_faellig")]
        constraints = [
            models.UniqueConstraint(fields=["mandat", "monate"], name="nachfrage_einmal"),
            models.CheckConstraint(name="nachfrage_monate", condition=Q(monate__in=[6, 12])),
            models.CheckConstraint(
                name="nachfrage_erinnert_nach_frage",
                condition=Q(erinnert_am__isnull=True)
                | Q(gestellt_am__isnull=False, gestellt_am__lte=F("erinnert_am")),
            ),
            models.CheckConstraint(
                name="nachfrage_beantwortet_mit_person",
                condition=Q(beantwortet_um__isnull=True, beantwortet_von__isnull=True)
                | Q(beantwortet_um__isnull=False, beantwortet_von__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Nachfrage {self.get_monate_display()}"


class WirkungQuerySet(models.QuerySet):
    def gemeldet(self):
        """Those that were not declined."""
        return self.filter(verworfen_um__isnull=True)

    def zu_bestaetigen(self):
        """Effects other than none on which the LPR has not decided."""
        return self.gemeldet().filter(bestaetigt_um__isnull=True).exclude(art=Wirkung.Art.KEINE)

    def bestaetigt(self, stichtag):
        """Effects other than none that the LPR confirmed by the end of the day `stichtag`."""
        return self.filter(bestaetigt_um__date__lte=stichtag).exclude(art=Wirkung.Art.KEINE)


class Wirkung(models.Model):
    """An effect of an engagement with its evidence. It counts when a second person confirmed it.

    `nachfrage` is empty for what was said at the end of the engagement. A declined one stays,
    with the reason; then it can be reported again.
    """

    class Art(models.TextChoices):
        RAT = "rat", "Präventionsrat gegründet oder wieder tätig"
        STRATEGIE = "strategie", "Präventionsstrategie beschlossen"
        ANTRAG = "antrag", "Förderung beantragt"
        KEINE = "keine", "keine dieser Wirkungen"

    mandat = models.ForeignKey(
        Mandat, models.PROTECT, related_name="wirkungen", verbose_name="Begleitung"
    )
    nachfrage = models.ForeignKey(
        Nachfrage,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="wirkungen",
        verbose_name="Nachfrage",
    )
    art = models.CharField("Wirkung", max_length=10, choices=Art)
    beleg = Langtext("Beleg", max_length=1_000, blank=True)
    gemeldet_um = models.DateTimeField("gemeldet", editable=False)
    gemeldet_von = person("gemeldet von")
    gemeldet_fuer = person("in Vertretung gemeldet für", null=True)
    bestaetigt_um = models.DateTimeField("bestätigt", null=True, editable=False)
    bestaetigt_von = person("bestätigt von", null=True)
    bestaetigt_fuer = person("in Vertretung bestätigt für", null=True)
    verworfen_um = models.DateTimeField("nicht bestätigt", null=True, editable=False)
    verworfen_von = person("nicht bestätigt von", null=True)
    verworfen_grund = Langtext("Grund", max_length=1_000, blank=True, editable=False)

    objects = WirkungQuerySet.as_manager()

    class Meta:
        verbose_name = "Wirkung"
        verbose_name_plural = "Wirkungen"
        ordering = ["mandat", "gemeldet_um", "pk"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["bestaetigt_um"], name="wirkung_bestaetigt")]
        constraints = [
            laenge_constraint("wirkung", "beleg", 1_000),
            laenge_constraint("wirkung", "verworfen_grund", 1_000),
            models.CheckConstraint(
                name="wirkung_art_bekannt",
                condition=Q(art__in=["rat", "strategie", "antrag", "keine"]),
            ),
            models.CheckConstraint(
                name="wirkung_mit_beleg",
                condition=Q(art="keine") | ~Q(beleg=""),
                violation_error_message="Geben Sie an, woran die Wirkung zu sehen ist.",
            ),
            models.UniqueConstraint(
                fields=["mandat", "nachfrage", "art"],
                nulls_distinct=False,
                name="wirkung_einmal",
            ),
            # Asked three times, an effect counts once; a declined one can be reported again.
            models.UniqueConstraint(
                fields=["mandat", "art"],
                condition=Q(verworfen_um__isnull=True) & ~Q(art="keine"),
                name="wirkung_zaehlt_einmal",
                violation_error_message="Diese Wirkung ist schon gemeldet.",
            ),
            models.CheckConstraint(
                name="wirkung_zwei_personen",
                condition=Q(bestaetigt_um__isnull=True, bestaetigt_von__isnull=True)
                | (
                    Q(bestaetigt_um__isnull=False, bestaetigt_von__isnull=False)
                    & ~Q(bestaetigt_von=F("gemeldet_von"))
                ),
                violation_error_message="Melden und bestätigen müssen zwei Personen.",
            ),
            # As in `konten.vieraugen`: who is represented takes part.
            models.CheckConstraint(
                name="wirkung_auch_in_vertretung",
                condition=~Q(gemeldet_fuer=F("gemeldet_von"))
                & ~Q(bestaetigt_fuer=F("bestaetigt_von"))
                & ~Q(bestaetigt_von=F("gemeldet_fuer"))
                & ~Q(bestaetigt_fuer=F("gemeldet_von"))
                & ~Q(bestaetigt_fuer=F("gemeldet_fuer"))
                & (Q(bestaetigt_fuer__isnull=True) | Q(bestaetigt_um__isnull=False)),
                violation_error_message="Melden und bestätigen müssen zwei Personen.",
            ),
            models.CheckConstraint(
                name="wirkung_verworfen_mit_person",
                condition=Q(verworfen_um__isnull=True, verworfen_von__isnull=True)
                | Q(verworfen_um__isnull=False, verworfen_von__isnull=False),
            ),
            models.CheckConstraint(
                name="wirkung_verworfen_begruendet",
                condition=Q(verworfen_um__isnull=True, verworfen_grund="")
                | (
                    Q(verworfen_um__isnull=False, bestaetigt_um__isnull=True)
                    & ~Q(verworfen_grund="")
                ),
            ),
        ]

    def __str__(self):
        return self.get_art_display()

    @property
    def ist_offen(self) -> bool:
        """An effect about which nobody has decided yet."""
        return (
            self.art != self.Art.KEINE and self.bestaetigt_um is None and self.verworfen_um is None
        )

    @property
    def beteiligte(self) -> set[int]:
        """The accounts that may not confirm it: who reported it, and in whose name."""
        return {self.gemeldet_von_id, self.gemeldet_fuer_id} - {None}
