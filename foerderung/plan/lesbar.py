"""The plan as people read it field by field, where two texts stand side by side."""

from __future__ import annotations

from collections.abc import Mapping

from asskomm.formate import FEST

from ..antrag.getippt import wert
from ..antrag.lesbar import LEER, Paar, nummeriert
from .lesen import ist_leer
from .spalten import AUSNAHMEBEGRUENDUNG, AUSNAHMEGRUND, GRUPPEN, JE_JAHR

AUSNAHME = {
    AUSNAHMEGRUND: "Einzelfall einer kleinen Zuwendung",
    AUSNAHMEBEGRUENDUNG: "Begründung der kleinen Zuwendung",
}


def titel(name: str) -> str:
    """How people call the field or table of that name."""
    if name in GRUPPEN:
        return GRUPPEN[name].titel
    for spalte in JE_JAHR:
        if name.startswith(f"{spalte.name}_"):
            return f"{spalte.titel} für {name.removeprefix(f'{spalte.name}_')}"
    return AUSNAHME.get(name, name)


def texte(eingaben: Mapping, jahre: tuple[int, ...]) -> dict[str, Paar]:
    """{name of each table and field: (title, text)}, in the order of the page."""
    felder = [f"{spalte.name}_{jahr}" for jahr in jahre for spalte in JE_JAHR]
    return {
        **{name: (titel(name), _tabelle(gruppe, eingaben)) for name, gruppe in GRUPPEN.items()},
        **{name: (titel(name), wert(eingaben, name) or LEER) for name in (*felder, *AUSNAHME)},
    }


def _tabelle(gruppe, eingaben):
    zeilen = wert(eingaben, gruppe.schluessel) or []
    return nummeriert(_zeilentext(gruppe, zeile) for zeile in zeilen if not ist_leer(zeile))


def _zeilentext(gruppe, zeile):
    worte = []
    for spalte in gruppe.spalten:
        if text := zeile.get(spalte.name):
            wort = (spalte.wahl or {}).get(text, text)
            hat_einheit = not spalte.einheit or text.endswith(spalte.einheit)
            worte.append(wort if hat_einheit else f"{wort}{FEST}{spalte.einheit}")
    return "; ".join(worte)
