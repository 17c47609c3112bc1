"""Payout requests of the Kommunen, the orders to the treasury and what it says was paid (F19, F20).

    requested -> checked (Sachbearbeitung) -> approved (Leitung) -> released (Haushalt)
              -> ordered, in a file for the treasury -> paid, as the treasury reports

Checking, approving and releasing are three people's work, deputyships counted; the constraints
below hold everybody to it. `verfahren.auszahlung` and `verfahren.zahlung` alone write here.
"""

import uuid
from functools import reduce
from itertools import combinations, product
from operator import and_

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import Foerderantrag
from .regelwerk import Haushaltsansatz


def _konto(bezeichnung, **weiteres):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=bezeichnung,
        **({"null": True, "blank": True} | weiteres),
    )


class BankverbindungQuerySet(models.QuerySet):
    def offen(self):
        """Entered, and no second person has confirmed or discarded it."""
        return self.filter(stand=Bankverbindung.Stand.VORGESCHLAGEN)

    def nutzbar(self, am):
        """Confirmed, and the waiting time is over on the day `am`; the newest one counts."""
        return self.filter(stand=Bankverbindung.Stand.BESTAETIGT, nutzbar_ab__lte=am).order_by(
            "-bestaetigt_um", "-pk"
        )


class Bankverbindung(models.Model):
    """The account of a Kommune for grants: entered by one person, confirmed by another (F19).

    It is used from `nutzbar_ab` on, some working days after the confirmation. The bank data of a
    confirmed one never change (trigger `bankverbindung_bleibt`): a new account is a new row.
    """

    class Stand(models.TextChoices):
        VORGESCHLAGEN = "vorgeschlagen", "wartet auf die zweite Person"
        BESTAETIGT = "bestaetigt", "bestätigt"
        VERWORFEN = "verworfen", "verworfen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="bankverbindungen")
    kontoinhaber = models.CharField("Kontoinhaberin", max_length=140)
    iban = models.CharField("IBAN", max_length=34)
    bic = models.CharField("BIC", max_length=11, blank=True)
    stand = models.CharField(
        "Stand", max_length=15, choices=Stand, default=Stand.VORGESCHLAGEN, editable=False
    )
    vorgeschlagen_um = models.DateTimeField("eingetragen", editable=False)
    vorgeschlagen_von = _konto("eingetragen von", null=False, blank=False)
    bestaetigt_um = models.DateTimeField("bestätigt", null=True, editable=False)
    bestaetigt_von = _konto("bestätigt von")
    nutzbar_ab = models.DateField("nutzbar ab", null=True, editable=False)
    verworfen_um = models.DateTimeField("verworfen", null=True, editable=False)
    verworfen_von = _konto("verworfen von")

    objects = BankverbindungQuerySet.as_manager()

    class Meta:
        verbose_name = "Bankverbindung"
        verbose_name_plural = "Bankverbindungen"
        ordering = ["-vorgeschlagen_um"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["kommune"],
                condition=Q(stand="vorgeschlagen"),
                name="bankverbindung_eine_offene",
                violation_error_message="Eine neue Bankverbindung wartet schon auf die zweite Person.",
            ),
            models.CheckConstraint(
                name="bankverbindung_vollstaendig",
                condition=~Q(kontoinhaber="")
                & Q(iban__regex=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$")
                & (Q(bic="") | Q(bic__regex=r"^[A-Z0-9]{8}([A-Z0-9]{3})?$")),
            ),
            models.CheckConstraint(
                name="bankverbindung_zwei_personen",
                condition=Q(bestaetigt_von__isnull=True)
                | ~Q(bestaetigt_von=F("vorgeschlagen_von")),
                violation_error_message="Eintragen und bestätigen müssen zwei Personen.",
            ),
            models.CheckConstraint(
                name="bankverbindung_stand",
                condition=Q(
                    stand="vorgeschlagen",
                    bestaetigt_um__isnull=True,
                    bestaetigt_von__isnull=True,
                    nutzbar_ab__isnull=True,
                    verworfen_um__isnull=True,
                    verworfen_von__isnull=True,
                )
                | Q(
                    stand="bestaetigt",
                    bestaetigt_um__isnull=False,
                    bestaetigt_von__isnull=False,
                    nutzbar_ab__isnull=False,
                    verworfen_um__isnull=True,
                    verworfen_von__isnull=True,
                )
                | Q(
                    stand="verworfen",
                    bestaetigt_um__isnull=True,
                    bestaetigt_von__isnull=True,
                    nutzbar_ab__isnull=True,
                    verworfen_um__isnull=False,
                    verworfen_von__isnull=False,
                ),
            ),
        ]

    def __str__(self):
        return self.kurz

    @property
    def kurz(self) -> str:
        """The account as pages name it where the whole number is not needed: DE02 … 2051."""
        return f"{self.iban[:4]} … {self.iban[-4:]}"

    @property
    def iban_in_gruppen(self) -> str:
        return " ".join(self.iban[n : n + 4] for n in range(0, len(self.iban), 4))


