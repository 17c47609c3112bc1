"""The ledger of each grant: every cent that is granted, requested, ordered, paid, proven, repaid.

A Buchung is written once, together with the step that causes it (`kasse.buche`), and never
changed: what was booked wrongly is booked back. The database itself adds it to the Foerderkonto of
the case, which holds the sums and the bounds between them (triggers `buchung_zaehlt`,
`buchung_bleibt`, `foerderkonto_nur_durch_buchung`). Amounts are in euro with two places.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import Foerderantrag
from .bescheid import Bescheid


class Buchungsart(models.TextChoices):
    """What is booked; each has a sum of its own in the Foerderkonto, by the same name."""

    BEWILLIGT = "bewilligt", "bewilligt"
    ANGEFORDERT = "angefordert", "angefordert"
    FREIGEGEBEN = "freigegeben", "freigegeben"
    ANGEORDNET = "angeordnet", "zur Zahlung angeordnet"
    GEZAHLT = "gezahlt", "gezahlt"
    NACHGEWIESEN = "nachgewiesen", "nachgewiesen"
    GEFORDERT = "gefordert", "zurückgefordert"
    ZURUECKGEZAHLT = "zurueckgezahlt", "zurückgezahlt"
    ZINSEN_GEFORDERT = "zinsen_gefordert", "Zinsen gefordert"
    ZINSEN_GEZAHLT = "zinsen_gezahlt", "Zinsen gezahlt"


class Buchung(models.Model):
    """One amount on the ledger of a case; negative where it takes an earlier one back.

    `am` is the day for which it counts (Europe/Berlin): of a payment the day of its value, else
    the day of the step. `gebucht_um` is when the portal learned of it.
    """

    antrag = models.ForeignKey(Foerderantrag, models.PROTECT, related_name="buchungen")
    art = models.CharField("Art", max_length=20, choices=Buchungsart)
    betrag_euro = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)
    am = models.DateField("am")
    gebucht_um = models.DateTimeField("gebucht", editable=False)
    gebucht_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="gebucht von",
    )
    bescheid = models.ForeignKey(
        Bescheid, models.PROTECT, null=True, blank=True, related_name="buchungen"
    )
    auszahlung = models.ForeignKey(
        "Auszahlung", models.PROTECT, null=True, blank=True, related_name="buchungen"
    )
    nachweispruefung = models.ForeignKey(
        "Nachweispruefung", models.PROTECT, null=True, blank=True, related_name="buchungen"
    )
    rueckforderung = models.ForeignKey(
        "Rueckforderung", models.PROTECT, null=True, blank=True, related_name="buchungen"
    )
    rueckzahlung = models.ForeignKey(
        "Rueckzahlung", models.PROTECT, null=True, blank=True, related_name="buchungen"
    )

    class Meta:
        verbose_name = "Buchung"
        verbose_name_plural = "Buchungen"
        ordering = ["pk"]
        default_permissions = []
        indexes = [models.Index(fields=["art", "am"], name="buchung_art_am")]
        constraints = [
            spanne_constraint("buchung", "am", ab=FREISTAAT_SEIT),
            models.CheckConstraint(name="buchung_mit_betrag", condition=~Q(betrag_euro=0)),
            models.CheckConstraint(
                name="buchung_art_bekannt", condition=Q(art__in=Buchungsart.values)
            ),
        ]

    def __str__(self):
        return f"{self.get_art_display()} am {self.am:%d.%m.%Y}"


def _summe(bezeichnung):
    return models.DecimalField(
        f"{bezeichnung} in Euro", max_digits=12, decimal_places=2, default=0, editable=False
    )


class Foerderkonto(models.Model):
    """The sums of the ledger of one case, and what must hold between them at any moment.

    Only Buchungen change it. Money moves in one order: nothing is paid that was not ordered,
    ordered that was not released, released that was not requested. That requests, releases and
    orders stay within the grant is checked when they are booked, not here: a grant can be lowered
    or revoked after money was paid, and what was paid stays a fact.
    """

    antrag = models.OneToOneField(
        Foerderantrag, models.PROTECT, primary_key=True, related_name="foerderkonto"
    )
    bewilligt = _summe("bewilligt")
    angefordert = _summe("angefordert")
    freigegeben = _summe("freigegeben")
    angeordnet = _summe("angeordnet")
    gezahlt = _summe("gezahlt")
    nachgewiesen = _summe("nachgewiesen")
    gefordert = _summe("zurückgefordert")
    zurueckgezahlt = _summe("zurückgezahlt")
    zinsen_gefordert = _summe("Zinsen gefordert")
    zinsen_gezahlt = _summe("Zinsen gezahlt")

    class Meta:
        verbose_name = "Förderkonto"
        verbose_name_plural = "Förderkonten"
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                name="foerderkonto_nie_negativ",
                condition=Q(
                    **{f"{art}__gte": 0 for art in Buchungsart.values},
                ),
            ),
            models.CheckConstraint(
                name="foerderkonto_reihenfolge",
                condition=Q(
                    gezahlt__lte=F("angeordnet"),
                    angeordnet__lte=F("freigegeben"),
                    freigegeben__lte=F("angefordert"),
                ),
            ),
            models.CheckConstraint(
                name="foerderkonto_zurueck_hoechstens_gezahlt",
                condition=Q(gefordert__lte=F("gezahlt"), zurueckgezahlt__lte=F("gezahlt")),
            ),
            models.CheckConstraint(
                name="foerderkonto_zinsen", condition=Q(zinsen_gezahlt__lte=F("zinsen_gefordert"))
            ),
        ]

    def __str__(self):
        return f"Förderkonto zu {self.antrag_id}"

    @property
    def verfuegbar(self):
        """What can still be requested; never below 0, also where the grant was lowered."""
        return max(self.bewilligt - self.angefordert, self.bewilligt * 0)

    @property
    def behalten(self):
        """What was paid and has not come back."""
        return self.gezahlt - self.zurueckgezahlt
