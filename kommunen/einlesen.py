"""Reading of the CSV files that imports take: every mistake with file, line, column and reason.

A `Tabelle` says which columns a file has and how each is read. Reading goes on after a
mistake, so that a person sees all of a file's mistakes at once.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from asskomm.texteingabe import bereinigt

from .faltung import falte
from .models import Kommune
from .zeitangabe import NICHT_LESBAR, Zeitangabe

HOECHSTENS_GENANNT = 20
STAMMDATENIMPORT = "importiere_stammdaten"


class Unlesbar(ValueError):
    """A value that does not fit its column; the text is the German reason."""


@dataclass(frozen=True)
class Fehler:
    datei: str
    zeile: int
    spalte: str
    grund: str

    def __str__(self):
        ort = [self.datei]
        if self.zeile:
            ort.append(f"Zeile {self.zeile}")
        if self.spalte:
            ort.append(f"Spalte „{self.spalte}“")
        return f"{', '.join(ort)}: {self.grund}"


class Einlesefehler(Exception):
    """What is wrong with the files; nothing of them may be taken over."""

    def __init__(self, fehler: list[Fehler]):
        self.fehler = fehler
        super().__init__(str(self))

    def __str__(self):
        zeilen = [f"  {fehler}" for fehler in self.fehler[:HOECHSTENS_GENANNT]]
        if mehr := len(self.fehler) - len(zeilen):
            zeilen.append(f"  … und {mehr} weitere")
        anzahl = "1 Fehler" if len(self.fehler) == 1 else f"{len(self.fehler)} Fehler"
        return "\n".join([f"{anzahl}, nichts wurde geändert.", *zeilen])


@dataclass(frozen=True)
class Zeile:
    """A read row. `nummer` is the line of the file in which it begins."""

    datei: str
    nummer: int
    werte: Mapping[str, Any]

    def __getitem__(self, spalte: str) -> Any:
        return self.werte[spalte]


class Fehlerliste:
    """Collects mistakes; `pruefe` ends the reading if there are any."""

    def __init__(self):
        self._fehler: list[Fehler] = []

    def melde(self, zeile: Zeile, spalte: str, grund: str) -> None:
        self.melde_in(zeile.datei, zeile.nummer, spalte, grund)

    def melde_in(self, datei: str, zeile: int, spalte: str, grund: str) -> None:
        self._fehler.append(Fehler(datei, zeile, spalte, grund))

    def pruefe(self) -> None:
        """Raise Einlesefehler with all mistakes so far, file by file and line by line."""
        if self._fehler:
            dateien = list(dict.fromkeys(fehler.datei for fehler in self._fehler))
            raise Einlesefehler(
                sorted(self._fehler, key=lambda f: (dateien.index(f.datei), f.zeile))
            )


@dataclass(frozen=True)
class Tabelle:
    """A CSV file: its name, its columns with their readers, the columns that make a row unique."""

    datei: str
    spalten: Mapping[str, Callable[[str], Any]]
    eindeutig: tuple[str, ...] = ()

    def lies(self, ordner: Path, fehler: Fehlerliste) -> list[Zeile]:
        """The rows of the file in `ordner`; what is wrong with it goes to `fehler`."""
        inhalt = lies_text(ordner / self.datei, fehler)
        if inhalt is None:
            return []
        zeilen, gesehen = [], {}
        for nummer, felder in self._rohzeilen(inhalt, fehler):
            werte = self._werte(nummer, felder, fehler)
            if werte is None:
                continue
            zeile = Zeile(self.datei, nummer, werte)
            schluessel = tuple(werte[spalte] for spalte in self.eindeutig)
            if schluessel and schluessel in gesehen:
                fehler.melde(
                    zeile,
                    self.eindeutig[0],
                    f"Doppelt: {', '.join(self.eindeutig)} wie in Zeile {gesehen[schluessel]}.",
                )
                continue
            gesehen[schluessel] = nummer
            zeilen.append(zeile)
        return zeilen

    def _rohzeilen(self, inhalt, fehler):
        leser = csv.reader(io.StringIO(inhalt, newline=""), strict=True)
        beginn = 1
        kopf = None
        try:
            for felder in leser:
                nummer, beginn = beginn, leser.line_num + 1
                if kopf is None:
                    kopf = [name.strip() for name in felder]
                    if not self._kopf_stimmt(kopf, fehler):
                        return
                elif felder and len(felder) != len(kopf):
                    grund = f"{_anzahl(len(felder))} statt {len(kopf)}."
                    fehler.melde_in(self.datei, nummer, "", grund)
                elif felder:
                    yield nummer, dict(zip(kopf, felder, strict=True))
        except csv.Error as grund:
            fehler.melde_in(self.datei, leser.line_num, "", _csv_grund(grund))

    def _kopf_stimmt(self, kopf, fehler):
        soll = list(self.spalten)
        if len(kopf) == 1 and set(kopf[0].split(";")) & set(soll) and kopf != soll:
            gruende = ["Die Felder sind nicht mit Komma getrennt."]
        else:
            gruende = [f"Die Spalte „{name}“ fehlt." for name in soll if name not in kopf]
            gruende += [f"Die Spalte „{name}“ ist unbekannt." for name in kopf if name not in soll]
            doppelte = sorted({name for name in kopf if kopf.count(name) > 1})
            gruende += [f"Die Spalte „{name}“ ist doppelt." for name in doppelte]
        for grund in gruende:
            fehler.melde_in(self.datei, 1, "", grund)
        return not gruende

    def _werte(self, nummer, felder, fehler):
        werte = {}
        for spalte, lies in self.spalten.items():
            try:
                werte[spalte] = lies(sauber(felder[spalte]))
            except Unlesbar as grund:
                fehler.melde_in(self.datei, nummer, spalte, str(grund))
        return werte if len(werte) == len(self.spalten) else None


def lies_text(pfad: Path, fehler: Fehlerliste) -> str | None:
    """The text of a UTF-8 file, or None after telling `fehler` why there is none."""
    try:
        roh = pfad.read_bytes()
    except FileNotFoundError:
        fehler.melde_in(pfad.name, 0, "", f"Die Datei fehlt in {pfad.parent}.")
        return None
    except OSError:
        fehler.melde_in(pfad.name, 0, "", "Die Datei lässt sich nicht öffnen.")
        return None
    try:
        text = roh.decode("utf-8-sig")
    except UnicodeDecodeError as grund:
        zeile = roh.count(b"\n", 0, grund.start) + 1
        fehler.melde_in(pfad.name, zeile, "", "Die Datei ist nicht in UTF-8 gespeichert.")
        return None
    if not text.strip():
        fehler.melde_in(pfad.name, 0, "", "Die Datei ist leer.")
        return None
    return text


def sauber(wert: str) -> str:
    """NFC, without space around it. Raises Unlesbar for control characters."""
    try:
        return bereinigt(wert).strip()
    except ValidationError as fehler:
        raise Unlesbar("Enthält ein unsichtbares Steuerzeichen.") from fehler


def _anzahl(felder):
    return "1 Feld" if felder == 1 else f"{felder} Felder"


def _csv_grund(grund):
    text = str(grund)
    if "unexpected end" in text:
        return "Ein Anführungszeichen wird nicht geschlossen."
    if "expected after" in text:
        return "Nach einem schließenden Anführungszeichen muss ein Komma folgen."
    if "field limit" in text:
        return f"Ein Feld hat mehr als {csv.field_size_limit()} Zeichen."
    return "Die Zeile ist nicht lesbar."


# --- How a column is read: cleaned text -> value, or Unlesbar ------------------


def text(wert: str) -> str:
    return wert


def pflichttext(wert: str) -> str:
    if not wert:
        raise Unlesbar("Die Angabe fehlt.")
    return wert


def kurztext(hoechstens: int) -> Callable[[str], str]:
    def lies(wert):
        if len(pflichttext(wert)) > hoechstens:
            raise Unlesbar(f"Länger als {hoechstens} Zeichen ({len(wert)}).")
        return wert

    return lies


def eines_von(werte: Mapping[str, Any]) -> Callable[[str], Any]:
    """One of the keys of `werte`; read as what stands there."""

    def lies(wert):
        if wert not in werte:
            raise Unlesbar(f"„{wert}“ ist keine von: {', '.join(werte)}.")
        return werte[wert]

    return lies


ja_nein = eines_von({"ja": True, "nein": False})


def auswahl(choices) -> Callable[[str], str]:
    """One of the values of a Django enumeration."""
    return eines_von({wert: wert for wert in choices.values})


def wenn_angegeben(lies: Callable[[str], Any], sonst: Any = None) -> Callable[[str], Any]:
    """An empty field is `sonst`."""
    return lambda wert: lies(wert) if wert else sonst


def ziffern(anzahl: int, anfang: str = "") -> Callable[[str], str]:
    def lies(wert):
        if not re.fullmatch(rf"{anfang}[0-9]{{{anzahl - len(anfang)}}}", wert):
            beginn = f" und beginnt mit {anfang}" if anfang else ""
            raise Unlesbar(f"„{wert}“: hat {anzahl} Ziffern{beginn}.")
        return wert

    return lies


gemeindeschluessel = ziffern(8, "14")
kreisschluessel = ziffern(5, "14")
verbandsschluessel = ziffern(9, "14")


def ganze_zahl(wert: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", wert):
        raise Unlesbar(f"„{wert}“ ist keine ganze Zahl ab 0.")
    return int(wert)


def dezimalzahl(wert: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,8})?", wert):
        raise Unlesbar(f"„{wert}“ ist keine Zahl. Geschrieben wird sie so: 1234.50")
    return Decimal(wert)


def tag(wert: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", wert):
            return date.fromisoformat(wert)
    except ValueError:
        pass
    raise Unlesbar(f"„{wert}“ ist kein Tag. Geschrieben wird er so: 2021-02-06")


def zeitangabe(wert: str) -> Zeitangabe:
    try:
        return Zeitangabe.lies(wert)
    except ValueError as fehler:
        raise Unlesbar(f"„{wert}“ ist kein Datum. {NICHT_LESBAR}") from fehler


def zeitpunkt(wert: str) -> datetime:
    """Day and time in Europe/Berlin."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", wert):
            return timezone.make_aware(datetime.fromisoformat(wert))
    except ValueError:
        pass
    raise Unlesbar(f"„{wert}“ ist kein Zeitpunkt. Geschrieben wird er so: 2026-09-17 10:00")


