"""A Kommune asks for a coach; the coordinator proposes one; both sides answer (F31)."""

import uuid

from django.db import models
from django.db.models import Q

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.befugnisse import kommunen_von
from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .coach import Coach, Faehigkeit
from .koordination import koordiniert
from .person import person

HOECHSTES_KONTINGENT = 400  # quarter days


class Anfragestand(models.TextChoices):
    """How far a request is. Only `beratung.verfahren.vermittlung` writes it."""

    OFFEN = "offen", "wartet auf einen Vorschlag"
    VORGESCHLAGEN = "vorgeschlagen", "Coach vorgeschlagen"
    VERMITTELT = "vermittelt", "vermittelt"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"
    ABGELEHNT = "abgelehnt", "abgelehnt"


WARTEND = (Anfragestand.OFFEN, Anfragestand.VORGESCHLAGEN)
BEGRUENDET = (Anfragestand.ZURUECKGEZOGEN, Anfragestand.ABGELEHNT)


class CoachinganfrageQuerySet(models.QuerySet):
    def wartend(self):
        """Those that nobody has brought to an end yet."""
        return self.filter(stand__in=WARTEND)

    def sichtbar_fuer(self, konto):
        """The requests of the person's Kommunen; all for coordinators."""
        if koordiniert(konto):
            return self
        return self.filter(kommune__in=kommunen_von(konto))


