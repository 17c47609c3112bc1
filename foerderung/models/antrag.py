"""The grant case of a Kommune: draft, frozen versions, and what is asked for again."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from asskomm.texteingabe import Langtext, laenge_constraint
from beratung.models import Handlungsempfehlung, Sicherheitsanalyse
from kommunen.models import Kommune, Mitgliedschaft, Praeventionsrat
from kommunen.tatsachen import Herkunft
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .regelwerk import Foerderrunde, Regelwerk


class Status(models.TextChoices):
    """The states of a grant case (FUNKTIONEN, ground rules)."""

    ENTWURF = "entwurf", "Entwurf"
    IN_ZEICHNUNG = "in_zeichnung", "in Zeichnung"
    EINGEREICHT = "eingereicht", "eingereicht"
    NACHFORDERUNG = "nachforderung", "Nachforderung"
    FORMELL_GEPRUEFT = "formell_geprueft", "formell geprüft"
    FACHLICH_GEPRUEFT = "fachlich_geprueft", "fachlich geprüft"
    ENTSCHEIDUNGSREIF = "entscheidungsreif", "entscheidungsreif"
    BEWILLIGT = "bewilligt", "bewilligt"
    ABGELEHNT = "abgelehnt", "abgelehnt"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"
    BESTANDSKRAEFTIG = "bestandskraeftig", "bestandskräftig"
    IN_DURCHFUEHRUNG = "in_durchfuehrung", "in Durchführung"
    NACHWEIS_EINGEREICHT = "nachweis_eingereicht", "Nachweis eingereicht"
    NACHWEIS_GEPRUEFT = "nachweis_geprueft", "Nachweis geprüft"
    RUECKFORDERUNG = "rueckforderung", "Rückforderung"
    ABGESCHLOSSEN = "abgeschlossen", "abgeschlossen"
    WIDERRUFEN = "widerrufen", "widerrufen"


# With the municipality, and not submitted yet.
UNEINGEREICHT = (Status.ENTWURF, Status.IN_ZEICHNUNG)
# The LPR works on it.
IN_PRUEFUNG = (
    Status.EINGEREICHT,
    Status.FORMELL_GEPRUEFT,
    Status.FACHLICH_GEPRUEFT,
    Status.ENTSCHEIDUNGSREIF,
)
VOR_ENTSCHEIDUNG = (*UNEINGEREICHT, Status.NACHFORDERUNG, *IN_PRUEFUNG)
# The grant can still be changed or revoked.
BEWILLIGUNG_LAEUFT = (Status.BEWILLIGT, Status.BESTANDSKRAEFTIG, Status.IN_DURCHFUEHRUNG)
# The project is over, and the Kommune has said what came of it.
MIT_NACHWEIS = (
    Status.NACHWEIS_EINGEREICHT,
    Status.NACHWEIS_GEPRUEFT,
    Status.RUECKFORDERUNG,
    Status.ABGESCHLOSSEN,
)
# Money can be claimed back: the proof is checked, or the grant revoked.
RUECKFORDERBAR = (Status.NACHWEIS_GEPRUEFT, Status.RUECKFORDERUNG, Status.WIDERRUFEN)
# The grant counts: its money is bound or was used.
MIT_BEWILLIGUNG = (*BEWILLIGUNG_LAEUFT, *MIT_NACHWEIS)
BEENDET = (Status.ABGELEHNT, Status.ZURUECKGEZOGEN, Status.WIDERRUFEN, Status.ABGESCHLOSSEN)


def _konto(bezeichnung, **weiteres):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=bezeichnung,
        **weiteres,
    )


class FoerderantragQuerySet(models.QuerySet):
    def der_kommunen_von(self, konto):
        """Cases of the Kommunen for which `konto` acts now, in whatever role."""
        aktiv = Mitgliedschaft.objects.aktiv().filter(konto=konto)
        return self.filter(kommune__in=aktiv.values("kommune"))

    def eingereicht(self):
        """What the LPR knows of: submitted once, whatever came after."""
        return self.filter(eingereicht_um__isnull=False)

    def fuer_lpr(self, konto):
        """What `konto` may read as staff: submitted cases without an own conflict of interest."""
        if not (konto.is_staff and konto.has_perm("foerderung.view_foerderantrag")):
            return self.none()
        return self.eingereicht().exclude(befangenheiten__konto=konto)

    def beispiele(self):
        return self.filter(herkunft=Herkunft.BEISPIEL)


class Foerderantrag(models.Model):
    """A grant case, from the first sentence of the draft on; it belongs to the Kommune.

    What was typed lives in `Abschnitt`, what was submitted in `Fassung`. The columns here that
    repeat content (`titel` to `zuwendung_beantragt_euro`) are written when a version is frozen,
    the title also with the draft. `status`, `version` and the moments are written by
    `foerderung.verfahren` alone. `version` counts every step and saving of the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="foerderantraege", verbose_name="Antragstellerin"
    )
    runde = models.ForeignKey(
        Foerderrunde, models.PROTECT, related_name="antraege", verbose_name="Förderrunde"
    )
    regelwerk = models.ForeignKey(
        Regelwerk,
        models.PROTECT,
        related_name="antraege",
        null=True,
        blank=True,
        editable=False,
        verbose_name="Regelwerk",
        help_text="Die Fassung, unter der eingereicht wurde.",
    )
    status = models.CharField(
        "Status", max_length=20, choices=Status, default=Status.ENTWURF, editable=False
    )
    version = models.PositiveIntegerField("Stand", default=1, editable=False)
    nummer = models.CharField("Aktenzeichen", max_length=20, null=True, unique=True, editable=False)
    herkunft = models.CharField(
        "Herkunft", max_length=15, choices=Herkunft, default=Herkunft.ERFASST, editable=False
    )
    vorgaenger = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="folgeantraege",
        verbose_name="übernommen aus",
    )

    titel = models.CharField("Vorhaben", max_length=200, blank=True)
    durchfuehrung_von = models.DateField("Durchführung von", null=True, blank=True)
    durchfuehrung_bis = models.DateField("Durchführung bis", null=True, blank=True)
    ausgaben_euro = models.DecimalField(
        "Ausgaben in Euro", max_digits=12, decimal_places=2, null=True, blank=True
    )
    zuwendung_beantragt_euro = models.DecimalField(
        "beantragte Zuwendung in Euro", max_digits=12, decimal_places=2, null=True, blank=True
    )
    elektronische_bekanntgabe = models.BooleanField(
        "mit elektronischer Bekanntgabe einverstanden", default=False
    )
    praeventionsrat = models.ForeignKey(
        Praeventionsrat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="foerderantraege",
        verbose_name="Präventionsrat",
    )
    sicherheitsanalyse = models.ForeignKey(
        Sicherheitsanalyse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="foerderantraege",
        verbose_name="Sicherheitsanalyse",
    )

    angelegt_um = models.DateTimeField("angelegt", editable=False)
    angelegt_von = _konto("angelegt von")
    geaendert_um = models.DateTimeField("zuletzt gespeichert", editable=False)
    geaendert_von = _konto("zuletzt gespeichert von")
    zur_zeichnung_um = models.DateTimeField("zur Zeichnung gegeben", null=True, editable=False)
    zur_zeichnung_von = _konto("zur Zeichnung gegeben von")
    zeichnende = _konto("um Zeichnung gebeten")
    eingereicht_um = models.DateTimeField("eingegangen", null=True, editable=False)
    entschieden_um = models.DateTimeField("entschieden", null=True, editable=False)
    beendet_um = models.DateTimeField("beendet", null=True, editable=False)
    zustaendig = _konto("zuständig")
    wiedervorlage_am = models.DateField("Wiedervorlage", null=True, blank=True, editable=False)
    wiedervorlage_grund = models.CharField("Grund der Wiedervorlage", max_length=200, blank=True)

    objects = FoerderantragQuerySet.as_manager()

    class Meta:
        verbose_name = "Förderantrag"
        verbose_name_plural = "Förderanträge"
        ordering = ["-angelegt_um"]
        default_permissions = ["view"]
        permissions = [
            ("sachbearbeiten", "Kann Förderanträge sachbearbeiten"),
            ("pruefen", "Kann Förderanträge fachlich prüfen"),
        ]
        indexes = [
            models.Index(fields=["kommune", "status"], name="foerderantrag_kommune_status"),
            models.Index(fields=["runde", "status"], name="foerderantrag_runde_status"),
            models.Index(fields=["status", "eingereicht_um"], name="foerderantrag_status"),
            models.Index(fields=["zustaendig", "status"], name="foerderantrag_zustaendig"),
            models.Index(fields=["wiedervorlage_am"], name="foerderantrag_wiedervorlage"),
        ]
        constraints = [
            spanne_constraint("foerderantrag", "durchfuehrung_von", ab=FREISTAAT_SEIT),
            spanne_constraint("foerderantrag", "durchfuehrung_bis", ab=FREISTAAT_SEIT),
            models.CheckConstraint(
                name="foerderantrag_status_bekannt", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="foerderantrag_eingang_vollstaendig",
                condition=Q(
                    eingereicht_um__isnull=True, nummer__isnull=True, regelwerk__isnull=True
                )
                | Q(eingereicht_um__isnull=False, nummer__isnull=False, regelwerk__isnull=False),
                violation_error_message="Zum Eingang gehören Zeitpunkt, Nummer und Regelwerk.",
            ),
            models.CheckConstraint(
                name="foerderantrag_status_mit_eingang",
                condition=Q(status__in=[*UNEINGEREICHT, Status.ZURUECKGEZOGEN])
                | Q(eingereicht_um__isnull=False),
                violation_error_message="Diesen Status hat nur ein eingereichter Antrag.",
            ),
            models.CheckConstraint(
                name="foerderantrag_entwurf_ohne_eingang",
                condition=~Q(status__in=UNEINGEREICHT) | Q(eingereicht_um__isnull=True),
            ),
            models.CheckConstraint(
                name="foerderantrag_entscheidung_mit_zeitpunkt",
                condition=~Q(status__in=[*MIT_BEWILLIGUNG, Status.ABGELEHNT, Status.WIDERRUFEN])
                | Q(entschieden_um__isnull=False),
            ),
            models.CheckConstraint(
                name="foerderantrag_zeichnung_durch_andere",
                condition=~Q(zeichnende=F("zur_zeichnung_von")),
                violation_error_message="Zeichnen muss eine andere Person.",
            ),
            models.CheckConstraint(
                name="foerderantrag_zeitraum",
                condition=Q(durchfuehrung_von__isnull=True)
                | Q(durchfuehrung_bis__isnull=True)
                | Q(durchfuehrung_bis__gte=F("durchfuehrung_von")),
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                name="foerderantrag_betraege",
                condition=(Q(ausgaben_euro__isnull=True) | Q(ausgaben_euro__gt=0))
                & (
                    Q(zuwendung_beantragt_euro__isnull=True)
                    | Q(
                        zuwendung_beantragt_euro__gt=0,
                        zuwendung_beantragt_euro__lte=F("ausgaben_euro"),
                    )
                ),
                violation_error_message="Die Zuwendung übersteigt die Ausgaben.",
            ),
        ]

    def __str__(self):
        return f"{self.nummer or 'Entwurf'}: {self.titel or 'noch ohne Titel'}"

    def get_absolute_url(self):
        return reverse("foerderung:antrag", args=[self.pk])

    @property
    def geltendes_regelwerk(self) -> Regelwerk:
        """That of the submission; for a draft that of its round."""
        return self.regelwerk or self.runde.regelwerk

    @property
    def ist_beispiel(self) -> bool:
        return self.herkunft == Herkunft.BEISPIEL


