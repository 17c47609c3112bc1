"""Interest on money that a Kommune has to pay back: computed by day, nothing read, nothing written.

§ 49a Abs. 3 VwVfG: some points above the base rate in the year. The law leaves open how it is
reckoned; these are settings of the portal, inferred and not confirmed:

- Interest runs from the day on which money was paid to the day before it came back; the day of the
  payment counts, the day of the repayment does not.
- What is claimed back was paid last: it is taken from the newest payouts first (`juengste`).
- A day is a 365th of the year, in a leap year a 366th. No part crosses a year, because the base
  rate changes on 1 January.
- Each part is rounded half up to the cent, so that the rows of the table add up to its sum.
- A base rate far below 0 makes no negative interest: the rate is at least 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from asskomm.formate import tag
from asskomm.schritt import SchrittNichtMoeglich

CENT = Decimal("0.01")
NULL = Decimal("0.00")
EIN_TAG = timedelta(days=1)


@dataclass(frozen=True)
class Bewegung:
    """Money that went to the Kommune, or came back from it, on a day."""

    am: date
    betrag: Decimal


@dataclass(frozen=True)
class Zinsteil:
    """A row of the table: from and to are both counted, the amount and the rate stay the same."""

    von: date
    bis: date
    betrag: Decimal
    satz: Decimal

    @property
    def tage(self) -> int:
        return (self.bis - self.von).days + 1

    @property
    def zinsen(self) -> Decimal:
        genau = self.betrag * self.satz * self.tage / (100 * tage_im_jahr(self.von.year))
        return genau.quantize(CENT, rounding=ROUND_HALF_UP)


class ZinsFehlt(SchrittNichtMoeglich):
    """No base rate is known for a half-year in the period; `ab` is its first day."""

    def __init__(self, ab: date):
        super().__init__(
            f"Für das Halbjahr ab dem {tag(ab)} ist kein Basiszinssatz erfasst. Ohne ihn lassen "
            "sich die Zinsen nicht berechnen."
        )
        self.ab = ab


def juengste(gezahlt: Iterable[Bewegung], betrag: Decimal, ohne: Decimal = NULL) -> list[Bewegung]:
    """What of the payouts makes up `betrag`, newest first, after `ohne` of them was claimed before."""
    teile = []
    for zahlung in sorted(gezahlt, key=lambda bewegung: bewegung.am, reverse=True):
        uebersprungen = min(ohne, zahlung.betrag)
        ohne -= uebersprungen
        teil = min(betrag, zahlung.betrag - uebersprungen)
        betrag -= teil
        if teil:
            teile.append(Bewegung(zahlung.am, teil))
    return teile


def zinstabelle(
    gezahlt: Iterable[Bewegung],
    zurueck: Iterable[Bewegung],
    *,
    saetze: Mapping[date, Decimal],
    aufschlag: Decimal,
    bis: date,
) -> list[Zinsteil]:
    """The interest on `gezahlt` until the day `bis`, less by what came back in between.

    `saetze` are the base rates by the first day of their half-year. Raises ZinsFehlt where one is
    missing for a day on which there is something to pay interest on.
    """
    aenderungen: dict[date, Decimal] = {}
    for bewegung, zeichen in [*((b, 1) for b in gezahlt), *((b, -1) for b in zurueck)]:
        aenderungen[bewegung.am] = aenderungen.get(bewegung.am, NULL) + zeichen * bewegung.betrag
    tage = sorted(tag for tag in aenderungen if tag <= bis)
    stand, teile = NULL, []
    for nummer, beginn in enumerate(tage):
        stand += aenderungen[beginn]
        ende = tage[nummer + 1] - EIN_TAG if nummer + 1 < len(tage) else bis
        if stand > 0:
            teile += _halbjahre(beginn, ende, stand, saetze, aufschlag)
    return teile


def summe(teile: Iterable[Zinsteil]) -> Decimal:
    return sum((teil.zinsen for teil in teile), NULL)


def halbjahr(am: date) -> date:
    """The first day of the half-year."""
    return date(am.year, 1 if am.month < 7 else 7, 1)


def tage_im_jahr(jahr: int) -> int:
    return (date(jahr + 1, 1, 1) - date(jahr, 1, 1)).days


def _halbjahre(von, bis, betrag, saetze, aufschlag):
    """The days from `von` to `bis`, cut where the base rate may change."""
    while von <= bis:
        ab = halbjahr(von)
        if ab not in saetze:
            raise ZinsFehlt(ab)
        naechstes = date(ab.year, 7, 1) if ab.month == 1 else date(ab.year + 1, 1, 1)
        ende = min(bis, naechstes - EIN_TAG)
        yield Zinsteil(von, ende, betrag, max(saetze[ab] + aufschlag, NULL))
        von = ende + EIN_TAG
