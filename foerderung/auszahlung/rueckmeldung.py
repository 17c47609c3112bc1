"""Reads what the treasury reports: a table of payments with reference, amount and day (F20)."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from asskomm.formularfelder import lies_datum, lies_geld
from asskomm.texteingabe import bereinigt

# The columns by their heads; others are passed over.
SPALTEN = {"referenz": "Referenz", "betrag": "Betrag", "gezahlt_am": "Gezahlt am"}
DATEI_HOECHSTENS = 1024 * 1024
ZEILEN_HOECHSTENS = 2_000
FEHLER_HOECHSTENS = 100
REFERENZ_HOECHSTENS = 140
ZU_GROSS = "Die Datei ist größer als 1 MB. Teilen Sie sie auf."
UNLESBAR = "Die Datei ist keine Tabelle im Format CSV, in UTF-8 oder Windows-1252."


@dataclass(frozen=True)
class Zahlung:
    """One row; `nummer` is its number in the file, the head being 1."""

    nummer: int
    referenz: str
    betrag_euro: Decimal
    gezahlt_am: date


@dataclass(frozen=True)
class Lesung:
    """What a file says. With `fehler` nothing of it is taken over."""

    sha256: str
    zahlungen: tuple[Zahlung, ...]
    fehler: tuple[str, ...]


def lies(inhalt: bytes, heute: date) -> Lesung:
    """Raises ValidationError where it is no such table at all; a bad row is named by its number."""
    if len(inhalt) > DATEI_HOECHSTENS:
        raise ValidationError(ZU_GROSS)
    zeilen = _zeilen(inhalt)
    stellen = _stellen(zeilen[0] if zeilen else [])
    zahlungen, fehler = [], []
    for nummer, zeile in enumerate(zeilen[1:], start=2):
        if not any(zelle.strip() for zelle in zeile):
            continue
        try:
            zahlungen.append(_zahlung(nummer, zeile, stellen, heute))
        except ValidationError as grund:
            fehler.append(f"Zeile {nummer}: {' '.join(grund.messages)}")
    if len(zahlungen) + len(fehler) > ZEILEN_HOECHSTENS:
        raise ValidationError(
            f"Die Datei hat mehr als {ZEILEN_HOECHSTENS} Zeilen. Teilen Sie sie auf."
        )
    if not zahlungen and not fehler:
        raise ValidationError("Die Datei enthält keine Zahlungen.")
    return Lesung(
        hashlib.sha256(inhalt).hexdigest(), tuple(zahlungen), tuple(fehler[:FEHLER_HOECHSTENS])
    )


def _zeilen(inhalt):
    text = _text(inhalt)
    if "\0" in text:
        raise ValidationError(UNLESBAR)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except csv.Error as fehler:
        raise ValidationError(UNLESBAR) from fehler


def _text(inhalt):
    for kodierung in ("utf-8-sig", "cp1252"):
        try:
            return inhalt.decode(kodierung)
        except UnicodeDecodeError:
            continue
    raise ValidationError(UNLESBAR)


def _stellen(kopf):
    """At which place each column stands."""
    vorhanden = [titel.strip().casefold() for titel in kopf]
    fehlt = [titel for titel in SPALTEN.values() if titel.casefold() not in vorhanden]
    if fehlt:
        raise ValidationError(
            f"In der ersten Zeile fehlt die Spalte {' und '.join(f'„{t}“' for t in fehlt)}. "
            "Trennen Sie die Spalten mit Semikolon."
        )
    return {name: vorhanden.index(titel.casefold()) for name, titel in SPALTEN.items()}


def _zahlung(nummer, zeile, stellen, heute):
    if len(zeile) <= max(stellen.values()):
        raise ValidationError("Die Zeile hat zu wenige Spalten.")
    werte = {name: bereinigt(zeile[stelle]).strip() for name, stelle in stellen.items()}
    referenz = " ".join(werte["referenz"].removeprefix("'").split())
    if not referenz:
        raise ValidationError("Die Referenz fehlt.")
    if len(referenz) > REFERENZ_HOECHSTENS:
        raise ValidationError(f"Die Referenz hat mehr als {REFERENZ_HOECHSTENS} Zeichen.")
    betrag, am = lies_geld(werte["betrag"]), lies_datum(werte["gezahlt_am"])
    if betrag <= 0:
        raise ValidationError("Der Betrag muss über 0 Euro liegen.")
    if am > heute:
        raise ValidationError("Der Tag der Zahlung liegt in der Zukunft.")
    return Zahlung(nummer, referenz, betrag, am)
