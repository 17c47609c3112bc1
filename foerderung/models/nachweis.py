"""What the Kommune spent, receipt by receipt (F19, F22)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kommunen.zeitangabe import FREISTAAT_SEIT, spanne_constraint

from .antrag import Foerderantrag
from .auszahlung import Auszahlung


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
