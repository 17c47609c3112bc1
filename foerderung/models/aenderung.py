"""What a Kommune reports while a project runs, and what the LPR says to it (F21).

    eingegangen -> zur Kenntnis genommen (a notice, by the Sachbearbeitung)
                -> zugestimmt or abgelehnt (a consent, by two people: Aenderungsentscheidung)
                -> zurückgezogen (by the Kommune)

What was reported never changes (triggers `aenderung_bleibt`, `umschichtung_bleibt`).
`verfahren.aenderung` alone writes here.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from asskomm.konten.vieraugen import VierAugen
from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import Foerderantrag
from .bescheid import Bescheid
from .entscheidung import Entscheidung


def _person(bezeichnung, **weiteres):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=bezeichnung,
        **weiteres,
    )


def _euro(bezeichnung, **weiteres):
    return models.DecimalField(
        f"{bezeichnung} in Euro", max_digits=12, decimal_places=2, **weiteres
    )


class Aenderungsart(models.TextChoices):
    UMSCHICHTUNG = "umschichtung", "Verschiebung zwischen Ausgabenarten"
    VERLAENGERUNG = "verlaengerung", "Verlängerung des Bewilligungszeitraums"
    MINDERAUSGABEN = "minderausgaben", "Geringere Ausgaben"
    FINANZIERUNG = "finanzierung", "Weitere Mittel von Dritten"
    MITTEILUNG = "mitteilung", "Andere Mitteilung"


class Anlass(models.TextChoices):
    """What else has to be told (DOMAIN 9.11)."""

    ZWECK = "zweck", "Der Zweck soll sich ändern"
    UMSTAENDE = "umstaende", "Wichtige Umstände haben sich geändert"
    NICHT_ERREICHBAR = "nicht_erreichbar", "Der Zweck ist nicht mehr zu erreichen"
    NICHT_VERBRAUCHT = "nicht_verbraucht", "Ausgezahltes Geld wird nicht rechtzeitig verwendet"
    GEGENSTAENDE = "gegenstaende", "Angeschaffte Gegenstände werden nicht mehr dafür gebraucht"
    INSOLVENZ = "insolvenz", "Ein Insolvenzverfahren ist beantragt oder eröffnet"


class Aenderungsstand(models.TextChoices):
    EINGEGANGEN = "eingegangen", "eingegangen"
    ZUR_KENNTNIS = "zur_kenntnis", "zur Kenntnis genommen"
    ZUGESTIMMT = "zugestimmt", "zugestimmt"
    ABGELEHNT = "abgelehnt", "abgelehnt"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"


# Counts from then on.
ANGENOMMEN = (Aenderungsstand.ZUR_KENNTNIS, Aenderungsstand.ZUGESTIMMT)


class AenderungQuerySet(models.QuerySet):
    def offen(self):
        """Nobody has decided about it."""
        return self.filter(stand=Aenderungsstand.EINGEGANGEN)

    def angenommen(self):
        return self.filter(stand__in=ANGENOMMEN)

    def wartet_auf_bescheid(self):
        """Accepted, and no notice that changes the grant has followed yet.

        An extension waits for a notice that reaches as far as it does.
        """
        danach = Bescheid.objects.filter(
            antrag=OuterRef("antrag"),
            art=Entscheidung.Art.AENDERUNG,
            erlassen_um__gte=OuterRef("erledigt_um"),
        )
        lang_genug = danach.filter(entscheidung__bewilligung_bis__gte=OuterRef("bis_neu"))
        return self.angenommen().filter(
            Q(bis_neu__isnull=True) & ~Exists(danach)
            | Q(bis_neu__isnull=False) & ~Exists(lang_genug),
            braucht_bescheid=True,
        )


class Aenderung(models.Model):
    """One report: what changes, why, and what the LPR answers.

    `braucht_zustimmung` is decided by the server when it arrives, with the limit of the rule set
    at that time (`grenze_prozent`). `antwort` is for the Kommune, `vermerk` for the LPR alone.
    `braucht_bescheid` says that a notice has to change the grant before it is done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="aenderungen")
    nummer = models.PositiveSmallIntegerField("Nummer")
    version = models.PositiveIntegerField("Version", default=1, editable=False)
    art = models.CharField("Art", max_length=20, choices=Aenderungsart)
    anlass = models.CharField("Anlass", max_length=20, choices=Anlass, blank=True)
    stand = models.CharField(
        "Stand",
        max_length=20,
        choices=Aenderungsstand,
        default=Aenderungsstand.EINGEGANGEN,
        editable=False,
    )
    braucht_zustimmung = models.BooleanField("braucht Zustimmung", editable=False)
    grenze_prozent = models.DecimalField(
        "Grenze in Prozent", max_digits=5, decimal_places=2, null=True, editable=False
    )
    bis_neu = models.DateField("neues Ende", null=True, blank=True)
    ausgaben_neu_euro = _euro("erwartete Ausgaben", null=True, blank=True)
    geldgeber = models.CharField("Geldgeber", max_length=200, blank=True)
    betrag_euro = _euro("Betrag", null=True, blank=True)
    begruendung = Langtext("Begründung", max_length=5_000)
    gemeldet_um = models.DateTimeField("gemeldet", editable=False)
    gemeldet_von = _person("gemeldet von")
    erledigt_um = models.DateTimeField("entschieden", null=True, editable=False)
    erledigt_von = _person("entschieden von", null=True, blank=True)
    erledigt_fuer = _person("in Vertretung entschieden für", null=True, blank=True)
    antwort = Langtext("Antwort an die Kommune", max_length=5_000, blank=True)
    vermerk = Langtext("interner Vermerk", max_length=5_000, blank=True)
    braucht_bescheid = models.BooleanField("Bescheid ist zu ändern", default=False, editable=False)
    erinnert_am = models.DateField("erinnert", null=True, editable=False)

    objects = AenderungQuerySet.as_manager()

    class Meta:
        verbose_name = "Änderung während des Vorhabens"
        verbose_name_plural = "Änderungen während des Vorhabens"
        ordering = ["-nummer"]
        default_permissions = []
        indexes = [models.Index(fields=["stand", "gemeldet_um"], name="aenderung_stand")]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "nummer"], name="aenderung_nummer"),
            models.UniqueConstraint(
                fields=["antrag", "art"],
                condition=Q(stand="eingegangen") & ~Q(art="mitteilung"),
                name="aenderung_eine_offene_je_art",
            ),
            spanne_constraint("aenderung", "bis_neu", ab=FREISTAAT_SEIT),
            laenge_constraint("aenderung", "begruendung", 5_000),
            laenge_constraint("aenderung", "antwort", 5_000),
            laenge_constraint("aenderung", "vermerk", 5_000),
            models.CheckConstraint(
                name="aenderung_begruendet",
                condition=~Q(begruendung=""),
                violation_error_message="Schreiben Sie, was sich ändert und warum.",
            ),
            models.CheckConstraint(
                name="aenderung_je_art",
                condition=Q(
                    art="umschichtung",
                    anlass="",
                    grenze_prozent__isnull=False,
                    bis_neu__isnull=True,
                    ausgaben_neu_euro__isnull=True,
                    geldgeber="",
                    betrag_euro__isnull=True,
                )
                | Q(
                    art="verlaengerung",
                    anlass="",
                    braucht_zustimmung=True,
                    bis_neu__isnull=False,
                    ausgaben_neu_euro__isnull=True,
                    geldgeber="",
                    betrag_euro__isnull=True,
                )
                | Q(
                    art="minderausgaben",
                    anlass="",
                    braucht_zustimmung=False,
                    bis_neu__isnull=True,
                    ausgaben_neu_euro__gt=0,
                    geldgeber="",
                    betrag_euro__isnull=True,
                )
                | Q(
                    art="finanzierung",
                    anlass="",
                    braucht_zustimmung=False,
                    bis_neu__isnull=True,
                    ausgaben_neu_euro__isnull=True,
                    betrag_euro__gt=0,
                )
                & ~Q(geldgeber="")
                | Q(
                    art="mitteilung",
                    anlass__in=Anlass.values,
                    braucht_zustimmung=False,
                    bis_neu__isnull=True,
                    ausgaben_neu_euro__isnull=True,
                    geldgeber="",
                    betrag_euro__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="aenderung_stand_passt",
                condition=Q(
                    stand="eingegangen",
                    erledigt_um__isnull=True,
                    erledigt_von__isnull=True,
                    erledigt_fuer__isnull=True,
                    braucht_bescheid=False,
                )
                | Q(
                    stand="zurueckgezogen",
                    erledigt_um__isnull=False,
                    erledigt_von__isnull=False,
                    erledigt_fuer__isnull=True,
                    braucht_bescheid=False,
                )
                | (
                    Q(
                        stand="zur_kenntnis",
                        braucht_zustimmung=False,
                        erledigt_um__isnull=False,
                        erledigt_von__isnull=False,
                    )
                    & ~Q(antwort="")
                )
                | (
                    Q(
                        stand__in=["zugestimmt", "abgelehnt"],
                        braucht_zustimmung=True,
                        erledigt_um__isnull=False,
                        erledigt_von__isnull=False,
                    )
                    & ~Q(antwort="")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_art_display()} (Nr. {self.nummer})"

    @property
    def titel(self) -> str:
        return self.get_anlass_display() if self.anlass else self.get_art_display()


class Umschichtung(models.Model):
    """One kind of expenditure in a shift: what the plan in force has, what it is to be.

    `ausgabenart` is `personal` or one of `plan.spalten.Ausgabenart`, as in Beleg. `plan_euro` is
    the plan as granted with all shifts somebody has consented to.
    """

    aenderung = models.ForeignKey(Aenderung, models.PROTECT, related_name="umschichtungen")
    ausgabenart = models.CharField("Ausgabenart", max_length=30)
    plan_euro = _euro("Plan")
    neu_euro = _euro("neu")

    class Meta:
        verbose_name = "Umschichtung"
        verbose_name_plural = "Umschichtungen"
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["aenderung", "ausgabenart"], name="umschichtung_einmal"
            ),
            models.CheckConstraint(
                name="umschichtung_betraege", condition=Q(plan_euro__gte=0, neu_euro__gte=0)
            ),
        ]

    def __str__(self):
        return self.ausgabenart


