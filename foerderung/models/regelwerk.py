"""What the law and the LPR lay down for a call: rules, ceilings, forms and texts, with their source.

A Regelwerk is a version. Once it is released nothing of it changes: a trigger in the database
(`regelwerk_bleibt`) holds everybody to it, and a change begins as a copy. Cases keep the version
under which they were submitted.
"""

import hashlib
from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint


class Datumsbereich(Func):
    """daterange(first, last), both days included."""

    function = "DATERANGE"

    def __init__(self, beginn, ende):
        super().__init__(beginn, ende, RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class RegelwerkQuerySet(models.QuerySet):
    def freigegeben(self):
        return self.filter(freigegeben_um__isnull=False)


class Regelwerk(models.Model):
    """One version of everything that is laid down for a call (F1)."""

    bezeichnung = models.CharField("Bezeichnung", max_length=200, unique=True)
    gilt_ab = models.DateField("gilt ab")
    quelle = Langtext("Quelle", max_length=2_000)
    bemerkung = Langtext("interne Bemerkung", max_length=5_000, blank=True)
    freigegeben_um = models.DateTimeField("freigegeben", null=True, blank=True, editable=False)
    freigegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="freigegeben von",
    )
    vorgaenger = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="nachfolger",
        verbose_name="entstanden aus",
    )
    import_schluessel = models.CharField(max_length=100, null=True, unique=True, editable=False)
    history = HistoricalRecords()

    objects = RegelwerkQuerySet.as_manager()

    class Meta:
        verbose_name = "Regelwerk"
        verbose_name_plural = "Regelwerke"
        ordering = ["-gilt_ab", "-pk"]
        permissions = [("freigeben_regelwerk", "Kann ein Regelwerk freigeben")]
        constraints = [
            spanne_constraint("regelwerk", "gilt_ab", ab=FREISTAAT_SEIT),
            laenge_constraint("regelwerk", "quelle", 2_000),
            laenge_constraint("regelwerk", "bemerkung", 5_000),
            models.CheckConstraint(
                name="regelwerk_hat_quelle",
                condition=~Q(quelle=""),
                violation_error_message="Geben Sie die Quelle an.",
            ),
        ]

    def __str__(self):
        return self.bezeichnung

    @property
    def ist_freigegeben(self) -> bool:
        return self.freigegeben_um is not None


class _Teil(models.Model):
    """A row of a Regelwerk."""

    regelwerk = models.ForeignKey(Regelwerk, models.CASCADE, verbose_name="Regelwerk")
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True


