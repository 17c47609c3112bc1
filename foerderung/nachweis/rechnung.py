"""What a grant really comes to, from what was spent and who else has paid (F22); stated once for all.

    ergebnis = rechne(Grundlage(…), Angaben(…))
    abrechnung = rechne_ab(ergebnis.zuwendung, bewilligt=…, gezahlt=…, zurueckgezahlt=…)

Recognised is what receipts say was paid, less what is cut, and in-kind work up to the value the
plan gave it. The grant is the smallest of three amounts, each rounded half up to the cent:

- what is granted,
- the rate of the notice times what is recognised,
- what is left of it after money of third parties and the own share. The own share is at least the
  minimum of the rule set, and at least the in-kind work, which nobody had to pay.

Inferred: the Saxon ANBest-K and the form of the proof were not to be had. That an Anteilfinanzierung
falls pro rata with the costs, and that further money lowers it, follows from common practice
(DOMAIN 9.12, 9.13); that in-kind work counts up to its planned value is ours. Pages say so.

Nothing here knows a case or a rule set, so the Kommune and the LPR reckon alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from ..bemessung import CENT, NULL


@dataclass(frozen=True)
class Grundlage:
    """What notice, plan and rule set fix."""

    bewilligt: Decimal
    foerdersatz: Decimal  # percent
    eigenanteil: Decimal = NULL  # the least own share, percent
    eigenleistung_geplant: Decimal = NULL


@dataclass(frozen=True)
class Angaben:
    """What came of it: the sum of the receipts, and what the Kommune declares beside them."""

    belege: Decimal
    eigenleistung: Decimal = NULL
    drittmittel: Decimal = NULL
    gekuerzt: Decimal = NULL  # what of the receipts the LPR does not recognise


class Grenze(Enum):
    """Which of the three amounts is the smallest; the value says it in words."""

    BEWILLIGT = "Der bewilligte Betrag ist die Grenze."
    SATZ = "Der Fördersatz auf die anerkannten Ausgaben ist die Grenze."
    FINANZIERUNG = "Mittel von Dritten und Eigenanteil lassen nur diesen Betrag offen."


@dataclass(frozen=True)
class Ergebnis:
    ausgaben: Decimal  # as declared: receipts and in-kind work
    bezahlt: Decimal  # recognised receipts
    eigenleistung: Decimal  # recognised in-kind work
    anerkannt: Decimal
    nach_satz: Decimal
    nach_finanzierung: Decimal
    zuwendung: Decimal
    eigenmittel: Decimal  # what the Kommune pays itself of the recognised receipts
    grenze: Grenze


@dataclass(frozen=True)
class Abrechnung:
    """The grant against what was paid; of `zurueck` and `offen` at least one is 0."""

    zurueck: Decimal  # paid and not due
    offen: Decimal  # due and not paid
    ungenutzt: Decimal  # granted and not due


def prozent_von(betrag: Decimal, prozent: Decimal) -> Decimal:
    """Half up to the cent."""
    return (betrag * prozent / 100).quantize(CENT, ROUND_HALF_UP)


def rechne(grundlage: Grundlage, angaben: Angaben) -> Ergebnis:
    bezahlt = max(angaben.belege - angaben.gekuerzt, NULL)
    eigenleistung = min(angaben.eigenleistung, grundlage.eigenleistung_geplant)
    anerkannt = bezahlt + eigenleistung
    nach_satz = prozent_von(anerkannt, grundlage.foerdersatz)
    eigenanteil = max(prozent_von(anerkannt, grundlage.eigenanteil), eigenleistung)
    nach_finanzierung = max(anerkannt - angaben.drittmittel - eigenanteil, NULL)
    grenzen = {
        Grenze.BEWILLIGT: grundlage.bewilligt,
        Grenze.SATZ: nach_satz,
        Grenze.FINANZIERUNG: nach_finanzierung,
    }
    grenze = min(grenzen, key=grenzen.get)
    return Ergebnis(
        ausgaben=angaben.belege + angaben.eigenleistung,
        bezahlt=bezahlt,
        eigenleistung=eigenleistung,
        anerkannt=anerkannt,
        nach_satz=nach_satz,
        nach_finanzierung=nach_finanzierung,
        zuwendung=grenzen[grenze],
        eigenmittel=max(bezahlt - angaben.drittmittel - grenzen[grenze], NULL),
        grenze=grenze,
    )


def rechne_ab(
    zuwendung: Decimal,
    *,
    bewilligt: Decimal,
    gezahlt: Decimal,
    zurueckgezahlt: Decimal = NULL,
) -> Abrechnung:
    behalten = gezahlt - zurueckgezahlt
    return Abrechnung(
        zurueck=max(behalten - zuwendung, NULL),
        offen=max(zuwendung - behalten, NULL),
        ungenutzt=max(bewilligt - zuwendung, NULL),
    )
