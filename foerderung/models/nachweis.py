"""The proof of use: receipts, what came of the project, the check by the LPR, the end (F19, F22, F23).

A Verwendungsnachweis is a draft of the Kommune until two people hand it in; each time that makes a
Nachweisfassung, which never changes. The LPR gives it back or checks it: the Nachweispruefung
holds what is recognised, what the grant really comes to and what has to come back. A
Stichprobe draws the cases whose receipts are looked at. Two people end the case (Abschluss).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from asskomm.konten.vieraugen import VierAugen
from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import Foerderantrag
from .auszahlung import Auszahlung


def _person(bezeichnung, **weiteres):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=bezeichnung,
        **weiteres,
    )


def _freiwillige_person(bezeichnung):
    return _person(bezeichnung, null=True, blank=True)


def _euro(bezeichnung, **weiteres):
    return models.DecimalField(
        f"{bezeichnung} in Euro", max_digits=12, decimal_places=2, **weiteres
    )


class Beleg(models.Model):
    """A receipt of the project: an entry of the receipt list, not a file.

    The list belongs to the case: a reimbursement claims receipts of it (`auszahlung`), the proof
    of use holds all of them. `ausgabenart` is `personal` or one of `plan.spalten.Ausgabenart`.
    `zahlungsempfaenger` can be a person; it is never shown outside of the case.
    """

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="belege")
    belegnummer = models.CharField("Belegnummer", max_length=50)
    ausgabenart = models.CharField("Ausgabenart", max_length=30)
    zweck = models.CharField("Wofür", max_length=200)
    zahlungsempfaenger = models.CharField("Zahlungsempfängerin", max_length=140)
    rechnung_am = models.DateField("Datum der Rechnung")
    bezahlt_am = models.DateField("bezahlt am")
    betrag_euro = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)
    auszahlung = models.ForeignKey(
        Auszahlung,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="belege",
        verbose_name="geltend gemacht mit",
    )
    erfasst_um = models.DateTimeField("erfasst", editable=False)
    erfasst_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="erfasst von",
    )

    class Meta:
        verbose_name = "Beleg"
        verbose_name_plural = "Belege"
        ordering = ["bezahlt_am", "pk"]
        default_permissions = []
        constraints = [
            spanne_constraint("beleg", "rechnung_am", ab=FREISTAAT_SEIT),
            spanne_constraint("beleg", "bezahlt_am", ab=FREISTAAT_SEIT),
            models.UniqueConstraint(
                fields=["antrag", "belegnummer"],
                name="beleg_nummer_einmal",
                violation_error_message="Diese Belegnummer steht schon in der Liste.",
            ),
            models.CheckConstraint(
                name="beleg_positiv",
                condition=Q(betrag_euro__gt=0),
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
            models.CheckConstraint(
                name="beleg_vollstaendig",
                condition=~Q(belegnummer="")
                & ~Q(zweck="")
                & ~Q(ausgabenart="")
                & ~Q(zahlungsempfaenger=""),
            ),
        ]

    def __str__(self):
        return f"Beleg {self.belegnummer}"


class Verwendungsnachweis(models.Model):
    """The draft of the proof of one case, as typed, right or wrong (F22).

    `eingaben` has the shape of `Abschnitt.eingaben`. `bereit_von` is who has declared the version
    `bereit_version` ready for the signature: after any change somebody declares it again.
    """

    antrag = models.OneToOneField(Foerderantrag, models.PROTECT, related_name="nachweis")
    eingaben = models.JSONField("Eingaben", default=dict)
    version = models.PositiveIntegerField("Stand", default=1, editable=False)
    seite = models.UUIDField(null=True, editable=False)
    angelegt_um = models.DateTimeField("begonnen", editable=False)
    geaendert_um = models.DateTimeField("gespeichert", null=True, editable=False)
    geaendert_von = _freiwillige_person("gespeichert von")
    bereit_um = models.DateTimeField("zur Zeichnung bereit", null=True, editable=False)
    bereit_von = _freiwillige_person("zur Zeichnung bereit gemeldet von")
    bereit_version = models.PositiveIntegerField("bereit gemeldeter Stand", null=True)
    ergaenzen_bis = models.DateField("zu ergänzen bis", null=True, editable=False)
    ergaenzen = Langtext("Was zu ergänzen ist", max_length=5_000, blank=True)
    erinnert_am = models.DateField("erinnert", null=True, editable=False)

    class Meta:
        verbose_name = "Verwendungsnachweis"
        verbose_name_plural = "Verwendungsnachweise"
        ordering = ["antrag"]
        default_permissions = []
        constraints = [
            spanne_constraint("verwendungsnachweis", "ergaenzen_bis", ab=FREISTAAT_SEIT),
            laenge_constraint("verwendungsnachweis", "ergaenzen", 5_000),
            models.CheckConstraint(
                name="verwendungsnachweis_bereit_mit_person",
                condition=Q(
                    bereit_um__isnull=True, bereit_von__isnull=True, bereit_version__isnull=True
                )
                | Q(bereit_um__isnull=False, bereit_von__isnull=False, bereit_version__gt=0),
            ),
            models.CheckConstraint(
                name="verwendungsnachweis_ergaenzen_mit_frist",
                condition=Q(ergaenzen_bis__isnull=True, ergaenzen="")
                | (Q(ergaenzen_bis__isnull=False) & ~Q(ergaenzen="")),
            ),
        ]

    def __str__(self):
        return f"Verwendungsnachweis zu {self.antrag_id}"


class Nachweisfassung(models.Model):
    """A proof as it was signed, with its receipts and sums; never changed (trigger).

    `pruefsumme` is the SHA-256 of `inhalt` as canonical JSON. Who signs is not who prepared.
    """

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="nachweisfassungen")
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    nummer = models.PositiveSmallIntegerField("Nummer")
    inhalt = models.JSONField("Inhalt")
    pruefsumme = models.CharField("Prüfsumme", max_length=64)
    eingegangen_um = models.DateTimeField("eingegangen", editable=False)
    vorbereitet_von = _person("vorbereitet von")
    gezeichnet_von = _person("gezeichnet von")

    class Meta:
        verbose_name = "eingereichter Verwendungsnachweis"
        verbose_name_plural = "eingereichte Verwendungsnachweise"
        ordering = ["nummer"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["antrag", "nummer"], name="nachweisfassung_einmal"),
            models.CheckConstraint(
                name="nachweisfassung_zwei_personen",
                condition=~Q(gezeichnet_von=F("vorbereitet_von")),
                violation_error_message="Vorbereiten und zeichnen müssen zwei Personen.",
            ),
            models.CheckConstraint(
                name="nachweisfassung_pruefsumme", condition=Q(pruefsumme__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self):
        return f"Verwendungsnachweis, Fassung {self.nummer}"


class Belegkuerzung(models.Model):
    """What of a receipt the LPR does not recognise, and why."""

    beleg = models.OneToOneField(Beleg, models.PROTECT, related_name="kuerzung")
    betrag_euro = _euro("nicht anerkannt")
    grund = Langtext("Grund", max_length=2_000)
    gekuerzt_um = models.DateTimeField("gekürzt", editable=False)
    gekuerzt_von = _person("gekürzt von")

    class Meta:
        verbose_name = "Kürzung eines Belegs"
        verbose_name_plural = "Kürzungen von Belegen"
        ordering = ["beleg"]
        default_permissions = []
        constraints = [
            laenge_constraint("belegkuerzung", "grund", 2_000),
            models.CheckConstraint(
                name="belegkuerzung_begruendet",
                condition=Q(betrag_euro__gt=0) & ~Q(grund=""),
                violation_error_message="Begründen Sie die Kürzung.",
            ),
        ]

    def __str__(self):
        return f"Kürzung zu {self.beleg}"


class Nachweispruefung(models.Model):
    """The outcome of the check of one version of a proof.

    `zuwendung_euro` is what the grant really comes to: the recognised expenditure times the rate,
    never more than granted. Paid and not due is `zurueck_euro`, due and not paid `offen_euro`.
    """

    class Art(models.TextChoices):
        BELEGE = "belege", "anhand der Belege (Stichprobe)"
        PLAUSIBILITAET = "plausibilitaet", "auf Plausibilität"

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="nachweispruefungen")
    fassung = models.OneToOneField(Nachweisfassung, models.PROTECT, related_name="pruefung")
    art = models.CharField("geprüft", max_length=15, choices=Art)
    ausgaben_euro = _euro("nachgewiesene Ausgaben")
    anerkannt_euro = _euro("anerkannte zuwendungsfähige Ausgaben")
    zuwendung_euro = _euro("tatsächliche Zuwendung")
    zurueck_euro = _euro("zurückzuzahlen", default=0)
    offen_euro = _euro("noch auszuzahlen", default=0)
    vermerk = Langtext("Prüfvermerk", max_length=5_000)
    geprueft_um = models.DateTimeField("geprüft", editable=False)
    geprueft_von = _person("geprüft von")
    geoeffnet_um = models.DateTimeField("wieder geöffnet", null=True, editable=False)

    class Meta:
        verbose_name = "Prüfung eines Verwendungsnachweises"
        verbose_name_plural = "Prüfungen von Verwendungsnachweisen"
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            laenge_constraint("nachweispruefung", "vermerk", 5_000),
            models.CheckConstraint(
                name="nachweispruefung_betraege",
                condition=Q(
                    ausgaben_euro__gte=F("anerkannt_euro"),
                    anerkannt_euro__gte=F("zuwendung_euro"),
                    zuwendung_euro__gte=0,
                    zurueck_euro__gte=0,
                    offen_euro__gte=0,
                )
                & (Q(zurueck_euro=0) | Q(offen_euro=0)),
            ),
            models.CheckConstraint(
                name="nachweispruefung_begruendet",
                condition=~Q(vermerk=""),
                violation_error_message="Schreiben Sie einen Prüfvermerk.",
            ),
        ]

    def __str__(self):
        return f"Prüfung vom {self.geprueft_um:%d.%m.%Y}"


class Stichprobe(models.Model):
    """A draw of proofs to be checked by their receipts, which anybody can repeat (F23).

    `grundgesamtheit` are the numbers of the cases with their risk flags, in order; with `startwert`
    and `anteil_prozent` the same cases come out every time. One draw for a population; it never
    changes (trigger): further cases are added as Stichprobenfall with a reason.
    """

    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    bezeichnung = models.CharField("Bezeichnung", max_length=100, unique=True)
    grundgesamtheit = models.JSONField("Grundgesamtheit")
    pruefsumme = models.CharField("Prüfsumme der Grundgesamtheit", max_length=64, unique=True)
    anteil_prozent = models.DecimalField("Anteil in Prozent", max_digits=5, decimal_places=2)
    startwert = models.CharField("Startwert", max_length=64)
    gezogen_um = models.DateTimeField("gezogen", editable=False)
    gezogen_von = _person("gezogen von")

    class Meta:
        verbose_name = "Stichprobe"
        verbose_name_plural = "Stichproben"
        ordering = ["-gezogen_um"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                name="stichprobe_anteil",
                condition=Q(anteil_prozent__gt=0, anteil_prozent__lte=100),
                violation_error_message="Der Anteil liegt über 0 und höchstens bei 100 Prozent.",
            ),
            models.CheckConstraint(
                name="stichprobe_mit_faellen",
                condition=~Q(grundgesamtheit=[]) & ~Q(startwert=""),
            ),
        ]

    def __str__(self):
        return self.bezeichnung


class Stichprobenfall(models.Model):
    """A case of a population: drawn, a risk, added by staff, or not in the sample. Never removed."""

    class Grund(models.TextChoices):
        GEZOGEN = "gezogen", "gezogen"
        RISIKO = "risiko", "wegen eines Risikos"
        ERGAENZT = "ergaenzt", "von der Geschäftsstelle ergänzt"
        NICHT_GEZOGEN = "nicht_gezogen", "nicht gezogen"

    stichprobe = models.ForeignKey(Stichprobe, models.PROTECT, related_name="faelle")
    antrag = models.OneToOneField(Foerderantrag, models.PROTECT, related_name="stichprobenfall")
    grund = models.CharField("Grund", max_length=15, choices=Grund)
    begruendung = Langtext("Begründung", max_length=2_000, blank=True)
    ergaenzt_um = models.DateTimeField("ergänzt", null=True, editable=False)
    ergaenzt_von = _freiwillige_person("ergänzt von")

    class Meta:
        verbose_name = "Fall einer Stichprobe"
        verbose_name_plural = "Fälle einer Stichprobe"
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            laenge_constraint("stichprobenfall", "begruendung", 2_000),
            models.CheckConstraint(
                name="stichprobenfall_ergaenzt_mit_grund",
                condition=Q(ergaenzt_um__isnull=True, ergaenzt_von__isnull=True)
                & ~Q(grund="ergaenzt")
                | (
                    Q(
                        grund="ergaenzt",
                        ergaenzt_um__isnull=False,
                        ergaenzt_von__isnull=False,
                    )
                    & ~Q(begruendung="")
                ),
                violation_error_message="Begründen Sie, warum der Fall geprüft wird.",
            ),
        ]

    def __str__(self):
        return f"{self.antrag_id}: {self.get_grund_display()}"

    @property
    def mit_belegen(self) -> bool:
        """Whether its receipts are looked at."""
        return self.grund != self.Grund.NICHT_GEZOGEN


class Abschluss(VierAugen):
    """The end of a case: one person proposes it, another one decides."""

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="abschluesse")

    class Meta(VierAugen.Meta):
        verbose_name = "Abschluss"
        verbose_name_plural = "Abschlüsse"
        ordering = ["-vorgeschlagen_um"]
        constraints = [
            *VierAugen.Meta.constraints,
            models.UniqueConstraint(
                fields=["antrag"],
                condition=Q(ergebnis="offen"),
                name="abschluss_ein_offener_vorschlag",
                violation_error_message="Der Abschluss ist schon vorgeschlagen.",
            ),
        ]

    def __str__(self):
        return f"Abschluss zu {self.antrag.nummer}"
