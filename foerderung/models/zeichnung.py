"""What happens around the signature, besides the versions that are signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .antrag import Foerderantrag


class Rueckgabe(models.Model):
    """A signature that was declined: the reasons by section, shown at the sections of the draft.

    `gruende` is {key of a section or "anlagen": reason}. It goes when the draft is handed over
    again; the log keeps it.
    """

    antrag = models.ForeignKey(Foerderantrag, models.CASCADE, related_name="rueckgaben")
    gruende = models.JSONField("Gründe je Abschnitt")
    zurueckgegeben_um = models.DateTimeField("zurückgegeben", editable=False)
    zurueckgegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="zurückgegeben von",
    )

    class Meta:
        verbose_name = "abgelehnte Zeichnung"
        verbose_name_plural = "abgelehnte Zeichnungen"
        ordering = ["-zurueckgegeben_um", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(name="rueckgabe_begruendet", condition=~Q(gruende={})),
        ]

    def __str__(self):
        return f"Zeichnung abgelehnt am {self.zurueckgegeben_um:%d.%m.%Y}"


class Fristerinnerung(models.Model):
    """That the members were reminded of a draft `werktage` working days before its last day.

    A last day that was extended later is another one, with reminders of its own.
    """

    antrag = models.ForeignKey(Foerderantrag, models.CASCADE, related_name="erinnerungen")
    letzter_tag = models.DateField("Ende der Frist", editable=False)
    werktage = models.PositiveSmallIntegerField("Werktage vorher")
    erinnert_am = models.DateField("erinnert", editable=False)

    class Meta:
        verbose_name = "Erinnerung an die Antragsfrist"
        verbose_name_plural = "Erinnerungen an die Antragsfrist"
        ordering = ["erinnert_am"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["antrag", "letzter_tag", "werktage"], name="fristerinnerung_einmal"
            ),
        ]

    def __str__(self):
        return f"{self.werktage} Werktage vor dem {self.letzter_tag:%d.%m.%Y}"