class Coachinganfrage(models.Model):
    """What a Kommune wants a coach for, in its own words. `version` counts every step."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="coachinganfragen", verbose_name="Kommune"
    )
    anliegen = Langtext("Ihr Anliegen", max_length=5_000)
    faehigkeiten = models.ManyToManyField(
        Faehigkeit, blank=True, related_name="+", verbose_name="Womit der Coach helfen soll"
    )
    stand = models.CharField(
        "Stand", max_length=15, choices=Anfragestand, default=Anfragestand.OFFEN, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    gestellt_um = models.DateTimeField("gestellt", editable=False)
    gestellt_von = person("gestellt von")
    beendet_um = models.DateTimeField("beendet", null=True, editable=False)
    grund = Langtext("Grund", max_length=1_000, blank=True, editable=False)
    herkunft = models.CharField(
        "Herkunft", max_length=15, choices=Herkunft, default=Herkunft.ERFASST, editable=False
    )

    objects = CoachinganfrageQuerySet.as_manager()

    class Meta:
        verbose_name = "Coachinganfrage"
        verbose_name_plural = "Coachinganfragen"
        ordering = ["gestellt_um", "pk"]
        default_permissions = ["view"]
        permissions = [("koordinieren", "Kann Beratung und Coaching koordinieren")]
        indexes = [models.Index(fields=["stand", "gestellt_um"], name="coachinganfrage_stand")]
        constraints = [
            laenge_constraint("coachinganfrage", "anliegen", 5_000),
            laenge_constraint("coachinganfrage", "grund", 1_000),
            models.CheckConstraint(
                name="coachinganfrage_mit_anliegen",
                condition=~Q(anliegen=""),
                violation_error_message="Geben Sie das Anliegen an.",
            ),
            models.CheckConstraint(
                name="coachinganfrage_stand_bekannt", condition=Q(stand__in=Anfragestand.values)
            ),
            models.UniqueConstraint(
                fields=["kommune"],
                condition=Q(stand__in=WARTEND),
                name="coachinganfrage_eine_offene",
                violation_error_message="Ihre Kommune hat schon eine offene Anfrage.",
            ),
            models.CheckConstraint(
                name="coachinganfrage_beendet_mit_zeitpunkt",
                condition=Q(stand__in=WARTEND, beendet_um__isnull=True)
                | (~Q(stand__in=WARTEND) & Q(beendet_um__isnull=False)),
            ),
            models.CheckConstraint(
                name="coachinganfrage_ende_begruendet",
                condition=~Q(stand=Anfragestand.ABGELEHNT) | ~Q(grund=""),
            ),
        ]

    def __str__(self):
        return f"Anfrage nach Coaching: {self.kommune}"

    @property
    def ist_beispiel(self) -> bool:
        return self.herkunft == Herkunft.BEISPIEL


class Antwort(models.TextChoices):
    OFFEN = "offen", "noch keine Antwort"
    JA = "ja", "einverstanden"
    NEIN = "nein", "nicht einverstanden"


def _antwort_constraint(seite: str) -> models.CheckConstraint:
    """An answer has a moment and a person, a missing one has neither; a no has a reason."""
    felder = {f"{seite}_um__isnull": True, f"{seite}_von__isnull": True}
    gegeben = {f"{seite}_um__isnull": False, f"{seite}_von__isnull": False}
    return models.CheckConstraint(
        name=f"coachvorschlag_{seite}_vollstaendig",
        condition=Q(**{f"{seite}_antwort": "offen"}, **felder)
        | Q(**{f"{seite}_antwort": "ja"}, **gegeben)
        | (Q(**{f"{seite}_antwort": "nein"}, **gegeben) & ~Q(**{f"{seite}_grund": ""})),
    )


class CoachvorschlagQuerySet(models.QuerySet):
    def offen(self):
        """Those on which somebody still has to answer."""
        return self.filter(beendet_um__isnull=True)

    def zu_beantworten(self, konto):
        """Those that wait for the answer of this coach, the oldest first."""
        offen = self.offen().filter(coach__konto=konto, coach_antwort=Antwort.OFFEN)
        return offen.select_related("anfrage__kommune").order_by("vorgeschlagen_um", "pk")

    def sichtbar_fuer(self, konto):
        """Coordinators see all, a Kommune its own, a coach those with the coach in it."""
        if koordiniert(konto):
            return self
        return self.filter(Q(anfrage__kommune__in=kommunen_von(konto)) | Q(coach__konto=konto))


class Coachvorschlag(models.Model):
    """A coach for a request. It becomes an engagement when both sides have said yes.

    Ended it is by the second yes, by the first no, or taken back by the coordinator. What one
    side gives as its reason for a no is read by the coordinators only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    anfrage = models.ForeignKey(
        Coachinganfrage, models.PROTECT, related_name="vorschlaege", verbose_name="Anfrage"
    )
    coach = models.ForeignKey(
        Coach, models.PROTECT, related_name="vorschlaege", verbose_name="Coach"
    )
    weitere_kommunen = models.ManyToManyField(
        Kommune, blank=True, related_name="+", verbose_name="weitere Kommunen"
    )
    beginn = models.DateField("Beginn")
    ende = models.DateField("voraussichtliches Ende")
    kontingent = models.PositiveSmallIntegerField(
        "Kontingent in Vierteltagen", help_text="Vier Vierteltage sind ein Tag."
    )
    hinweis = Langtext("Hinweis an beide Seiten", max_length=2_000, blank=True)
    vorgeschlagen_um = models.DateTimeField("vorgeschlagen", editable=False)
    vorgeschlagen_von = person("vorgeschlagen von")

    kommune_antwort = models.CharField(
        "Antwort der Kommune", max_length=5, choices=Antwort, default=Antwort.OFFEN, editable=False
    )
    kommune_um = models.DateTimeField(null=True, editable=False)
    kommune_von = person("für die Kommune", null=True)
    kommune_grund = Langtext("Grund der Kommune", max_length=1_000, blank=True, editable=False)
    coach_antwort = models.CharField(
        "Antwort des Coaches", max_length=5, choices=Antwort, default=Antwort.OFFEN, editable=False
    )
    coach_um = models.DateTimeField(null=True, editable=False)
    coach_von = person("Coach", null=True)
    coach_grund = Langtext("Grund des Coaches", max_length=1_000, blank=True, editable=False)
    beendet_um = models.DateTimeField("beendet", null=True, editable=False)

    objects = CoachvorschlagQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorschlag eines Coaches"
        verbose_name_plural = "Vorschläge von Coaches"
        ordering = ["-vorgeschlagen_um", "pk"]
        default_permissions = ["view"]
        constraints = [
            spanne_constraint("coachvorschlag", "beginn", ab=FREISTAAT_SEIT),
            spanne_constraint("coachvorschlag", "ende", ab=FREISTAAT_SEIT),
            laenge_constraint("coachvorschlag", "hinweis", 2_000),
            laenge_constraint("coachvorschlag", "kommune_grund", 1_000),
            laenge_constraint("coachvorschlag", "coach_grund", 1_000),
            models.UniqueConstraint(
                fields=["anfrage"],
                condition=Q(beendet_um__isnull=True),
                name="coachvorschlag_einer_offen",
                violation_error_message="Zu dieser Anfrage ist schon ein Coach vorgeschlagen.",
            ),
            models.CheckConstraint(
                name="coachvorschlag_ende_nach_beginn",
                condition=Q(ende__gte=models.F("beginn")),
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                name="coachvorschlag_kontingent",
                condition=Q(kontingent__gte=1, kontingent__lte=HOECHSTES_KONTINGENT),
                violation_error_message=(
                    f"Das Kontingent liegt zwischen 1 und {HOECHSTES_KONTINGENT} Vierteltagen."
                ),
            ),
            _antwort_constraint("kommune"),
            _antwort_constraint("coach"),
            models.CheckConstraint(
                name="coachvorschlag_nach_zweitem_ja_beendet",
                condition=~Q(kommune_antwort="ja", coach_antwort="ja")
                | Q(beendet_um__isnull=False),
            ),
            models.CheckConstraint(
                name="coachvorschlag_nach_nein_beendet",
                condition=(~Q(kommune_antwort="nein") & ~Q(coach_antwort="nein"))
                | Q(beendet_um__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Vorschlag zu: {self.anfrage}"

    @property
    def angenommen(self) -> bool:
        return self.kommune_antwort == Antwort.JA and self.coach_antwort == Antwort.JA