class Abschnitt(models.Model):
    """What was typed in one section of the application, as text, right or wrong.

    `eingaben` is {"felder": {name: text or list of texts}, "zeilen": {group: [{name: text}]}}.
    `uebernommen` names what a copy of last year's case brought along and nobody has confirmed yet.
    `seite` is the mark of the page in a browser that saved last: a page never conflicts with itself.
    """

    antrag = models.ForeignKey(Foerderantrag, models.CASCADE, related_name="abschnitte")
    schluessel = models.CharField("Abschnitt", max_length=20)
    eingaben = models.JSONField("Eingaben", default=dict)
    uebernommen = models.JSONField("übernommene Angaben", default=list, blank=True)
    version = models.PositiveIntegerField("Stand", default=0)
    seite = models.UUIDField(null=True, editable=False)
    geaendert_um = models.DateTimeField("gespeichert", null=True, editable=False)
    geaendert_von = _konto("gespeichert von")

    class Meta:
        verbose_name = "Abschnitt eines Antrags"
        verbose_name_plural = "Abschnitte eines Antrags"
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["antrag", "schluessel"], name="abschnitt_einmal"),
        ]

    def __str__(self):
        return self.schluessel

    @property
    def ist_begonnen(self) -> bool:
        return self.version > 0


class Fassung(models.Model):
    """The application as it was signed: canonical content and its hash; never changed.

    `pruefsumme` is the SHA-256 of `inhalt` as canonical JSON (`antrag.fassung`). Who signs is not
    who prepared; where nobody else could sign, the signed paper is attached (`zeichnung`).
    """

    class Art(models.TextChoices):
        ANTRAG = "antrag", "Antrag"
        NACHREICHUNG = "nachreichung", "Nachreichung"

    class Zeichnung(models.TextChoices):
        PERSON = "person", "im Portal gezeichnet"
        DOKUMENT = "dokument", "unterschriebene Erklärung hochgeladen"

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="fassungen")
    nummer = models.PositiveSmallIntegerField("Nummer")
    art = models.CharField("Art", max_length=15, choices=Art)
    inhalt = models.JSONField("Inhalt")
    pruefsumme = models.CharField("Prüfsumme", max_length=64)
    eingegangen_um = models.DateTimeField("eingegangen", editable=False)
    vorbereitet_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vorbereitet von"
    )
    gezeichnet_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gezeichnet von"
    )
    zeichnung = models.CharField(
        "Zeichnung", max_length=10, choices=Zeichnung, default=Zeichnung.PERSON
    )

    class Meta:
        verbose_name = "eingereichte Fassung"
        verbose_name_plural = "eingereichte Fassungen"
        ordering = ["nummer"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["antrag", "nummer"], name="fassung_einmal"),
            models.CheckConstraint(
                name="fassung_zwei_personen",
                condition=~Q(gezeichnet_von=F("vorbereitet_von")) | Q(zeichnung="dokument"),
                violation_error_message="Vorbereiten und zeichnen müssen zwei Personen.",
            ),
            models.CheckConstraint(
                name="fassung_pruefsumme", condition=Q(pruefsumme__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self):
        return f"Fassung {self.nummer} zu {self.antrag.nummer}"


class Fristverlaengerung(models.Model):
    """One Kommune's case may still arrive until the end of the day `bis` (F10)."""

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="verlaengerungen")
    bis = models.DateField("verlängert bis")
    begruendung = Langtext("Begründung", max_length=2_000)
    gegeben_um = models.DateTimeField("gegeben", editable=False)
    gegeben_von = _konto("gegeben von")

    class Meta:
        verbose_name = "Fristverlängerung"
        verbose_name_plural = "Fristverlängerungen"
        ordering = ["-gegeben_um"]
        default_permissions = ["view", "add"]
        constraints = [
            spanne_constraint("fristverlaengerung", "bis", ab=FREISTAAT_SEIT),
            laenge_constraint("fristverlaengerung", "begruendung", 2_000),
            models.CheckConstraint(
                name="fristverlaengerung_begruendet",
                condition=~Q(begruendung=""),
                violation_error_message="Begründen Sie die Verlängerung.",
            ),
        ]

    def __str__(self):
        return f"bis {self.bis:%d.%m.%Y}"


