"""Cohorts with their days and places (F39), and who took part in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from asskomm.mailadresse import MailadressFeld, mailadress_constraint
from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune
from kommunen.tatsachen import Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    FREISTAAT_SEIT,
    Jahrestag,
    LetzterTag,
    ZeitangabeField,
    reihenfolge_constraint,
    spanne_constraint,
    zeitangabe_constraint,
)

from .lehrgang import Gruppe, Lehrgang, Modul


class DurchgangQuerySet(TatsacheQuerySet):
    def mit_anmeldung(self):
        """Those for which people register in the portal, now or once."""
        return self.filter(anmeldung_ab__isnull=False)

    def anmeldbar(self, am):
        """Open for registration on the day `am`; both edges count (Europe/Berlin)."""
        return self.filter(anmeldung_ab__lte=am, anmeldung_bis__gte=am)

    def bekannt(self, am):
        """Begun by the end of the day `am`, or open for registration by then."""
        return self.filter(Q(beginn__letzter_tag__lte=am) | Q(anmeldung_ab__lte=am))

    def zu_entscheiden(self):
        """Those with people who hold a place and wait for their admission."""
        angemeldete = Q(anmeldungen__stand="angemeldet")
        return self.filter(pk__in=self.model.objects.filter(angemeldete).values("pk"))

    def ohne_anwesenheit(self, am):
        """Those with a day before `am` whose list nobody has closed, and people expected on it."""
        offen = Kurstag.objects.filter(
            durchgang=models.OuterRef("pk"), tag__lt=am, geschlossen_um__isnull=True
        )
        zugelassene = Q(anmeldungen__stand="zugelassen")
        mit_personen = self.model.objects.filter(zugelassene).values("pk")
        return self.filter(models.Exists(offen), pk__in=mit_personen)

    def nicht_abgerechnet(self, am):
        """Over by the end of the day `am`, with people who neither finished nor left."""
        return self.filter(
            models.Exists(Teilnahme.objects.offen().filter(durchgang=models.OuterRef("pk"))),
            ende__letzter_tag__lte=am,
        )


class Durchgang(Tatsache):
    """One cohort of a Lehrgang from its first to its last day.

    Of the `plaetze` some are kept for groups (`kontingent_…`); the others are open to everybody.
    Without `anmeldung_ab` nobody registers in the portal: cohorts of former years.
    """

    lehrgang = models.ForeignKey(
        Lehrgang, models.PROTECT, related_name="durchgaenge", verbose_name="Lehrgang"
    )
    bezeichnung = models.CharField("Bezeichnung", max_length=150)
    beginn = ZeitangabeField("Beginn")
    ende = ZeitangabeField("Ende", null=True, blank=True)
    ankuendigung = Langtext(
        "Ankündigung",
        max_length=3_000,
        blank=True,
        help_text="Steht auf der öffentlichen Seite: für wen, was es kostet, was mitzubringen ist.",
    )
    plaetze = models.PositiveSmallIntegerField("Plätze", null=True, blank=True)
    kontingent_kommune = models.PositiveSmallIntegerField(
        "davon für Kommunalverwaltungen", default=0
    )
    kontingent_polizei = models.PositiveSmallIntegerField("davon für die Polizei", default=0)
    kontingent_soziales = models.PositiveSmallIntegerField(
        "davon für Soziale Arbeit und Schule", default=0
    )
    anmeldung_ab = models.DateField("Anmeldung ab", null=True, blank=True)
    anmeldung_bis = models.DateField(
        "Anmeldung bis", null=True, blank=True, help_text="Der letzte Tag zählt mit."
    )
    kontakt_email = MailadressFeld(
        "Postfach für Fragen", blank=True, help_text="Ein Funktionspostfach, keine Person."
    )
    history = HistoricalRecords()

    objects = DurchgangQuerySet.as_manager()

    class Meta:
        verbose_name = "Durchgang"
        verbose_name_plural = "Durchgänge"
        ordering = ["-beginn", "pk"]
        indexes = [models.Index(fields=["anmeldung_bis"], name="durchgang_anmeldung_bis")]
        constraints = [
            *tatsache_constraints("durchgang"),
            laenge_constraint("durchgang", "ankuendigung", 3_000),
            zeitangabe_constraint("durchgang", "beginn"),
            zeitangabe_constraint("durchgang", "ende"),
            reihenfolge_constraint("durchgang", "beginn", "ende"),
            spanne_constraint("durchgang", "anmeldung_ab", ab=FREISTAAT_SEIT),
            spanne_constraint("durchgang", "anmeldung_bis", ab=FREISTAAT_SEIT),
            mailadress_constraint("durchgang", "kontakt_email", oder=Q(kontakt_email="")),
            models.UniqueConstraint(
                fields=["lehrgang", "bezeichnung"],
                name="durchgang_bezeichnung_einmal",
                violation_error_message="Diesen Durchgang gibt es schon.",
            ),
            models.CheckConstraint(
                name="durchgang_anmeldung_vollstaendig",
                condition=Q(anmeldung_ab__isnull=True, anmeldung_bis__isnull=True)
                | Q(
                    anmeldung_ab__isnull=False,
                    anmeldung_bis__isnull=False,
                    anmeldung_bis__gte=F("anmeldung_ab"),
                    plaetze__isnull=False,
                    plaetze__gte=1,
                ),
                violation_error_message=(
                    "Zur Anmeldung gehören beide Tage in der richtigen Reihenfolge "
                    "und mindestens ein Platz."
                ),
            ),
            models.CheckConstraint(
                name="durchgang_kontingente_in_plaetzen",
                condition=Q(
                    plaetze__isnull=True,
                    kontingent_kommune=0,
                    kontingent_polizei=0,
                    kontingent_soziales=0,
                )
                | Q(
                    plaetze__isnull=False,
                    plaetze__gte=F("kontingent_kommune")
                    + F("kontingent_polizei")
                    + F("kontingent_soziales"),
                ),
                violation_error_message="Die Kontingente sind zusammen mehr als die Plätze.",
            ),
        ]

    def __str__(self):
        return f"{self.lehrgang}: {self.bezeichnung}"

    def get_absolute_url(self):
        return reverse("fortbildung:durchgang", args=[self.pk])


class Kurstag(models.Model):
    """A day of a cohort: one module at one place. Attendance is kept for it (F42).

    A closed day is on record; what changes afterwards needs a reason.
    """

    durchgang = models.ForeignKey(
        Durchgang, models.CASCADE, related_name="kurstage", verbose_name="Durchgang"
    )
    modul = models.ForeignKey(Modul, models.PROTECT, related_name="kurstage", verbose_name="Modul")
    tag = models.DateField("Tag")
    von = models.TimeField("von")
    bis = models.TimeField("bis")
    ort = models.CharField("Ort", max_length=200, help_text="Haus, Straße und Stadt.")
    geschlossen_um = models.DateTimeField("abgeschlossen", null=True, editable=False)
    geschlossen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="abgeschlossen von",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Kurstag"
        verbose_name_plural = "Kurstage"
        ordering = ["tag"]
        indexes = [models.Index(fields=["tag"], name="kurstag_tag")]
        constraints = [
            spanne_constraint("kurstag", "tag", ab=FREISTAAT_SEIT),
            models.UniqueConstraint(
                fields=["durchgang", "tag"],
                name="kurstag_tag_einmal",
                violation_error_message="Dieser Durchgang hat an diesem Tag schon ein Modul.",
            ),
            models.CheckConstraint(
                name="kurstag_von_vor_bis",
                condition=Q(von__lt=F("bis")),
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                name="kurstag_geschlossen_mit_person",
                condition=Q(geschlossen_um__isnull=True, geschlossen_von__isnull=True)
                | Q(geschlossen_um__isnull=False, geschlossen_von__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.tag:%d.%m.%Y}, {self.modul}"


class TeilnahmeQuerySet(models.QuerySet):
    def oeffentlich(self):
        """Those of published cohorts; they are counted, never shown one by one by name."""
        return self.filter(durchgang__in=Durchgang.objects.oeffentlich())

    def offen(self):
        """Neither finished nor broken off."""
        return self.filter(abgeschlossen_am__isnull=True, abgebrochen_am__isnull=True)

    def abgeschlossen(self, stichtag):
        """Finished with the certificate by the end of the day `stichtag`."""
        return self.filter(abgeschlossen_am__letzter_tag__lte=stichtag)

    def begonnen_im_jahr(self, jahr, stichtag):
        """Begun in the calendar year `jahr` and by the end of the day `stichtag`."""
        return self.filter(
            begonnen_am__letzter_tag__range=(Jahrestag(jahr, 1, 1), Jahrestag(jahr, 12, 31)),
            begonnen_am__letzter_tag__lte=stichtag,
        )


class Teilnahme(models.Model):
    """One person's way through a cohort, kept without the person's name.

    Figures and the Kommune pages need no more than where somebody comes from and how far
    they got. For whoever registered in the portal it begins with the first day on which they
    were there; what is personal stays with the Anmeldung.
    """

    Gruppe = Gruppe

    anmeldung = models.OneToOneField(
        "fortbildung.Anmeldung",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="teilnahme",
        verbose_name="Anmeldung",
    )

    durchgang = models.ForeignKey(
        Durchgang, models.PROTECT, related_name="teilnahmen", verbose_name="Durchgang"
    )
    kommune = models.ForeignKey(
        Kommune,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teilnahmen",
        verbose_name="Kommune des Arbeitsorts",
    )
    gruppe = models.CharField("Gruppe", max_length=10, choices=Gruppe)
    begonnen_am = ZeitangabeField("begonnen am")
    abgeschlossen_am = ZeitangabeField("mit Zertifikat abgeschlossen am", null=True, blank=True)
    abgebrochen_am = ZeitangabeField("abgebrochen am", null=True, blank=True)
    history = HistoricalRecords()

    objects = TeilnahmeQuerySet.as_manager()

    class Meta:
        verbose_name = "Teilnahme"
        verbose_name_plural = "Teilnahmen"
        ordering = ["durchgang", "pk"]
        indexes = [
            models.Index(LetzterTag("abgeschlossen_am"), name="teilnahme_abgeschlossen"),
            models.Index(LetzterTag("begonnen_am"), name="teilnahme_begonnen"),
        ]
        constraints = [
            zeitangabe_constraint("teilnahme", "begonnen_am"),
            zeitangabe_constraint("teilnahme", "abgeschlossen_am"),
            zeitangabe_constraint("teilnahme", "abgebrochen_am"),
            reihenfolge_constraint("teilnahme", "begonnen_am", "abgeschlossen_am"),
            reihenfolge_constraint("teilnahme", "begonnen_am", "abgebrochen_am"),
            models.CheckConstraint(
                name="teilnahme_abgeschlossen_oder_abgebrochen",
                condition=Q(abgeschlossen_am__isnull=True) | Q(abgebrochen_am__isnull=True),
                violation_error_message="Eine Teilnahme ist abgeschlossen oder abgebrochen, nicht beides.",
            ),
        ]

    @property
    def zertifikat(self):
        """The valid certificate, else the one that was revoked last; None without any."""
        alle = list(self.zertifikate.all())
        return next((eines for eines in alle if eines.gilt), alle[0] if alle else None)

    def __str__(self):
        return f"Teilnahme {self.pk} in {self.durchgang}"
