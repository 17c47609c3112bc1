"""Who there is: the municipalities of Saxony, their agreements and their prevention councils."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from simple_history.models import HistoricalRecords

from .dateien import pruefe_dokument, vereinbarung_pfad
from .faltung import Falte, Sortierform, falte
from .suchvektor import Suchvektor
from .tatsachen import Herkunft, Tatsache, TatsacheQuerySet, tatsache_constraints
from .zeitangabe import LetzterTag, ZeitangabeField, reihenfolge_constraint, zeitangabe_constraint


class Polizeidirektion(models.Model):
    """One of the five regional police directorates (§ 1 Abs. 2 SächsPolOrgVO)."""

    name = models.CharField("Name", max_length=40, unique=True)

    class Meta:
        verbose_name = "Polizeidirektion"
        verbose_name_plural = "Polizeidirektionen"
        ordering = ["name"]

    def __str__(self):
        return f"Polizeidirektion {self.name}"


class Kreis(models.Model):
    """A Landkreis or a kreisfreie Stadt as a district, keyed by the first five digits of the AGS."""

    ags = models.CharField("Kreisschlüssel", max_length=5, unique=True)
    name = models.CharField("Name", max_length=80)
    kreisfrei = models.BooleanField("kreisfreie Stadt")
    verwaltungssitz = models.CharField("Verwaltungssitz", max_length=80)
    polizeidirektion = models.ForeignKey(
        Polizeidirektion, models.PROTECT, related_name="kreise", verbose_name="Polizeidirektion"
    )
    sortiername = models.GeneratedField(
        expression=Sortierform("name"), output_field=models.TextField(), db_persist=True
    )
    history = HistoricalRecords(excluded_fields=["sortiername"])

    class Meta:
        verbose_name = "Kreis"
        verbose_name_plural = "Kreise"
        ordering = ["sortiername"]
        constraints = [
            models.CheckConstraint(
                name="kreis_ags_fuenf_ziffern",
                condition=Q(ags__regex=r"^14[0-9]{3}$"),
                violation_error_message="Der Kreisschlüssel hat fünf Ziffern und beginnt mit 14.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def ortsangabe(self) -> str:
        """Im Landkreis Zwickau, im Erzgebirgskreis, in Chemnitz."""
        return f"in {self.name}" if self.kreisfrei else f"im {self.name}"


class KommuneQuerySet(models.QuerySet):
    def gemeinden(self):
        """Gemeinden and Städte, without Landkreise and without Verbünde."""
        return self.filter(art__in=GEMEINDEARTEN)

    def gueltig(self, am):
        """Those that exist on the day `am`; the last day counts."""
        return self.filter(
            Q(gueltig_von__isnull=True) | Q(gueltig_von__lte=am),
            Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=am),
        )

    def mit_kreis(self):
        return self.select_related("kreis__polizeidirektion")

    def namens_treffer(self, eingabe):
        """Those whose name, Sorbian name or seat's postcode matches what a person typed.

        Digits only are a postcode or its beginning. Otherwise every typed word must occur,
        with ä = ae = a. An empty input matches all.
        """
        eingabe = eingabe.strip()
        if eingabe.isascii() and eingabe.isdigit():
            return self.filter(plz__startswith=eingabe)
        treffer = self
        for wort in falte(eingabe).split():
            treffer = treffer.filter(suchname__contains=wort)
        return treffer


class Kommune(models.Model):
    """A territorial body or an association of them that can take part in the programme.

    The AGS is the identity of a territorial body; names repeat (Bernsdorf is there twice).
    Landkreise carry their five digits and 000. Verbünde have no AGS: Verwaltungsverbände and
    Verwaltungsgemeinschaften have the nine digits of the ARS, a Städtebund has only a `kuerzel`.
    A Kommune that was merged stays, with its last day and its successor.
    """

    class Art(models.TextChoices):
        GEMEINDE = "gemeinde", "Gemeinde"
        STADT = "stadt", "Stadt"
        GROSSE_KREISSTADT = "grosse_kreisstadt", "Große Kreisstadt"
        KREISFREIE_STADT = "kreisfreie_stadt", "Kreisfreie Stadt"
        LANDKREIS = "landkreis", "Landkreis"
        VERWALTUNGSVERBAND = "verwaltungsverband", "Verwaltungsverband"
        VERWALTUNGSGEMEINSCHAFT = "verwaltungsgemeinschaft", "Verwaltungsgemeinschaft"
        STAEDTEBUND = "staedtebund", "Städtebund"

    art = models.CharField("Art", max_length=30, choices=Art)
    ags = models.CharField("AGS", max_length=8, null=True, blank=True, unique=True)
    ars = models.CharField("ARS", max_length=12, blank=True)
    verbandsschluessel = models.CharField(
        "Verbandsschlüssel", max_length=9, null=True, blank=True, unique=True
    )
    kuerzel = models.SlugField("Kürzel", max_length=60, null=True, blank=True, unique=True)
    kennung = models.GeneratedField(
        verbose_name="Kennung",
        expression=Coalesce("ags", "verbandsschluessel", "kuerzel"),
        output_field=models.CharField(max_length=60),
        db_persist=True,
        unique=True,
    )
    name = models.CharField("Name", max_length=120)
    name_eindeutig = models.CharField(
        "unterscheidender Name",
        max_length=160,
        help_text="Mit Zusatz, wo es den Namen mehrmals gibt: Bernsdorf (Landkreis Zwickau).",
    )
    name_amtlich = models.CharField("amtlicher Name", max_length=200)
    name_sorbisch = models.CharField("sorbischer Name", max_length=120, blank=True)
    sortiername = models.GeneratedField(
        expression=Sortierform("name_eindeutig"), output_field=models.TextField(), db_persist=True
    )
    suchname = models.GeneratedField(
        expression=Falte(Concat("name_eindeutig", Value(" "), "name_amtlich")),
        output_field=models.TextField(),
        db_persist=True,
    )
    kreis = models.ForeignKey(
        Kreis, models.PROTECT, related_name="kommunen", null=True, blank=True, verbose_name="Kreis"
    )
    einwohner = models.PositiveIntegerField("Einwohner", null=True, blank=True)
    flaeche_km2 = models.DecimalField(
        "Fläche in km²", max_digits=8, decimal_places=2, null=True, blank=True
    )
    zahlen_stand = models.DateField("Stand von Einwohnern und Fläche", null=True, blank=True)
    plz = models.CharField("Postleitzahl des Verwaltungssitzes", max_length=5, blank=True)
    plz_mehrere = models.BooleanField("mehrere Postleitzahlen", default=False)
    breite = models.DecimalField(
        "geografische Breite des Beschriftungspunkts",
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
    )
    laenge = models.DecimalField(
        "geografische Länge des Beschriftungspunkts",
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
    )
    gueltig_von = models.DateField("besteht seit", null=True, blank=True)
    gueltig_bis = models.DateField("letzter Tag des Bestehens", null=True, blank=True)
    nachfolger = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vorgaenger",
        verbose_name="Rechtsnachfolge",
    )
    verbuende = models.ManyToManyField(
        "self",
        through="Verbundmitgliedschaft",
        through_fields=("mitglied", "verbund"),
        symmetrical=False,
        related_name="mitglieder",
        verbose_name="Verbünde",
    )
    quelle = models.TextField("Quelle")
    history = HistoricalRecords(excluded_fields=["kennung", "sortiername", "suchname"])

    objects = KommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "Kommune"
        verbose_name_plural = "Kommunen"
        ordering = ["sortiername"]
        indexes = [
            models.Index(fields=["sortiername"], name="kommune_sortiername"),
            models.Index(fields=["plz"], name="kommune_plz", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["art", "kreis"], name="kommune_art_kreis"),
        ]
        constraints = [
            models.CheckConstraint(
                name="kommune_ags_acht_ziffern",
                condition=Q(ags__isnull=True) | Q(ags__regex=r"^14[0-9]{6}$"),
                violation_error_message="Der AGS hat acht Ziffern und beginnt mit 14.",
            ),
            models.CheckConstraint(
                name="kommune_verbandsschluessel_neun_ziffern",
                condition=Q(verbandsschluessel__isnull=True)
                | Q(verbandsschluessel__regex=r"^14[0-9]{7}$"),
                violation_error_message="Der Verbandsschlüssel hat neun Ziffern und beginnt mit 14.",
            ),
            models.CheckConstraint(
                name="kommune_kennung_passt_zur_art",
                condition=Q(
                    art__in=[
                        "gemeinde",
                        "stadt",
                        "grosse_kreisstadt",
                        "kreisfreie_stadt",
                        "landkreis",
                    ],
                    ags__isnull=False,
                    verbandsschluessel__isnull=True,
                    kuerzel__isnull=True,
                )
                | Q(
                    art__in=["verwaltungsverband", "verwaltungsgemeinschaft"],
                    ags__isnull=True,
                    verbandsschluessel__isnull=False,
                    kuerzel__isnull=True,
                )
                | Q(
                    art="staedtebund",
                    ags__isnull=True,
                    verbandsschluessel__isnull=True,
                    kuerzel__isnull=False,
                ),
                violation_error_message=(
                    "Gemeinden, Städte und Landkreise haben einen AGS, Verwaltungsverbände und "
                    "-gemeinschaften einen Verbandsschlüssel, Städtebünde ein Kürzel."
                ),
            ),
            models.CheckConstraint(
                name="kommune_mit_kreis",
                condition=Q(kreis__isnull=False) | Q(art="staedtebund"),
                violation_error_message="Geben Sie den Kreis an.",
            ),
            models.CheckConstraint(
                name="kommune_ende_nach_beginn",
                condition=Q(gueltig_von__isnull=True)
                | Q(gueltig_bis__isnull=True)
                | Q(gueltig_bis__gte=F("gueltig_von")),
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                name="kommune_erloschen_mit_nachfolge",
                condition=Q(gueltig_bis__isnull=True, nachfolger__isnull=True)
                | Q(gueltig_bis__isnull=False, nachfolger__isnull=False),
                violation_error_message=(
                    "Eine erloschene Kommune braucht den letzten Tag und die Rechtsnachfolge."
                ),
            ),
            models.CheckConstraint(
                name="kommune_nicht_eigener_nachfolger",
                condition=Q(nachfolger__isnull=True) | ~Q(nachfolger=F("id")),
                violation_error_message="Eine Kommune kann nicht ihre eigene Rechtsnachfolge sein.",
            ),
            models.CheckConstraint(
                name="kommune_einwohner_mit_stand",
                condition=Q(einwohner__isnull=True) | Q(zahlen_stand__isnull=False),
                violation_error_message="Geben Sie an, von welchem Tag die Zahlen sind.",
            ),
            models.CheckConstraint(
                name="kommune_plz_fuenf_ziffern",
                condition=Q(plz="") | Q(plz__regex=r"^[0-9]{5}$"),
                violation_error_message="Die Postleitzahl hat fünf Ziffern.",
            ),
            models.CheckConstraint(
                name="kommune_hat_quelle",
                condition=~Q(quelle=""),
                violation_error_message="Geben Sie die Quelle an.",
            ),
        ]

    def __str__(self):
        return self.name_eindeutig

    def get_absolute_url(self):
        return reverse("kommunen:kommune", args=[self.kennung])

    @property
    def polizeidirektion(self):
        """The police directorate of the Kreis; None for a Städtebund, which may span several."""
        return self.kreis.polizeidirektion if self.kreis_id else None

    @property
    def art_und_lage(self) -> str:
        """E.g. "Große Kreisstadt im Landkreis Zwickau", "Stadt im Erzgebirgskreis"."""
        if not self.kreis_id or self.kreis.kreisfrei or self.art == self.Art.LANDKREIS:
            return self.get_art_display()
        return f"{self.get_art_display()} im {self.kreis.name}"


GEMEINDEARTEN = (
    Kommune.Art.GEMEINDE,
    Kommune.Art.STADT,
    Kommune.Art.GROSSE_KREISSTADT,
    Kommune.Art.KREISFREIE_STADT,
)
VERBUNDARTEN = (
    Kommune.Art.VERWALTUNGSVERBAND,
    Kommune.Art.VERWALTUNGSGEMEINSCHAFT,
    Kommune.Art.STAEDTEBUND,
)


class Verbundmitgliedschaft(models.Model):
    """A Kommune belongs to a Verbund for a time; open ends are unknown or still running."""

    verbund = models.ForeignKey(
        Kommune, models.CASCADE, related_name="mitgliedschaften", verbose_name="Verbund"
    )
    mitglied = models.ForeignKey(
        Kommune, models.CASCADE, related_name="zugehoerigkeiten", verbose_name="Mitglied"
    )
    von = ZeitangabeField("von", null=True, blank=True)
    bis = ZeitangabeField("bis", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "Mitgliedschaft in einem Verbund"
        verbose_name_plural = "Mitgliedschaften in Verbünden"
        constraints = [
            models.UniqueConstraint(
                fields=["verbund", "mitglied"],
                condition=Q(bis__isnull=True),
                name="verbundmitgliedschaft_einmal_offen",
                violation_error_message="Diese Mitgliedschaft besteht schon.",
            ),
            models.CheckConstraint(
                name="verbundmitgliedschaft_nicht_selbst",
                condition=~Q(verbund=F("mitglied")),
                violation_error_message="Ein Verbund kann nicht sein eigenes Mitglied sein.",
            ),
            zeitangabe_constraint("verbundmitgliedschaft", "von"),
            zeitangabe_constraint("verbundmitgliedschaft", "bis"),
            reihenfolge_constraint("verbundmitgliedschaft", "von", "bis"),
        ]

    def __str__(self):
        return f"{self.mitglied} in {self.verbund}"


class Kartenflaeche(models.Model):
    """The outline of a Kommune or a Kreis in map units (sheet 9000 × 6720, y down).

    `pfad` is an SVG path in whole units. `x`, `y` is a point inside, `radius` the largest
    circle around it. Source: BKG VG250-EW, dl-de/by-2-0, changed.
    """

    kommune = models.OneToOneField(Kommune, models.CASCADE, null=True, related_name="kartenflaeche")
    kreis = models.OneToOneField(Kreis, models.CASCADE, null=True, related_name="kartenflaeche")
    pfad = models.TextField()
    x = models.IntegerField()
    y = models.IntegerField()
    radius = models.IntegerField()
    links = models.IntegerField()
    oben = models.IntegerField()
    rechts = models.IntegerField()
    unten = models.IntegerField()

    class Meta:
        verbose_name = "Kartenfläche"
        verbose_name_plural = "Kartenflächen"
        constraints = [
            models.CheckConstraint(
                name="kartenflaeche_kommune_oder_kreis",
                condition=Q(kommune__isnull=False, kreis__isnull=True)
                | Q(kommune__isnull=True, kreis__isnull=False),
            )
        ]

    def __str__(self):
        return f"Fläche: {self.kommune or self.kreis}"


class Kartenlinie(models.Model):
    """A kind of boundary line of the map as one SVG path, each boundary drawn once."""

    class Art(models.TextChoices):
        LAND = "landesgrenze", "Landesgrenze"
        KREISE = "kreisgrenzen", "Kreisgrenzen"
        GEMEINDEN = "gemeindegrenzen", "Gemeindegrenzen"

    art = models.CharField(max_length=20, choices=Art, unique=True)
    pfad = models.TextField()

    class Meta:
        verbose_name = "Kartenlinie"
        verbose_name_plural = "Kartenlinien"

    def __str__(self):
        return self.get_art_display()


class VereinbarungQuerySet(TatsacheQuerySet):
    def wirksam(self, am):
        """Signed by the day `am` and not ended by then."""
        return self.filter(
            Q(ende_am__isnull=True) | Q(ende_am__letzter_tag__gt=am),
            unterzeichnet_am__letzter_tag__lte=am,
        )


class Kooperationsvereinbarung(Tatsache):
    """An agreement between one or more Kommunen, the LPR and often the police.

    A Vorvereinbarung is its own kind and does not count as an accession. The running number
    counts agreements, not Gemeinden (DOMAIN 2), and is published for some only.
    """

    class Art(models.TextChoices):
        VEREINBARUNG = "kooperationsvereinbarung", "Kooperationsvereinbarung"
        VORVEREINBARUNG = "vorvereinbarung", "Vorvereinbarung"

    class Form(models.TextChoices):
        VOR_ORT = "vor_ort", "vor Ort"
        VIDEO = "video", "per Videokonferenz"
        UMLAUF = "umlauf", "im Umlauf"

    art = models.CharField("Art", max_length=30, choices=Art, default=Art.VEREINBARUNG)
    bezeichnung = models.CharField(
        "Bezeichnung",
        max_length=200,
        blank=True,
        help_text="Nur wenn mehrere gemeinsam unterzeichnen, zum Beispiel Städtebund Silberberg.",
    )
    kommunen = models.ManyToManyField(
        Kommune, related_name="vereinbarungen", verbose_name="Kommunen"
    )
    laufende_nummer = models.PositiveIntegerField("laufende Nummer", null=True, blank=True)
    unterzeichnet_am = ZeitangabeField("unterzeichnet am")
    form = models.CharField("Form der Unterzeichnung", max_length=10, choices=Form, blank=True)
    polizeidirektion = models.ForeignKey(
        Polizeidirektion,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="beteiligte Polizeidirektion",
    )
    inhalt = models.TextField("Inhalt und Anlass", blank=True)
    dokument = models.FileField(
        "Dokument",
        upload_to=vereinbarung_pfad,
        blank=True,
        max_length=200,
        validators=[FileExtensionValidator(["pdf"]), pruefe_dokument],
        help_text="Unterzeichnete Fassung als PDF, höchstens 20 MB. Wird nicht veröffentlicht.",
    )
    ende_am = ZeitangabeField("beendet am", null=True, blank=True)
    history = HistoricalRecords(m2m_fields=[kommunen])

    objects = VereinbarungQuerySet.as_manager()

    class Meta:
        verbose_name = "Kooperationsvereinbarung"
        verbose_name_plural = "Kooperationsvereinbarungen"
        ordering = ["-unterzeichnet_am", "pk"]
        indexes = [
            models.Index(LetzterTag("unterzeichnet_am"), name="vereinbarung_ab"),
        ]
        constraints = [
            *tatsache_constraints("vereinbarung"),
            zeitangabe_constraint("vereinbarung", "unterzeichnet_am"),
            zeitangabe_constraint("vereinbarung", "ende_am"),
            reihenfolge_constraint("vereinbarung", "unterzeichnet_am", "ende_am"),
            models.UniqueConstraint(
                fields=["laufende_nummer"],
                condition=Q(art="kooperationsvereinbarung"),
                name="vereinbarung_laufende_nummer_einmal",
                violation_error_message="Diese laufende Nummer ist schon vergeben.",
            ),
            models.CheckConstraint(
                name="vereinbarung_erfasst_mit_dokument",
                condition=~Q(herkunft=Herkunft.ERFASST) | ~Q(dokument=""),
                violation_error_message="Laden Sie die unterzeichnete Vereinbarung als PDF hoch.",
            ),
        ]

    def __str__(self):
        return self.bezeichnung or f"{self.get_art_display()} vom {self.unterzeichnet_am}"


class ModellkommuneQuerySet(TatsacheQuerySet):
    def bestehend(self, am):
        """Named by the day `am`."""
        return self.filter(seit__letzter_tag__lte=am)


class Modellkommune(Tatsache):
    """A partner from the start of the programme; a fact of its own beside any agreement."""

    kommune = models.OneToOneField(
        Kommune, models.PROTECT, related_name="modellkommune", verbose_name="Kommune"
    )
    seit = ZeitangabeField("seit")
    history = HistoricalRecords()

    objects = ModellkommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "Modellkommune"
        verbose_name_plural = "Modellkommunen"
        ordering = ["kommune__sortiername"]
        constraints = [
            *tatsache_constraints("modellkommune"),
            zeitangabe_constraint("modellkommune", "seit"),
        ]

    def __str__(self):
        return f"Modellkommune {self.kommune}"


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
    beschreibung = models.TextField("Beschreibung", blank=True)
    schwerpunkte = models.TextField("Schwerpunkte", blank=True)
    kontakt_stelle = models.CharField("Kontaktstelle", max_length=200, blank=True)
    kontakt_anschrift = models.TextField("Anschrift", blank=True)
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
        constraints = tatsache_constraints("praeventionsrat")

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
    beschluesse = models.TextField("Beschlüsse (intern)", blank=True)
    oeffentlicher_teil = models.TextField("öffentlicher Teil", blank=True)
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
            )
        ]

    def __str__(self):
        return f"{self.thema} ({self.am:%d.%m.%Y})"
