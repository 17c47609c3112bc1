"""Who may act for a Kommune, and in which role."""

import uuid
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from asskomm.konten.models import Einladung, Konto
from asskomm.konten.vieraugen import (
    VierAugen,
    VierAugenQuerySet,
    nicht_durch_betroffene,
    nicht_fuer_sich,
    vorschlagende,
)
from asskomm.mailadresse import MailadressFeld, mailadress_constraint
from asskomm.personendaten import GELOESCHT

from .gebiet import Kommune


class Rolle(models.TextChoices):
    """What a person does for a Kommune (F62). Every role may read."""

    VERWALTUNG = "verwaltung", "Verwaltung"
    BEARBEITUNG = "bearbeitung", "Bearbeitung"
    ZEICHNUNG = "zeichnung", "Zeichnung"
    LESEN = "lesen", "Lesen"


class MitgliedschaftQuerySet(models.QuerySet):
    def sichtbar_fuer(self, konto):
        """What `konto` may read: all with the LPR's right to it, else the own Kommunen's."""
        if konto.is_staff and konto.has_perm("kommunen.view_mitgliedschaft"):
            return self
        eigene = Mitgliedschaft.objects.aktiv().filter(konto=konto)
        return self.filter(kommune__in=eigene.values("kommune"))

    def laufend(self):
        """Not ended; invited people count as long as the invitation is not withdrawn."""
        return self.filter(
            Q(einladung__isnull=True) | Q(einladung__widerrufen_um__isnull=True),
            beendet_um__isnull=True,
        )

    def aktiv(self):
        """Those that give rights: not ended, the invitation accepted, the account active."""
        return self.laufend().filter(
            Q(einladung__isnull=True) | Q(einladung__angenommen_um__isnull=False),
            konto__is_active=True,
        )

    def verwaltung(self, kommune):
        """Those by which somebody can invite members of the Kommune now."""
        return self.aktiv().filter(kommune=kommune, rolle=Rolle.VERWALTUNG)

    def zu_bestaetigen(self, heute: date):
        """In force for a year without anybody having looked at them (F62, yearly role review)."""
        return self.aktiv().filter(bestaetigt_am__lt=vor_einem_jahr(heute))


def vor_einem_jahr(heute: date) -> date:
    """The same day last year; 29 February becomes the 28th."""
    tag = 28 if (heute.month, heute.day) == (2, 29) else heute.day
    return date(heute.year - 1, heute.month, tag)


class Mitgliedschaft(models.Model):
    """One role of one person in one Kommune, from its giving to its end.

    Rows are never deleted or changed but ended, so it stays known who could act when. What
    the person did belongs to the Kommune and stays. Only `mitglieder.verfahren` writes here.
    Nobody gives a role to themselves.
    """

    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="mitgliedschaften",
        verbose_name="Person",
    )
    kommune = models.ForeignKey(
        Kommune,
        models.PROTECT,
        related_name="mitgliedschaften_von_personen",
        verbose_name="Kommune",
    )
    rolle = models.CharField("Rolle", max_length=20, choices=Rolle)
    einladung = models.ForeignKey(
        Einladung,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mitgliedschaften",
        verbose_name="Einladung",
    )
    gegeben_um = models.DateTimeField("gegeben")
    gegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="gegeben von",
    )
    bestaetigt_am = models.DateField(
        "zuletzt bestätigt am", help_text="Tag der Vergabe oder der letzten jährlichen Prüfung."
    )
    beendet_um = models.DateTimeField("beendet", null=True, blank=True)
    beendet_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beendet von",
    )

    objects = MitgliedschaftQuerySet.as_manager()

    class Meta:
        verbose_name = "Mitgliedschaft"
        verbose_name_plural = "Mitgliedschaften"
        ordering = ["konto", "rolle"]
        indexes = [
            models.Index(
                fields=["kommune", "konto"],
                condition=Q(beendet_um__isnull=True),
                name="mitgliedschaft_laufend",
            ),
            models.Index(
                fields=["bestaetigt_am"],
                condition=Q(beendet_um__isnull=True),
                name="mitgliedschaft_bestaetigt",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["konto", "kommune", "rolle"],
                condition=Q(beendet_um__isnull=True),
                name="mitgliedschaft_einmal",
                violation_error_message="Diese Rolle hat die Person in der Kommune schon.",
            ),
            models.CheckConstraint(
                name="mitgliedschaft_ende_nach_beginn",
                condition=Q(beendet_um__isnull=True) | Q(beendet_um__gte=F("gegeben_um")),
                violation_error_message="Die Mitgliedschaft endet, bevor sie beginnt.",
            ),
            models.CheckConstraint(
                name="mitgliedschaft_nicht_sich_selbst",
                condition=~Q(gegeben_von=F("konto")),
                violation_error_message="Niemand gibt sich selbst eine Rolle.",
            ),
        ]

    def __str__(self):
        return f"{self.get_rolle_display()} für {self.kommune}"

    @property
    def offen(self) -> bool:
        """Given, but the person has not accepted the invitation yet."""
        return self.einladung is not None and self.einladung.angenommen_um is None