def kommune_mit(feld: str, wort: str) -> Callable[[str], Kommune]:
    """A Kommune that exists today, found by `feld`; `wort` is what people call that field.

    The files follow the official directory: a merger that only staff have recorded so far
    makes no row of them wrong.
    """
    amtlich_erloschen = set(
        Kommune.history.filter(
            gueltig_bis__isnull=False, history_change_reason=STAMMDATENIMPORT
        ).values_list("id", flat=True)
    )
    kommunen = {
        getattr(kommune, feld): kommune
        for kommune in Kommune.objects.select_related("nachfolger", "kreis")
    }

    def lies(wert):
        kommune = kommunen.get(pflichttext(wert))
        if kommune is None:
            raise Unlesbar(f"Eine Kommune mit {wort} {wert} gibt es nicht.")
        if kommune.pk in amtlich_erloschen and (nachfolger := kommune.nachfolger):
            raise Unlesbar(
                f"{kommune} gab es nur bis zum {kommune.gueltig_bis:%d.%m.%Y}. "
                f"Rechtsnachfolge: {getattr(nachfolger, feld)} ({nachfolger})."
            )
        return kommune

    return lies


def liste_von(lies: Callable[[str], Any]) -> Callable[[str], list]:
    """Values separated by spaces, at least one."""
    return lambda wert: [lies(teil) for teil in pflichttext(wert).split()]


def name_passt(kommune: Kommune, name: str) -> bool:
    """Whether a file means `kommune` by `name`: "Weißwasser" for Weißwasser/O.L."""
    return bool(name) and falte(kommune.name).startswith(falte(name))
