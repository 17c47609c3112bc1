"""What a Kommune has to pay back with interest, and what of it has come in (F24).

A Rueckforderung belongs to a decision of its kind: proposed by one person, approved by another,
told by a notice. Its interest is computed when it is proposed and kept as a table.
"""

import uuid
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import Foerderantrag
from .entscheidung import Entscheidung


def _euro(bezeichnung, **weiteres):
    return models.DecimalField(
        f"{bezeichnung} in Euro", max_digits=12, decimal_places=2, **weiteres
    )


def _person(bezeichnung, **weiteres):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=bezeichnung,
        **weiteres,
    )


class RueckforderungQuerySet(models.QuerySet):
    def wirksam(self):
        """Approved, and no court has quashed the notice."""
        return self.filter(
            entscheidung__ergebnis=Entscheidung.Ergebnis.GENEHMIGT, aufgehoben_um__isnull=True
        )


class Rueckforderung(models.Model):
    """The amount claimed back and the interest on it; stays as it was proposed (trigger).

    `tabelle` are the rows of the interest: from, to, days, amount, rate, interest, all as text.
    A base rate they rest on stays once the claim is approved (trigger `basiszins_bleibt`).
    """

    class Anlass(models.TextChoices):
        NACHWEIS = "nachweis", "Nachgewiesen ist weniger, als gezahlt wurde"
        NICHT_VERWENDET = "nicht_verwendet", "Geld wurde nicht rechtzeitig verwendet"
        WIDERRUF = "widerruf", "Die Bewilligung ist widerrufen"

    entscheidung = models.OneToOneField(
        Entscheidung, models.PROTECT, related_name="rueckforderung", verbose_name="Entscheidung"
    )
    anlass = models.CharField("Anlass", max_length=20, choices=Anlass)
    betrag_euro = _euro("Rückforderung")
    zahlbar_bis = models.DateField("zahlbar bis")
    zinsen_von = models.DateField("Zinsen ab", null=True, editable=False)
    zinsen_bis = models.DateField("Zinsen bis")
    aufschlag_prozent = models.DecimalField(
        "Prozentpunkte über dem Basiszinssatz", max_digits=5, decimal_places=2
    )
    zinsen_euro = _euro("Zinsen", default=0)
    tabelle = models.JSONField("Zinsberechnung", default=list)
    aufgehoben_um = models.DateTimeField("vom Gericht aufgehoben", null=True, editable=False)

    objects = RueckforderungQuerySet.as_manager()

    class Meta:
        verbose_name = "Rückforderung"
        verbose_name_plural = "Rückforderungen"
        ordering = ["pk"]
        default_permissions = ["view"]
        constraints = [
            spanne_constraint("rueckforderung", "zahlbar_bis", ab=FREISTAAT_SEIT),
            spanne_constraint("rueckforderung", "zinsen_von", ab=FREISTAAT_SEIT),
            spanne_constraint("rueckforderung", "zinsen_bis", ab=FREISTAAT_SEIT),
            models.CheckConstraint(
                name="rueckforderung_positiv",
                condition=Q(betrag_euro__gt=0, zinsen_euro__gte=0, aufschlag_prozent__gte=0),
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
            models.CheckConstraint(
                name="rueckforderung_zinsen_bis_zahlbar",
                condition=Q(zinsen_bis__lte=F("zahlbar_bis"))
                & (Q(zinsen_von__isnull=True) | Q(zinsen_von__lte=F("zinsen_bis"))),
                violation_error_message="Die Zinsen enden spätestens am Tag, bis zu dem zu zahlen ist.",
            ),
        ]

    def __str__(self):
        return f"Rückforderung zu {self.entscheidung.antrag.nummer}"

    @property
    def gesamt_euro(self):
        return self.betrag_euro + self.zinsen_euro

    @property
    def zinsteile(self) -> list[dict]:
        """The rows of the table with days and amounts as such."""
        return [
            {
                "von": date.fromisoformat(zeile["von"]),
                "bis": date.fromisoformat(zeile["bis"]),
                "tage": zeile["tage"],
                **{name: Decimal(zeile[name]) for name in ("betrag", "satz", "zinsen")},
            }
            for zeile in self.tabelle
        ]


class RueckzahlungQuerySet(models.QuerySet):
    def gueltig(self):
        """What has come in and was not booked back."""
        return self.filter(storniert_um__isnull=True)


class Rueckzahlung(models.Model):
    """Money that came back: on a claim, or without one of the Kommune's own accord.

    On a claim it pays the interest first (`zinsen_euro`), then what was claimed: as § 367 BGB says
    of debts; that this holds here is inferred. Never changed but by booking it back (trigger).
    """

    marke = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="rueckzahlungen")
    rueckforderung = models.ForeignKey(
        Rueckforderung, models.PROTECT, null=True, blank=True, related_name="rueckzahlungen"
    )
    am = models.DateField("eingegangen am")
    betrag_euro = _euro("Betrag")
    zinsen_euro = _euro("davon Zinsen", default=0)
    referenz = models.CharField("Verwendungszweck oder Kassenzeichen", max_length=100)
    erfasst_um = models.DateTimeField("erfasst", editable=False)
    erfasst_von = _person("erfasst von")
    storniert_um = models.DateTimeField("zurückgebucht", null=True, editable=False)
    storniert_von = _person("zurückgebucht von", null=True, blank=True)
    storno_grund = Langtext("Grund", max_length=2_000, blank=True)

    objects = RueckzahlungQuerySet.as_manager()

    class Meta:
        verbose_name = "Rückzahlung"
        verbose_name_plural = "Rückzahlungen"
        ordering = ["am", "pk"]
        default_permissions = ["view"]
        constraints = [
            spanne_constraint("rueckzahlung", "am", ab=FREISTAAT_SEIT),
            laenge_constraint("rueckzahlung", "storno_grund", 2_000),
            models.CheckConstraint(
                name="rueckzahlung_betrag",
                condition=Q(betrag_euro__gt=0, zinsen_euro__gte=0)
                & Q(zinsen_euro__lte=F("betrag_euro"))
                & (Q(rueckforderung__isnull=False) | Q(zinsen_euro=0)),
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
            models.CheckConstraint(
                name="rueckzahlung_storno",
                condition=Q(storniert_um__isnull=True, storniert_von__isnull=True, storno_grund="")
                | Q(storniert_um__isnull=False, storniert_von__isnull=False) & ~Q(storno_grund=""),
            ),
        ]

    def __str__(self):
        return f"Rückzahlung vom {self.am:%d.%m.%Y}"

    @property
    def hauptbetrag_euro(self):
        return self.betrag_euro - self.zinsen_euro
