"""The kinds of expenditure of a grant, in the order of the plan: for receipts, proof and shifts."""

from __future__ import annotations

from .spalten import PERSONAL, Ausgabenart

# What is investive is not eligible: no receipt is of that kind, and nothing is shifted there.
ARTEN = {
    PERSONAL.schluessel: PERSONAL.titel,
    **{art.value: art.label for art in Ausgabenart if art != Ausgabenart.INVESTIV},
}


def art_wort(schluessel: str) -> str:
    return ARTEN.get(schluessel, schluessel)
