"""Tokens of a colour scheme and the contrast between two of them."""

import math
import re
from functools import cache

from . import quellen

DEKLARATION = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
VERWEIS = re.compile(r"var\((--[\w-]+)\)")
OKLCH = re.compile(r"oklch\(([\d.]+)%\s+([\d.]+)\s+([\d.]+)\)")


@cache
def token(schema):
    """All custom properties for "light" or "dark": KERN first, ours after it."""
    werte = {}
    for datei in (quellen.KERN / "kern.min.css", quellen.CSS / "tokens.css"):
        css = quellen.ohne_kommentare(datei.read_text(encoding="utf-8"))
        for rahmen, regel in _wurzelregeln(css):
            if rahmen in ("", f"@media (prefers-color-scheme: {schema})"):
                werte |= {name: wert.strip() for name, wert in DEKLARATION.findall(regel)}
    return werte


def _wurzelregeln(css):
    """Yield (media query, body) of every :root rule, in order."""
    muster = re.compile(
        r"(?P<rahmen>@media \(prefers-color-scheme: (?:light|dark)\))\s*\{\s*:root\s*\{(?P<innen>[^}]*)\}"
        r"|(?<![\w\])-]):root\s*\{(?P<aussen>[^}]*)\}"
    )
    for treffer in muster.finditer(css):
        yield treffer["rahmen"] or "", treffer["innen"] or treffer["aussen"] or ""


def farbe(name, schema):
    """Red, green, blue from 0 to 1 of a token or of a plain colour value."""
    wert = name
    while wert.startswith(("--", "var(")):
        verweis = VERWEIS.fullmatch(wert)
        wert = token(schema)[verweis[1] if verweis else wert]
    if wert.startswith("#"):
        ziffern = wert[1:] if len(wert) == 7 else "".join(2 * ziffer for ziffer in wert[1:])
        return tuple(int(ziffern[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return _aus_oklch(*(float(teil) for teil in OKLCH.fullmatch(wert).groups()))


def _aus_oklch(helligkeit, buntheit, winkel):
    """The published conversion OKLCH -> OKLab -> linear sRGB -> sRGB, cut to the gamut."""
    hell = helligkeit / 100
    a = buntheit * math.cos(math.radians(winkel))
    b = buntheit * math.sin(math.radians(winkel))
    lang = (hell + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mittel = (hell - 0.1055613458 * a - 0.0638541728 * b) ** 3
    kurz = (hell - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * lang - 3.3077115913 * mittel + 0.2309699292 * kurz,
        -1.2684380046 * lang + 2.6097574011 * mittel - 0.3413193965 * kurz,
        -0.0041960863 * lang - 0.7034186147 * mittel + 1.7076147010 * kurz,
    )
    return tuple(_gamma(min(max(anteil, 0), 1)) for anteil in linear)


def _gamma(anteil):
    return 12.92 * anteil if anteil <= 0.0031308 else 1.055 * anteil ** (1 / 2.4) - 0.055


def kontrast(vorn, hinten, schema):
    """WCAG contrast ratio of two tokens or colour values."""
    hell, dunkel = sorted(
        (_leuchtdichte(farbe(vorn, schema)), _leuchtdichte(farbe(hinten, schema))), reverse=True
    )
    return (hell + 0.05) / (dunkel + 0.05)


def _leuchtdichte(rgb):
    rot, gruen, blau = (
        anteil / 12.92 if anteil <= 0.04045 else ((anteil + 0.055) / 1.055) ** 2.4 for anteil in rgb
    )
    return 0.2126 * rot + 0.7152 * gruen + 0.0722 * blau