class Regel(_Teil):
    """One rule: its number and words, its value if it has one, its source.

    `bestaetigt` is False where no readable source confirms the value: it is a setting then, and
    every page says so.
    """

    class Schluessel(models.TextChoices):
        HOECHSTSATZ = "hoechstsatz", "Höchstsatz der Förderung"
        EIGENANTEIL = "eigenanteil", "Mindesteigenanteil"
        UNTERGRENZE = "untergrenze", "Förderuntergrenze"
        ERSTATTUNG_UNTER = "erstattung_unter", "Erstattungsverfahren unter"
        KEINE_INVESTITIONEN = "keine_investitionen", "Keine Investitionen"
        FINANZIERUNG_AUSGEGLICHEN = "finanzierung_ausgeglichen", "Ausgeglichene Finanzierung"
        PERSONALOBERGRENZE = "personalobergrenze", "Obergrenzen für Personalausgaben"
        STUNDENSATZ_EIGENLEISTUNG = "stundensatz_eigenleistung", "Stundensatz für Eigenleistungen"
        KOMMUNALE_KOERPERSCHAFT = "kommunale_koerperschaft", "Antragsberechtigung"
        IN_SACHSEN = "in_sachsen", "Vorhaben in Sachsen"
        BERATUNG_VORHER = "beratung_vorher", "Beratung vor dem Antrag"
        ANTRAGSFRIST = "antragsfrist", "Antragsfrist"
        BECCARIA = "beccaria", "Projektbeschreibung nach Beccaria"
        BILDUNGSABSCHLUSS = "bildungsabschluss", "Nachweis des Berufsabschlusses"
        WEITERLEITUNG = "weiterleitung", "Weiterleitung an Dritte"
        KEIN_VORZEITIGER_BEGINN = "kein_vorzeitiger_beginn", "Kein vorzeitiger Beginn"
        KEINE_DOPPELFOERDERUNG = "keine_doppelfoerderung", "Keine Doppelförderung"
        WEITERFUEHRUNG = "weiterfuehrung", "Weiterführung nach der Förderung"
        RECHTSBEHELF_MONATE = "rechtsbehelf_monate", "Frist für den Rechtsbehelf"
        ABRUF_TAGE = "abruf_tage", "Frist für den Abruf eines Bescheids"
        POSTZUSTELLUNG_TAGE = "postzustellung_tage", "Bekanntgabe nach Aufgabe zur Post"
        VERWENDUNGSNACHWEIS_MONATE = "verwendungsnachweis_monate", "Frist des Verwendungsnachweises"
        NACHFORDERUNG_TAGE = "nachforderung_tage", "Übliche Frist einer Nachforderung"
        GUTACHTEN_MINDESTENS = "gutachten_mindestens", "Mindestzahl fachlicher Prüfungen"
        PUNKTE_HOECHSTENS = "punkte_hoechstens", "Höchste Punktzahl je Standard"
        BEDARF_MONATE = "bedarf_monate", "Zeit bis zur Zahlung beim Abruf"
        BANKDATEN_WERKTAGE = "bankdaten_werktage", "Wartezeit nach neuen Bankdaten"
        UMSCHICHTUNG_PROZENT = "umschichtung_prozent", "Verschiebung zwischen Ausgabenarten"
        STICHPROBE_PROZENT = "stichprobe_prozent", "Stichprobe der Verwendungsnachweise"
        ZINSAUFSCHLAG = "zinsaufschlag", "Zinsen auf Rückforderungen"

    class Einheit(models.TextChoices):
        PROZENT = "prozent", "Prozent"
        EURO = "euro", "Euro"
        TAGE = "tage", "Tage"
        MONATE = "monate", "Monate"
        ANZAHL = "anzahl", "Anzahl"

    schluessel = models.CharField("Regel", max_length=30, choices=Schluessel)
    nummer = models.CharField("Nummer", max_length=10)
    titel = models.CharField("Titel", max_length=200)
    text = Langtext("Wortlaut in einfachen Worten", max_length=2_000)
    wert = models.DecimalField("Wert", max_digits=12, decimal_places=2, null=True, blank=True)
    einheit = models.CharField("Einheit", max_length=10, choices=Einheit, blank=True)
    quelle = models.CharField("Quelle", max_length=500)
    bestaetigt = models.BooleanField(
        "bestätigt", default=False, help_text="Eine zugängliche Quelle belegt den Wert."
    )

    class Meta:
        verbose_name = "Regel"
        verbose_name_plural = "Regeln"
        ordering = ["pk"]
        default_related_name = "regeln"
        constraints = [
            laenge_constraint("regel", "text", 2_000),
            models.UniqueConstraint(
                fields=["regelwerk", "schluessel"],
                name="regel_einmal",
                violation_error_message="Diese Regel steht schon in diesem Regelwerk.",
            ),
            models.UniqueConstraint(
                fields=["regelwerk", "nummer"],
                name="regel_nummer_einmal",
                violation_error_message="Diese Nummer hat in diesem Regelwerk schon eine Regel.",
            ),
            models.CheckConstraint(
                name="regel_wert_mit_einheit",
                condition=Q(wert__isnull=True, einheit="") | (Q(wert__gte=0) & ~Q(einheit="")),
                violation_error_message="Zu einem Wert ab 0 gehört eine Einheit, zu keinem keine.",
            ),
            models.CheckConstraint(
                name="regel_prozent_bis_100",
                condition=~Q(einheit="prozent") | Q(wert__lte=100),
                violation_error_message="Ein Anteil beträgt höchstens 100 Prozent.",
            ),
        ]

    def __str__(self):
        return f"{self.nummer} {self.titel}"


