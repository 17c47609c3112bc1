"""Weight budget of a first visit (GESTALTUNG section 10), without the page itself, which the view tests weigh."""

import gzip
import re

import brotli

from . import quellen

KB = 1000
# What is left for the HTML of a page.
HTML_KB = 20


def verlinkt(endung):
    rahmen = (quellen.VORLAGEN / "base.html").read_text(encoding="utf-8")
    pfade = re.findall(r'{% static "([^"]+)" %}', rahmen)
    return [quellen.STATIC / pfad for pfad in pfade if pfad.endswith(endung)]


def als_gzip(dateien):
    return sum(len(gzip.compress(datei.read_bytes(), 9)) for datei in dateien)


def als_brotli(dateien):
    return sum(len(brotli.compress(datei.read_bytes())) for datei in dateien)


def schriften():
    return [quellen.SCHRIFT / f"fira-sans-latin-{dicke}-normal.woff2" for dicke in (400, 600)]


def bilder():
    return [quellen.STATIC / "img" / "icons.svg", quellen.STATIC / "img" / "marke.svg"]


def test_styles_stay_below_45_kb():
    """As browsers get them over HTTPS: precompressed with brotli."""
    assert als_brotli(verlinkt(".css")) <= 45 * KB


def test_scripts_stay_below_8_kb():
    """All of them together, those of single private pages too, though no page loads them all."""
    dateien = list((quellen.STATIC / "js").glob("*.js"))
    assert dateien
    assert als_brotli(dateien) <= 8 * KB


def test_fonts_stay_below_50_kb():
    assert sum(datei.stat().st_size for datei in schriften()) <= 50 * KB


def test_first_visit_stays_below_130_kb_even_with_gzip():
    texte = als_gzip([*verlinkt(".css"), *verlinkt(".js"), *bilder()])
    schrift = sum(datei.stat().st_size for datei in schriften())
    assert texte + schrift + HTML_KB * KB <= 130 * KB


def test_first_visit_takes_at_most_30_requests():
    seite = 1
    assert (
        seite + len(verlinkt(".css")) + len(verlinkt(".js")) + len(schriften()) + len(bilder())
        <= 30
    )
