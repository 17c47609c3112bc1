"""Outlines of the map as text: from the stored sheet (9000 × 6720) to the size a page shows.

Stored paths consist of M (absolute), l (relative) and z, in whole numbers. Neighbours share
the very same points. The same paths give the same text, so results are kept in memory.
"""

from __future__ import annotations

import re
from functools import lru_cache

Punkt = tuple[int, int]

_TEIL = re.compile(r"M(-?\d+) (-?\d+)(?:l([^Mz]*))?(z?)")
_ZAHL = re.compile(r"-?\d+")


@lru_cache(maxsize=2048)
def auf_blatt(pfad: str, faktor: float, links: int = 0, oben: int = 0) -> str:
    """The path in whole units of a sheet that begins at `links`, `oben` and is scaled by `faktor`."""
    return "".join(
        _schreibe(_verkleinert(punkte, faktor, links, oben), geschlossen)
        for punkte, geschlossen in _lies(pfad)
    )


@lru_cache(maxsize=64)
def vereinigt_auf_blatt(pfade: tuple[str, ...], faktor: float) -> str:
    """The outline of several areas together, without the boundaries between them.

    A boundary of two of the areas is run through once in each direction; the two cancel out.
    """
    naechste: dict[Punkt, list[Punkt]] = {}
    for pfad in pfade:
        for punkte, _ in _lies(pfad):
            for a, b in zip(punkte, [*punkte[1:], punkte[0]], strict=True):
                if a in naechste.get(b, ()):
                    naechste[b].remove(a)
                else:
                    naechste.setdefault(a, []).append(b)
    return "".join(
        _schreibe(_verkleinert(ring, faktor, 0, 0), geschlossen=True) for ring in _ringe(naechste)
    )


def _ringe(naechste):
    """Walk along the edges that are left until each has been used once."""
    for anfang in naechste:
        while naechste[anfang]:
            ring, punkt = [anfang], naechste[anfang].pop()
            while punkt != anfang:
                ring.append(punkt)
                punkt = naechste[punkt].pop()
            yield ring


def _lies(pfad):
    """The parts of a path as lists of absolute points, and whether each is closed."""
    for x, y, schritte, ende in _TEIL.findall(pfad):
        punkte = [(int(x), int(y))]
        zahlen = [int(zahl) for zahl in _ZAHL.findall(schritte)]
        for dx, dy in zip(zahlen[::2], zahlen[1::2], strict=True):
            vorher = punkte[-1]
            punkte.append((vorher[0] + dx, vorher[1] + dy))
        yield punkte, bool(ende)


def _verkleinert(punkte, faktor, links, oben):
    """The points on the new sheet; those that rounding brings to the place before are left out."""
    ergebnis = []
    for x, y in punkte:
        punkt = (round((x - links) * faktor), round((y - oben) * faktor))
        if not ergebnis or punkt != ergebnis[-1]:
            ergebnis.append(punkt)
    return ergebnis


def _schreibe(punkte, geschlossen):
    """The shortest way to write the points: a minus sign separates as well as a blank."""
    (anfang_x, anfang_y), *weitere = punkte
    if not weitere:
        return ""
    x, y, schritte = anfang_x, anfang_y, []
    for naechstes_x, naechstes_y in weitere:
        schritte += [naechstes_x - x, naechstes_y - y]
        x, y = naechstes_x, naechstes_y
    text = " ".join(map(str, schritte)).replace(" -", "-")
    return f"M{anfang_x} {anfang_y}l{text}{'z' if geschlossen else ''}"