class BestellungQuerySet(VierAugenQuerySet):
    def entscheidbar_durch(self, konto, vertretene=()):
        """The person is known by the address as long as nobody has decided."""
        adressen = Konto.objects.filter(pk__in=[konto.pk, *vertretene]).values("email")
        return super().entscheidbar_durch(konto, vertretene).exclude(email__in=adressen)


FUER_SICH = "Die eigene Bestellung schlägt niemand vor, auch nicht durch eine Vertretung."


class Bestellung(VierAugen):
    """The LPR appoints a Verwaltung for a Kommune that has none (any more).

    The check that the person may act for the Kommune is documented in `nachweis`; two
    people of the LPR decide, neither of whom is the person (F62). Until the decision the person
    is known by the address alone; the database compares it with the proposer's in a trigger
    (`bestellung_nicht_selbst`).
    """

    BETROFFENE = ("konto",)

    kommune = models.ForeignKey(
        Kommune, models.PROTECT, related_name="bestellungen", verbose_name="Kommune"
    )
    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="bestellt wurde",
    )
    email = MailadressFeld(
        "E-Mail-Adresse der Person",
        help_text="Die dienstliche Adresse; dorthin geht die Einladung.",
    )
    nachweis = models.TextField(
        "Nachweis",
        help_text=(
            "Wie wurde geprüft, dass die Person für die Kommune handeln darf? Zum Beispiel: "
            "Schreiben der Bürgermeisterin vom 03.09.2026, Rückruf über die Zentrale."
        ),
    )
    einladungsmarke = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = BestellungQuerySet.as_manager()

    class Meta(VierAugen.Meta):
        verbose_name = "Bestellung einer Verwaltung"
        verbose_name_plural = "Bestellungen von Verwaltungen"
        ordering = ["-vorgeschlagen_um", "-pk"]
        constraints = [
            *VierAugen.Meta.constraints,
            nicht_durch_betroffene("bestellung", "konto"),
            nicht_fuer_sich("bestellung", "konto", FUER_SICH),
            mailadress_constraint("bestellung", "email", oder=Q(email=GELOESCHT)),
            models.CheckConstraint(
                name="bestellung_mit_nachweis",
                condition=~Q(nachweis=""),
                violation_error_message="Geben Sie an, wie Sie die Person geprüft haben.",
            ),
            models.CheckConstraint(
                name="bestellung_genehmigt_mit_konto",
                condition=~Q(ergebnis="genehmigt") | Q(konto__isnull=False),
                violation_error_message="Bestellt wird eine Person mit Konto.",
            ),
            models.UniqueConstraint(
                fields=["kommune", "email"],
                condition=Q(ergebnis="offen"),
                name="bestellung_einmal_offen",
                violation_error_message="Diese Person ist für die Kommune schon vorgeschlagen.",
            ),
        ]

    def __str__(self):
        return f"Verwaltung für {self.kommune}"

    def clean(self):
        """Checks the proposal; the form shows the sentences at their fields."""
        super().clean()
        if self.kommune_id and (satz := self.hindernis()):
            raise ValidationError({"email" if satz == FUER_SICH else "kommune": satz})

    def betroffene(self):
        """Also the account with the address, which is written into the record at the decision."""
        mit_adresse = Konto.objects.filter(email=self.email).values_list("pk", flat=True)
        return super().betroffene() | set(mit_adresse)

    def hindernis(self) -> str:
        """Why it cannot be proposed or approved: a sentence, empty where it can."""
        if self.betroffene() & vorschlagende(self):
            return FUER_SICH
        if not Mitgliedschaft.objects.verwaltung(self.kommune).exists():
            return ""
        return (
            f"{self.kommune} hat eine Verwaltung. Sie lädt weitere Mitglieder selbst ein. Ist "
            "sie ausgeschieden, ohne die Mitgliedschaft zu beenden, wird zuerst ihr Konto "
            "deaktiviert."
        )
