"""Where names stand on a map: beside their place, inside the sheet, not on top of each other."""

from __future__ import annotations

from dataclasses import dataclass

# Advance of an average letter of Fira Sans 600, as part of the font size.
BUCHSTABENBREITE = 0.57
OBERLAENGE, UNTERLAENGE = 0.75, 0.25


@dataclass(frozen=True)
class Ort:
    """A place that wants its name shown; `frei` is the distance the name keeps from the point."""

    text: str
    x: int
    y: int
    frei: int


def beschrifte(orte: list[Ort], breite: int, hoehe: int, schriftgroesse: int) -> list[dict]:
    """Names for the component `karte`, the most important `orte` first.

    Each name tries several positions around its place and stays away if all of them would cover
    another name or sign or leave the sheet; the list beside the map says it too.
    """
    belegt = [
        (ort.x - ort.frei, ort.y - ort.frei, ort.x + ort.frei, ort.y + ort.frei)
        for ort in orte
        if ort.frei
    ]
    schilder = []
    for ort in orte:
        for x, y, anker in _lagen(ort, schriftgroesse):
            kasten = _kasten(x, y, anker, ort.text, schriftgroesse)
            if _im_blatt(kasten, breite, hoehe) and not any(
                _ueberdeckt(kasten, anderer) for anderer in belegt
            ):
                belegt.append(kasten)
                schilder.append({"x": str(x), "y": str(y), "anker": anker, "text": ort.text})
                break
    return schilder


def _lagen(ort, schrift):
    """Baseline and anchor of the text, in order of preference."""
    mitte = round(ort.y + schrift * 0.25)
    if ort.frei:
        yield ort.x, ort.y + ort.frei + round(schrift * OBERLAENGE), "middle"
        yield ort.x, ort.y - ort.frei - round(schrift * UNTERLAENGE), "middle"
        seite = ort.frei
    else:
        yield ort.x, mitte, "middle"
        yield ort.x, mitte + schrift, "middle"
        yield ort.x, mitte - schrift, "middle"
        seite = 0
    yield ort.x + seite, mitte, "start"
    yield ort.x - seite, mitte, "end"


def _kasten(x, y, anker, text, schrift):
    laenge = len(text) * schrift * BUCHSTABENBREITE
    links = x - {"start": 0, "middle": laenge / 2, "end": laenge}[anker]
    return links, y - schrift * OBERLAENGE, links + laenge, y + schrift * UNTERLAENGE


def _im_blatt(kasten, breite, hoehe):
    return kasten[0] >= 0 and kasten[1] >= 0 and kasten[2] <= breite and kasten[3] <= hoehe


def _ueberdeckt(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
