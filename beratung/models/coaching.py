"""That Kommunen were coached, and when: what is public of it, and what the figures count."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asskomm.texteingabe import Langtext, laenge_constraint
from kommunen.models import Kommune
from kommunen.tatsachen import Tatsache, TatsacheQuerySet, tatsache_constraints
from kommunen.zeitangabe import (
    ErsterTag,
    Jahrestag,
    ZeitangabeField,
    reihenfolge_constraint,
    zeitangabe_constraint,
)


class CoachingQuerySet(TatsacheQuerySet):
    def im_jahr(self, jahr, stichtag):
        """Coachings known to have run in the calendar year `jahr`, as known on `stichtag`.

        Without an end a coaching runs on, unless its source only tells that it ran at a
        certain time (`zuletzt_belegt`): then it counts up to that time and not for ever.
        """
        erster, letzter = Jahrestag(jahr, 1, 1), Jahrestag(jahr, 12, 31)
        return self.filter(
            Q(ende__erster_tag__gte=erster)
            | Q(ende__isnull=True, zuletzt_belegt__isnull=True)
            | Q(ende__isnull=True, zuletzt_belegt__letzter_tag__gte=erster),
            beginn__erster_tag__lte=letzter,
            beginn__letzter_tag__lte=stichtag,
        )


class Coaching(Tatsache):
    """An accompaniment of one or more Kommunen by a coach. Public is only that it exists."""

    kommunen = models.ManyToManyField(Kommune, related_name="coachings", verbose_name="Kommunen")
    beginn = ZeitangabeField("Beginn")
    ende = ZeitangabeField("Ende", null=True, blank=True)
    zuletzt_belegt = ZeitangabeField(
        "zuletzt belegt",
        null=True,
        blank=True,
        help_text="Nur wenn das Ende unbekannt ist: bis wann die Quelle das Coaching belegt.",
    )
    anliegen = Langtext("Anliegen (intern)", max_length=5_000, blank=True)
    history = HistoricalRecords(m2m_fields=[kommunen])

    objects = CoachingQuerySet.as_manager()

    class Meta:
        verbose_name = "Coaching"
        verbose_name_plural = "Coachings"
        ordering = ["-beginn", "pk"]
        indexes = [models.Index(ErsterTag("beginn"), name="coaching_ab")]
        constraints = [
            *tatsache_constraints("coaching"),
            laenge_constraint("coaching", "anliegen", 5_000),
            zeitangabe_constraint("coaching", "beginn"),
            zeitangabe_constraint("coaching", "ende"),
            zeitangabe_constraint("coaching", "zuletzt_belegt"),
            reihenfolge_constraint("coaching", "beginn", "ende"),
            reihenfolge_constraint("coaching", "beginn", "zuletzt_belegt"),
            models.CheckConstraint(
                name="coaching_ende_oder_zuletzt_belegt",
                condition=Q(ende__isnull=True) | Q(zuletzt_belegt__isnull=True),
                violation_error_message="Mit bekanntem Ende entfällt „zuletzt belegt“.",
            ),
        ]

    def __str__(self):
        return f"Coaching ab {self.beginn}"
