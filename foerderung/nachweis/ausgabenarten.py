"""Under which kind of expenditure a receipt counts: the rows of the proof, in the order of the plan."""

from __future__ import annotations

from ..plan.spalten import PERSONAL, Ausgabenart

# What is investive is not eligible, so no receipt is of that kind.
ARTEN = {
    PERSONAL.schluessel: PERSONAL.titel,
    **{art.value: art.label for art in Ausgabenart if art != Ausgabenart.INVESTIV},
}


def art_wort(schluessel: str) -> str:
    return ARTEN.get(schluessel, schluessel)
