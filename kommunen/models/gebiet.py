"""Who there is: police directorates, Kreise, Kommunen and their Verbünde."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint

from ..faltung import Falte, Sortierform, falte
from ..zeitangabe import (
    FREISTAAT_SEIT,
    ZeitangabeField,
    reihenfolge_constraint,
    spanne_constraint,
    zeitangabe_constraint,
)


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

    def erloschen(self, am):
        """Past their last day on the day `am`, see `Kommune.ist_erloschen`."""
        return self.filter(gueltig_bis__lt=am)

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
        expression=Falte(
            Concat("name_eindeutig", Value(" "), "name_amtlich", Value(" "), "name_sorbisch")
        ),
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
    quelle = Langtext("Quelle", max_length=2_000)
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
                # A trigger of this name refuses circles of several Kommunen, see `nachfolge`.
                violation_error_message=(
                    "Eine Kommune kann nicht ihre eigene Rechtsnachfolge sein, "
                    "auch nicht auf dem Weg über andere Kommunen."
                ),
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
            models.CheckConstraint(
                # Digits are the keys of others: one of these would take the place of a Gemeinde.
                name="kommune_kuerzel_mit_buchstaben",
                condition=Q(kuerzel__isnull=True) | Q(kuerzel__regex=r"[A-Za-z]"),
                violation_error_message="Das Kürzel braucht mindestens einen Buchstaben.",
            ),
            laenge_constraint("kommune", "quelle", 2_000),
            spanne_constraint("kommune", "zahlen_stand", ab=FREISTAAT_SEIT),
            spanne_constraint("kommune", "gueltig_von"),
            spanne_constraint("kommune", "gueltig_bis", ab=FREISTAAT_SEIT),
        ]

    def __str__(self):
        return self.name_eindeutig

    def get_absolute_url(self):
        return reverse("kommunen:kommune", args=[self.kennung])

    def ist_erloschen(self, am) -> bool:
        """Past its last day on the day `am`; the successor acts in its place."""
        return self.gueltig_bis is not None and self.gueltig_bis < am

    def rechtsnachfolge(self, am) -> "Kommune":
        """Who acts in its place on the day `am`: the end of its successors, itself while it exists."""
        kommune, gesehen = self, set()
        while kommune.ist_erloschen(am) and kommune.pk not in gesehen:
            gesehen.add(kommune.pk)
            kommune = kommune.nachfolger
        return kommune

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