class Ausnahmegrund(_Teil):
    """A case in which a grant at or below the lower limit is possible (Ziffer V Nr. 6)."""

    schluessel = models.SlugField("Schlüssel", max_length=30)
    text = models.CharField("Wortlaut", max_length=500)
    quelle = models.CharField("Quelle", max_length=500)

    class Meta:
        verbose_name = "Ausnahme von der Untergrenze"
        verbose_name_plural = "Ausnahmen von der Untergrenze"
        ordering = ["pk"]
        default_related_name = "ausnahmegruende"
        constraints = [
            models.UniqueConstraint(fields=["regelwerk", "schluessel"], name="ausnahmegrund_einmal")
        ]

    def __str__(self):
        return self.text


class Personalobergrenze(_Teil):
    """The highest yearly amount for a full post of one qualification (Ziffer V Nr. 4)."""

    class Qualifikation(models.TextChoices):
        BERUF = "beruf", "abgeschlossene Berufsausbildung"
        FACHHOCHSCHULE = "fachhochschule", "abgeschlossene Fachhochschulausbildung"
        HOCHSCHULE = "hochschule", "abgeschlossene wissenschaftliche Hochschulausbildung"
        FUEHRUNG = "fuehrung", "wissenschaftliche Hochschulausbildung mit Führungsfunktion"

    jahr = models.PositiveSmallIntegerField("Jahr")
    qualifikation = models.CharField("Qualifikation", max_length=20, choices=Qualifikation)
    entgeltgruppe = models.PositiveSmallIntegerField("höchste Entgeltgruppe (TV-L)")
    stufe = models.PositiveSmallIntegerField("höchste Stufe")
    jahresbetrag_euro = models.DecimalField(
        "Jahresbetrag einer vollen Stelle in Euro", max_digits=10, decimal_places=2
    )
    quelle = models.CharField("Quelle", max_length=500)
    bestaetigt = models.BooleanField("bestätigt", default=False)

    class Meta:
        verbose_name = "Personalobergrenze"
        verbose_name_plural = "Personalobergrenzen"
        ordering = ["jahr", "entgeltgruppe", "pk"]
        default_related_name = "personalobergrenzen"
        constraints = [
            models.UniqueConstraint(
                fields=["regelwerk", "jahr", "qualifikation"],
                name="personalobergrenze_einmal",
                violation_error_message="Diese Obergrenze steht schon in diesem Regelwerk.",
            ),
            models.CheckConstraint(
                name="personalobergrenze_positiv",
                condition=Q(jahresbetrag_euro__gt=0),
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
            models.CheckConstraint(
                name="personalobergrenze_gruppe_und_stufe",
                condition=Q(
                    entgeltgruppe__gte=1, entgeltgruppe__lte=15, stufe__gte=1, stufe__lte=6
                ),
                violation_error_message="Der TV-L kennt die Gruppen 1 bis 15 und die Stufen 1 bis 6.",
            ),
        ]

    def __str__(self):
        return f"{self.jahr}: {self.get_qualifikation_display()}"


class Checklistenpunkt(_Teil):
    """A question of the formal check."""

    nummer = models.PositiveSmallIntegerField("Nummer")
    frage = models.CharField("Frage", max_length=300)
    hinweis = models.CharField("Hinweis", max_length=500, blank=True)
    quelle = models.CharField("Quelle", max_length=500)

    class Meta:
        verbose_name = "Punkt der formalen Prüfung"
        verbose_name_plural = "Punkte der formalen Prüfung"
        ordering = ["nummer"]
        default_related_name = "checkliste"
        constraints = [
            models.UniqueConstraint(
                fields=["regelwerk", "nummer"],
                name="checklistenpunkt_einmal",
                violation_error_message="Diese Nummer gibt es in der Liste schon.",
            )
        ]

    def __str__(self):
        return f"{self.nummer}. {self.frage}"


class Anlagenart(_Teil):
    """A slot for documents of an application."""

    class Pflicht(models.TextChoices):
        IMMER = "immer", "immer"
        BEI_PERSONAL = "bei_personal", "bei Personalausgaben"
        BEI_WEITERLEITUNG = "bei_weiterleitung", "bei Weiterleitung an Dritte"
        FREIWILLIG = "freiwillig", "freiwillig"

    schluessel = models.SlugField("Schlüssel", max_length=30)
    bezeichnung = models.CharField("Bezeichnung", max_length=200)
    warum = models.CharField("Wozu", max_length=500)
    pflicht = models.CharField("Pflicht", max_length=20, choices=Pflicht)
    hoechstens = models.PositiveSmallIntegerField("Dateien höchstens", default=1)
    quelle = models.CharField("Quelle", max_length=500)

    class Meta:
        verbose_name = "Anlage zum Antrag"
        verbose_name_plural = "Anlagen zum Antrag"
        ordering = ["pk"]
        default_related_name = "anlagenarten"
        constraints = [
            models.UniqueConstraint(
                fields=["regelwerk", "schluessel"],
                name="anlagenart_einmal",
                violation_error_message="Diesen Schlüssel gibt es in diesem Regelwerk schon.",
            ),
            models.CheckConstraint(
                name="anlagenart_anzahl",
                condition=Q(hoechstens__gte=1, hoechstens__lte=20),
                violation_error_message="Möglich sind 1 bis 20 Dateien.",
            ),
        ]

    def __str__(self):
        return self.bezeichnung


class Erklaerung(_Teil):
    """A declaration of the applicant (F5b); its text is frozen with the application."""

    class Art(models.TextChoices):
        BESTAETIGUNG = "bestaetigung", "zu bestätigen"
        JA_NEIN = "ja_nein", "mit Ja oder Nein zu beantworten"
        FREIWILLIG = "freiwillig", "freiwillige Einwilligung"

    schluessel = models.SlugField("Schlüssel", max_length=30)
    art = models.CharField("Art", max_length=15, choices=Art)
    titel = models.CharField("Titel", max_length=200)
    text = Langtext("Wortlaut", max_length=2_000)
    quelle = models.CharField("Quelle", max_length=500)

    class Meta:
        verbose_name = "Erklärung"
        verbose_name_plural = "Erklärungen"
        ordering = ["pk"]
        default_related_name = "erklaerungen"
        constraints = [
            laenge_constraint("erklaerung", "text", 2_000),
            models.UniqueConstraint(
                fields=["regelwerk", "schluessel"],
                name="erklaerung_einmal",
                violation_error_message="Diesen Schlüssel gibt es in diesem Regelwerk schon.",
            ),
        ]

    def __str__(self):
        return self.titel


class Textbaustein(_Teil):
    """A piece of text of the notices; {names} in braces are filled with data of the case."""

    schluessel = models.SlugField("Schlüssel", max_length=50)
    ueberschrift = models.CharField("Überschrift", max_length=200, blank=True)
    text = Langtext("Text", max_length=10_000)
    quelle = models.CharField("Quelle", max_length=500, blank=True)
    bestaetigt = models.BooleanField("bestätigt", default=False)

    class Meta:
        verbose_name = "Textbaustein"
        verbose_name_plural = "Textbausteine"
        ordering = ["pk"]
        default_related_name = "textbausteine"
        constraints = [
            laenge_constraint("textbaustein", "text", 10_000),
            models.UniqueConstraint(
                fields=["regelwerk", "schluessel"],
                name="textbaustein_einmal",
                violation_error_message="Diesen Schlüssel gibt es in diesem Regelwerk schon.",
            ),
        ]

    def __str__(self):
        return self.ueberschrift or self.schluessel


class Bescheidanlage(_Teil):
    """A file that goes with every grant, such as the general conditions: a PDF, byte by byte.

    It lies in the database, so that it stays with its version like every other part.
    """

    HOECHSTENS_BYTES = 5_000_000

    class Schluessel(models.TextChoices):
        ANBEST_K = "anbest-k", "Allgemeine Nebenbestimmungen (ANBest-K)"

    schluessel = models.CharField("Anlage", max_length=30, choices=Schluessel)
    inhalt = models.BinaryField("Datei")
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64, editable=False)
    groesse = models.PositiveIntegerField("Größe in Byte", editable=False)
    quelle = models.CharField("Quelle", max_length=500)

    class Meta:
        verbose_name = "Anlage zum Bescheid"
        verbose_name_plural = "Anlagen zum Bescheid"
        ordering = ["pk"]
        default_related_name = "bescheidanlagen"
        constraints = [
            models.UniqueConstraint(
                fields=["regelwerk", "schluessel"],
                name="bescheidanlage_einmal",
                violation_error_message="Diese Anlage steht schon in diesem Regelwerk.",
            ),
            models.CheckConstraint(
                name="bescheidanlage_groesse",
                condition=Q(groesse__gt=0, groesse__lte=5_000_000),
                violation_error_message="Die Datei ist leer oder größer als 5 MB.",
            ),
        ]

    def __str__(self):
        return self.get_schluessel_display()

    @property
    def dateiname(self) -> str:
        return f"{self.schluessel}.pdf"

    def nimm(self, inhalt: bytes) -> None:
        """Hold this file from now on, with its size and hash."""
        self.inhalt, self.groesse = inhalt, len(inhalt)
        self.sha256 = hashlib.sha256(inhalt).hexdigest()


