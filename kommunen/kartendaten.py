"""Outlines and boundary lines for the map, from TopoJSON in map units (sheet 9000 × 6720)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot, inf
from pathlib import Path

from .einlesen import Fehlerliste, Zeile, lies_text
from .models import Kartenlinie

DATEI = "gemeinden_sachsen_klein.topojson"

Punkt = tuple[int, int]


@dataclass(frozen=True)
class Flaeche:
    """One outline: a path with relative whole numbers, a point inside, the box around it."""

    pfad: str
    x: int
    y: int
    radius: int
    links: int
    oben: int
    rechts: int
    unten: int


@dataclass(frozen=True)
class Karte:
    gemeinden: dict[str, Flaeche]
    kreise: dict[str, Flaeche]
    linien: dict[str, str]
    zeile: Zeile


def lies_karte(ordner: Path, fehler: Fehlerliste) -> Karte | None:
    """The map in `ordner`; None after telling `fehler` what is wrong with it."""
    inhalt = lies_text(ordner / DATEI, fehler)
    if inhalt is None:
        return None
    try:
        topologie = json.loads(inhalt)
        return _Topologie(topologie).karte()
    except json.JSONDecodeError as grund:
        fehler.melde_in(DATEI, grund.lineno, "", "Die Datei ist kein vollständiges JSON.")
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ZeroDivisionError):
        fehler.melde_in(DATEI, 0, "", "Die Datei ist kein TopoJSON mit den erwarteten Ebenen.")
    return None


class _Topologie:
    """Arcs are kept in tenths of a unit of the 900 × 672 sheet, which are our whole units."""

    def __init__(self, topologie):
        if topologie["transform"] != {"scale": [0.1, 0.1], "translate": [0, 0]}:
            raise ValueError("other grid")
        self.ebenen = topologie["objects"]
        self.boegen = [list(_punkte(bogen)) for bogen in topologie["arcs"]]

    def karte(self):
        gemeinden, innenpunkte = {}, {}
        for geometrie in self.ebenen["gemeinden"]["geometries"]:
            eigen = geometrie["properties"]
            x, y, radius = (round(eigen[name] * 10) for name in ("x", "y", "r"))
            gemeinden[eigen["ags"]] = self._flaeche(geometrie, x, y, radius)
            innenpunkte.setdefault(eigen["kreis"], []).append((x, y))
        kreise = {}
        for geometrie in self.ebenen["kreise"]["geometries"]:
            ags = geometrie["properties"]["ags"]
            kreise[ags] = self._flaeche(
                geometrie, *_freiester_punkt(innenpunkte[ags], list(self._ringe(geometrie)))
            )
        linien = {art: self._linie(self.ebenen[art]) for art in Kartenlinie.Art.values}
        return Karte(gemeinden, kreise, linien, Zeile(DATEI, 0, {}))

    def _ringe(self, geometrie) -> Iterator[list[Punkt]]:
        mehrere = geometrie["type"] == "MultiPolygon"
        for flaeche in geometrie["arcs"] if mehrere else [geometrie["arcs"]]:
            for ring in flaeche:
                yield self._kette(ring)[:-1]

    def _kette(self, nummern) -> list[Punkt]:
        """The points of arcs laid end to end; ~n is arc n backwards."""
        punkte = []
        for nummer in nummern:
            bogen = self.boegen[nummer] if nummer >= 0 else self.boegen[~nummer][::-1]
            punkte += bogen[1:] if punkte else bogen
        return punkte

    def _flaeche(self, geometrie, x, y, radius):
        ringe = list(self._ringe(geometrie))
        alle_x = [punkt[0] for ring in ringe for punkt in ring]
        alle_y = [punkt[1] for ring in ringe for punkt in ring]
        return Flaeche(
            "".join(f"{_pfad(ring)}z" for ring in ringe),
            x, y, radius, min(alle_x), min(alle_y), max(alle_x), max(alle_y),
        )  # fmt: skip

    def _linie(self, geometrie):
        return "".join(map(_pfad, _zuege([self._kette(nummern) for nummern in geometrie["arcs"]])))


def _punkte(bogen):
    x = y = 0
    for dx, dy in bogen:
        x, y = x + dx, y + dy
        yield x, y


def _zuege(strecken: list[list[Punkt]]) -> Iterator[list[Punkt]]:
    """Lines joined where they meet: a shorter path, and no gap at the joints."""
    offen = dict(enumerate(strecken))
    an = defaultdict(list)
    for nummer, strecke in offen.items():
        an[strecke[0]].append(nummer)
        an[strecke[-1]].append(nummer)
    while offen:
        zug = offen.pop(next(iter(offen)))
        while weiter := [nummer for nummer in an[zug[-1]] if nummer in offen]:
            strecke = offen.pop(weiter[0])
            zug = zug + (strecke if strecke[0] == zug[-1] else strecke[::-1])[1:]
        yield zug


def _pfad(punkte: list[Punkt]) -> str:
    """SVG: an absolute start, then relative steps; a minus sign needs no space before it."""
    (x, y), *rest = punkte
    schritte = []
    for nx, ny in rest:
        schritte += [str(nx - x), str(ny - y)]
        x, y = nx, ny
    return f"M{punkte[0][0]} {punkte[0][1]}l{' '.join(schritte)}".replace(" -", "-")


def _freiester_punkt(kandidaten: list[Punkt], ringe: list[list[Punkt]]) -> tuple[int, int, int]:
    """The candidate farthest from every boundary, with that distance; all lie inside."""
    strecken = [
        (*anfang, *ende)
        for ring in ringe
        for anfang, ende in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    abstand, punkt = max(
        (min((_abstand(punkt, strecke) for strecke in strecken), default=inf), punkt)
        for punkt in kandidaten
    )
    return *punkt, int(abstand)


def _abstand(punkt, strecke):
    (x, y), (ax, ay, bx, by) = punkt, strecke
    laenge_quadrat = (bx - ax) ** 2 + (by - ay) ** 2
    t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / laenge_quadrat if laenge_quadrat else 0
    t = min(1, max(0, t))
    return hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