class NachforderungQuerySet(models.QuerySet):
    def offen(self):
        return self.filter(erledigt_um__isnull=True)


class Nachforderung(models.Model):
    """Sections the LPR has opened again, with a text and a date (F12).

    `bereit_von` is who has declared the answer ready for the signature, `bereit_version` the version
    of the case that was declared so: after any change somebody declares it again.
    """

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="nachforderungen")
    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    abschnitte = models.JSONField("geöffnete Abschnitte")
    text = Langtext("Was fehlt oder zu ändern ist", max_length=5_000)
    frist = models.DateField("bis")
    gestellt_um = models.DateTimeField("gestellt", editable=False)
    gestellt_von = _konto("gestellt von")
    bereit_um = models.DateTimeField("zur Zeichnung bereit", null=True, editable=False)
    bereit_von = _konto("zur Zeichnung bereit gemeldet von")
    bereit_version = models.PositiveIntegerField(
        "bereit gemeldeter Stand", null=True, editable=False
    )
    erledigt_um = models.DateTimeField("erledigt", null=True, editable=False)
    erinnert_am = models.DateField("erinnert", null=True, editable=False)

    objects = NachforderungQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachforderung"
        verbose_name_plural = "Nachforderungen"
        ordering = ["gestellt_um"]
        default_permissions = []
        constraints = [
            spanne_constraint("nachforderung", "frist", ab=FREISTAAT_SEIT),
            laenge_constraint("nachforderung", "text", 5_000),
            models.UniqueConstraint(
                fields=["antrag"],
                condition=Q(erledigt_um__isnull=True),
                name="nachforderung_eine_offen",
            ),
            models.CheckConstraint(
                name="nachforderung_mit_abschnitten",
                condition=~Q(abschnitte=[]) & ~Q(text=""),
                violation_error_message="Wählen Sie Abschnitte und schreiben Sie, was fehlt.",
            ),
        ]

    def __str__(self):
        return f"Nachforderung bis {self.frist:%d.%m.%Y}"


