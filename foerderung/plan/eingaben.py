"""What the page of the plan sends, as `models.Abschnitt` keeps it: text, right or wrong.

{"felder": {"eigenmittel_2027": "…"}, "zeilen": {"sach": [{"wofuer": "…", …}, …]}}
"""

from __future__ import annotations

from collections.abc import Mapping

from asskomm.texteingabe import UMBRUCH

from ..antrag.gesendet import Gesendet
from .lesen import ist_leer
from .spalten import (
    AUSNAHMEBEGRUENDUNG,
    AUSNAHMEGRUND,
    GRUPPEN,
    JE_JAHR,
    ZEILEN_HOECHSTENS,
)

SPALTENNAMEN = {
    schluessel: [spalte.name for spalte in gruppe.spalten] for schluessel, gruppe in GRUPPEN.items()
}
ZEILEN_AUFBEWAHRT = ZEILEN_HOECHSTENS + 50


class Getippt(Gesendet):
    """What was typed, for the years of the case.

    What was not on the page, as the reason of a small grant, stays as in `bisher`.
    """

    aufbewahrt_hoechstens = 10_000  # the fields allow 200 and 1.000 characters

    def __init__(self, post: Mapping[str, str], jahre: tuple[int, ...], bisher: Mapping):
        super().__init__(post, SPALTENNAMEN)
        ausnahme = (AUSNAHMEGRUND, AUSNAHMEBEGRUENDUNG)
        self.felder = {n: text for n, text in bisher.get("felder", {}).items() if n in ausnahme}
        for name in (*(f"{spalte.name}_{jahr}" for jahr in jahre for spalte in JE_JAHR), *ausnahme):
            if name in post:
                mehrzeilig = name == AUSNAHMEBEGRUENDUNG
                self.felder[name] = self.text(post[name], mehrzeilig=mehrzeilig)

    def text(self, text, *, mehrzeilig=False):
        text = super().text(text)
        return (text if mehrzeilig else UMBRUCH.sub(" ", text)).strip()

    def ist_leer(self, zeile):
        return ist_leer(zeile)

    def hat_zu_viele_zeilen(self):
        return sum(len(self.gefuellte(gruppe)) for gruppe in self.zeilen) > ZEILEN_AUFBEWAHRT
