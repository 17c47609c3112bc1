"""Uploaded spreadsheets, for every room that reads one: opened safely, each cell as people type it.

Nothing is calculated: a formula is an error of its cell, whatever its last result was. Rooms know
their sheets and columns; `plan.tabelle` and `nachweis.tabelle` are the two.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import BinaryIO, TypeVar

from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook

from asskomm.csvausgabe import FORMELANFANG
from asskomm.formate import tag
from asskomm.formularfelder import geld_text, zahl_text
from asskomm.texteingabe import bereinigt

from .anlagen import inhaltspruefung

ZEILEN_EINES_BLATTS = 1_048_576  # the format has no more
FEHLER_HOECHSTENS = 100

UNLESBAR = (
    "Die Datei ist beschädigt. Öffnen Sie sie in ihrem Programm, speichern Sie sie neu und laden "
    "Sie sie noch einmal hoch."
)
FORMEL = "Die Zelle enthält eine Formel. Schreiben Sie den Wert hinein."
FEHLERWERT = "Die Zelle zeigt einen Fehler. Schreiben Sie den Wert hinein."
DATUM = "Die Zelle enthält ein Datum. Schreiben Sie eine Zahl oder einen Text hinein."
UHRZEIT = "Die Zelle enthält eine Uhrzeit. Schreiben Sie den Wert hinein."

Gelesen = TypeVar("Gelesen")


@dataclass(frozen=True)
class Tabellenfehler:
    """Something wrong in one cell, or in a sheet as a whole (`zeile` is None)."""

    blatt: str
    zeile: int | None  # as the spreadsheet counts
    spalte: str
    satz: str

    def __str__(self):
        stelle = [f"Blatt „{self.blatt}“"]
        stelle += [f"Zeile {self.zeile}"] if self.zeile else []
        stelle += [self.spalte] if self.spalte else []
        trenner = " " if stelle[-1].endswith("?") else ": "
        return f"{', '.join(stelle)}{trenner}{self.satz}"


@dataclass(frozen=True)
class Zelle:
    """`text` is what somebody would have typed."""

    text: str = ""
    fehler: str = ""


def oeffne(
    datei: BinaryIO,
    dateiname: str,
    lies: Callable[[Workbook], Gelesen],
    *,
    hoechstens: int,
    entpackt_hoechstens: int,
    zu_gross: str,
) -> Gelesen:
    """What `lies` makes of the uploaded spreadsheet, which is closed afterwards.

    Raises ValidationError for a file that is no spreadsheet, is protected, damaged, or larger than
    `hoechstens` bytes (unpacked `entpackt_hoechstens`): then with the sentence `zu_gross`.
    """
    datei.seek(0)
    inhalt = datei.read(hoechstens + 1)
    if len(inhalt) > hoechstens:
        raise ValidationError(zu_gross, code="zu_gross")
    inhaltspruefung.pruefe(io.BytesIO(inhalt), dateiname, [inhaltspruefung.XLSX])
    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        if sum(eintrag.file_size for eintrag in archiv.infolist()) > entpackt_hoechstens:
            raise ValidationError(zu_gross, code="zu_gross")
    try:
        mappe = load_workbook(io.BytesIO(inhalt), read_only=True, keep_links=False)
        try:
            return lies(mappe)
        finally:
            mappe.close()
    except Exception as fehler:  # noqa: BLE001  a broken file may raise anything in the library
        raise ValidationError(UNLESBAR, code="beschaedigt") from fehler


def zeilen(
    blatt, spalten_hoechstens: int, *, mit_tagen: bool = False
) -> Iterator[tuple[int, list[Zelle]]]:
    """(number of the row, its cells) for each row in which anything stands."""
    gelesene = blatt.iter_rows(max_row=ZEILEN_EINES_BLATTS, max_col=spalten_hoechstens)
    for nummer, zellen in enumerate(gelesene, start=1):
        if any(zelle.value is not None for zelle in zellen):
            yield nummer, [_lies_zelle(zelle, mit_tagen) for zelle in zellen]


def _lies_zelle(zelle, mit_tagen):
    wert, art = zelle.value, zelle.data_type
    if wert is None:
        return Zelle()
    if art == "f":
        return Zelle(fehler=FORMEL)
    if art == "e":
        return Zelle(fehler=FEHLERWERT)
    if isinstance(wert, bool):
        return Zelle("wahr" if wert else "falsch")
    if isinstance(wert, int | float):
        return _aus_zahl(wert, zelle.number_format)
    if not isinstance(wert, str):
        return _aus_tag(wert) if mit_tagen else Zelle(fehler=DATUM)
    try:
        text = " ".join(bereinigt(wert).split())
    except ValidationError as fehler:
        return Zelle(fehler=fehler.messages[0])
    # What `csvausgabe.zelle` has put before a text.
    if text.startswith("'") and text[1:].startswith(FORMELANFANG):
        text = text[1:]
    return Zelle(text)


def _aus_zahl(wert, zahlenformat):
    """As people type it. The format keeps 17 digits; what is beyond nine places is its noise."""
    if not math.isfinite(wert):
        return Zelle(fehler=FEHLERWERT)
    if "%" in zahlenformat:
        wert *= 100
    zahl = Decimal(repr(round(wert, 9)))
    if zahl == zahl.to_integral_value():
        return Zelle(str(int(zahl)) if zahl >= 0 else f"-{int(-zahl)}")
    text = geld_text(zahl)
    return Zelle(text if zahl * 100 == (zahl * 100).to_integral_value() else zahl_text(zahl))


def _aus_tag(wert):
    if isinstance(wert, datetime):
        return Zelle(tag(wert.date())) if wert.time() == time() else Zelle(fehler=UHRZEIT)
    return Zelle(tag(wert)) if isinstance(wert, date) else Zelle(fehler=UHRZEIT)