TEILE = (
    Regel,
    Ausnahmegrund,
    Personalobergrenze,
    Checklistenpunkt,
    Anlagenart,
    Erklaerung,
    Textbaustein,
    Bescheidanlage,
)


# Whole numbers from 1 to 99 with commas between them.
WERKTAGE = r"^[1-9][0-9]?(, ?[1-9][0-9]?){0,5}$"


class FoerderrundeQuerySet(models.QuerySet):
    def offen(self, um: datetime):
        """Rounds that accept applications which arrive at the moment `um`.

        First and last day count whole, in Europe/Berlin: on the last day up to 23:59:59.
        """
        am = timezone.localdate(um)
        return self.filter(beginn__lte=am, schluss__gte=am)

    def kommend(self, am: date):
        """Rounds that begin after the day `am`, the next one first."""
        return self.filter(beginn__gt=am).order_by("beginn")


class Foerderrunde(models.Model):
    """The funding years of a call and the days on which its applications may arrive.

    As a rule 31 August to 15 October of the year before (RL KommPräv Ziff. VI Nr. 2; receipt
    counts). The authority has allowed exceptions, so it is data.
    """

    class Ersatzzeichnung(models.TextChoices):
        KEINE = "keine", "nicht möglich"
        DOKUMENT = "dokument", "unterschriebene Erklärung als Datei"

    jahr_von = models.PositiveSmallIntegerField("Förderjahr von")
    jahr_bis = models.PositiveSmallIntegerField("Förderjahr bis")
    beginn = models.DateField("erster Tag der Antragsfrist")
    schluss = models.DateField("letzter Tag der Antragsfrist")
    regelwerk = models.ForeignKey(
        Regelwerk, models.PROTECT, related_name="runden", verbose_name="Regelwerk"
    )
    ersatzzeichnung = models.CharField(
        "ohne zweite Person im Rathaus",
        max_length=10,
        choices=Ersatzzeichnung,
        default=Ersatzzeichnung.DOKUMENT,
    )
    erinnerungen = models.CharField(
        "Erinnerungen an die Frist",
        max_length=50,
        default="14, 7, 2",
        blank=True,
        help_text="So viele Werktage vor dem Ende, mit Komma getrennt. Leer: keine Erinnerung.",
        validators=[
            RegexValidator(
                WERKTAGE, "Geben Sie Zahlen von 1 bis 99 mit Komma an, zum Beispiel 14, 7, 2."
            )
        ],
    )
    hinweis = models.CharField("Hinweis für Antragstellende", max_length=500, blank=True)
    quelle = models.CharField("Quelle", max_length=500)
    ist_beispiel = models.BooleanField("Beispieldaten", default=False, editable=False)
    import_schluessel = models.CharField(max_length=100, null=True, unique=True, editable=False)
    history = HistoricalRecords()

    objects = FoerderrundeQuerySet.as_manager()

    class Meta:
        verbose_name = "Förderrunde"
        verbose_name_plural = "Förderrunden"
        ordering = ["-beginn"]
        indexes = [models.Index(fields=["schluss"], name="foerderrunde_schluss")]
        constraints = [
            spanne_constraint("foerderrunde", "beginn", ab=FREISTAAT_SEIT),
            spanne_constraint("foerderrunde", "schluss", ab=FREISTAAT_SEIT),
            models.CheckConstraint(
                name="foerderrunde_beginn_vor_schluss",
                condition=Q(beginn__lte=F("schluss")),
                violation_error_message="Der letzte Tag der Frist liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                name="foerderrunde_jahre_in_folge",
                condition=Q(jahr_von__gte=2018, jahr_bis__gte=F("jahr_von"), jahr_bis__lte=2199),
                violation_error_message="Das letzte Förderjahr liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                name="foerderrunde_erinnerungen",
                condition=Q(erinnerungen="") | Q(erinnerungen__regex=WERKTAGE),
                violation_error_message=(
                    "Geben Sie Zahlen von 1 bis 99 mit Komma an, zum Beispiel 14, 7, 2."
                ),
            ),
            ExclusionConstraint(
                name="foerderrunde_ohne_ueberschneidung",
                expressions=[(Datumsbereich("beginn", "schluss"), RangeOperators.OVERLAPS)],
                violation_error_message="In dieser Zeit läuft schon die Frist einer anderen Runde.",
            ),
        ]

    def __str__(self):
        return f"Förderung {self.jahre_in_worten}"

    @property
    def jahre(self) -> range:
        return range(self.jahr_von, self.jahr_bis + 1)

    @property
    def jahre_in_worten(self) -> str:
        """2027, 2027 und 2028, 2027 bis 2029."""
        if self.jahr_von == self.jahr_bis:
            return f"{self.jahr_von}"
        wort = "und" if self.jahr_bis == self.jahr_von + 1 else "bis"
        return f"{self.jahr_von} {wort} {self.jahr_bis}"

    @property
    def erinnerungstage(self) -> list[int]:
        """How many working days before the end the members are reminded, the last ones first."""
        return sorted(int(tage) for tage in self.erinnerungen.split(",") if tage.strip())


