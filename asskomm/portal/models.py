"""What the website itself keeps: news, dates, pages, published figures, what citizens write."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.faltung import Sortierform
from kommunen.models import Kommune
from kommunen.suchvektor import Suchvektor
from kommunen.tatsachen import Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    FREISTAAT_SEIT,
    ErsterTag,
    Zeitangabe,
    ZeitangabeField,
    spanne_constraint,
    zeitangabe_constraint,
)

from .bilder import Bildfeld, bild_pfad, pruefe_bild
from .seiten.adresse import pruefe_adresse

# About 25 printed pages; the page made of it is still quick to send.
HOECHSTENS_ZEICHEN = 50_000


class Meldung(Tatsache):
    """A news item; those taken over from other sites keep their address as source."""

    titel = models.CharField("Titel", max_length=250)
    datum = ZeitangabeField("Datum")
    zusammenfassung = Langtext("Zusammenfassung", max_length=600)
    text = Langtext(
        "Text",
        max_length=HOECHSTENS_ZEICHEN,
        blank=True,
        help_text="Markdown. Überschriften beginnen mit ##.",
    )
    adresse = models.URLField("Adresse des Originals", max_length=500, blank=True)
    bild = Bildfeld(
        "Bild",
        upload_to=bild_pfad,
        blank=True,
        max_length=200,
        validators=[pruefe_bild],
        help_text="JPG, PNG oder WebP, höchstens 10 MB. Aufnahmeort und Kameradaten werden entfernt.",
    )
    bild_beschreibung = models.CharField(
        "Bildbeschreibung",
        max_length=300,
        blank=True,
        help_text="Was zu sehen ist, für Menschen, die das Bild nicht sehen.",
    )
    bild_nachweis = models.CharField("Bildnachweis", max_length=200, blank=True)
    kommunen = models.ManyToManyField(
        Kommune, blank=True, related_name="meldungen", verbose_name="Kommunen"
    )
    kommentare_erlaubt = models.BooleanField("Kommentare erlaubt", default=True)
    geaendert_um = models.DateTimeField("geändert", auto_now=True)
    suchvektor = Suchvektor(a=["titel"], b=["zusammenfassung"], c=["text"])
    history = HistoricalRecords(m2m_fields=[kommunen], excluded_fields=["suchvektor"])

    objects = TatsacheQuerySet.as_manager()

    class Meta:
        verbose_name = "Meldung"
        verbose_name_plural = "Meldungen"
        # By the first day: an item of "2026" must not stand above that of yesterday.
        ordering = [ErsterTag("datum").desc(), "-datum", "-pk"]
        indexes = [
            models.Index(ErsterTag("datum"), name="meldung_datum"),
            GinIndex(fields=["suchvektor"], name="meldung_suchvektor"),
        ]
        constraints = [
            *tatsache_constraints("meldung"),
            laenge_constraint("meldung", "zusammenfassung", 600),
            laenge_constraint("meldung", "text", HOECHSTENS_ZEICHEN),
            zeitangabe_constraint("meldung", "datum"),
            models.CheckConstraint(
                name="meldung_bild_beschrieben_und_belegt",
                condition=Q(bild="") | (~Q(bild_beschreibung="") & ~Q(bild_nachweis="")),
                violation_error_message=(
                    "Ein Bild braucht eine Beschreibung und einen Bildnachweis."
                ),
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("portal:meldung", args=[self.pk])


class KommentarQuerySet(models.QuerySet):
    def freigegeben(self):
        return self.filter(zustand=Kommentar.Zustand.FREIGEGEBEN)

    def wartend(self):
        return self.filter(zustand=Kommentar.Zustand.WARTET)


class Kommentar(models.Model):
    """What somebody wrote below a Meldung. Nothing but what was typed is kept.

    `formular` is minted when the form is shown, so that a repeated post gives one comment.
    """

    class Zustand(models.TextChoices):
        WARTET = "wartet", "wartet auf Prüfung"
        FREIGEGEBEN = "freigegeben", "freigegeben"
        ABGELEHNT = "abgelehnt", "abgelehnt"

    meldung = models.ForeignKey(
        Meldung, models.CASCADE, related_name="kommentare", verbose_name="Meldung"
    )
    formular = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    name = models.CharField("Name", max_length=80, blank=True)
    text = Langtext("Kommentar", max_length=2_000, validators=[MinLengthValidator(3)])
    eingegangen_um = models.DateTimeField("eingegangen", auto_now_add=True)
    zustand = models.CharField(
        "Zustand", max_length=12, choices=Zustand, default=Zustand.WARTET, editable=False
    )
    # Who decided when; not the words, which go for good with the comment.
    history = HistoricalRecords(excluded_fields=["name", "text"])

    objects = KommentarQuerySet.as_manager()

    class Meta:
        verbose_name = "Kommentar"
        verbose_name_plural = "Kommentare"
        ordering = ["eingegangen_um", "pk"]
        indexes = [models.Index(fields=["zustand", "eingegangen_um"], name="kommentar_zustand")]
        constraints = [laenge_constraint("kommentar", "text", 2_000)]

    def __str__(self):
        return f"Kommentar vom {self.eingegangen_um:%d.%m.%Y} zu „{self.meldung}“"


class VeranstaltungQuerySet(TatsacheQuerySet):
    def kommend(self, ab):
        """Not over at the moment `ab`."""
        return self.filter(ende__gte=ab)


class Veranstaltung(Tatsache):
    """A date: Fachtag, network meeting, course day."""

    titel = models.CharField("Titel", max_length=200)
    beginn = models.DateTimeField("Beginn")
    ende = models.DateTimeField("Ende")
    ort = models.CharField("Ort", max_length=200)
    beschreibung = Langtext("Beschreibung", max_length=10_000, blank=True)
    veranstalter = models.CharField("Veranstalter", max_length=200, blank=True)
    webseite = models.URLField("Website", blank=True)
    kommunen = models.ManyToManyField(
        Kommune, blank=True, related_name="veranstaltungen", verbose_name="Kommunen"
    )
    kalender_kennung = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    geaendert_um = models.DateTimeField("geändert", auto_now=True)
    suchvektor = Suchvektor(a=["titel"], b=["ort", "veranstalter"], c=["beschreibung"])
    history = HistoricalRecords(m2m_fields=[kommunen], excluded_fields=["suchvektor"])

    objects = VeranstaltungQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        ordering = ["beginn", "pk"]
        indexes = [
            models.Index(fields=["ende"], name="veranstaltung_ende"),
            GinIndex(fields=["suchvektor"], name="veranstaltung_suchvektor"),
        ]
        constraints = [
            *tatsache_constraints("veranstaltung"),
            laenge_constraint("veranstaltung", "beschreibung", 10_000),
            models.CheckConstraint(
                name="veranstaltung_ende_nach_beginn",
                condition=Q(ende__gte=F("beginn")),
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            spanne_constraint("veranstaltung", "beginn", ab=FREISTAAT_SEIT),
            spanne_constraint("veranstaltung", "ende", ab=FREISTAAT_SEIT),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("portal:termin", args=[self.pk])


class SeiteQuerySet(models.QuerySet):
    def oeffentlich(self):
        return self.filter(veroeffentlicht=True)


class Seite(models.Model):
    """A text page at the address `pfad`, written in Markdown and kept by the Redaktion.

    Pages come with the portal as files; `ausgeliefert` is the fingerprint of the delivered
    text, by which a later delivery knows whether staff have changed the page since.
    """

    class Rubrik(models.TextChoices):
        PROGRAMM = "programm", "Programm"
        FOERDERUNG = "foerderung", "Förderung"
        FORTBILDUNG = "fortbildung", "Fortbildung"
        RECHT = "recht", "Rechtliches"
        HILFE = "hilfe", "Hilfe"

    pfad = models.CharField("Adresse", max_length=100, unique=True, validators=[pruefe_adresse])
    titel = models.CharField("Titel", max_length=100)
    einleitung = Langtext(
        "Einleitung", max_length=500, help_text="Ein Satz: wofür diese Seite da ist."
    )
    rubrik = models.CharField("Rubrik", max_length=12, choices=Rubrik)
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=100)
    text = Langtext(
        "Text",
        max_length=HOECHSTENS_ZEICHEN,
        help_text="Markdown. Überschriften beginnen mit ##.",
    )
    stand = models.DateField("Stand")
    quellen = Langtext("Quellen", max_length=5_000, blank=True, help_text="Eine Quelle je Zeile.")
    veroeffentlicht = models.BooleanField("veröffentlicht", default=True)
    ausgeliefert = models.CharField(max_length=64, blank=True, editable=False)
    suchvektor = Suchvektor(a=["titel"], b=["einleitung"], c=["text"])
    history = HistoricalRecords(excluded_fields=["suchvektor"])

    objects = SeiteQuerySet.as_manager()

    class Meta:
        verbose_name = "Seite"
        verbose_name_plural = "Seiten"
        ordering = ["rubrik", "reihenfolge", "titel"]
        indexes = [GinIndex(fields=["suchvektor"], name="seite_suchvektor")]
        constraints = [
            models.CheckConstraint(
                name="seite_pfad_lesbar",
                condition=Q(pfad__regex=r"^[a-z0-9-]+(/[a-z0-9-]+)*$"),
                violation_error_message=(
                    "Die Adresse hat nur kleine Buchstaben, Ziffern und Bindestriche, "
                    "zum Beispiel programm/coaching."
                ),
            ),
            laenge_constraint("seite", "einleitung", 500),
            laenge_constraint("seite", "text", HOECHSTENS_ZEICHEN),
            laenge_constraint("seite", "quellen", 5_000),
            spanne_constraint("seite", "stand", ab=FREISTAAT_SEIT),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("portal:seite", args=[self.pfad])


class BegriffQuerySet(models.QuerySet):
    def oeffentlich(self):
        return self.filter(veroeffentlicht=True)


class Begriff(models.Model):
    """A term of grants or of the programme in plain words, kept by the Redaktion.

    Forms and pages link to it by `kennung`, see templatetags/glossar.py.
    """

    kennung = models.CharField(
        "Kennung",
        max_length=60,
        unique=True,
        help_text="Teil der Adresse, zum Beispiel eigenanteil. Sie bleibt, damit Links weiter gelten.",
    )
    wort = models.CharField("Begriff", max_length=100, unique=True)
    synonyme = Langtext(
        "Andere Wörter",
        max_length=500,
        blank=True,
        help_text="Ein Wort je Zeile. Die Suche findet den Begriff auch damit.",
    )
    erklaerung = Langtext(
        "Erklärung",
        max_length=1_500,
        help_text="Kurze Sätze. Eine leere Zeile beginnt einen Absatz.",
    )
    quellen = Langtext(
        "Quellen",
        max_length=2_000,
        blank=True,
        help_text="Eine Quelle je Zeile. Ist der Begriff im Recht festgelegt, steht hier die Fundstelle.",
    )
    veroeffentlicht = models.BooleanField("veröffentlicht", default=True)
    suchvektor = Suchvektor(a=["wort", "synonyme"], c=["erklaerung"])
    history = HistoricalRecords(excluded_fields=["suchvektor"])

    objects = BegriffQuerySet.as_manager()

    class Meta:
        verbose_name = "Begriff"
        verbose_name_plural = "Begriffe im Glossar"
        ordering = [Sortierform("wort"), "pk"]
        indexes = [GinIndex(fields=["suchvektor"], name="begriff_suchvektor")]
        constraints = [
            models.CheckConstraint(
                name="begriff_kennung_lesbar",
                condition=Q(kennung__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                violation_error_message=(
                    "Die Kennung hat nur kleine Buchstaben, Ziffern und Bindestriche, "
                    "zum Beispiel vorzeitiger-massnahmebeginn."
                ),
            ),
            laenge_constraint("begriff", "synonyme", 500),
            laenge_constraint("begriff", "erklaerung", 1_500),
            laenge_constraint("begriff", "quellen", 2_000),
        ]

    def __str__(self):
        return self.wort

    def get_absolute_url(self):
        return f"{reverse('portal:glossar')}#{self.anker}"

    @property
    def anker(self) -> str:
        """Its id on the page; the beginning keeps it apart from the ids of the frame."""
        return f"begriff-{self.kennung}"

    @property
    def andere_woerter(self) -> list[str]:
        return [wort.strip() for wort in self.synonyme.splitlines() if wort.strip()]


class Begriffsverweis(models.Model):
    """From one term to another that belongs to it; shown below the first."""

    begriff = models.ForeignKey(
        Begriff, models.CASCADE, related_name="verweise", verbose_name="Begriff"
    )
    ziel = models.ForeignKey(
        Begriff, models.CASCADE, related_name="+", verbose_name="verwandter Begriff"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "verwandter Begriff"
        verbose_name_plural = "verwandte Begriffe"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["begriff", "ziel"],
                name="begriffsverweis_eindeutig",
                violation_error_message="Dieser Begriff steht schon in der Liste.",
            ),
            models.CheckConstraint(
                name="begriffsverweis_nicht_auf_sich",
                condition=~Q(ziel=F("begriff")),
                violation_error_message="Ein Begriff verweist nicht auf sich selbst.",
            ),
        ]

    def __str__(self):
        return f"{self.begriff} → {self.ziel}"


class Rueckmeldung(models.Model):
    """A report of a barrier. The contact is only what the person chose to give."""

    class Zustand(models.TextChoices):
        NEU = "neu", "neu"
        IN_BEARBEITUNG = "in_bearbeitung", "in Bearbeitung"
        ERLEDIGT = "erledigt", "erledigt"
        ZURUECKGEHALTEN = "zurueckgehalten", "zurückgehalten (Verdacht auf Werbung)"

    formular = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    adresse = models.CharField("betroffene Seite", max_length=300, blank=True)
    text = Langtext("Beschreibung", max_length=4_000)
    kontakt = models.EmailField("E-Mail-Adresse für die Antwort", blank=True)
    eingegangen_um = models.DateTimeField("eingegangen", auto_now_add=True)
    zustand = models.CharField("Zustand", max_length=16, choices=Zustand, default=Zustand.NEU)
    bemerkung = Langtext("interne Bemerkung", max_length=5_000, blank=True)
    # Who did what when; not the words and the address, which go for good with the report.
    history = HistoricalRecords(excluded_fields=["adresse", "text", "kontakt"])

    class Meta:
        verbose_name = "Rückmeldung zur Barrierefreiheit"
        verbose_name_plural = "Rückmeldungen zur Barrierefreiheit"
        ordering = ["-eingegangen_um", "pk"]
        indexes = [models.Index(fields=["zustand", "eingegangen_um"], name="rueckmeldung_zustand")]
        constraints = [
            laenge_constraint("rueckmeldung", "text", 4_000),
            laenge_constraint("rueckmeldung", "bemerkung", 5_000),
        ]

    def __str__(self):
        return f"Rückmeldung {self.nummer}"

    @property
    def nummer(self) -> str:
        """What the person can quote; tells nothing about how many reports there are."""
        return f"B-{str(self.formular)[:8].upper()}"


class VeroeffentlichteZahl(Tatsache):
    """A figure as a source printed it. Kept apart from what the portal computes.

    `reihe` names one definition: figures of different series must not share a chart
    (DOMAIN 10). A minimum ("mehr als 420.000 €") is marked.
    """

    reihe = models.SlugField("Reihe", max_length=60)
    stichtag = ZeitangabeField("Stichtag")
    wert = models.DecimalField("Wert", max_digits=14, decimal_places=2)
    einheit = models.CharField("Einheit", max_length=40)
    beschreibung = Langtext("Wortlaut und Bedeutung", max_length=2_000)
    ist_mindestwert = models.BooleanField("Mindestwert", default=False)
    history = HistoricalRecords()

    objects = TatsacheQuerySet.as_manager()

    class Meta:
        verbose_name = "veröffentlichte Zahl"
        verbose_name_plural = "veröffentlichte Zahlen"
        ordering = ["reihe", "stichtag", "pk"]
        constraints = [
            *tatsache_constraints("veroeffentlichtezahl"),
            laenge_constraint("veroeffentlichtezahl", "beschreibung", 2_000),
            zeitangabe_constraint("veroeffentlichtezahl", "stichtag"),
            models.CheckConstraint(
                name="veroeffentlichtezahl_nicht_negativ",
                condition=Q(wert__gte=0),
                violation_error_message="Geben Sie 0 oder mehr an.",
            ),
        ]

    def __str__(self):
        return f"{self.reihe}: {self.wert.normalize():f} {self.einheit} ({self.stichtag})"


class StandQuerySet(models.QuerySet):
    def oeffentlich(self):
        """Published ones; those computed with invented records only in demo mode."""
        sichtbar = self.filter(veroeffentlicht=True)
        return sichtbar if settings.BEISPIELDATEN else sichtbar.filter(mit_beispieldaten=False)


class Stand(models.Model):
    """A figure frozen as it was computed, so that a press text stays checkable.

    Value, unit and definition are copied and never recomputed; only `veroeffentlicht` and
    `anlass` change afterwards.
    """

    kennzahl = models.SlugField("Kennzahl", max_length=60, editable=False)
    titel = models.CharField("Titel", max_length=200, editable=False)
    stichtag = models.DateField("Stichtag")
    wert = models.DecimalField("Wert", max_digits=14, decimal_places=2, editable=False)
    ist_mindestwert = models.BooleanField("Mindestwert", default=False, editable=False)
    einheit = models.CharField("Einheit", max_length=40, editable=False)
    definition = models.TextField("Definition", editable=False)
    mit_beispieldaten = models.BooleanField("enthält Beispieldaten", editable=False)
    anlass = models.CharField("Anlass", max_length=200, blank=True)
    eingefroren_um = models.DateTimeField("festgehalten", auto_now_add=True)
    eingefroren_durch = models.ForeignKey(
        "konten.Konto",
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="festgehalten durch",
    )
    veroeffentlicht = models.BooleanField("veröffentlicht", default=False)
    history = HistoricalRecords()

    objects = StandQuerySet.as_manager()

    class Meta:
        verbose_name = "Stand"
        verbose_name_plural = "festgehaltene Stände"
        ordering = ["-stichtag", "kennzahl"]
        constraints = [spanne_constraint("stand", "stichtag")]

    def __str__(self):
        return f"{self.titel} am {Zeitangabe.vom_tag(self.stichtag)}"
