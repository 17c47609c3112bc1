"""The yearly pulse of the councils (F47): each is asked in January whether its record is right."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from asskomm.texteingabe import Langtext, laenge_constraint

from ..tatsachen import QUELLE_HOECHSTENS
from ..zeitangabe import FREISTAAT_SEIT, ZeitangabeField, spanne_constraint, zeitangabe_constraint
from .gebiet import Kommune
from .praeventionsrat import Praeventionsrat, Ratszustand

# A Kommune gets one mail in so many days at most.
ABSTAND_TAGE = 14
HINWEIS_HOECHSTENS, GRUND_HOECHSTENS = 2_000, 2_000


class RatsabfrageQuerySet(models.QuerySet):
    def fuer(self, jahr: int) -> "Ratsabfrage":
        """The days of a year; where nobody has set them, January to the end of February."""
        abfrage, _ = self.get_or_create(
            jahr=jahr,
            defaults={
                "beginn": date(jahr, 1, 1),
                "neue_bis": date(jahr, 3, 1) - timedelta(days=1),
            },
        )
        return abfrage


class Ratsabfrage(models.Model):
    """The days of one year on which the councils are asked and reminded.

    The days of the reminders count from the first mail about a council, so that a round that
    began late reminds late as well. All edges count.
    """

    jahr = models.PositiveSmallIntegerField("Jahr", unique=True)
    beginn = models.DateField("erste E-Mail ab dem", help_text="Sonst der 1. Januar.")
    neue_bis = models.DateField(
        "nimmt Präventionsräte auf bis zum",
        help_text="Wer später veröffentlicht wird, wird erst im nächsten Jahr gefragt.",
    )
    erste_erinnerung_nach = models.PositiveSmallIntegerField(
        "erste Erinnerung nach Tagen", default=14
    )
    zweite_erinnerung_nach = models.PositiveSmallIntegerField(
        "zweite Erinnerung nach Tagen",
        default=28,
        help_text="Auch sie zählen ab der ersten E-Mail.",
    )
    nachfrist = models.PositiveSmallIntegerField(
        "Nachfrist in Tagen",
        default=14,
        help_text=(
            "So lange nach der zweiten Erinnerung steht öffentlich noch nichts. Danach steht beim "
            "Präventionsrat, wann er zuletzt bestätigt wurde."
        ),
    )

    objects = RatsabfrageQuerySet.as_manager()

    class Meta:
        verbose_name = "Zeitplan der jährlichen Bestätigung"
        verbose_name_plural = "Zeitpläne der jährlichen Bestätigung"
        ordering = ["-jahr"]
        default_permissions = ["view", "add", "change"]
        constraints = [
            spanne_constraint("ratsabfrage", "beginn", ab=FREISTAAT_SEIT),
            spanne_constraint("ratsabfrage", "neue_bis", ab=FREISTAAT_SEIT),
            models.CheckConstraint(
                name="ratsabfrage_im_jahr",
                condition=Q(beginn__year=F("jahr"), neue_bis__year=F("jahr")),
                violation_error_message="Beide Tage liegen in dem Jahr, um das es geht.",
            ),
            models.CheckConstraint(
                name="ratsabfrage_ende_nach_beginn",
                condition=Q(neue_bis__gte=F("beginn")),
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                name="ratsabfrage_erste_erinnerung",
                condition=Q(erste_erinnerung_nach__gte=ABSTAND_TAGE),
                violation_error_message=(
                    f"Eine Kommune erhält höchstens alle {ABSTAND_TAGE} Tage eine E-Mail."
                ),
            ),
            models.CheckConstraint(
                name="ratsabfrage_zweite_erinnerung",
                condition=Q(zweite_erinnerung_nach__gte=F("erste_erinnerung_nach") + ABSTAND_TAGE),
                violation_error_message=(
                    "Zwischen den Erinnerungen liegen mindestens "
                    f"{ABSTAND_TAGE} Tage. Zählen Sie beide ab der ersten E-Mail."
                ),
            ),
            models.CheckConstraint(
                name="ratsabfrage_kurz",
                condition=Q(zweite_erinnerung_nach__lte=180, nachfrist__lte=90),
                violation_error_message="So viele Tage reichen in das nächste Jahr.",
            ),
            models.CheckConstraint(
                name="ratsabfrage_jahr",
                condition=Q(jahr__gte=2019, jahr__lte=2199),
                violation_error_message="Geben Sie ein Jahr ab 2019 an.",
            ),
        ]

    def __str__(self):
        return f"Bestätigung {self.jahr}"

    @property
    def tage_bis_zum_hinweis(self) -> int:
        """From the first mail to the day on which the public note appears."""
        return self.zweite_erinnerung_nach + self.nachfrist


class RatsbestaetigungQuerySet(models.QuerySet):
    def offen(self):
        return self.filter(bestaetigt_am__isnull=True)

    def bestaetigt(self):
        return self.filter(bestaetigt_am__isnull=False)


class Ratsbestaetigung(models.Model):
    """One council in one year: when it was asked and reminded, and who said that its record is right.

    The row is there from the day on which the round takes the council in, or from a confirmation
    outside of the round. Once confirmed it stays as it is. From `offen_ab` on, which is set after
    the last reminder, the portal says in public that the confirmation is missing.
    """

    class Weg(models.TextChoices):
        PORTAL = "portal", "im Portal"
        TELEFON = "telefon", "am Telefon oder schriftlich"

    rat = models.ForeignKey(
        Praeventionsrat,
        models.CASCADE,
        related_name="bestaetigungen",
        verbose_name="Präventionsrat",
    )
    jahr = models.PositiveSmallIntegerField("Jahr")
    vorgemerkt_am = models.DateField("in der Abfrage seit", null=True, blank=True, editable=False)
    gefragt_am = models.DateField("erste E-Mail am", null=True, blank=True, editable=False)
    erinnert_am = models.DateField("erste Erinnerung am", null=True, blank=True, editable=False)
    erneut_erinnert_am = models.DateField(
        "zweite Erinnerung am", null=True, blank=True, editable=False
    )
    offen_ab = models.DateField("öffentlicher Hinweis ab", null=True, blank=True, editable=False)

    bestaetigt_am = models.DateField("bestätigt am", null=True, blank=True)
    weg = models.CharField("Weg", max_length=10, choices=Weg, blank=True)
    kommune = models.ForeignKey(
        Kommune,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ratsbestaetigungen",
        verbose_name="bestätigt von der Kommune",
    )
    erfasst_um = models.DateTimeField("erfasst", null=True, blank=True, editable=False)
    erfasst_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="erfasst von",
    )
    quelle = Langtext(
        "Quelle",
        max_length=QUELLE_HOECHSTENS,
        blank=True,
        help_text="Welche Stelle hat die Angaben bestätigt? Nennen Sie die Funktion, keinen Namen.",
    )

    objects = RatsbestaetigungQuerySet.as_manager()

    class Meta:
        verbose_name = "jährliche Bestätigung"
        verbose_name_plural = "jährliche Bestätigungen"
        ordering = ["-jahr", "rat__name", "pk"]
        default_permissions = ["view", "add", "change"]
        indexes = [
            models.Index(
                fields=["jahr", "offen_ab"],
                condition=Q(bestaetigt_am__isnull=True),
                name="ratsbestaetigung_offen",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rat", "jahr"],
                name="ratsbestaetigung_einmal_im_jahr",
                violation_error_message="Diesen Präventionsrat gibt es in dem Jahr schon einmal.",
            ),
            models.CheckConstraint(
                name="ratsbestaetigung_gefragt_oder_bestaetigt",
                condition=Q(vorgemerkt_am__isnull=False) | Q(bestaetigt_am__isnull=False),
            ),
            models.CheckConstraint(
                name="ratsbestaetigung_in_reihenfolge",
                condition=(Q(gefragt_am__isnull=True) | Q(gefragt_am__gte=F("vorgemerkt_am")))
                & (Q(erinnert_am__isnull=True) | Q(erinnert_am__gt=F("gefragt_am")))
                & (Q(erneut_erinnert_am__isnull=True) | Q(erneut_erinnert_am__gt=F("erinnert_am"))),
            ),
            models.CheckConstraint(
                name="ratsbestaetigung_stufe_nach_stufe",
                condition=(Q(gefragt_am__isnull=True) | Q(vorgemerkt_am__isnull=False))
                & (Q(erinnert_am__isnull=True) | Q(gefragt_am__isnull=False))
                & (Q(erneut_erinnert_am__isnull=True) | Q(erinnert_am__isnull=False)),
            ),
            models.CheckConstraint(
                name="ratsbestaetigung_mit_herkunft",
                condition=Q(
                    bestaetigt_am__isnull=True,
                    weg="",
                    kommune__isnull=True,
                    erfasst_um__isnull=True,
                    erfasst_von__isnull=True,
                    quelle="",
                )
                | (
                    Q(
                        bestaetigt_am__isnull=False,
                        erfasst_um__isnull=False,
                        erfasst_von__isnull=False,
                    )
                    & ~Q(quelle="")
                    & (
                        Q(weg="portal", kommune__isnull=False)
                        | Q(weg="telefon", kommune__isnull=True)
                    )
                ),
                violation_error_message="Geben Sie an, wann und von welcher Stelle.",
            ),
            models.CheckConstraint(
                name="ratsbestaetigung_im_jahr",
                condition=Q(bestaetigt_am__isnull=True) | Q(bestaetigt_am__year=F("jahr")),
                violation_error_message="Die Bestätigung liegt in einem anderen Jahr.",
            ),
            laenge_constraint("ratsbestaetigung", "quelle", QUELLE_HOECHSTENS),
            spanne_constraint("ratsbestaetigung", "bestaetigt_am", ab=FREISTAAT_SEIT),
        ]

    def __str__(self):
        return f"{self.rat}, {self.jahr}"

    def naechste_stufe(self, abfrage: Ratsabfrage, am: date) -> str:
        """The mail that is due on the day `am`, by the field of its day; empty if none is."""
        if self.gefragt_am is None:
            return "gefragt_am"
        seit_der_frage = (am - self.gefragt_am).days
        if self.erinnert_am is None:
            faellig = seit_der_frage >= abfrage.erste_erinnerung_nach
            return "erinnert_am" if faellig else ""
        if self.erneut_erinnert_am is None:
            seit_der_erinnerung = (am - self.erinnert_am).days
            faellig = (
                seit_der_frage >= abfrage.zweite_erinnerung_nach
                and seit_der_erinnerung >= ABSTAND_TAGE
            )
            return "erneut_erinnert_am" if faellig else ""
        return ""

    def bis(self, abfrage: Ratsabfrage) -> date:
        """The last day on which a confirmation comes before the public note."""
        if self.offen_ab:
            return self.offen_ab - timedelta(days=1)
        beginn = self.gefragt_am or self.vorgemerkt_am
        return beginn + timedelta(days=abfrage.tage_bis_zum_hinweis - 1)


class Ratsanschreiben(models.Model):
    """That a Kommune was asked or reminded on a day; between two lie `ABSTAND_TAGE` at least."""

    kommune = models.ForeignKey(
        Kommune, models.CASCADE, related_name="ratsanschreiben", verbose_name="Kommune"
    )
    am = models.DateField("am", editable=False)

    class Meta:
        verbose_name = "Anschreiben an eine Kommune"
        verbose_name_plural = "Anschreiben an Kommunen"
        ordering = ["-am", "kommune"]
        default_permissions = []
        indexes = [models.Index(fields=["am"], name="ratsanschreiben_am")]
        constraints = [
            models.UniqueConstraint(fields=["kommune", "am"], name="ratsanschreiben_einmal_am_tag")
        ]

    def __str__(self):
        return f"{self.kommune} am {self.am:%d.%m.%Y}"


class RatskorrekturQuerySet(models.QuerySet):
    def offen(self):
        return self.filter(ergebnis=Ratskorrektur.Ergebnis.OFFEN)


class Ratskorrektur(models.Model):
    """What a Kommune says about its council that only the LPR may write into the record.

    An empty field asks for nothing. At most one waits for each council: a later one takes the
    place of an earlier one. Only `puls.verfahren` writes here.
    """

    class Ergebnis(models.TextChoices):
        OFFEN = "offen", "wartet auf die Geschäftsstelle"
        UEBERNOMMEN = "uebernommen", "übernommen"
        ABGELEHNT = "abgelehnt", "nicht übernommen"
        ERSETZT = "ersetzt", "durch eine spätere ersetzt"

    FELDER = (
        "name",
        "entstehung",
        "zustand",
        "zustand_seit",
        "vorsitz_funktion",
        "vorsitz_institution",
        "hinweis",
    )

    rat = models.ForeignKey(
        Praeventionsrat, models.CASCADE, related_name="korrekturen", verbose_name="Präventionsrat"
    )
    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="ratskorrekturen", verbose_name="Kommune"
    )
    gestellt_um = models.DateTimeField("eingegangen", editable=False)
    gestellt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="von"
    )
    name = models.CharField("Name", max_length=200, blank=True)
    entstehung = models.CharField(
        "Entstehung", max_length=15, choices=Praeventionsrat.Entstehung, blank=True
    )
    zustand = models.CharField("Zustand", max_length=15, choices=Ratszustand.Zustand, blank=True)
    zustand_seit = ZeitangabeField("Zustand seit", null=True, blank=True)
    vorsitz_funktion = models.CharField("Funktion des Vorsitzes", max_length=150, blank=True)
    vorsitz_institution = models.CharField("Institution des Vorsitzes", max_length=200, blank=True)
    hinweis = Langtext("Hinweis", max_length=HINWEIS_HOECHSTENS, blank=True)

    ergebnis = models.CharField("Ergebnis", max_length=15, choices=Ergebnis, default=Ergebnis.OFFEN)
    entschieden_um = models.DateTimeField("entschieden", null=True, blank=True, editable=False)
    entschieden_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="entschieden von",
    )
    grund = Langtext("Begründung", max_length=GRUND_HOECHSTENS, blank=True)
    # In words what the record said of all this when it was decided.
    vorher = models.TextField("bisher", blank=True, editable=False)

    objects = RatskorrekturQuerySet.as_manager()

    class Meta:
        verbose_name = "Korrektur einer Kommune"
        verbose_name_plural = "Korrekturen von Kommunen"
        ordering = ["-gestellt_um", "-pk"]
        default_permissions = ["view", "change"]
        indexes = [models.Index(fields=["rat", "gestellt_um"], name="ratskorrektur_des_rates")]
        constraints = [
            models.UniqueConstraint(
                fields=["rat"],
                condition=Q(ergebnis="offen"),
                name="ratskorrektur_eine_offen",
                violation_error_message="Zu diesem Präventionsrat wartet schon eine Korrektur.",
            ),
            models.CheckConstraint(
                name="ratskorrektur_sagt_etwas",
                condition=~Q(
                    name="",
                    entstehung="",
                    zustand="",
                    vorsitz_funktion="",
                    vorsitz_institution="",
                    hinweis="",
                ),
            ),
            models.CheckConstraint(
                name="ratskorrektur_seit_mit_zustand",
                condition=Q(zustand_seit__isnull=True) | ~Q(zustand=""),
            ),
            models.CheckConstraint(
                name="ratskorrektur_vorsitz_ganz",
                condition=Q(vorsitz_funktion="", vorsitz_institution="")
                | (~Q(vorsitz_funktion="") & ~Q(vorsitz_institution="")),
            ),
            models.CheckConstraint(
                name="ratskorrektur_entschieden",
                condition=Q(
                    ergebnis="offen", entschieden_um__isnull=True, entschieden_von__isnull=True
                )
                | Q(
                    ergebnis__in=["uebernommen", "abgelehnt", "ersetzt"],
                    entschieden_um__isnull=False,
                    entschieden_von__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="ratskorrektur_vorher_nach_entscheidung",
                condition=Q(vorher="") | ~Q(ergebnis="offen"),
            ),
            models.CheckConstraint(
                name="ratskorrektur_abgelehnt_mit_grund",
                condition=~Q(ergebnis="abgelehnt") | ~Q(grund=""),
                violation_error_message="Begründen Sie, warum Sie die Korrektur nicht übernehmen.",
            ),
            zeitangabe_constraint("ratskorrektur", "zustand_seit"),
            laenge_constraint("ratskorrektur", "hinweis", HINWEIS_HOECHSTENS),
            laenge_constraint("ratskorrektur", "grund", GRUND_HOECHSTENS),
        ]

    def __str__(self):
        return f"{self.rat}: Korrektur vom {timezone.localdate(self.gestellt_um):%d.%m.%Y}"

    @property
    def angaben(self) -> list[tuple[str, str]]:
        """What it asks for, in words."""
        werte = {
            "Name": self.name,
            "Entstehung": self.get_entstehung_display(),
            "Zustand": _zustand_in_worten(self.get_zustand_display(), self.zustand_seit),
            "Vorsitz": ", ".join(filter(None, [self.vorsitz_funktion, self.vorsitz_institution])),
            "Hinweis": self.hinweis,
        }
        return [(titel, wert) for titel, wert in werte.items() if wert]


def _zustand_in_worten(wort, seit):
    return f"{wort} seit {seit}" if wort and seit else wort
