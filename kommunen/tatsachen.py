"""What every programme fact has in common: a source, a publication flag, an origin, a history."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from asskomm.texteingabe import Langtext, laenge_constraint

QUELLE_HOECHSTENS, BEMERKUNG_HOECHSTENS = 2_000, 5_000


class Herkunft(models.TextChoices):
    ERFASST = "erfasst", "vom LPR erfasst"
    PROGRAMMDATEN = "programmdaten", "aus veröffentlichten Quellen übernommen"
    BEISPIEL = "beispiel", "Beispieldaten"


class TatsacheQuerySet(models.QuerySet):
    def oeffentlich(self):
        """What anybody may see and what figures count.

        Invented records are among them only in demo mode (BEISPIELDATEN=1), and then
        every page says so in a banner.
        """
        sichtbar = self.filter(veroeffentlicht=True)
        if settings.BEISPIELDATEN:
            return sichtbar
        return sichtbar.exclude(herkunft=Herkunft.BEISPIEL)

    def beispiele(self):
        return self.filter(herkunft=Herkunft.BEISPIEL)


class Tatsache(models.Model):
    """A dated, sourced statement about the programme.

    `erschlossen` marks a statement whose date or kind is our conclusion and not the
    source's word. Such a statement is not published until somebody confirms it.
    `import_schluessel` is how an import finds the record again; empty for typed records.
    """

    quelle = Langtext(
        "Quelle",
        max_length=QUELLE_HOECHSTENS,
        help_text="Wo es steht: Dokument, Aktenzeichen oder Adresse.",
    )
    veroeffentlicht = models.BooleanField("veröffentlicht", default=False)
    erschlossen = models.BooleanField(
        "erschlossen",
        default=False,
        help_text="Datum oder Art ist geschlossen, nicht belegt. Erst bestätigen, dann veröffentlichen.",
    )
    herkunft = models.CharField(
        "Herkunft", max_length=15, choices=Herkunft, default=Herkunft.ERFASST, editable=False
    )
    bemerkung = Langtext("interne Bemerkung", max_length=BEMERKUNG_HOECHSTENS, blank=True)
    import_schluessel = models.CharField(max_length=200, null=True, unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def ist_beispiel(self) -> bool:
        return self.herkunft == Herkunft.BEISPIEL


def tatsache_constraints(modell: str) -> list[models.CheckConstraint]:
    """The constraints of every Tatsache; Django needs their names to differ by model."""
    return [
        models.CheckConstraint(
            name=f"{modell}_hat_quelle",
            condition=~Q(quelle=""),
            violation_error_message="Geben Sie die Quelle an.",
        ),
        laenge_constraint(modell, "quelle", QUELLE_HOECHSTENS),
        laenge_constraint(modell, "bemerkung", BEMERKUNG_HOECHSTENS),
        models.CheckConstraint(
            name=f"{modell}_erschlossen_unveroeffentlicht",
            condition=Q(erschlossen=False) | Q(veroeffentlicht=False),
            violation_error_message=(
                "Die Angabe ist nur erschlossen. Bestätigen Sie sie zuerst, "
                "dann können Sie sie veröffentlichen."
            ),
        ),
    ]
