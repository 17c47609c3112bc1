"""What the page of a section sends, as people typed it, and what the buttons of its rows do to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError

from asskomm.texteingabe import bereinigt

NUMMERIERT = r"([a-z_]+)-([0-9]{1,4})"
ZEILE = re.compile(NUMMERIERT)
ZEILENFELD = re.compile(rf"{NUMMERIERT}-([a-z_]+)")


class Gesendet:
    """Fields, and for each group its rows by their number on the page ("sach-5-wofuer").

    `spalten` are the fields of a row, for each group; others are dropped. Numbers may have gaps:
    the script adds rows and does not renumber. With `ist_haltbar` False there is something in it
    that is not kept: a control character, or far too much. The page shows it all the same.
    """

    aufbewahrt_hoechstens: int  # more characters of one field are not kept

    def __init__(self, post: Mapping[str, str], spalten: Mapping[str, Sequence[str]]):
        self.spalten = spalten
        self.alles_lesbar = True
        self.felder: dict[str, str | list[str]] = {}
        self.zeilen: dict[str, dict[int, dict[str, str]]] = {gruppe: {} for gruppe in spalten}
        for name in post:
            treffer = ZEILENFELD.fullmatch(name)
            if treffer and treffer[3] in spalten.get(treffer[1], ()):
                zeile = self.zeilen[treffer[1]].setdefault(int(treffer[2]), {})
                zeile[treffer[3]] = self.text(post[name])

    def text(self, text: str) -> str:
        """In NFC and with one kind of line end."""
        try:
            if len(text) <= self.aufbewahrt_hoechstens:
                return bereinigt(text)
        except ValidationError:
            pass
        self.alles_lesbar = False
        return text

    def ist_leer(self, zeile: Mapping[str, str]) -> bool:
        """Nobody has typed anything into the row."""
        return not any(wert.strip() for wert in zeile.values())

    def hat_zu_viele_zeilen(self) -> bool:
        raise NotImplementedError

    @property
    def ist_haltbar(self) -> bool:
        return self.alles_lesbar and not self.hat_zu_viele_zeilen()

    @property
    def eingaben(self) -> dict[str, dict]:
        """As `models.Abschnitt` keeps it: rows in their order, without empty ones."""
        zeilen = {gruppe: self.gefuellte(gruppe) for gruppe in self.zeilen}
        return {"felder": self.felder, "zeilen": zeilen} if zeilen else {"felder": self.felder}

    def gefuellte(self, gruppe: str) -> list[dict[str, str]]:
        zeilen = [zeile for _, zeile in sorted(self.zeilen[gruppe].items())]
        return [zeile for zeile in zeilen if not self.ist_leer(zeile)]

    def loesche(self, knopf: str) -> dict | None:
        """Take out the row that a button names ("sach-5").

        Returns its group, its place among the rows that are kept and the row itself, as
        `bringe_zurueck` wants them; None where there is no such row.
        """
        treffer = ZEILE.fullmatch(knopf)
        if not treffer or treffer[1] not in self.zeilen:
            return None
        zeilen, nummer = self.zeilen[treffer[1]], int(treffer[2])
        if nummer not in zeilen:
            return None
        zeile = zeilen.pop(nummer)
        stelle = sum(n < nummer and not self.ist_leer(z) for n, z in zeilen.items())
        return {"gruppe": treffer[1], "stelle": stelle, "zeile": zeile}

    def bringe_zurueck(self, gruppe: str, stelle: int, zeile: dict[str, str]) -> None:
        """Undo `loesche`."""
        zeilen = self.gefuellte(gruppe)
        zeilen.insert(stelle, zeile)
        self.zeilen[gruppe] = dict(enumerate(zeilen))
