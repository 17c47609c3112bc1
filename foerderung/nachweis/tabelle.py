"""The receipt list as a spreadsheet: one sheet, one row for each receipt, a row of the sum at the end (F22).

Columns, in any order: Belegnummer, Ausgabenart, Wofür, Zahlungsempfängerin, Datum der Rechnung,
Bezahlt am, Betrag in Euro. A row with "Summe" as its number is optional; its amount must be what
the rows come to. Each cell is held against the same rule as the field of the form. A file with an
error changes nothing; rows that stand in the list as they are may stand in the file as well.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.core.exceptions import ValidationError
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from asskomm.csvausgabe import zelle
from asskomm.formate import euro
from asskomm.formularfelder import lies_geld
from asskomm.texteingabe import druckbar

from ..bemessung import NULL
from ..models import Beleg
from ..plan.ausgabenarten import ARTEN, art_wort
from ..tabellendatei import FEHLER_HOECHSTENS, Tabellenfehler, oeffne, zeilen
from ..verfahren import belege as verfahren
from ..verfahren.belege import Belegangaben
from .forms import Belegformular
from .grundlagen import Bewilligung

BLATT = "Belege"
AUSWAHL = "Auswahl"
SUMME = "Summe"
# Title of each column, by the name of its field.
SPALTEN = {
    "belegnummer": "Belegnummer",
    "ausgabenart": "Ausgabenart",
    "zweck": "Wofür",
    "zahlungsempfaenger": "Zahlungsempfängerin",
    "rechnung_am": "Datum der Rechnung",
    "bezahlt_am": "Bezahlt am",
    "betrag_euro": "Betrag in Euro",
}
BREITEN = {"ausgabenart": 34, "zweck": 44, "zahlungsempfaenger": 34}
DATEI_HOECHSTENS = 1024 * 1024
ENTPACKT_HOECHSTENS = 20 * 1024 * 1024
ZEILEN_HOECHSTENS = 1_000
ZU_GROSS = (
    "Die Datei ist für eine Belegliste zu groß. Löschen Sie alles, was nicht in die Vorlage gehört."
)
ZU_VIELE = (
    "In einer Datei stehen höchstens 1.000 Belege. Teilen Sie die Liste auf mehrere Dateien auf."
)


# --- Writing ---------------------------------------------------------------------


def schreibe(belege: Iterable[Beleg]) -> bytes:
    """The list as XLSX; without receipts it is the template. Nothing in it is a formula."""
    mappe = Workbook()
    blatt = mappe.active
    blatt.title = BLATT
    blatt.append(list(SPALTEN.values()))
    summe = NULL
    for beleg in belege:
        summe += beleg.betrag_euro
        blatt.append(
            [
                _text(beleg.belegnummer),
                _text(art_wort(beleg.ausgabenart)),
                _text(beleg.zweck),
                _text(beleg.zahlungsempfaenger),
                beleg.rechnung_am,
                beleg.bezahlt_am,
                beleg.betrag_euro,
            ]
        )
    if summe:
        blatt.append([SUMME, *[None] * (len(SPALTEN) - 2), summe])
    _richte_ein(blatt)
    auswahl = mappe.create_sheet(AUSWAHL)
    for wort in ("Ausgabenarten", *ARTEN.values()):
        auswahl.append([wort])
    auswahl.column_dimensions["A"].width = BREITEN["ausgabenart"]
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer.getvalue()


def _text(text):
    return zelle(druckbar(text))


def _richte_ein(blatt):
    blatt.freeze_panes = "A2"
    for nummer, name in enumerate(SPALTEN, start=1):
        buchstabe = get_column_letter(nummer)
        blatt.column_dimensions[buchstabe].width = BREITEN.get(name, 18)
        kopf = blatt.cell(1, nummer)
        kopf.font = Font(bold=True)
        kopf.alignment = Alignment(wrap_text=True, vertical="top")
        zahlenformat = {"betrag_euro": '#,##0.00 "€"'}.get(name) or (
            "DD.MM.YYYY" if name.endswith("_am") else ""
        )
        for (wert,) in blatt.iter_rows(min_row=2, min_col=nummer, max_col=nummer):
            if zahlenformat:
                wert.number_format = zahlenformat
        if name == "ausgabenart":
            liste = DataValidation(
                "list", formula1=f"{AUSWAHL}!$A$2:$A${len(ARTEN) + 1}", allow_blank=True
            )
            liste.add(f"{buchstabe}2:{buchstabe}{ZEILEN_HOECHSTENS + 1}")
            blatt.add_data_validation(liste)


# --- Reading ---------------------------------------------------------------------


@dataclass(frozen=True)
class Einlesung:
    """`belege` are all rows that can be read, `neue` those not in the list yet."""

    belege: tuple[Belegangaben, ...]
    neue: tuple[Belegangaben, ...]
    fehler: tuple[Tabellenfehler, ...]
    weitere_fehler: int = 0

    @property
    def schon_da(self) -> int:
        return len(self.belege) - len(self.neue)

    @property
    def summe(self) -> Decimal:
        return sum((beleg.betrag_euro for beleg in self.neue), NULL)


def lies_datei(
    datei: BinaryIO,
    dateiname: str,
    vorhandene: Sequence[Beleg],
    grundlage: Bewilligung,
    heute: date,
) -> Einlesung:
    """Read an uploaded list. Raises ValidationError for a file that is no readable spreadsheet."""
    gelesen = oeffne(
        datei,
        dateiname,
        _lies_blatt,
        hoechstens=DATEI_HOECHSTENS,
        entpackt_hoechstens=ENTPACKT_HOECHSTENS,
        zu_gross=ZU_GROSS,
    )
    return _Leser(vorhandene, grundlage, heute).lies(gelesen)


def _lies_blatt(mappe):
    """The rows of the sheet; None where it is missing. One row more than allowed is enough."""
    for blatt in mappe.worksheets:
        if blatt.title.strip().casefold() == BLATT.casefold():
            gefunden = []
            for zeile in zeilen(blatt, len(SPALTEN) + 2, mit_tagen=True):
                gefunden.append(zeile)
                if len(gefunden) > ZEILEN_HOECHSTENS + 3:
                    break
            return gefunden
    return None


class _Leser:
    def __init__(self, vorhandene, grundlage, heute):
        self.vorhandene, self.grundlage, self.heute = vorhandene, grundlage, heute
        self.felder = Belegformular.base_fields
        self.woerter = {wort.casefold(): art for art, wort in ARTEN.items()} | {
            art.casefold(): art for art in ARTEN
        }
        self.fehler: list[Tabellenfehler] = []
        self.stellen: dict[str, int] = {}  # row of each number
        self.belege: list[Belegangaben] = []
        self.summe = NULL  # of all rows with a readable amount
        self.summenzeile = 0

    def lies(self, blatt) -> Einlesung:
        plaetze = self._plaetze(blatt)
        if plaetze is None:
            return self._ergebnis()
        for nummer, zellen in blatt[1:]:
            self._lies_zeile(nummer, zellen, plaetze)
            if len(self.stellen) > ZEILEN_HOECHSTENS:
                self._melde(None, "", ZU_VIELE)
                break
        if not self.belege and not self.fehler:
            self._melde(None, "", "In der Tabelle steht kein Beleg.")
        return self._ergebnis()

    def _ergebnis(self):
        neue, doppelte = verfahren.trenne(self.belege, self.vorhandene)
        for belegnummer, satz in doppelte.items():
            self._melde(self.stellen[belegnummer.casefold()], "belegnummer", satz)
        # The file as a whole first, then from the top.
        geordnet = sorted(self.fehler, key=lambda fehler: fehler.zeile or 0)
        return Einlesung(
            tuple(self.belege),
            tuple(neue),
            tuple(geordnet[:FEHLER_HOECHSTENS]),
            max(len(geordnet) - FEHLER_HOECHSTENS, 0),
        )

    def _melde(self, zeile, spalte, satz):
        self.fehler.append(Tabellenfehler(BLATT, zeile, SPALTEN.get(spalte, spalte), satz))

    def _plaetze(self, blatt):
        """{place: name of the column}; None where the head row is not that of the template."""
        if not blatt:
            satz = "Das Blatt fehlt." if blatt is None else "Das Blatt ist leer."
            self._melde(None, "", f"{satz} Laden Sie die Vorlage neu herunter.")
            return None
        gesucht = {titel.casefold(): name for name, titel in SPALTEN.items()}
        plaetze = {
            platz: gesucht[zelle_.text.casefold()]
            for platz, zelle_ in enumerate(blatt[0][1])
            if zelle_.text.casefold() in gesucht
        }
        fehlend = [titel for name, titel in SPALTEN.items() if name not in plaetze.values()]
        if fehlend or len(plaetze) > len(SPALTEN):
            worte = ", ".join(f"„{titel}“" for titel in fehlend) or "jede Spalte nur einmal"
            self._melde(
                1, "", f"In der ersten Zeile fehlt: {worte}. Laden Sie die Vorlage neu herunter."
            )
            return None
        return plaetze

    def _lies_zeile(self, nummer, zellen, plaetze):
        texte, fehlerhaft = dict.fromkeys(SPALTEN, ""), False
        for platz, zelle_ in enumerate(zellen):
            name = plaetze.get(platz)
            if name is None:
                if zelle_.text or zelle_.fehler:
                    buchstabe = get_column_letter(platz + 1)
                    self._melde(
                        nummer, "", f"Spalte {buchstabe} gehört nicht dazu. Löschen Sie den Inhalt."
                    )
                    fehlerhaft = True
                continue
            if zelle_.fehler:
                self._melde(nummer, name, zelle_.fehler)
                fehlerhaft = True
            texte[name] = "" if zelle_.fehler else zelle_.text
        if self.summenzeile:
            self._melde(
                nummer,
                "",
                f"Nach der Summe in Zeile {self.summenzeile} darf kein Beleg mehr stehen.",
            )
            return
        if texte["belegnummer"].casefold() == SUMME.casefold():
            self.summenzeile = nummer
            if not fehlerhaft:
                self._pruefe_summe(nummer, texte["betrag_euro"])
            return
        self._lies_beleg(nummer, texte, fehlerhaft)

    def _pruefe_summe(self, nummer, text):
        try:
            summe = lies_geld(text)
        except ValidationError as fehler:
            self._melde(nummer, "betrag_euro", fehler.messages[0])
            return
        if summe != self.summe:
            self._melde(
                nummer,
                "betrag_euro",
                f"Als Summe stehen {euro(summe)} da, die Zeilen darüber ergeben {euro(self.summe)}.",
            )

    def _lies_beleg(self, nummer, texte, fehlerhaft):
        werte = {}
        for name, feld in self.felder.items():
            if name not in SPALTEN:
                continue
            text = texte[name]
            if name == "ausgabenart" and text:
                text = self.woerter.get(text.casefold(), text)
            try:
                werte[name] = feld.clean(text)
            except ValidationError as fehler:
                if text or not fehlerhaft:  # a cell that holds an error has told it already
                    self._melde(nummer, name, fehler.messages[0])
                fehlerhaft = True
        self.summe += werte.get("betrag_euro") or NULL
        belegnummer = werte.get("belegnummer") or f"\n{nummer}"
        if belegnummer.casefold() in self.stellen:
            erste = self.stellen[belegnummer.casefold()]
            self._melde(nummer, "belegnummer", f"Diese Belegnummer steht schon in Zeile {erste}.")
            return
        self.stellen[belegnummer.casefold()] = nummer
        if fehlerhaft:
            return
        angaben = Belegangaben(**werte)
        gefunden = list(verfahren.maengel(angaben, self.grundlage, self.heute))
        for name, satz in gefunden:
            self._melde(nummer, name, satz)
        if not gefunden:
            self.belege.append(angaben)
