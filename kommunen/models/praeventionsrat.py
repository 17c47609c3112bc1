"""Prevention councils with the history of their states, their bodies, seats and meetings."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint

from ..suchvektor import Suchvektor
from ..tatsachen import Tatsache, TatsacheQuerySet, tatsache_constraints
from ..zeitangabe import (
    FREISTAAT_SEIT,
    ZeitangabeField,
    reihenfolge_constraint,
    spanne_constraint,
    zeitangabe_constraint,
)
from .gebiet import Kommune


class RatQuerySet(TatsacheQuerySet):
    def im_zustand(self, zustand, am):
        """Councils whose state was `zustand` on the day `am`."""
        zustaende = Ratszustand.objects.am(am).filter(rat=models.OuterRef("pk"), zustand=zustand)
        return self.filter(models.Exists(zustaende))

    def aktiv(self, am):
        return self.im_zustand(Ratszustand.Zustand.AKTIV, am)

    def ohne_kontakt(self):
        """Those a citizen can neither write to nor call."""
        return self.filter(kontakt_email="", kontakt_telefon="")

    def ohne_zustand(self):
        """Those with no state at all, so that no figure ever counts them."""
        return self.filter(zustaende__isnull=True)


class Praeventionsrat(Tatsache):
    """A kommunaler Präventionsrat (KPR) of one or more Kommunen.

    Its state is not a field but a history (`Ratszustand`), because figures ask for any day.
    The contact is a function mailbox, never a person.
    """

    class Entstehung(models.TextChoices):
        KONSTITUIERT = "konstituiert", "konstituiert"
        REAKTIVIERT = "reaktiviert", "reaktiviert"

    name = models.CharField("Name", max_length=200)
    kommunen = models.ManyToManyField(Kommune, related_name="raete", verbose_name="Kommunen")
    entstehung = models.CharField(
        "Entstehung",
        max_length=15,
        choices=Entstehung,
        default=Entstehung.KONSTITUIERT,
        help_text="Reaktiviert heißt: Ein früheres Gremium arbeitet wieder.",
    )
    beschreibung = Langtext("Beschreibung", max_length=10_000, blank=True)
    schwerpunkte = Langtext("Schwerpunkte", max_length=5_000, blank=True)
    kontakt_stelle = models.CharField("Kontaktstelle", max_length=200, blank=True)
    kontakt_anschrift = Langtext("Anschrift", max_length=500, blank=True)
    kontakt_email = models.EmailField(
        "Funktionspostfach", blank=True, help_text="Keine Adresse einer einzelnen Person."
    )
    kontakt_telefon = models.CharField("Telefon der Stelle", max_length=40, blank=True)
    webseite = models.URLField("Website", blank=True)
    suchvektor = Suchvektor(a=["name"], b=["schwerpunkte"], c=["beschreibung"])
    history = HistoricalRecords(m2m_fields=[kommunen], excluded_fields=["suchvektor"])

    objects = RatQuerySet.as_manager()

    class Meta:
        verbose_name = "Präventionsrat"
        verbose_name_plural = "Präventionsräte"
        ordering = ["name", "pk"]
        indexes = [GinIndex(fields=["suchvektor"], name="rat_suchvektor")]
        constraints = [
            *tatsache_constraints("praeventionsrat"),
            laenge_constraint("praeventionsrat", "beschreibung", 10_000),
            laenge_constraint("praeventionsrat", "schwerpunkte", 5_000),
            laenge_constraint("praeventionsrat", "kontakt_anschrift", 500),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kommunen:rat", args=[self.pk])


class Daterange(Func):
    """From the first date on, the second date excluded; NULL is unbounded."""

    function = "daterange"


class RatszustandQuerySet(models.QuerySet):
    def am(self, tag):
        """The state that held at the end of the day `tag`, at most one for each council.

        A state counts from the last day its beginning can mean and no longer on the last
        day its end can mean: on that day the next state holds.
        """
        return self.filter(
            Q(bis__isnull=True) | Q(bis__letzter_tag__gt=tag),
            Q(von__isnull=True) | Q(von__letzter_tag__lte=tag),
        )


class Ratszustand(models.Model):
    """One state of a council and the time it lasted; no end means that it still lasts."""

    class Zustand(models.TextChoices):
        IN_GRUENDUNG = "in_gruendung", "in Gründung"
        AKTIV = "aktiv", "aktiv"
        RUHEND = "ruhend", "ruhend"
        AUFGELOEST = "aufgeloest", "aufgelöst"

    rat = models.ForeignKey(
        Praeventionsrat, models.CASCADE, related_name="zustaende", verbose_name="Präventionsrat"
    )
    zustand = models.CharField("Zustand", max_length=15, choices=Zustand)
    von = ZeitangabeField("seit", null=True, blank=True)
    bis = ZeitangabeField("bis", null=True, blank=True)
    grundlage = models.CharField(
        "Grundlage", max_length=300, blank=True, help_text="Zum Beispiel der Beschluss des Rates."
    )
    history = HistoricalRecords()

    objects = RatszustandQuerySet.as_manager()

    class Meta:
        verbose_name = "Zustand eines Präventionsrats"
        verbose_name_plural = "Zustände von Präventionsräten"
        ordering = [F("von").asc(nulls_first=True), "pk"]
        constraints = [
            zeitangabe_constraint("ratszustand", "von"),
            zeitangabe_constraint("ratszustand", "bis"),
            models.CheckConstraint(
                name="ratszustand_ende_nach_beginn",
                condition=Q(von__isnull=True)
                | Q(bis__isnull=True)
                | Q(bis__letzter_tag__gte=F("von__letzter_tag")),
                violation_error_message="Das Ende des Zustands liegt vor seinem Beginn.",
            ),
            models.CheckConstraint(
                name="ratszustand_mit_datum",
                condition=Q(von__isnull=False) | Q(zustand="in_gruendung"),
                violation_error_message="Geben Sie an, seit wann dieser Zustand besteht.",
            ),
            models.CheckConstraint(
                name="ratszustand_aufgeloest_bleibt",
                condition=~Q(zustand="aufgeloest") | Q(bis__isnull=True),
                violation_error_message=(
                    "Ein aufgelöster Präventionsrat kann nicht wieder aufleben. "
                    "Legen Sie einen neuen an."
                ),
            ),
            models.UniqueConstraint(
                fields=["rat"],
                condition=Q(bis__isnull=True),
                name="ratszustand_einer_offen",
                violation_error_message=(
                    "Ein Präventionsrat hat nur einen Zustand ohne Ende. "
                    "Tragen Sie beim früheren das Ende ein."
                ),
            ),
            # The council's number as a range of one: plain equality in a GiST index would
            # need an extension that not every server has.
            ExclusionConstraint(
                name="ratszustand_ohne_ueberschneidung",
                expressions=[
                    (
                        Func(F("rat"), F("rat"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Daterange(F("von__letzter_tag"), F("bis__letzter_tag")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Zwei Zustände überschneiden sich.",
            ),
        ]

    def __str__(self):
        seit = f" seit {self.von}" if self.von else ""
        bis = f" bis {self.bis}" if self.bis else ""
        return f"{self.get_zustand_display()}{seit}{bis}"


class Gremium(models.Model):
    """A body of a council: steering group, working group or coordinating office."""

    class Art(models.TextChoices):
        LENKUNGSGRUPPE = "lenkungsgruppe", "Lenkungsgruppe"
        ARBEITSGRUPPE = "arbeitsgruppe", "Arbeitsgruppe"
        KOORDINIERUNGSSTELLE = "koordinierungsstelle", "Koordinierungsstelle"

    rat = models.ForeignKey(
        Praeventionsrat, models.CASCADE, related_name="gremien", verbose_name="Präventionsrat"
    )
    art = models.CharField("Art", max_length=25, choices=Art)
    name = models.CharField("Name oder Thema", max_length=200, blank=True)
    von = ZeitangabeField("von", null=True, blank=True)
    bis = ZeitangabeField("bis", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Gremium"
        verbose_name_plural = "Gremien"
        ordering = ["art", "name"]
        constraints = [
            zeitangabe_constraint("gremium", "von"),
            zeitangabe_constraint("gremium", "bis"),
            reihenfolge_constraint("gremium", "von", "bis"),
        ]

    def __str__(self):
        return f"{self.get_art_display()} {self.name}".strip()


class Ratsmitglied(models.Model):
    """A seat in a council by function and institution. The person's name is not kept."""

    rat = models.ForeignKey(
        Praeventionsrat, models.CASCADE, related_name="mitglieder", verbose_name="Präventionsrat"
    )
    funktion = models.CharField(
        "Funktion", max_length=150, help_text="Zum Beispiel Leitung des Polizeireviers. Kein Name."
    )
    institution = models.CharField("Institution", max_length=200)
    vorsitz = models.BooleanField("Vorsitz", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Mitglied"
        verbose_name_plural = "Mitglieder"
        ordering = ["-vorsitz", "institution", "funktion"]

    def __str__(self):
        return f"{self.funktion}, {self.institution}"


class RatssitzungQuerySet(models.QuerySet):
    def oeffentlich(self):
        """Meetings that were released; only their public part may be shown."""
        return self.filter(veroeffentlicht=True, rat__in=Praeventionsrat.objects.oeffentlich())


class Ratssitzung(models.Model):
    """A meeting of a council. `beschluesse` stays internal, `oeffentlicher_teil` may be shown."""

    rat = models.ForeignKey(
        Praeventionsrat, models.CASCADE, related_name="sitzungen", verbose_name="Präventionsrat"
    )
    am = models.DateField("Datum")
    thema = models.CharField("Thema", max_length=200)
    beschluesse = Langtext("Beschlüsse (intern)", max_length=20_000, blank=True)
    oeffentlicher_teil = Langtext("öffentlicher Teil", max_length=20_000, blank=True)
    veroeffentlicht = models.BooleanField("veröffentlicht", default=False)
    history = HistoricalRecords()

    objects = RatssitzungQuerySet.as_manager()

    class Meta:
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        ordering = ["-am"]
        constraints = [
            models.UniqueConstraint(
                fields=["rat", "am", "thema"],
                name="ratssitzung_einmal",
                violation_error_message="Diese Sitzung ist schon eingetragen.",
            ),
            laenge_constraint("ratssitzung", "beschluesse", 20_000),
            laenge_constraint("ratssitzung", "oeffentlicher_teil", 20_000),
            spanne_constraint("ratssitzung", "am", ab=FREISTAAT_SEIT),
        ]

    def __str__(self):
        return f"{self.thema} ({self.am:%d.%m.%Y})"
