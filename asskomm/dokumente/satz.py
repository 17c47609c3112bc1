"""Typesets documents: accessible PDF (PDF/UA-1) from a template in `vorlagen/` and data.

The data reach the template as JSON only, never as source text: whatever a person has typed is
text there and cannot become a command. Templates read nothing but their own folder.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import cache
from pathlib import Path

import typst

from .zeichenvorrat import zeichenvorrat

ORDNER = Path(__file__).resolve().parent
VORLAGEN = ORDNER / "vorlagen"
SCHRIFTEN = ORDNER / "schriften"
# In place of characters that our font has not, such as emoji: PDF/UA allows no empty boxes.
ERSATZ = "?"
# White space is no picture of the font.
LEERRAUM = frozenset("\n\t")


def setze(vorlage: str, daten: Mapping, *, am: datetime) -> bytes:
    """The PDF made from `vorlagen/<vorlage>.typ`; `am` becomes its date of creation.

    `daten` must be fit for JSON; dates and amounts come as the text that is to be read. The
    template finds them in `daten`, see `vorlagen/rahmen.typ`.
    """
    return typst.compile(
        VORLAGEN / f"{vorlage}.typ",
        root=VORLAGEN,
        font_paths=_schriften(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"daten": json.dumps(_darstellbar(daten))},
        pdf_standards=["ua-1"],
        timestamp=am.replace(microsecond=0, tzinfo=timezone(am.utcoffset())),
    )


@cache
def _schriften() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[SCHRIFTEN]
    )


@cache
def _vorrat() -> frozenset[str]:
    """What every weight of the font can show."""
    je_schrift = [zeichenvorrat(datei.read_bytes()) for datei in SCHRIFTEN.glob("*.ttf")]
    return frozenset.intersection(*je_schrift) | LEERRAUM


def _darstellbar(wert):
    if isinstance(wert, str):
        return "".join(z if z in _vorrat() else ERSATZ for z in wert)
    if isinstance(wert, Mapping):
        return {name: _darstellbar(teil) for name, teil in wert.items()}
    if isinstance(wert, (list, tuple)):
        return [_darstellbar(teil) for teil in wert]
    return wert
