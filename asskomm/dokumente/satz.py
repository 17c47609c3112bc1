"""Typesets documents: accessible PDF (PDF/UA-1) from a template in `vorlagen/` and data.

The data reach the template as JSON only, never as source text: whatever a person has typed is
text there and cannot become a command. Templates read nothing but their own folder, with the
files to embed beside them.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum, StrEnum
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import typst

from .zeichenvorrat import zeichenvorrat

ORDNER = Path(__file__).resolve().parent
VORLAGEN = ORDNER / "vorlagen"
SCHRIFTEN = ORDNER / "schriften"
# In place of characters that our font has not: PDF/UA allows no empty boxes. Thin spaces and
# hyphens that word processors like have a plain form, emoji have none.
ERSATZ = "?"
EINFACHE_FORM = {"Zs": " ", "Zl": "\n", "Zp": "\n", "Pd": "-"}
# White space is no picture of the font.
LEERRAUM = frozenset("\n\t")


class Norm(Enum):
    """Which standards a document claims; typst refuses to make one that breaks them."""

    BARRIEREFREI = ("ua-1",)
    # For the file: PDF/A-3a keeps the data of the case inside the document.
    AKTE = ("ua-1", "a-3a")


class Beziehung(StrEnum):
    """What an embedded file is to the document (PDF/A-3, AFRelationship)."""

    DATEN = "data"
    ERGAENZUNG = "supplement"


@dataclass(frozen=True)
class Einbettung:
    """A file inside the PDF, kept byte by byte."""

    name: str
    inhalt: bytes
    inhaltstyp: str
    beschreibung: str
    beziehung: Beziehung = Beziehung.DATEN


def setze(
    vorlage: str,
    daten: Mapping,
    *,
    am: datetime,
    norm: Norm = Norm.BARRIEREFREI,
    einbettungen: Sequence[Einbettung] = (),
) -> bytes:
    """The PDF made from `vorlagen/<vorlage>.typ`; `am` becomes its date of creation.

    `daten` must be fit for JSON; dates and amounts come as the text that is to be read, and
    `titel` is the title of the document. The template finds them in `daten`, see
    `vorlagen/rahmen.typ`. The same arguments give the same bytes, as long as template, font
    and typst are the same.
    """
    with _ordner(einbettungen) as ordner:
        return _uebersetze(ordner, vorlage, daten, am, norm, einbettungen)


def _uebersetze(ordner, vorlage, daten, am, norm, einbettungen):
    return typst.compile(
        ordner / f"{vorlage}.typ",
        root=ordner,
        font_paths=_schriften(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={
            "daten": json.dumps(_darstellbar(daten)),
            "einbettungen": json.dumps(
                [_eingebettet(nummer, datei) for nummer, datei in enumerate(einbettungen)]
            ),
        },
        pdf_standards=list(norm.value),
        timestamp=am.replace(microsecond=0, tzinfo=timezone(am.utcoffset())),
    )


@contextmanager
def _ordner(einbettungen: Sequence[Einbettung]) -> Iterator[Path]:
    """The templates, beside the files to embed: typst takes bytes only from a folder.

    As numbers in the data they would cost many times their size in time and memory.
    """
    if not einbettungen:
        yield VORLAGEN
        return
    with TemporaryDirectory(prefix="satz-") as name:
        ordner = Path(name)
        for vorlage in VORLAGEN.glob("*.typ"):
            copyfile(vorlage, ordner / vorlage.name)  # a link would lead out of the folder
        for nummer, datei in enumerate(einbettungen):
            (ordner / _datei(nummer)).write_bytes(datei.inhalt)
        yield ordner


def _datei(nummer: int) -> str:
    return f"einbettung-{nummer}"


def _eingebettet(nummer: int, datei: Einbettung) -> dict:
    return {
        "name": datei.name,
        "datei": _datei(nummer),
        "inhaltstyp": datei.inhaltstyp,
        "beschreibung": datei.beschreibung,
        "beziehung": datei.beziehung,
    }


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


def _ersatz(zeichen):
    return EINFACHE_FORM.get(unicodedata.category(zeichen), ERSATZ)


def _darstellbar(wert):
    if isinstance(wert, str):
        return "".join(z if z in _vorrat() else _ersatz(z) for z in wert)
    if isinstance(wert, Mapping):
        return {name: _darstellbar(teil) for name, teil in wert.items()}
    if isinstance(wert, (list, tuple)):
        return [_darstellbar(teil) for teil in wert]
    return wert
