"""Checks what people type as IBAN and BIC, and says in German what is wrong with it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from stdnum import bic as bic_pruefung
from stdnum import iban as iban_pruefung
from stdnum.exceptions import ValidationError as Pruefungsfehler

# To which countries the treasury pays: the SEPA area.
SEPA = frozenset((
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
    "GB", "GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD",
    "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA",
))  # fmt: skip
IBAN_FALSCH = "Diese IBAN stimmt nicht. Prüfen Sie jede Ziffer, zum Beispiel mit der Bankkarte."
IBAN_LAND = "Zuwendungen gehen nur auf Konten im europäischen Zahlungsraum (SEPA)."
BIC_FALSCH = "Dieser BIC stimmt nicht. Er hat 8 oder 11 Zeichen, zum Beispiel COBADEFFXXX."
BIC_LAND = "IBAN und BIC gehören zu verschiedenen Ländern. Prüfen Sie beides."


def lies_iban(text: str) -> str:
    """Without spaces and in capitals; blanks and hyphens between the groups are fine."""
    try:
        iban = iban_pruefung.validate(text)
    except Pruefungsfehler as fehler:
        raise ValidationError(IBAN_FALSCH, code="invalid") from fehler
    if iban[:2] not in SEPA:
        raise ValidationError(IBAN_LAND, code="land")
    return iban


def lies_bic(text: str) -> str:
    """The same for the code of the bank; empty where none was given."""
    if not text.strip():
        return ""
    try:
        return bic_pruefung.validate(text)
    except Pruefungsfehler as fehler:
        raise ValidationError(BIC_FALSCH, code="invalid") from fehler