class Haushaltsansatz(models.Model):
    """The money of one budget line for one year, and how much of it is bound by awards.

    `gebunden_euro` is written by `verfahren.entscheidung` alone, in the transaction of an award;
    commitments for later years bind the Ansatz of that year.
    """

    haushaltsjahr = models.PositiveSmallIntegerField("Haushaltsjahr")
    haushaltsstelle = models.CharField("Haushaltsstelle", max_length=100)
    betrag_euro = models.DecimalField("Ansatz in Euro", max_digits=12, decimal_places=2)
    gebunden_euro = models.DecimalField(
        "davon gebunden in Euro", max_digits=12, decimal_places=2, default=0, editable=False
    )
    quelle = models.CharField("Quelle", max_length=500)
    ist_beispiel = models.BooleanField("Beispieldaten", default=False, editable=False)
    history = HistoricalRecords(excluded_fields=["gebunden_euro"])

    class Meta:
        verbose_name = "Haushaltsansatz"
        verbose_name_plural = "Haushaltsansätze"
        ordering = ["-haushaltsjahr", "haushaltsstelle"]
        constraints = [
            models.UniqueConstraint(
                fields=["haushaltsjahr", "haushaltsstelle"],
                name="haushaltsansatz_einmal",
                violation_error_message="Diese Haushaltsstelle hat in dem Jahr schon einen Ansatz.",
            ),
            models.CheckConstraint(
                name="haushaltsansatz_nicht_ueberschritten",
                condition=Q(gebunden_euro__gte=0, gebunden_euro__lte=F("betrag_euro")),
                violation_error_message=(
                    "Der Ansatz ist kleiner als das, was durch Bewilligungen schon gebunden ist."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.haushaltsjahr}, {self.haushaltsstelle}"

    @property
    def frei_euro(self):
        return self.betrag_euro - self.gebunden_euro
