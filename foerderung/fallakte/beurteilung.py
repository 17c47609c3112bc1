"""What the expert checks of a case come to, in a few words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, Max

from asskomm.formate import zahl

from ..bescheid.planteil import aus_fassung
from ..models import Bewertung, Foerderantrag, Gutachten
from ..plan.rechnung import Rechnung


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


def _in_worten(punkte, hoechstens):
    return "" if punkte is None else f"{zahl(punkte, 1)} von {hoechstens}"
