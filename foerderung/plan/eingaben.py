"""What the page of the plan sends, as `models.Abschnitt` keeps it: text, right or wrong.

    {"felder": {"eigenmittel_2027": "…"}, "zeilen": {"sach": [{"wofuer": "…", …}, …]}}

Rows are named by their group and place ("sach-0-wofuer"); gaps between the numbers close up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError

from asskomm.texteingabe import UMBRUCH, bereinigt

from .lesen import ist_leer
from .spalten import (
    AUSNAHMEBEGRUENDUNG,
    AUSNAHMEGRUND,
    GRUPPEN,
    JE_JAHR,
    ZEILEN_HOECHSTENS,
)

Eingaben = dict[str, dict]
NUMMER = re.compile("[0-9]{1,4}")
ZEILENFELD = re.compile(rf"([a-z]+)-({NUMMER.pattern})-([a-z_]+)")
SPALTENNAMEN = {
    schluessel: {spalte.name for spalte in gruppe.spalten} for schluessel, gruppe in GRUPPEN.items()
}
# More is not kept; the fields allow 200 and 1.000 characters, the tables 300 rows.
AUFBEWAHRT_HOECHSTENS = 10_000
ZEILEN_AUFBEWAHRT = ZEILEN_HOECHSTENS + 50


class Getippt:
    """What was typed, for the years of the case; fields the page does not know are dropped.

    With `ist_haltbar` False there is something in it that is not kept: a control character, or far
    too much. The page shows it all the same. What was not on the page, as the reason of a small
    grant, stays as in `bisher`.
    """

    def __init__(self, daten: Mapping[str, str], jahre: tuple[int, ...], bisher: Mapping):
        self.ist_haltbar = True
        je_jahr = [f"{spalte.name}_{jahr}" for jahr in jahre for spalte in JE_JAHR]
        ausnahme = (AUSNAHMEGRUND, AUSNAHMEBEGRUENDUNG)
        felder = {n: text for n, text in bisher.get("felder", {}).items() if n in ausnahme}
        for name in (*je_jahr, *ausnahme):
            if name in daten:
                felder[name] = self._text(daten[name], name == AUSNAHMEBEGRUENDUNG)
        zeilen = {
            gruppe: [
                {name: self._text(wert) for name, wert in zeilen[nummer].items()}
                for nummer in sorted(zeilen)
            ]
            for gruppe, zeilen in _gefundene(daten).items()
        }
        if sum(map(len, zeilen.values())) > ZEILEN_AUFBEWAHRT:
            self.ist_haltbar = False
        self.eingaben: Eingaben = {"felder": felder, "zeilen": zeilen}

    def _text(self, text, mehrzeilig=False):
        if len(text) > AUFBEWAHRT_HOECHSTENS:
            self.ist_haltbar = False
            return text
        try:
            text = bereinigt(text)
        except ValidationError:
            self.ist_haltbar = False
            return text
        return (text if mehrzeilig else UMBRUCH.sub(" ", text)).strip()


def stelle(daten: Mapping[str, str], schluessel: str) -> tuple[str, int] | None:
    """Group and place of the row that a button names ("sach-5"), once the gaps have closed up."""
    gruppe, _, nummer = schluessel.partition("-")
    nummern = sorted(_gefundene(daten).get(gruppe, ()))
    if not NUMMER.fullmatch(nummer) or int(nummer) not in nummern:
        return None
    return gruppe, nummern.index(int(nummer))


def _gefundene(daten):
    """{group: {number in the form: row}}"""
    gefunden: dict[str, dict[int, dict[str, str]]] = {schluessel: {} for schluessel in GRUPPEN}
    for name, wert in daten.items():
        treffer = ZEILENFELD.fullmatch(name)
        if treffer and treffer[3] in SPALTENNAMEN.get(treffer[1], ()):
            zeile = gefunden[treffer[1]].setdefault(int(treffer[2]), {})
            zeile[treffer[3]] = wert
    return gefunden


def ohne_leere(eingaben: Eingaben) -> Eingaben:
    """Without rows in which nobody has typed anything."""
    zeilen = {
        gruppe: [zeile for zeile in zeilen if not ist_leer(zeile)]
        for gruppe, zeilen in eingaben["zeilen"].items()
    }
    return {**eingaben, "zeilen": zeilen}


def ohne_zeile(eingaben: Eingaben, gruppe: str, stelle: int) -> tuple[Eingaben, dict]:
    """Without one row, and what stood there; without a change where there is no such row."""
    zeilen = list(eingaben["zeilen"][gruppe])
    weg = zeilen.pop(stelle) if 0 <= stelle < len(zeilen) else {}
    return {**eingaben, "zeilen": {**eingaben["zeilen"], gruppe: zeilen}}, weg


def mit_zeile(eingaben: Eingaben, gruppe: str, stelle: int, zeile: dict) -> Eingaben:
    """With a row put back to its place."""
    zeilen = list(eingaben["zeilen"][gruppe])
    zeilen.insert(stelle, zeile)
    return {**eingaben, "zeilen": {**eingaben["zeilen"], gruppe: zeilen}}
