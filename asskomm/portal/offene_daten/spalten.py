"""Columns of an open dataset: what they mean, and how their values stand in CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kommunen.zeitangabe import Zeitangabe

TRENNZEICHEN = " | "


class Typ(StrEnum):
    """The kinds of values, in the words of the data dictionary."""

    TEXT = "Text"
    LISTE = "Liste"
    GANZE_ZAHL = "ganze Zahl"
    DEZIMALZAHL = "Dezimalzahl"
    TAG = "Tag"
    DATUM = "Datum"
    JA_NEIN = "ja oder nein"
    ADRESSE = "Webadresse"


SCHREIBWEISEN = {
    Typ.TEXT: "Text. In CSV steht ein Apostroph vor Zeichen, die eine Formel beginnen würden.",
    Typ.LISTE: "Mehrere Werte; in CSV getrennt durch Leerzeichen, senkrechten Strich, Leerzeichen.",
    Typ.GANZE_ZAHL: "Ziffern ohne Tausenderpunkt.",
    Typ.DEZIMALZAHL: "In CSV mit Komma, in JSON als Text mit Punkt, damit keine Stelle verloren geht.",
    Typ.TAG: "JJJJ-MM-TT.",
    Typ.DATUM: "So genau, wie es bekannt ist: JJJJ, JJJJ-MM oder JJJJ-MM-TT.",
    Typ.JA_NEIN: "In CSV ja oder nein, in JSON true oder false.",
    Typ.ADRESSE: "Vollständige Adresse einer Seite.",
}


@dataclass(frozen=True)
class Spalte:
    """A column; `wert(satz, am)` reads its value from a record as of the end of the day `am`."""

    name: str
    typ: Typ
    bedeutung: str
    wert: Callable[[Any, date], Any]

    @property
    def schreibweise(self) -> str:
        return SCHREIBWEISEN[self.typ]


def als_csv(wert: Any) -> str:
    """The cell; what is not known is empty."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, Decimal):
        return f"{wert:f}".replace(".", ",")
    if isinstance(wert, tuple):
        return TRENNZEICHEN.join(wert)
    if isinstance(wert, Zeitangabe):
        return wert.iso
    return str(wert)


def als_json(wert: Any) -> Any:
    """The value; what is not known is null. Amounts are texts: a JSON number loses the Cent."""
    if wert is None or wert == "":
        return None
    if isinstance(wert, bool | int):
        return wert
    if isinstance(wert, tuple):
        return list(wert)
    if isinstance(wert, Decimal):
        return f"{wert:f}"
    return als_csv(wert)