class Zahlungsdatei(models.Model):
    """A file for the treasury: the released payouts that were ordered with it (F20).

    `inhalt` holds its rows; the file is written from it and always comes out the same, which
    `pruefsumme` (SHA-256 of the file) proves. Never changed (trigger `zahlungsdatei_bleibt`).
    Real and invented payments never share a file.
    """

    nummer = models.CharField("Nummer", max_length=20, unique=True)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    inhalt = models.JSONField("Zeilen")
    anzahl = models.PositiveIntegerField("Zahlungen")
    summe_euro = models.DecimalField("Summe in Euro", max_digits=12, decimal_places=2)
    pruefsumme = models.CharField("Prüfsumme", max_length=64)
    ist_beispiel = models.BooleanField("Beispieldaten", default=False, editable=False)
    erstellt_um = models.DateTimeField("erstellt", editable=False)
    erstellt_von = _konto("erstellt von", null=False, blank=False)

    class Meta:
        verbose_name = "Zahlungsdatei"
        verbose_name_plural = "Zahlungsdateien"
        ordering = ["-erstellt_um"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                name="zahlungsdatei_mit_zahlungen", condition=Q(anzahl__gt=0, summe_euro__gt=0)
            ),
            models.CheckConstraint(
                name="zahlungsdatei_pruefsumme", condition=Q(pruefsumme__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self):
        return self.nummer


class Auszahlungsstand(models.TextChoices):
    ANGEFORDERT = "angefordert", "angefordert"
    GEPRUEFT = "geprueft", "geprüft"
    GENEHMIGT = "genehmigt", "genehmigt"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    ANGEORDNET = "angeordnet", "zur Zahlung angeordnet"
    GEZAHLT = "gezahlt", "gezahlt"
    ABGELEHNT = "abgelehnt", "abgelehnt"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"


# Counts against the grant; the last two of the states do not.
LAUFENDE_AUSZAHLUNG = (
    Auszahlungsstand.ANGEFORDERT,
    Auszahlungsstand.GEPRUEFT,
    Auszahlungsstand.GENEHMIGT,
    Auszahlungsstand.FREIGEGEBEN,
    Auszahlungsstand.ANGEORDNET,
    Auszahlungsstand.GEZAHLT,
)
# Nobody has decided yet whether it is paid.
UNENTSCHIEDEN = (
    Auszahlungsstand.ANGEFORDERT,
    Auszahlungsstand.GEPRUEFT,
    Auszahlungsstand.GENEHMIGT,
)
# Those who check, approve and release.
PERSONEN = ("geprueft", "genehmigt", "freigegeben")


def _drei_personen():
    """Of any two steps neither the people nor those they acted for are the same."""
    paare = [
        (f"{eine}_{a}", f"{andere}_{b}")
        for eine, andere in combinations(PERSONEN, 2)
        for a, b in product(("von", "fuer"), repeat=2)
    ] + [(f"{eine}_von", f"{eine}_fuer") for eine in PERSONEN]
    return reduce(
        and_,
        (
            Q(**{f"{a}__isnull": True}) | Q(**{f"{b}__isnull": True}) | ~Q(**{a: F(b)})
            for a, b in paare
        ),
    )


class AuszahlungQuerySet(models.QuerySet):
    def laufend(self):
        return self.filter(stand__in=LAUFENDE_AUSZAHLUNG)

    def unentschieden(self):
        return self.filter(stand__in=UNENTSCHIEDEN)


class Auszahlung(models.Model):
    """A request for money of a grant: in advance for due payments, or for what was paid already.

    `betrag_euro` is what the Kommune asks for: its eligible spending times the rate of the notice,
    rounded half up. The check may recognise less spending; then `auszuzahlen_euro` is that times
    the rate, and `kuerzung` says why. `referenz` is how the treasury names the payment.
    """

    class Verfahren(models.TextChoices):
        ABRUF = "abruf", "Abruf im Voraus"
        ERSTATTUNG = "erstattung", "Erstattung"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="auszahlungen")
    nummer = models.PositiveSmallIntegerField("Nummer")
    verfahren = models.CharField("Verfahren", max_length=10, choices=Verfahren)
    stand = models.CharField(
        "Stand",
        max_length=15,
        choices=Auszahlungsstand,
        default=Auszahlungsstand.ANGEFORDERT,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    referenz = models.CharField("Verwendungszweck", max_length=30, unique=True)
    ansatz = models.ForeignKey(
        Haushaltsansatz, models.PROTECT, related_name="auszahlungen", verbose_name="Haushaltsansatz"
    )
    bankverbindung = models.ForeignKey(
        Bankverbindung, models.PROTECT, related_name="auszahlungen", verbose_name="Bankverbindung"
    )
    ausgaben_euro = models.DecimalField(
        "zuwendungsfähige Ausgaben in Euro", max_digits=12, decimal_places=2
    )
    foerdersatz = models.DecimalField("Fördersatz in Prozent", max_digits=5, decimal_places=2)
    betrag_euro = models.DecimalField("angefordert in Euro", max_digits=12, decimal_places=2)
    bedarf_bis = models.DateField("gebraucht bis", null=True, blank=True)
    erlaeuterung = Langtext("Wofür", max_length=2_000, blank=True)
    angefordert_um = models.DateTimeField("angefordert", editable=False)
    angefordert_von = _konto("angefordert von", null=False, blank=False)

    anerkannt_euro = models.DecimalField(
        "anerkannte Ausgaben in Euro", max_digits=12, decimal_places=2, null=True, blank=True
    )
    auszuzahlen_euro = models.DecimalField(
        "auszuzahlen in Euro", max_digits=12, decimal_places=2, null=True, blank=True
    )
    kuerzung = Langtext("Grund der Kürzung", max_length=2_000, blank=True)
    geprueft_um = models.DateTimeField("geprüft", null=True, editable=False)
    geprueft_von = _konto("geprüft von")
    geprueft_fuer = _konto("in Vertretung geprüft für")
    genehmigt_um = models.DateTimeField("genehmigt", null=True, editable=False)
    genehmigt_von = _konto("genehmigt von")
    genehmigt_fuer = _konto("in Vertretung genehmigt für")
    freigegeben_um = models.DateTimeField("freigegeben", null=True, editable=False)
    freigegeben_von = _konto("freigegeben von")
    freigegeben_fuer = _konto("in Vertretung freigegeben für")

    zahlungsdatei = models.ForeignKey(
        Zahlungsdatei, models.PROTECT, null=True, editable=False, related_name="auszahlungen"
    )
    angeordnet_um = models.DateTimeField("zur Zahlung angeordnet", null=True, editable=False)
    gezahlt_am = models.DateField("gezahlt am", null=True, editable=False)
    beendet_um = models.DateTimeField("beendet", null=True, editable=False)
    beendet_von = _konto("beendet von")
    grund = Langtext("Grund", max_length=2_000, blank=True)

    objects = AuszahlungQuerySet.as_manager()

    class Meta:
        verbose_name = "Auszahlung"
        verbose_name_plural = "Auszahlungen"
        ordering = ["nummer"]
        default_permissions = ["view"]
        permissions = [
            ("auszahlung_genehmigen", "Kann Auszahlungen genehmigen"),
            ("auszahlung_freigeben", "Kann Auszahlungen freigeben und zur Zahlung anordnen"),
        ]
        indexes = [models.Index(fields=["stand", "angefordert_um"], name="auszahlung_stand")]
        constraints = [
            spanne_constraint("auszahlung", "bedarf_bis", ab=FREISTAAT_SEIT),
            spanne_constraint("auszahlung", "gezahlt_am", ab=FREISTAAT_SEIT),
            laenge_constraint("auszahlung", "erlaeuterung", 2_000),
            laenge_constraint("auszahlung", "kuerzung", 2_000),
            laenge_constraint("auszahlung", "grund", 2_000),
            models.UniqueConstraint(fields=["antrag", "nummer"], name="auszahlung_nummer_einmal"),
            models.UniqueConstraint(
                fields=["antrag"],
                condition=Q(stand__in=UNENTSCHIEDEN),
                name="auszahlung_eine_unentschiedene",
                violation_error_message="Über eine Auszahlung ist noch nicht entschieden.",
            ),
            models.CheckConstraint(
                name="auszahlung_stand_bekannt", condition=Q(stand__in=Auszahlungsstand.values)
            ),
            models.CheckConstraint(
                name="auszahlung_betrag",
                condition=Q(
                    ausgaben_euro__gt=0,
                    foerdersatz__gt=0,
                    foerdersatz__lte=100,
                    betrag_euro__gt=0,
                    betrag_euro__lte=F("ausgaben_euro"),
                ),
                violation_error_message="Geben Sie Ausgaben über 0 Euro an.",
            ),
            models.CheckConstraint(
                name="auszahlung_bedarf_beim_abruf",
                condition=Q(verfahren="abruf", bedarf_bis__isnull=False)
                | Q(verfahren="erstattung", bedarf_bis__isnull=True),
                violation_error_message="Zu einem Abruf gehört der Tag, bis zu dem Sie das Geld brauchen.",
            ),
            models.CheckConstraint(
                name="auszahlung_pruefung_vollstaendig",
                condition=Q(
                    geprueft_um__isnull=True,
                    geprueft_von__isnull=True,
                    geprueft_fuer__isnull=True,
                    anerkannt_euro__isnull=True,
                    auszuzahlen_euro__isnull=True,
                )
                | Q(
                    geprueft_um__isnull=False,
                    geprueft_von__isnull=False,
                    anerkannt_euro__gt=0,
                    anerkannt_euro__lte=F("ausgaben_euro"),
                    auszuzahlen_euro__gt=0,
                    auszuzahlen_euro__lte=F("betrag_euro"),
                ),
            ),
            models.CheckConstraint(
                name="auszahlung_kuerzung_begruendet",
                condition=Q(auszuzahlen_euro__isnull=True)
                | Q(auszuzahlen_euro=F("betrag_euro"))
                | ~Q(kuerzung=""),
                violation_error_message="Begründen Sie die Kürzung.",
            ),
            models.CheckConstraint(
                name="auszahlung_drei_personen",
                condition=_drei_personen(),
                violation_error_message="Prüfen, genehmigen und freigeben müssen drei Personen.",
            ),
            models.CheckConstraint(
                name="auszahlung_schritte_mit_person",
                condition=(
                    Q(
                        genehmigt_um__isnull=True,
                        genehmigt_von__isnull=True,
                        genehmigt_fuer__isnull=True,
                    )
                    | Q(genehmigt_um__isnull=False, genehmigt_von__isnull=False)
                )
                & (
                    Q(
                        freigegeben_um__isnull=True,
                        freigegeben_von__isnull=True,
                        freigegeben_fuer__isnull=True,
                    )
                    | Q(freigegeben_um__isnull=False, freigegeben_von__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="auszahlung_stand_passt",
                condition=Q(stand="angefordert", geprueft_um__isnull=True)
                | Q(stand="geprueft", geprueft_um__isnull=False, genehmigt_um__isnull=True)
                | Q(
                    stand="genehmigt",
                    geprueft_um__isnull=False,
                    genehmigt_um__isnull=False,
                    freigegeben_um__isnull=True,
                )
                | Q(
                    stand="freigegeben",
                    geprueft_um__isnull=False,
                    genehmigt_um__isnull=False,
                    freigegeben_um__isnull=False,
                    zahlungsdatei__isnull=True,
                )
                | Q(
                    stand="angeordnet",
                    freigegeben_um__isnull=False,
                    zahlungsdatei__isnull=False,
                    angeordnet_um__isnull=False,
                    gezahlt_am__isnull=True,
                )
                | Q(
                    stand="gezahlt",
                    freigegeben_um__isnull=False,
                    zahlungsdatei__isnull=False,
                    angeordnet_um__isnull=False,
                    gezahlt_am__isnull=False,
                )
                | Q(
                    stand__in=["abgelehnt", "zurueckgezogen"],
                    beendet_um__isnull=False,
                    zahlungsdatei__isnull=True,
                    gezahlt_am__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="auszahlung_ablehnung_begruendet",
                condition=~Q(stand="abgelehnt") | ~Q(grund=""),
                violation_error_message="Begründen Sie die Ablehnung.",
            ),
        ]

    def __str__(self):
        return f"{self.nummer}. Auszahlung"

    @property
    def gilt_euro(self):
        """What it counts for on the ledger: the checked amount, before the check the requested."""
        return self.betrag_euro if self.auszuzahlen_euro is None else self.auszuzahlen_euro


class Zahlungsrueckmeldung(models.Model):
    """A file of the treasury that says which payments were made, read once (F20)."""

    dateiname = models.CharField("Datei", max_length=200)
    sha256 = models.CharField("Prüfsumme", max_length=64, unique=True)
    eingelesen_um = models.DateTimeField("eingelesen", editable=False)
    eingelesen_von = _konto("eingelesen von", null=False, blank=False)

    class Meta:
        verbose_name = "Rückmeldung der Kasse"
        verbose_name_plural = "Rückmeldungen der Kasse"
        ordering = ["-eingelesen_um"]
        default_permissions = []

    def __str__(self):
        return f"{self.dateiname} vom {self.eingelesen_um:%d.%m.%Y}"


class ZahlungszeileQuerySet(models.QuerySet):
    def zu_klaeren(self):
        return self.filter(stand__in=Zahlungszeile.ZU_KLAEREN)


class Zahlungszeile(models.Model):
    """One payment as the treasury reports it; what fits no order stays here until it is settled."""

    class Stand(models.TextChoices):
        ZUGEORDNET = "zugeordnet", "zugeordnet"
        OHNE_TREFFER = "ohne_treffer", "keine passende Zahlung"
        ANDERER_BETRAG = "anderer_betrag", "anderer Betrag"
        DOPPELT = "doppelt", "doppelt gemeldet"
        ERLEDIGT = "erledigt", "geklärt"

    ZU_KLAEREN = (Stand.OHNE_TREFFER, Stand.ANDERER_BETRAG, Stand.DOPPELT)

    rueckmeldung = models.ForeignKey(Zahlungsrueckmeldung, models.PROTECT, related_name="zeilen")
    nummer = models.PositiveIntegerField("Zeile")
    referenz = models.CharField("Verwendungszweck", max_length=140)
    betrag_euro = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)
    gezahlt_am = models.DateField("gezahlt am")
    stand = models.CharField("Stand", max_length=15, choices=Stand)
    auszahlung = models.ForeignKey(
        Auszahlung, models.PROTECT, null=True, blank=True, related_name="zahlungszeilen"
    )
    vermerk = Langtext("Wie geklärt", max_length=2_000, blank=True)
    geklaert_um = models.DateTimeField("geklärt", null=True, editable=False)
    geklaert_von = _konto("geklärt von")

    objects = ZahlungszeileQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeldete Zahlung"
        verbose_name_plural = "gemeldete Zahlungen"
        ordering = ["rueckmeldung", "nummer"]
        default_permissions = []
        indexes = [models.Index(fields=["stand"], name="zahlungszeile_stand")]
        constraints = [
            spanne_constraint("zahlungszeile", "gezahlt_am", ab=FREISTAAT_SEIT),
            laenge_constraint("zahlungszeile", "vermerk", 2_000),
            models.UniqueConstraint(
                fields=["rueckmeldung", "nummer"], name="zahlungszeile_nummer_einmal"
            ),
            models.UniqueConstraint(
                fields=["auszahlung"],
                condition=Q(stand="zugeordnet"),
                name="zahlungszeile_eine_je_auszahlung",
            ),
            models.CheckConstraint(
                name="zahlungszeile_zugeordnet",
                condition=~Q(stand="zugeordnet") | Q(auszahlung__isnull=False),
            ),
            models.CheckConstraint(
                name="zahlungszeile_geklaert",
                condition=~Q(stand="erledigt")
                | (Q(geklaert_um__isnull=False, geklaert_von__isnull=False) & ~Q(vermerk="")),
                violation_error_message="Schreiben Sie, wie sich die Zeile geklärt hat.",
            ),
        ]

    def __str__(self):
        return f"Zeile {self.nummer}"
