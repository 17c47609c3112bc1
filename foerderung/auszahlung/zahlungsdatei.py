"""The file for the treasury: what goes into it and how it is written (F20).

The interface of the Hauptkasse is not public, so the portal writes a plain table that people can
check and programs can read. This is the one place that knows the format: another one is written
here, from the same rows. The same rows always give the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal

from asskomm.csvausgabe import zelle

from ..models import Auszahlung

# The name of the format, which the page of the payments shows.
FORMAT = "CSV-Tabelle des Portals, Fassung 1"
SPALTEN = {
    "referenz": "Referenz",
    "empfaenger": "Empfänger",
    "iban": "IBAN",
    "bic": "BIC",
    "betrag": "Betrag in Euro",
    "zweck": "Verwendungszweck",
}


def zeile(auszahlung: Auszahlung) -> dict[str, str]:
    """One payment, in text only: this is what the file keeps for good."""
    bank = auszahlung.bankverbindung
    return {
        "referenz": auszahlung.referenz,
        "empfaenger": bank.kontoinhaber,
        "iban": bank.iban,
        "bic": bank.bic,
        "betrag": _betrag(auszahlung.gilt_euro),
        "zweck": f"{auszahlung.referenz} Zuwendung RL KommPräv",
    }


def schreibe(zeilen: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8, semicolons, one head row; no cell that a spreadsheet would execute."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(SPALTEN.values())
    schreiber.writerows([zelle(eine[name]) for name in SPALTEN] for eine in zeilen)
    return puffer.getvalue().encode("utf-8")


def _betrag(betrag: Decimal) -> str:
    """1234,50, as the treasury gets it: no sign between thousands."""
    return f"{betrag:.2f}".replace(".", ",")
