"""What two different people of the LPR decide about accounts."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q

from ..vieraugen import VierAugen, VierAugenQuerySet, nicht_durch_betroffene, nicht_fuer_sich


def betroffenes_konto(bezeichnung, beziehung):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name=beziehung, verbose_name=bezeichnung
    )


class Rollenvergabe(VierAugen):
    """Somebody gets a far-reaching role (`rollen.ZU_ZWEIT`).

    The database lets an account into such a group only while an approved Vergabe is in
    force; leaving the group ends it.
    """

    BETROFFENE = ("konto",)

    konto = betroffenes_konto("Person", "rollenvergaben")
    gruppe = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name="Rolle")
    entzogen_um = models.DateTimeField("entzogen", null=True, blank=True, editable=False)

    class Meta(VierAugen.Meta):
        verbose_name = "Rollenvergabe"
        verbose_name_plural = "Rollenvergaben"
        ordering = ["-vorgeschlagen_um", "-pk"]
        constraints = [
            *VierAugen.Meta.constraints,
            nicht_durch_betroffene("rollenvergabe", "konto"),
            models.UniqueConstraint(
                fields=["konto", "gruppe"],
                condition=Q(ergebnis="offen") | Q(ergebnis="genehmigt", entzogen_um__isnull=True),
                name="rollenvergabe_einmal",
                violation_error_message=(
                    "Diese Rolle hat die Person schon, oder sie ist schon vorgeschlagen."
                ),
            ),
            models.CheckConstraint(
                name="rollenvergabe_entzogen_nach_genehmigung",
                condition=Q(entzogen_um__isnull=True) | Q(ergebnis="genehmigt"),
                violation_error_message="Entzogen wird nur, was genehmigt war.",
            ),
        ]

    def __str__(self):
        return f"Rolle {self.gruppe} für {self.konto}"


class Zweitfaktorverlust(VierAugen):
    """Somebody lost the second factor and all recovery codes; two others let them start anew."""

    BETROFFENE = ("konto",)

    konto = betroffenes_konto("Person", "zweitfaktorverluste")

    class Meta(VierAugen.Meta):
        verbose_name = "verlorener zweiter Faktor"
        verbose_name_plural = "verlorene zweite Faktoren"
        ordering = ["-vorgeschlagen_um", "-pk"]
        constraints = [
            *VierAugen.Meta.constraints,
            nicht_durch_betroffene("zweitfaktorverlust", "konto"),
            nicht_fuer_sich(
                "zweitfaktorverlust",
                "konto",
                "Den eigenen zweiten Faktor setzen zwei andere zurück.",
            ),
            models.UniqueConstraint(
                fields=["konto"],
                condition=Q(ergebnis="offen"),
                name="zweitfaktorverlust_einmal_offen",
                violation_error_message="Für diese Person ist das schon vorgeschlagen.",
            ),
        ]

    def __str__(self):
        return f"Zweiter Faktor von {self.konto}"


class VertretungQuerySet(VierAugenQuerySet):
    def mit(self, konto):
        """Those in which `konto` represents or is represented."""
        return self.filter(Q(vertretener=konto) | Q(vertreter=konto))

    def gueltig(self, am):
        """Approved and in force on the day `am`; first and last day count."""
        return self.nicht_vorbei(am).filter(beginn__lte=am)

    def nicht_vorbei(self, am):
        """Approved, and in force on the day `am` or later."""
        return self.genehmigt().filter(ende__gte=am, beendet_um__isnull=True)


# So far apart are the first and the last day of a deputyship at most, and so far ahead it is
# proposed.
HOECHSTENS = timedelta(days=365)


class Vertretung(VierAugen):
    """A deputy by name and period: `vertreter` has the roles of `vertretener` as well.

    Who acts is always the deputy: in the log, and where two people are needed. The deputy
    goes on when the account of the person is deactivated, for that is when one is needed;
    it ends with the period, with `beendet_um`, or with the roles of the person. It is for
    holidays and illness: not for days before the proposal, and for a year at most.
    """

    BETROFFENE = ("vertreter",)

    vertretener = betroffenes_konto("vertreten wird", "vertretungen")
    vertreter = betroffenes_konto("durch", "vertritt")
    beginn = models.DateField("erster Tag")
    ende = models.DateField("letzter Tag")
    beendet_um = models.DateTimeField("vorzeitig beendet", null=True, blank=True, editable=False)

    objects = VertretungQuerySet.as_manager()

    class Meta(VierAugen.Meta):
        verbose_name = "Vertretung"
        verbose_name_plural = "Vertretungen"
        ordering = ["-beginn", "-pk"]
        indexes = [models.Index(fields=["vertreter", "beginn", "ende"], name="vertretung_zeitraum")]
        constraints = [
            *VierAugen.Meta.constraints,
            nicht_durch_betroffene("vertretung", "vertreter"),
            models.CheckConstraint(
                name="vertretung_durch_andere",
                condition=~Q(vertreter=F("vertretener")),
                violation_error_message="Niemand kann sich selbst vertreten.",
            ),
            models.CheckConstraint(
                name="vertretung_ende_nach_beginn",
                condition=Q(ende__gte=F("beginn")),
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                name="vertretung_nicht_rueckwirkend",
                condition=Q(vorgeschlagen_um__date__lte=F("beginn")),
                violation_error_message="Eine Vertretung beginnt frühestens heute.",
            ),
            models.CheckConstraint(
                name="vertretung_nicht_weit_voraus",
                condition=Q(beginn__lte=F("vorgeschlagen_um") + HOECHSTENS),
                violation_error_message="Eine Vertretung beginnt spätestens in einem Jahr.",
            ),
            models.CheckConstraint(
                name="vertretung_hoechstens_ein_jahr",
                condition=Q(ende__lte=F("beginn") + HOECHSTENS),
                violation_error_message=(
                    "Eine Vertretung dauert höchstens ein Jahr. Danach kann sie neu "
                    "vorgeschlagen werden."
                ),
            ),
            models.CheckConstraint(
                name="vertretung_beendet_nach_genehmigung",
                condition=Q(beendet_um__isnull=True) | Q(ergebnis="genehmigt"),
                violation_error_message="Beendet wird nur, was genehmigt war.",
            ),
        ]

    def __str__(self):
        return f"{self.vertreter} vertritt {self.vertretener}"
