"""What the notice in force says about the proof: period, due day, rate, amounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..models import Auszahlung, Bescheid, Entscheidung, Foerderantrag


@dataclass(frozen=True)
class Bewilligung:
    """`nachweis_bis` is None where the rule set of the notice knew no due day."""

    von: date
    bis: date
    nachweis_bis: date | None
    betrag: Decimal
    zuwendungsfaehig: Decimal
    foerdersatz: Decimal
    verfahren: str
    aktenzeichen: str
    erlassen_am: date

    @property
    def ist_erstattung(self) -> bool:
        return self.verfahren == Auszahlung.Verfahren.ERSTATTUNG


def bewilligung(antrag: Foerderantrag) -> Bewilligung | None:
    """None where no notice grants anything."""
    return bewilligungen([antrag]).get(antrag.pk)


def bewilligungen(antraege: Iterable[Foerderantrag]) -> dict[object, Bewilligung]:
    """By the key of the case, in one query."""
    geltende = (
        Bescheid.objects.filter(antrag__in=list(antraege), art__in=Entscheidung.MIT_BETRAG)
        .order_by("antrag_id", "-nummer")
        .distinct("antrag_id")
    )
    return {bescheid.antrag_id: _aus(bescheid.inhalt) for bescheid in geltende}


def _aus(inhalt):
    werte = inhalt["zuwendung"]
    faellig = werte["nachweis_bis"]
    return Bewilligung(
        von=date.fromisoformat(werte["bewilligung_von"]),
        bis=date.fromisoformat(werte["bewilligung_bis"]),
        nachweis_bis=date.fromisoformat(faellig) if faellig else None,
        betrag=Decimal(werte["betrag_euro"]),
        zuwendungsfaehig=Decimal(werte["zuwendungsfaehig_euro"]),
        foerdersatz=Decimal(werte["foerdersatz_prozent"]),
        verfahren=werte["auszahlung"],
        aktenzeichen=inhalt["aktenzeichen"],
        erlassen_am=date.fromisoformat(inhalt["erlassen_am"]),
    )
