"""Registrations for a cohort: places, waiting list, admission (F40, F41)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from asskomm.mailadresse import MailadressFeld, mailadress_constraint
from asskomm.personendaten import GELOESCHT
from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft

from .durchgang import Durchgang
from .lehrgang import Gruppe


class Stand(models.TextChoices):
    """How far a registration is. Only `fortbildung.verfahren` writes it."""

    UNBESTAETIGT = "unbestaetigt", "noch nicht bestätigt"
    ANGEMELDET = "angemeldet", "angemeldet"
    WARTELISTE = "warteliste", "auf der Warteliste"
    ANGEBOTEN = "angeboten", "Platz angeboten"
    ZUGELASSEN = "zugelassen", "zugelassen"
    ABGELEHNT = "abgelehnt", "nicht zugelassen"
    ABGEMELDET = "abgemeldet", "abgemeldet"
    VERFALLEN = "verfallen", "verfallen"


# They hold a place: it counts against the cohort until they are admitted, refused or gone.
MIT_PLATZ = (Stand.ANGEMELDET, Stand.ANGEBOTEN, Stand.ZUGELASSEN)
LAUFEND = (Stand.UNBESTAETIGT, Stand.WARTELISTE, *MIT_PLATZ)
BEENDET = (Stand.ABGELEHNT, Stand.ABGEMELDET, Stand.VERFALLEN)


# What stands in the columns once nothing tells who it was: after the period, or when asked for.
OHNE_PERSON = {
    "name": GELOESCHT,
    "email": GELOESCHT,
    "konto": None,
    "kommune": None,
    "stelle": GELOESCHT,
    "funktion": GELOESCHT,
    "anliegen": "",
    "arbeitgeber_email": "",
    "grund": GELOESCHT,
}


class AnmeldungQuerySet(models.QuerySet):
    def laufend(self):
        return self.filter(stand__in=LAUFEND)

    def mit_platz(self):
        return self.filter(stand__in=MIT_PLATZ)

    def wartend(self):
        """Those without a place, in the order of their arrival."""
        return self.filter(stand=Stand.WARTELISTE).order_by("rang")

    def von(self, konto):
        """The registrations of a person with an account."""
        return self.filter(konto=konto)


class Anmeldung(models.Model):
    """That a person wants to take part in a cohort.

    With an account it counts at once, without one when the button in the mail has been pressed;
    then it gets its `rang`, the order of arrival within the cohort. `folge` is the number of the
    personal link: a newer one makes the older ones worthless. `version` counts every step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    formular = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    durchgang = models.ForeignKey(
        Durchgang, models.PROTECT, related_name="anmeldungen", verbose_name="Durchgang"
    )
    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="kursanmeldungen",
        verbose_name="Konto",
    )
    name = models.CharField("Vor- und Nachname", max_length=150)
    email = MailadressFeld("E-Mail-Adresse")
    gruppe = models.CharField("Arbeitsfeld", max_length=10, choices=Gruppe)
    kommune = models.ForeignKey(
        Kommune,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kursanmeldungen",
        verbose_name="Kommune des Arbeitsorts",
    )
    stelle = models.CharField("Dienststelle oder Einrichtung", max_length=200)
    funktion = models.CharField("Funktion", max_length=150)
    anliegen = Langtext("Was Sie sich von dem Lehrgang versprechen", max_length=1_000, blank=True)
    arbeitgeber_email = MailadressFeld("E-Mail-Adresse der Stelle, die zustimmt")
    arbeitgeber_bestaetigt_um = models.DateTimeField("zugestimmt", null=True, editable=False)
    arbeitgeber_folge = models.PositiveSmallIntegerField(default=1, editable=False)

    stand = models.CharField(
        "Stand", max_length=15, choices=Stand, default=Stand.UNBESTAETIGT, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    folge = models.PositiveSmallIntegerField(default=1, editable=False)
    rang = models.PositiveIntegerField("Reihenfolge des Eingangs", null=True, editable=False)
    eingegangen_um = models.DateTimeField("eingegangen", editable=False)
    bestaetigt_um = models.DateTimeField("bestätigt", null=True, editable=False)
    angebot_bis = models.DateTimeField("Angebot gilt bis", null=True, editable=False)
    entschieden_um = models.DateTimeField("entschieden", null=True, editable=False)
    entschieden_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="entschieden von",
    )
    grund = Langtext("Grund", max_length=1_000, blank=True, editable=False)
    beendet_um = models.DateTimeField("beendet", null=True, editable=False)
    herkunft = models.CharField(
        "Herkunft", max_length=15, choices=Herkunft, default=Herkunft.ERFASST, editable=False
    )

    objects = AnmeldungQuerySet.as_manager()

    class Meta:
        verbose_name = "Anmeldung"
        verbose_name_plural = "Anmeldungen"
        ordering = ["durchgang", "rang", "eingegangen_um"]
        default_permissions = ["view"]
        permissions = [("koordinieren", "Kann Lehrgänge koordinieren")]
        indexes = [
            models.Index(fields=["durchgang", "stand", "rang"], name="anmeldung_durchgang_stand"),
            models.Index(fields=["stand", "angebot_bis"], name="anmeldung_angebot"),
            models.Index(fields=["email"], name="anmeldung_email"),
        ]
        constraints = [
            mailadress_constraint("anmeldung", "email", oder=Q(email=GELOESCHT)),
            mailadress_constraint("anmeldung", "arbeitgeber_email", oder=Q(arbeitgeber_email="")),
            laenge_constraint("anmeldung", "anliegen", 1_000),
            laenge_constraint("anmeldung", "grund", 1_000),
            models.CheckConstraint(
                name="anmeldung_stand_bekannt", condition=Q(stand__in=Stand.values)
            ),
            models.UniqueConstraint(
                fields=["durchgang", "email"],
                condition=Q(stand__in=LAUFEND) & ~Q(email=GELOESCHT),
                name="anmeldung_einmal",
                violation_error_message="Zu diesem Durchgang gibt es schon eine Anmeldung.",
            ),
            models.UniqueConstraint(fields=["durchgang", "rang"], name="anmeldung_rang_einmal"),
            models.CheckConstraint(
                name="anmeldung_bestaetigt_mit_rang",
                condition=Q(rang__isnull=True, bestaetigt_um__isnull=True)
                | Q(rang__isnull=False, bestaetigt_um__isnull=False),
            ),
            models.CheckConstraint(
                name="anmeldung_stand_erst_bestaetigt",
                condition=Q(stand__in=[Stand.UNBESTAETIGT, Stand.ABGEMELDET, Stand.VERFALLEN])
                | Q(bestaetigt_um__isnull=False),
            ),
            models.CheckConstraint(
                name="anmeldung_angebot_mit_frist",
                condition=Q(stand=Stand.ANGEBOTEN, angebot_bis__isnull=False)
                | (~Q(stand=Stand.ANGEBOTEN) & Q(angebot_bis__isnull=True)),
            ),
            models.CheckConstraint(
                name="anmeldung_entschieden_mit_person_und_grund",
                condition=Q(entschieden_um__isnull=True, entschieden_von__isnull=True)
                | (Q(entschieden_um__isnull=False, entschieden_von__isnull=False) & ~Q(grund="")),
            ),
            models.CheckConstraint(
                name="anmeldung_zulassung_entschieden",
                condition=~Q(stand__in=[Stand.ZUGELASSEN, Stand.ABGELEHNT])
                | Q(entschieden_um__isnull=False),
            ),
            models.CheckConstraint(
                name="anmeldung_beendet_mit_zeitpunkt",
                condition=Q(stand__in=BEENDET, beendet_um__isnull=False)
                | (~Q(stand__in=BEENDET) & Q(beendet_um__isnull=True)),
            ),
        ]

    @property
    def nimmt_teil(self) -> bool:
        """Admitted, and not broken off."""
        return self.stand == Stand.ZUGELASSEN and self.abgebrochen_am is None

    @property
    def ist_geloescht(self) -> bool:
        """Whether nothing of it tells any more who it was."""
        return self.email == OHNE_PERSON["email"]

    @property
    def zertifikat(self):
        """The valid certificate of the person, else the one that was revoked last, else None."""
        return getattr(getattr(self, "teilnahme", None), "zertifikat", None)

    @property
    def gueltiges_zertifikat(self):
        """The certificate of the person, unless it was revoked."""
        zertifikat = self.zertifikat
        return zertifikat if zertifikat and zertifikat.gilt else None

    @property
    def abgebrochen_am(self):
        """When the person broke the course off; None for everybody else."""
        return getattr(getattr(self, "teilnahme", None), "abgebrochen_am", None)

    def __str__(self):
        return f"Anmeldung {self.rang or 'ohne Rang'} zu {self.durchgang}"


class Bedarf(models.Model):
    """What an admitted person needs on the days: food, access. Deleted after the last day (F40).

    It can tell about health (Art. 9 DSGVO): no history, no export, shown on the list of the day.
    """

    anmeldung = models.OneToOneField(Anmeldung, models.CASCADE, related_name="bedarf")
    verpflegung = models.CharField("Verpflegung", max_length=300, blank=True)
    unterstuetzung = Langtext("Unterstützung und Zugang", max_length=1_000, blank=True)
    angegeben_um = models.DateTimeField("angegeben", editable=False)

    class Meta:
        verbose_name = "Bedarf"
        verbose_name_plural = "Bedarfe"
        default_permissions = []
        constraints = [
            laenge_constraint("bedarf", "unterstuetzung", 1_000),
            models.CheckConstraint(
                name="bedarf_nicht_leer",
                condition=~Q(verpflegung="", unterstuetzung=""),
            ),
        ]

    def __str__(self):
        return f"Bedarf zu {self.anmeldung_id}"