class Befangenheit(models.Model):
    """A member of staff has declared a conflict of interest and has no access any more (F13)."""

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="befangenheiten")
    konto = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    erklaert_um = models.DateTimeField("erklärt", editable=False)

    class Meta:
        verbose_name = "Befangenheit"
        verbose_name_plural = "Befangenheiten"
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["antrag", "konto"], name="befangenheit_einmal")
        ]

    def __str__(self):
        return f"Befangenheit zu {self.antrag_id}"


class Aufgriff(models.Model):
    """That a submitted case takes up a recommendation of an analysis (F37).

    In a draft it is a mark in its section. The row stays when the case ends: then `laeuft` is
    false, and the recommendation itself is free again. Those that run are what
    `Handlungsempfehlung.faelle` counts; the database sees to it.
    """

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="aufgriffe")
    empfehlung = models.ForeignKey(
        Handlungsempfehlung, models.PROTECT, related_name="aufgriffe", verbose_name="Empfehlung"
    )
    seit = models.DateTimeField("aufgegriffen", editable=False)
    laeuft = models.BooleanField("läuft", default=True, editable=False)

    class Meta:
        verbose_name = "aufgegriffene Empfehlung"
        verbose_name_plural = "aufgegriffene Empfehlungen"
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["antrag", "empfehlung"], name="aufgriff_einmal")
        ]

    def __str__(self):
        return f"{self.antrag.nummer} greift {self.empfehlung} auf"
