"""What participants think of a module, without their names (F45)."""

import uuid

from django.db import models
from django.db.models import Q

from asskomm.texteingabe import Langtext, laenge_constraint

from .anmeldung import Anmeldung
from .durchgang import Durchgang
from .lehrgang import Modul

NOTEN = ((1, "sehr gut"), (2, "gut"), (3, "mittel"), (4, "schlecht"), (5, "sehr schlecht"))


class Befragungszugang(models.Model):
    """That somebody was asked about a module, and whether they have answered: once.

    Nothing leads from here to the answer, neither a key nor a time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    anmeldung = models.ForeignKey(Anmeldung, models.CASCADE, related_name="befragungen")
    durchgang = models.ForeignKey(Durchgang, models.PROTECT, related_name="+")
    modul = models.ForeignKey(Modul, models.PROTECT, related_name="+")
    benutzt = models.BooleanField("beantwortet", default=False)

    class Meta:
        verbose_name = "Zugang zu einer Befragung"
        verbose_name_plural = "Zugänge zu Befragungen"
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["anmeldung", "durchgang", "modul"], name="befragungszugang_einmal"
            )
        ]

    def __str__(self):
        return f"Befragung zu {self.modul}"


class Antwort(models.Model):
    """One answer about a module of a cohort. It has a random key, so that no order tells a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    durchgang = models.ForeignKey(Durchgang, models.PROTECT, related_name="antworten")
    modul = models.ForeignKey(Modul, models.PROTECT, related_name="antworten")
    inhalt = models.PositiveSmallIntegerField("Inhalt", choices=NOTEN)
    vermittlung = models.PositiveSmallIntegerField("Vermittlung", choices=NOTEN)
    organisation = models.PositiveSmallIntegerField("Organisation", choices=NOTEN)
    freitext = Langtext("Was wir wissen sollten", max_length=2_000, blank=True)

    class Meta:
        verbose_name = "Antwort einer Befragung"
        verbose_name_plural = "Antworten von Befragungen"
        default_permissions = []
        indexes = [models.Index(fields=["durchgang", "modul"], name="antwort_durchgang_modul")]
        constraints = [
            laenge_constraint("antwort", "freitext", 2_000),
            models.CheckConstraint(
                name="antwort_noten",
                condition=Q(inhalt__range=(1, 5))
                & Q(vermittlung__range=(1, 5))
                & Q(organisation__range=(1, 5)),
            ),
        ]

    def __str__(self):
        return f"Antwort zu {self.modul}"
