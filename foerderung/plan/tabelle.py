"""The plan as a spreadsheet: written for offices, read back with every cell checked (F8).

A sheet for each table of the page, with the same columns. Nothing is calculated in either
direction: cells that look like a formula are neutralised when written, and a formula in an
uploaded file is an error of its row. A file with an error changes nothing.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from asskomm.csvausgabe import FORMELANFANG, zelle
from asskomm.formularfelder import geld_text, zahl_text
from asskomm.texteingabe import bereinigt, druckbar

from ..anlagen import inhaltspruefung
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
ZEILEN_EINES_BLATTS = 1_048_576  # the format has no more
FEHLER_HOECHSTENS = 100

ZU_GROSS = (
    "Die Datei ist für einen Plan zu groß. Löschen Sie alles, was nicht in die Vorlage gehört."
)
UNLESBAR = (
    "Die Datei ist beschädigt. Öffnen Sie sie in ihrem Programm, speichern Sie sie neu und laden "
    "Sie sie noch einmal hoch."
)
FORMEL = "Die Zelle enthält eine Formel. Schreiben Sie den Wert hinein."
FEHLERWERT = "Die Zelle zeigt einen Fehler. Schreiben Sie den Wert hinein."
DATUM = "Die Zelle enthält ein Datum. Schreiben Sie eine Zahl oder einen Text hinein."


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
    datei.seek(0)
    inhalt = datei.read(DATEI_HOECHSTENS + 1)
    if len(inhalt) > DATEI_HOECHSTENS:
        raise ValidationError(ZU_GROSS, code="zu_gross")
    inhaltspruefung.pruefe(io.BytesIO(inhalt), dateiname, [inhaltspruefung.XLSX])
    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        if sum(eintrag.file_size for eintrag in archiv.infolist()) > ENTPACKT_HOECHSTENS:
            raise ValidationError(ZU_GROSS, code="zu_gross")
    try:
        mappe = load_workbook(io.BytesIO(inhalt), read_only=True, keep_links=False)
        try:
            blaetter = {
                blatt.title.strip().casefold(): list(_zeilen(blatt))
                for blatt in mappe.worksheets
                if blatt.title.strip().casefold() in _GELESEN
            }
        finally:
            mappe.close()
    except Exception as fehler:  # noqa: BLE001  a broken file may raise anything in the library
        raise ValidationError(UNLESBAR, code="beschaedigt") from fehler
    return _Leser(jahre, bisher).lies(blaetter)


_GELESEN = {titel.casefold() for titel in (FINANZIERUNG, *(g.titel for g in GRUPPEN.values()))}


@dataclass(frozen=True)
class _Zelle:
    """`text` is what somebody would have typed."""

    text: str = ""
    fehler: str = ""


def _zeilen(blatt) -> Iterator[tuple[int, list[_Zelle]]]:
    """(number of the row, its cells) for each row in which anything stands."""
    hoechstens = 2 + max(len(gruppe.spalten) for gruppe in GRUPPEN.values())
    gelesene = blatt.iter_rows(max_row=ZEILEN_EINES_BLATTS, max_col=hoechstens)
    for nummer, zellen in enumerate(gelesene, start=1):
        if any(zelle_.value is not None for zelle_ in zellen):
            yield nummer, [_lies_zelle(zelle_) for zelle_ in zellen]


def _lies_zelle(zelle_):
    wert, art = zelle_.value, zelle_.data_type
    if wert is None:
        return _Zelle()
    if art == "f":
        return _Zelle(fehler=FORMEL)
    if art == "e":
        return _Zelle(fehler=FEHLERWERT)
    if isinstance(wert, bool):
        return _Zelle("wahr" if wert else "falsch")
    if isinstance(wert, int | float):
        return _aus_zahl(wert, zelle_.number_format)
    if not isinstance(wert, str):
        return _Zelle(fehler=DATUM)
    try:
        text = " ".join(bereinigt(wert).split())
    except ValidationError as fehler:
        return _Zelle(fehler=fehler.messages[0])
    # What `csvausgabe.zelle` has put before a text.
    if text.startswith("'") and text[1:].startswith(FORMELANFANG):
        text = text[1:]
    return _Zelle(text)


def _aus_zahl(wert, zahlenformat):
    """As people type it. The format keeps 17 digits; what is beyond nine places is its noise."""
    if not math.isfinite(wert):
        return _Zelle(fehler=FEHLERWERT)
    if "%" in zahlenformat:
        wert *= 100
    zahl = Decimal(repr(round(wert, 9)))
    if zahl == zahl.to_integral_value():
        return _Zelle(str(int(zahl)) if zahl >= 0 else f"-{int(-zahl)}")
    text = geld_text(zahl)
    return _Zelle(text if zahl * 100 == (zahl * 100).to_integral_value() else zahl_text(zahl))


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
                    if zelle_ != _Zelle():
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
