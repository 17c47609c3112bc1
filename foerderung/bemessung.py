"""How much can be granted: eligible expenditure, rate and amount against the application and the rules.

Asked by the form of the recommendation, by that of the decision, and again at the approval.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from asskomm.formate import FEST, euro
from asskomm.formularfelder import zahl_text

from .models import Foerderantrag, Regel
from .regelwerk.werte import regeln

CENT = Decimal("0.01")
NULL = Decimal("0.00")


@dataclass(frozen=True)
class Bemessung:
    zuwendungsfaehig_euro: Decimal
    foerdersatz: Decimal
    betrag_euro: Decimal


@dataclass(frozen=True)
class Grenzen:
    """What the newest version of the application and its rule set allow.

    `hoechstsatz` is None where the rule set names none: then nothing can be granted.
    """

    ausgaben_euro: Decimal
    beantragt_euro: Decimal
    hoechstsatz: Decimal | None
    hoechstsatz_nummer: str = ""
    untergrenze_euro: Decimal | None = None
    untergrenze_nummer: str = ""

    @classmethod
    def von(cls, antrag: Foerderantrag) -> Grenzen:
        """Those of a submitted case: its columns repeat the newest Fassung."""
        gesucht = Regel.Schluessel.HOECHSTSATZ, Regel.Schluessel.UNTERGRENZE
        satz, grenze = map(regeln(antrag.regelwerk, *gesucht).get, gesucht)
        return cls(
            ausgaben_euro=antrag.ausgaben_euro,
            beantragt_euro=antrag.zuwendung_beantragt_euro,
            hoechstsatz=satz.wert if satz else None,
            hoechstsatz_nummer=satz.nummer if satz else "",
            untergrenze_euro=grenze.wert if grenze else None,
            untergrenze_nummer=grenze.nummer if grenze else "",
        )

    def verstoesse(self, bemessung: Bemessung) -> dict[str, str]:
        """What is too much: the name of the field and a sentence to show there."""
        return dict(self._verstoesse(bemessung))

    def _verstoesse(self, b) -> Iterator[tuple[str, str]]:
        if b.zuwendungsfaehig_euro > self.ausgaben_euro:
            yield (
                "zuwendungsfaehig_euro",
                f"Beantragt sind Ausgaben von {euro(self.ausgaben_euro)}. "
                "Mehr kann nicht zuwendungsfähig sein.",
            )
        if not b.zuwendungsfaehig_euro:
            yield "zuwendungsfaehig_euro", "Geben Sie einen Betrag über 0 Euro an."
        if self.hoechstsatz is None:
            yield "foerdersatz", "Das Regelwerk dieses Antrags nennt keinen Höchstsatz."
        elif b.foerdersatz > self.hoechstsatz:
            yield (
                "foerdersatz",
                f"Möglich sind höchstens {zahl_text(self.hoechstsatz)}{FEST}% "
                f"(Regel {self.hoechstsatz_nummer}).",
            )
        if not b.foerdersatz:
            yield "foerdersatz", "Geben Sie einen Fördersatz über 0 Prozent an."
        hoechstens = hoechstbetrag(b.zuwendungsfaehig_euro, b.foerdersatz)
        if not b.betrag_euro:
            yield "betrag_euro", "Geben Sie einen Betrag über 0 Euro an."
        elif b.betrag_euro > self.beantragt_euro:
            yield (
                "betrag_euro",
                f"Beantragt sind {euro(self.beantragt_euro)}. Mehr kann nicht bewilligt werden.",
            )
        elif b.betrag_euro > hoechstens:
            yield (
                "betrag_euro",
                f"{zahl_text(b.foerdersatz)}{FEST}% von {euro(b.zuwendungsfaehig_euro)} sind "
                f"{euro(hoechstens)}. Mehr kann nicht bewilligt werden.",
            )

    @property
    def vorschlag(self) -> Bemessung:
        """What was asked for, with the rate that just covers it, as far as the rules allow."""
        satz = (self.beantragt_euro * 100 / self.ausgaben_euro).quantize(CENT, rounding=ROUND_UP)
        satz = satz if self.hoechstsatz is None else min(satz, self.hoechstsatz)
        betrag = min(self.beantragt_euro, hoechstbetrag(self.ausgaben_euro, satz))
        return Bemessung(self.ausgaben_euro, satz, betrag)

    def hinweise(self, betrag: Decimal | None) -> list[str]:
        """What is possible only by way of exception, for those who decide."""
        grenze = self.untergrenze_euro
        if betrag is None or grenze is None or betrag > grenze:
            return []
        return [
            f"Die Zuwendung liegt nicht über {euro(grenze)} (Regel {self.untergrenze_nummer}). "
            "Das ist nur in den Ausnahmen des Regelwerks möglich."
        ]


def hoechstbetrag(zuwendungsfaehig_euro: Decimal, foerdersatz: Decimal) -> Decimal:
    """Eligible expenditure times rate, rounded half up to the Cent."""
    return (zuwendungsfaehig_euro * foerdersatz / 100).quantize(CENT, rounding=ROUND_HALF_UP)
