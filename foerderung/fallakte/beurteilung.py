"""What the expert checks of a case come to, in a few words."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from django.db.models import Avg, Count, Max

from asskomm.formate import zahl

from ..befugnisse import Handelnde
from ..bescheid.planteil import aus_fassung
from ..models import Bewertung, Foerderantrag, Gutachten, Status
from ..plan.rechnung import Rechnung

# From here on nobody's judgement can be swayed any more.
GEPRUEFT = tuple(
    status
    for status in Status
    if status not in (Status.EINGEREICHT, Status.NACHFORDERUNG, Status.FORMELL_GEPRUEFT)
)


def sieht_gutachten(stand: Foerderantrag, als: Set[Handelnde]) -> bool:
    """Whether the person sees the reviews of others: who reviews does so after the own one (F13).

    `stand` is what `pruefstand` says to that person, `als` what `rechte` says.
    """
    return stand.eigenes_gutachten or Handelnde.PRUEFUNG not in als or stand.status in GEPRUEFT


@dataclass(frozen=True)
class Beurteilung:
    """Average score of the reviews that count, their votes, and the plan as it was submitted."""

    punkte: str  # as it is written, e.g. "3,8 von 5"; empty without a score
    voten: tuple[tuple[str, int], ...]
    rechnung: Rechnung | None

    @classmethod
    def von(cls, antrag: Foerderantrag) -> Beurteilung:
        gutachten = Gutachten.objects.zaehlt().filter(antrag=antrag)
        schnitt = Bewertung.objects.filter(gutachten__in=gutachten).aggregate(
            punkte=Avg("punkte"), hoechstens=Max("hoechstens")
        )
        voten = dict(
            gutachten.order_by().values_list("votum").annotate(anzahl=Count("pk")).values_list(
                "votum", "anzahl"
            )
        )  # fmt: skip
        fassung = antrag.fassungen.order_by("-nummer").first()
        plan = aus_fassung(fassung) if fassung else None
        return cls(
            punkte=_in_worten(**schnitt),
            voten=tuple((votum.label, voten[votum]) for votum in Gutachten.Votum if votum in voten),
            rechnung=plan.rechnung if plan else None,
        )

    @property
    def ohne_gutachten(self) -> Beurteilung:
        """For those who do not see the reviews (yet)."""
        return replace(self, punkte="", voten=())


def _in_worten(punkte, hoechstens):
    return "" if punkte is None else f"{zahl(punkte, 1)} von {hoechstens}"
