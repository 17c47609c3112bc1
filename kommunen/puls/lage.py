"""Where the councils of one Kommune stand this year, as its members read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..models import Kommune, Praeventionsrat, Ratsabfrage, Ratsbestaetigung, Ratszustand
from .stand import bestaetigungen, zu_bestaetigen


@dataclass(frozen=True)
class Lage:
    """A council of the Kommune on the day `heute`.

    `letzte` is the last confirmation, `offene` the question that waits for an answer, `bis` its
    last day. `bestaetigbar` says whether the Kommune can confirm and correct anything.
    """

    rat: Praeventionsrat
    zustand: Ratszustand | None
    letzte: Ratsbestaetigung | None
    offene: Ratsbestaetigung | None
    bis: date | None
    bestaetigbar: bool
    heute: date

    @property
    def ist_bestaetigt(self) -> bool:
        """For this year."""
        return self.letzte is not None and self.letzte.jahr == self.heute.year

    @property
    def ist_verstrichen(self) -> bool:
        """The public reads already that the confirmation is missing."""
        return self.bis is not None and self.bis < self.heute

    @property
    def status(self) -> tuple[str, str]:
        """The chip: its meaning and its word."""
        if not self.bestaetigbar:
            return "erledigt", "nicht zu bestätigen"
        if self.ist_bestaetigt:
            return "bestaetigt", f"für {self.heute.year} bestätigt"
        if self.offene is None:
            return "ungefragt", f"für {self.heute.year} noch nicht bestätigt"
        if self.ist_verstrichen:
            return "unbestaetigt", "Bestätigung fehlt"
        return "zu_bestaetigen", "zu bestätigen"


def lagen(kommune: Kommune, heute: date) -> list[Lage]:
    """All public councils of the Kommune, dissolved ones too, by name."""
    raete = list(kommune.raete.oeffentlich().prefetch_related("zustaende"))
    if not raete:
        return []
    bestaetigbare = set(
        zu_bestaetigen(heute)
        .filter(pk__in=[rat.pk for rat in raete])
        .order_by()
        .values_list("pk", flat=True)
    )
    bekannt = bestaetigungen(raete)
    plaene = {plan.jahr: plan for plan in Ratsabfrage.objects.filter(jahr__lte=heute.year)}
    besteht = not kommune.ist_erloschen(heute)
    return [
        _lage(rat, bekannt[rat.pk], plaene, heute, besteht and rat.pk in bestaetigbare)
        for rat in raete
    ]


def _lage(rat, zeilen, plaene, heute, bestaetigbar):
    letzte = next((zeile for zeile in zeilen if zeile.bestaetigt_am), None)
    neueste = next((zeile for zeile in zeilen if zeile.jahr <= heute.year), None)
    offene = neueste if bestaetigbar and neueste and not neueste.bestaetigt_am else None
    return Lage(
        rat=rat,
        zustand=next((z for z in rat.zustaende.all() if z.bis is None), None),
        letzte=letzte,
        offene=offene,
        bis=offene.bis(plaene.get(offene.jahr) or Ratsabfrage(jahr=offene.jahr))
        if offene
        else None,
        bestaetigbar=bestaetigbar,
        heute=heute,
    )