class Aenderungsentscheidung(VierAugen):
    """Consent or refusal: the Sachbearbeitung proposes it, the Leitung decides.

    `begruendung` stays with the LPR, `antwort` is what the Kommune reads.
    """

    aenderung = models.ForeignKey(Aenderung, models.PROTECT, related_name="entscheidungen")
    zustimmen = models.BooleanField("zustimmen")
    antwort = Langtext("Antwort an die Kommune", max_length=5_000)

    class Meta(VierAugen.Meta):
        verbose_name = "Entscheidung über eine Änderung"
        verbose_name_plural = "Entscheidungen über Änderungen"
        ordering = ["-vorgeschlagen_um"]
        constraints = [
            *VierAugen.Meta.constraints,
            laenge_constraint("aenderungsentscheidung", "antwort", 5_000),
            models.CheckConstraint(
                name="aenderungsentscheidung_mit_antwort",
                condition=~Q(antwort=""),
                violation_error_message="Schreiben Sie, was die Kommune liest.",
            ),
            models.UniqueConstraint(
                fields=["aenderung"],
                condition=Q(ergebnis="offen"),
                name="aenderungsentscheidung_ein_offener_vorschlag",
                violation_error_message="Zu dieser Änderung liegt schon ein Vorschlag vor.",
            ),
        ]

    def __str__(self):
        return f"{self.wort} zu {self.aenderung}"

    @property
    def wort(self) -> str:
        return "Zustimmung" if self.zustimmen else "Ablehnung"
