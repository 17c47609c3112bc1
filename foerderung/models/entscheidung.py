"""What is recommended and what two people decide about a case."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from asskomm.konten.vieraugen import VierAugen, VierAugenQuerySet
from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import (
    BEWILLIGUNG_LAEUFT,
    MIT_BEWILLIGUNG,
    RUECKFORDERBAR,
    Foerderantrag,
    Status,
)
from .regelwerk import Haushaltsansatz


class Empfehlung(models.Model):
    """The outcome of the check: eligible amount, rate, sum and budget line, or a refusal.

    One for each time a case becomes ready for decision; the newest counts.
    """

    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="empfehlungen")
    bewilligen = models.BooleanField("Empfehlung")
    zuwendungsfaehig_euro = models.DecimalField(
        "zuwendungsfähige Ausgaben in Euro", max_digits=12, decimal_places=2, null=True
    )
    foerdersatz = models.DecimalField(
        "Fördersatz in Prozent", max_digits=5, decimal_places=2, null=True
    )
    betrag_euro = models.DecimalField(
        "Zuwendung in Euro", max_digits=12, decimal_places=2, null=True
    )
    haushaltsstelle = models.CharField("Haushaltsstelle", max_length=100, blank=True)
    begruendung = Langtext("Begründung", max_length=5_000)
    gegeben_um = models.DateTimeField("gegeben", editable=False)
    gegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gegeben von"
    )

    class Meta:
        verbose_name = "Empfehlung"
        verbose_name_plural = "Empfehlungen"
        ordering = ["-gegeben_um"]
        get_latest_by = "gegeben_um"
        default_permissions = []
        constraints = [
            laenge_constraint("empfehlung", "begruendung", 5_000),
            models.CheckConstraint(
                name="empfehlung_begruendet",
                condition=~Q(begruendung=""),
                violation_error_message="Begründen Sie die Empfehlung.",
            ),
            models.CheckConstraint(
                name="empfehlung_vollstaendig",
                condition=Q(bewilligen=False)
                | (
                    Q(zuwendungsfaehig_euro__isnull=False, betrag_euro__gt=0)
                    & Q(foerdersatz__gt=0, foerdersatz__lte=100)
                    & Q(betrag_euro__lte=F("zuwendungsfaehig_euro"))
                    & ~Q(haushaltsstelle="")
                ),
                violation_error_message=(
                    "Zur Empfehlung gehören zuwendungsfähige Ausgaben, Fördersatz, Zuwendung und "
                    "Haushaltsstelle."
                ),
            ),
        ]

    def __str__(self):
        return f"Empfehlung vom {self.gegeben_um:%d.%m.%Y}"


class EntscheidungQuerySet(VierAugenQuerySet):
    def passend(self):
        """Whose case is in a state in which this can be decided; others have been overtaken."""
        return self.filter(
            Q(art__in=Entscheidung.UEBER_ANTRAG, antrag__status=Status.ENTSCHEIDUNGSREIF)
            | Q(art__in=Entscheidung.ZU_BEWILLIGUNG, antrag__status__in=BEWILLIGUNG_LAEUFT)
            | Q(art=Entscheidung.Art.RUECKFORDERUNG, antrag__status__in=RUECKFORDERBAR)
        )

    def entscheidbar_durch(self, konto, vertretene=()):
        """As for all proposals, without cases of an own conflict of interest or overtaken ones."""
        return (
            super()
            .entscheidbar_durch(konto, vertretene)
            .passend()
            .exclude(antrag__befangenheiten__konto=konto)
        )


class Entscheidung(VierAugen):
    """Award, refusal, change, revocation or claim for money back: one person proposes it, another one decides."""

    class Art(models.TextChoices):
        BEWILLIGUNG = "bewilligung", "Bewilligung"
        TEILBEWILLIGUNG = "teilbewilligung", "Teilbewilligung"
        ABLEHNUNG = "ablehnung", "Ablehnung"
        AENDERUNG = "aenderung", "Änderung"
        WIDERRUF = "widerruf", "Widerruf"
        RUECKFORDERUNG = "rueckforderung", "Rückforderung"

    # What ends the check of an application, and what changes a grant that is there already. A claim
    # (RUECKFORDERUNG) leaves the grant as it is; the rest of it stands in `Rueckforderung`.
    UEBER_ANTRAG = (Art.BEWILLIGUNG, Art.TEILBEWILLIGUNG, Art.ABLEHNUNG)
    ZU_BEWILLIGUNG = (Art.AENDERUNG, Art.WIDERRUF)
    MIT_BETRAG = (Art.BEWILLIGUNG, Art.TEILBEWILLIGUNG, Art.AENDERUNG)

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="entscheidungen")
    art = models.CharField("Entscheidung", max_length=20, choices=Art)
    zuwendungsfaehig_euro = models.DecimalField(
        "zuwendungsfähige Ausgaben in Euro", max_digits=12, decimal_places=2, null=True, blank=True
    )
    foerdersatz = models.DecimalField(
        "Fördersatz in Prozent", max_digits=5, decimal_places=2, null=True, blank=True
    )
    betrag_euro = models.DecimalField(
        "Zuwendung in Euro", max_digits=12, decimal_places=2, null=True, blank=True
    )
    bewilligung_von = models.DateField("Bewilligungszeitraum von", null=True, blank=True)
    bewilligung_bis = models.DateField("Bewilligungszeitraum bis", null=True, blank=True)
    abweichungen = Langtext("Abweichungen vom Antrag", max_length=5_000, blank=True)
    auflagen = Langtext("Besondere Nebenbestimmungen", max_length=5_000, blank=True)
    gruende = Langtext(
        "Gründe für den Bescheid",
        max_length=10_000,
        blank=True,
        help_text="Steht im Bescheid. Nur bei einer vollen Bewilligung nicht nötig.",
    )
    angehoert_am = models.DateField("angehört am", null=True, blank=True)
    anhoerung_entbehrlich = models.CharField(
        "Anhörung entbehrlich, weil", max_length=500, blank=True
    )
    veroeffentlichen = models.BooleanField("nach Bestandskraft veröffentlichen", default=True)

    objects = EntscheidungQuerySet.as_manager()

    class Meta(VierAugen.Meta):
        verbose_name = "Entscheidung"
        verbose_name_plural = "Entscheidungen"
        ordering = ["-vorgeschlagen_um"]
        constraints = [
            *VierAugen.Meta.constraints,
            spanne_constraint("entscheidung", "bewilligung_von", ab=FREISTAAT_SEIT),
            spanne_constraint("entscheidung", "bewilligung_bis", ab=FREISTAAT_SEIT),
            spanne_constraint("entscheidung", "angehoert_am", ab=FREISTAAT_SEIT),
            laenge_constraint("entscheidung", "abweichungen", 5_000),
            laenge_constraint("entscheidung", "auflagen", 5_000),
            laenge_constraint("entscheidung", "gruende", 10_000),
            models.UniqueConstraint(
                fields=["antrag"],
                condition=Q(ergebnis="offen"),
                name="entscheidung_ein_offener_vorschlag",
                violation_error_message="Zu diesem Antrag liegt schon ein Vorschlag vor.",
            ),
            models.CheckConstraint(
                name="entscheidung_betrag",
                condition=Q(
                    art__in=["ablehnung", "widerruf", "rueckforderung"], betrag_euro__isnull=True
                )
                | (
                    Q(art__in=["bewilligung", "teilbewilligung", "aenderung"])
                    & Q(betrag_euro__gt=0, betrag_euro__lte=F("zuwendungsfaehig_euro"))
                    & Q(foerdersatz__gt=0, foerdersatz__lte=100)
                    & Q(bewilligung_von__isnull=False, bewilligung_bis__gte=F("bewilligung_von"))
                ),
                violation_error_message=(
                    "Zu einer Bewilligung gehören zuwendungsfähige Ausgaben, Fördersatz, Zuwendung "
                    "und Zeitraum."
                ),
            ),
            models.CheckConstraint(
                name="entscheidung_gruende",
                condition=Q(art="bewilligung") | ~Q(gruende=""),
                violation_error_message="Nennen Sie die Gründe, die im Bescheid stehen.",
            ),
            models.CheckConstraint(
                name="entscheidung_anhoerung",
                condition=~Q(art__in=["ablehnung", "widerruf", "rueckforderung"])
                | Q(angehoert_am__isnull=False)
                | ~Q(anhoerung_entbehrlich=""),
                violation_error_message=(
                    "Vermerken Sie den Tag der Anhörung, oder warum sie entbehrlich ist."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_art_display()} zu {self.antrag.nummer}"


class MittelbindungQuerySet(models.QuerySet):
    def wirksam(self):
        """What binds money now: of the newest approved award or change of cases not revoked."""
        spaetere = Entscheidung.objects.genehmigt().filter(
            antrag=OuterRef("entscheidung__antrag"),
            art__in=Entscheidung.MIT_BETRAG,
            pk__gt=OuterRef("entscheidung"),
        )
        return self.filter(
            ~Exists(spaetere),
            entscheidung__ergebnis=VierAugen.Ergebnis.GENEHMIGT,
            entscheidung__antrag__status__in=MIT_BEWILLIGUNG,
        )

    def vorgeschlagen(self):
        """What open proposals want to bind."""
        offen = Entscheidung.objects.offen().passend()
        return self.filter(entscheidung__in=offen)


class Mittelbindung(models.Model):
    """What a decision binds of one year's budget; its sum is the amount of the decision.

    The rows of a change say what is bound from then on, not the difference. They come with the
    proposal and stay as they are (trigger `mittelbindung_bleibt`).
    """

    entscheidung = models.ForeignKey(Entscheidung, models.PROTECT, related_name="mittelbindungen")
    ansatz = models.ForeignKey(
        Haushaltsansatz, models.PROTECT, related_name="mittelbindungen", verbose_name="Ansatz"
    )
    betrag_euro = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)

    objects = MittelbindungQuerySet.as_manager()

    class Meta:
        verbose_name = "Mittelbindung"
        verbose_name_plural = "Mittelbindungen"
        ordering = ["ansatz__haushaltsjahr"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["entscheidung", "ansatz"], name="mittelbindung_einmal"),
            models.CheckConstraint(
                name="mittelbindung_positiv",
                condition=Q(betrag_euro__gt=0),
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
        ]

    def __str__(self):
        return f"{self.ansatz}"
