"""The plan as a spreadsheet: written for offices, read back with every cell checked (F8).

A sheet for each table of the page, with the same columns. Nothing is calculated in either
direction: cells that look like a formula are neutralised when written, and a formula in an
uploaded file is an error of its row. A file with an error changes nothing.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from asskomm.csvausgabe import zelle
from asskomm.texteingabe import druckbar

from ..tabellendatei import FEHLER_HOECHSTENS, Tabellenfehler, Zelle, oeffne
from ..tabellendatei import zeilen as tabellenzeilen
from .lesen import ZU_VIELE_ZEILEN, Fehler, ist_leer, lies
from .rechnung import Rechnung
from .spalten import GRUPPEN, JE_JAHR, ZEILEN_HOECHSTENS, Spalte, mit_jahren
from .verstoesse import differenz_satz, satz_text

FINANZIERUNG = "Finanzierung"
SUMMEN = "Summen"
AUSWAHL = "Auswahl"
JAHR = "Jahr"
SCHMAL = 18
BREIT = 40  # texts, and the choices whose words are long

# A plan with all its rows is 40 kB, unpacked 400 kB.
DATEI_HOECHSTENS = 1024 * 1024
ENTPACKT_HOECHSTENS = 5 * 1024 * 1024

ZU_GROSS = (
    "Die Datei ist für einen Plan zu groß. Löschen Sie alles, was nicht in die Vorlage gehört."
)


# --- Writing ---------------------------------------------------------------------


def schreibe(eingaben: Mapping, jahre: tuple[int, ...], rechnung: Rechnung) -> bytes:
    """The plan as XLSX, as it was typed; readable numbers are numbers."""
    mappe = Workbook()
    mappe.remove(mappe.active)
    listen = _Listen()
    for gruppe in GRUPPEN.values():
        spalten = mit_jahren(gruppe, jahre)
        blatt = _blatt(mappe, gruppe.titel, spalten)
        for zeile in eingaben.get("zeilen", {}).get(gruppe.schluessel, []):
            if not ist_leer(zeile):
                blatt.append([_zellwert(spalte, zeile.get(spalte.name, "")) for spalte in spalten])
        _richte_ein(blatt, spalten, listen)
    _schreibe_finanzierung(mappe, eingaben.get("felder", {}), jahre)
    _schreibe_summen(mappe, rechnung)
    listen.schreibe(mappe)
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer.getvalue()


def _blatt(mappe, titel, spalten):
    blatt = mappe.create_sheet(titel)
    blatt.append([spalte.titel for spalte in spalten])
    return blatt


def _richte_ein(blatt, spalten, listen=None):
    blatt.freeze_panes = "A2"
    for nummer, spalte in enumerate(spalten, start=1):
        buchstabe = get_column_letter(nummer)
        blatt.column_dimensions[buchstabe].width = BREIT if _ist_lang(spalte) else SCHMAL
        kopf = blatt.cell(1, nummer)
        kopf.font = Font(bold=True)
        kopf.alignment = Alignment(wrap_text=True, vertical="top")
        for (wert,) in blatt.iter_rows(min_row=2, min_col=nummer, max_col=nummer):
            if spalte.einheit == "€":
                wert.number_format = '#,##0.00 "€"'
        if spalte.wahl and listen:
            auswahl = DataValidation("list", formula1=listen.bereich(spalte), allow_blank=True)
            auswahl.add(f"{buchstabe}2:{buchstabe}400")
            blatt.add_data_validation(auswahl)


def _ist_lang(spalte):
    return (
        bool(spalte.hoechstens) or max(map(len, (spalte.wahl or {}).values()), default=0) > SCHMAL
    )


class _Listen:
    """What can be chosen, on a sheet of its own, for the lists of the other sheets."""

    def __init__(self):
        self.spalten: dict[tuple[str, ...], str] = {}

    def bereich(self, spalte: Spalte) -> str:
        worte = tuple(spalte.wahl.values())
        self.spalten.setdefault(worte, spalte.titel)
        buchstabe = get_column_letter(list(self.spalten).index(worte) + 1)
        return f"{AUSWAHL}!${buchstabe}$2:${buchstabe}${len(worte) + 1}"

    def schreibe(self, mappe):
        blatt = mappe.create_sheet(AUSWAHL)
        for nummer, (worte, titel) in enumerate(self.spalten.items(), start=1):
            for zeile, wort in enumerate((titel, *worte), start=1):
                blatt.cell(zeile, nummer, wort)
            blatt.cell(1, nummer).font = Font(bold=True)
            blatt.column_dimensions[get_column_letter(nummer)].width = 44


def _zellwert(spalte, text):
    """A number where the column holds numbers and the text is one, else neutralised text."""
    text = druckbar(text).strip() if isinstance(text, str) else ""
    if not text:
        return None
    if spalte.wahl is not None:
        return zelle(spalte.wahl.get(text, text))
    if spalte.tastatur:
        try:
            return spalte.lies(text)
        except ValidationError:
            pass
    return zelle(text)


def _schreibe_finanzierung(mappe, felder, jahre):
    blatt = mappe.create_sheet(FINANZIERUNG)
    blatt.append([JAHR, *(spalte.titel for spalte in JE_JAHR)])
    for jahr in jahre:
        werte = (_zellwert(spalte, felder.get(f"{spalte.name}_{jahr}", "")) for spalte in JE_JAHR)
        blatt.append([jahr, *werte])
    _richte_ein(blatt, JE_JAHR[:1] + JE_JAHR)
    for (wert,) in blatt.iter_rows(min_row=2, max_col=1):
        wert.number_format = "0"


def _schreibe_summen(mappe, rechnung):
    """What the portal has computed; never read back."""
    blatt = mappe.create_sheet(SUMMEN)
    blatt.append(["Berechnet vom Portal", *(str(s.jahr) for s in rechnung.jahre), "Zusammen"])
    summen = (*rechnung.jahre, rechnung.gesamt)
    for name, titel in (
        *((schluessel, gruppe.titel) for schluessel, gruppe in GRUPPEN.items()),
        *((spalte.name, spalte.titel.removesuffix(" in Euro")) for spalte in JE_JAHR),
        ("ausgaben", "Ausgaben mit Eigenleistung"),
        ("finanzierung", "Finanzierung mit Eigenleistung"),
    ):
        blatt.append([titel, *(getattr(s, name) for s in summen)])
    blatt.append(["Vergleich", *(differenz_satz(s.differenz) for s in summen)])
    for titel, name in (
        ("Anteil der Zuwendung", "satz_zuwendung"),
        ("Eigenanteil", "satz_eigenanteil"),
    ):
        saetze = (getattr(s, name) for s in summen)
        blatt.append([titel, *("" if satz is None else satz_text(satz) for satz in saetze)])
    for zeile in blatt.iter_rows(min_row=2, min_col=2):
        for wert in zeile:
            wert.number_format = '#,##0.00 "€"'
    for nummer in range(1, len(summen) + 2):
        blatt.cell(1, nummer).font = Font(bold=True)
        blatt.column_dimensions[get_column_letter(nummer)].width = 36 if nummer == 1 else 24  # fmt: skip


# --- Reading ---------------------------------------------------------------------


@dataclass(frozen=True)
class Einlesung:
    """`eingaben` are complete only without `fehler`; `offen` says what is still missing in them."""

    eingaben: dict
    fehler: tuple[Tabellenfehler, ...]
    offen: tuple[Tabellenfehler, ...] = ()


def lies_datei(
    datei: BinaryIO, dateiname: str, bisher: Mapping, jahre: tuple[int, ...]
) -> Einlesung:
    """Read an uploaded plan. What the file does not carry stays as in `bisher`.

    Raises ValidationError for a file that is no spreadsheet, is protected, too large or damaged.
    """
    blaetter = oeffne(
        datei,
        dateiname,
        _lies_blaetter,
        hoechstens=DATEI_HOECHSTENS,
        entpackt_hoechstens=ENTPACKT_HOECHSTENS,
        zu_gross=ZU_GROSS,
    )
    return _Leser(jahre, bisher).lies(blaetter)


_GELESEN = {titel.casefold() for titel in (FINANZIERUNG, *(g.titel for g in GRUPPEN.values()))}


def _lies_blaetter(mappe):
    """{title: rows} of the sheets of the plan."""
    breite = 2 + max(len(gruppe.spalten) for gruppe in GRUPPEN.values())
    return {
        blatt.title.strip().casefold(): list(tabellenzeilen(blatt, breite))
        for blatt in mappe.worksheets
        if blatt.title.strip().casefold() in _GELESEN
    }


class _Leser:
    """Turns sheets into the form in which a section is kept, and collects what is wrong."""

    def __init__(self, jahre, bisher):
        self.jahre = jahre
        self.bisher = bisher
        self.fehler: list[Tabellenfehler] = []
        self.felder = dict(bisher.get("felder", {}))
        self.zeilen: dict[str, list[dict[str, str]]] = {}
        # Where each row of the plan stands in the file.
        self.stellen: dict[tuple[str, int], int] = {}
        self.jahreszeilen: dict[int, int] = {}

    def lies(self, blaetter) -> Einlesung:
        for gruppe in GRUPPEN.values():
            self._lies_gruppe(gruppe, self._blatt(blaetter, gruppe.titel))
        self._lies_finanzierung(self._blatt(blaetter, FINANZIERUNG))
        eingaben = {"felder": self.felder, "zeilen": self.zeilen}
        zu_viele = any(len(zeilen) > ZEILEN_HOECHSTENS for zeilen in self.zeilen.values())
        gefunden = () if zu_viele else lies(eingaben, self.jahre).fehler
        bekannt = {(fehler.blatt, fehler.zeile, fehler.spalte) for fehler in self.fehler}
        for eintrag in map(self._stelle, (e for e in gefunden if not e.fehlt)):
            if (eintrag.blatt, eintrag.zeile, eintrag.spalte) not in bekannt:
                self.fehler.append(eintrag)
        offen = (self._stelle(eintrag) for eintrag in gefunden if eintrag.fehlt)
        return Einlesung(eingaben, self._geordnet(), tuple(offen))

    def _geordnet(self):
        """Sheet by sheet, from the top."""
        blaetter = [*(gruppe.titel for gruppe in GRUPPEN.values()), FINANZIERUNG]
        return tuple(
            sorted(self.fehler, key=lambda f: (blaetter.index(f.blatt), f.zeile or 0))[
                :FEHLER_HOECHSTENS
            ]
        )

    def _blatt(self, blaetter, titel):
        if titel.casefold() in blaetter:
            return blaetter[titel.casefold()]
        self._melde(titel, None, "", "Das Blatt fehlt. Laden Sie die Vorlage neu herunter.")
        return []

    def _melde(self, blatt, zeile, spalte, satz):
        self.fehler.append(Tabellenfehler(blatt, zeile, spalte, satz))

    def _lies_gruppe(self, gruppe, blatt):
        spalten = mit_jahren(gruppe, self.jahre)
        zeilen = self.zeilen.setdefault(gruppe.schluessel, [])
        for nummer, werte in self._werte(gruppe.titel, blatt, spalten):
            if ist_leer(werte):
                continue
            self.stellen[gruppe.schluessel, len(zeilen)] = nummer
            zeilen.append(werte)
        if len(zeilen) > ZEILEN_HOECHSTENS:
            self._melde(gruppe.titel, None, "", ZU_VIELE_ZEILEN)

    def _lies_finanzierung(self, blatt):
        spalten = (Spalte("jahr", JAHR, str), *JE_JAHR)
        for nummer, werte in self._werte(FINANZIERUNG, blatt, spalten):
            jahr = werte.pop("jahr")
            if jahr not in map(str, self.jahre):
                erlaubt = ", ".join(map(str, self.jahre))
                self._melde(FINANZIERUNG, nummer, JAHR, f"Möglich ist nur: {erlaubt}.")
            elif int(jahr) in self.jahreszeilen:
                self._melde(FINANZIERUNG, nummer, JAHR, "Dieses Jahr steht schon weiter oben.")
            else:
                self.jahreszeilen[int(jahr)] = nummer
                self.felder |= {f"{name}_{jahr}": text for name, text in werte.items()}

    def _werte(self, titel, blatt, spalten):
        """(number of the row, {column: text}) below the head row."""
        if not blatt:
            return
        (_, kopf), *rest = blatt
        plaetze = self._plaetze(titel, kopf, spalten)
        if plaetze is None:
            return
        for nummer, zellen in rest:
            werte = {}
            for platz, zelle_ in enumerate(zellen):
                spalte = plaetze.get(platz)
                if spalte is None:
                    if zelle_ != Zelle():
                        satz = f"Spalte {get_column_letter(platz + 1)} gehört nicht zum Plan."
                        self._melde(titel, nummer, "", f"{satz} Löschen Sie den Inhalt.")
                    continue
                if zelle_.fehler:
                    self._melde(titel, nummer, spalte.titel, zelle_.fehler)
                werte[spalte.name] = self._als_eingabe(titel, nummer, spalte, zelle_.text)
            yield nummer, werte

    def _plaetze(self, titel, kopf, spalten):
        """{place: column}; None where the head row is not that of the sheet."""
        gesucht = {spalte.titel.casefold(): spalte for spalte in spalten}
        plaetze = {
            platz: gesucht[zelle_.text.casefold()]
            for platz, zelle_ in enumerate(kopf)
            if zelle_.text.casefold() in gesucht
        }
        fehlend = [s.titel for s in spalten if s not in plaetze.values()]
        if fehlend or len(plaetze) > len(spalten):
            worte = ", ".join(f"„{name}“" for name in fehlend) or "jede Spalte nur einmal"
            self._melde(
                titel,
                1,
                "",
                f"In der ersten Zeile fehlt: {worte}. Laden Sie die Vorlage neu herunter.",
            )
            return None
        return plaetze

    def _als_eingabe(self, titel, nummer, spalte, text):
        """A choice is kept by its key; the file names it by its word."""
        if spalte.wahl is None or not text:
            return text
        for schluessel, wort in spalte.wahl.items():
            if text.casefold() in (schluessel.casefold(), wort.casefold()):
                return schluessel
        moeglich = ", ".join(spalte.wahl.values())
        self._melde(
            titel, nummer, spalte.titel, f"„{text[:60]}“ gibt es nicht. Möglich ist: {moeglich}."
        )
        return text

    def _stelle(self, eintrag: Fehler):
        """An error of the plan as one of the file."""
        ort = eintrag.ort
        if ort.gruppe:
            gruppe = GRUPPEN[ort.gruppe]
            nummer = self.stellen[ort.gruppe, ort.zeile]
            return Tabellenfehler(gruppe.titel, nummer, gruppe.spalte(ort.feld).titel, eintrag.satz)
        for spalte in JE_JAHR:
            if ort.feld.startswith(f"{spalte.name}_"):
                jahr = int(ort.feld.removeprefix(f"{spalte.name}_"))
                zeile = self.jahreszeilen.get(jahr)
                return Tabellenfehler(FINANZIERUNG, zeile, spalte.titel, eintrag.satz)
        return Tabellenfehler(GRUPPEN["sach"].titel, None, "", eintrag.satz)
