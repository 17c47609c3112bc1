"""Which files the portal takes: the ending, the first bytes and what is inside must say the same.

Nothing is guessed from what the browser says. Each refusal is one German sentence or two that say
what to do; it belongs to the field of the file.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from django.core.exceptions import ValidationError

from . import dateiprobe
from .dateiprobe import Fund

logger = logging.getLogger(__name__)

HOECHSTENS_MB = 20
HOECHSTENS_BYTES = HOECHSTENS_MB * 1024 * 1024
# Enough for a name, below the 255 bytes of file systems, and what the column holds.
HOECHSTENS_NAME_BYTES = 150
FRIST_S = 30
# Each look may take as much memory as dateiprobe.SPEICHER: this many at once in a process.
_GLEICHZEITIG = BoundedSemaphore(2)

ALTES_OFFICE = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also the shell around an encrypted DOCX or XLSX
)
VERSCHLUESSELTES_OFFICE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Dateiart:
    """A kind of file. `anfang` are the bytes with which each of them begins."""

    name: str
    endungen: tuple[str, ...]
    inhaltstyp: str
    anfang: bytes

    @property
    def kennung(self) -> str:
        return self.endungen[0]


_OOXML = "application/vnd.openxmlformats-officedocument"
PDF = Dateiart("PDF", ("pdf",), "application/pdf", b"%PDF-")
JPG = Dateiart("JPG", ("jpg", "jpeg"), "image/jpeg", b"\xff\xd8\xff")
PNG = Dateiart("PNG", ("png",), "image/png", b"\x89PNG\r\n\x1a\n")
DOCX = Dateiart("DOCX", ("docx",), f"{_OOXML}.wordprocessingml.document", b"PK\x03\x04")
XLSX = Dateiart("XLSX", ("xlsx",), f"{_OOXML}.spreadsheetml.sheet", b"PK\x03\x04")
ODT = Dateiart("ODT", ("odt",), "application/vnd.oasis.opendocument.text", b"PK\x03\x04")
ARTEN = (PDF, JPG, PNG, DOCX, XLSX, ODT)

_NEU_SPEICHERN = (
    "Öffnen Sie die Datei in ihrem Programm, speichern Sie sie neu und laden Sie sie hoch."
)
SAETZE = {
    Fund.BESCHAEDIGT: f"Die Datei ist beschädigt. {_NEU_SPEICHERN}",
    Fund.VERSCHLUESSELT: (
        "Die Datei ist mit einem Passwort oder durch Einschränkungen geschützt. "
        "Speichern Sie sie ohne Schutz und laden Sie sie noch einmal hoch."
    ),
    Fund.MAKROS: (
        "Die Datei enthält Makros. Speichern Sie sie ohne Makros, am besten als PDF, "
        "und laden Sie sie noch einmal hoch."
    ),
    Fund.UNSICHERE_PFADE: f"Die Datei enthält Pfade, die aus ihr hinausführen. {_NEU_SPEICHERN}",
    Fund.ENTPACKT_ZU_GROSS: (
        "Die Datei ist entpackt zu groß. Verkleinern Sie Bilder und Tabellen darin "
        "oder speichern Sie sie als PDF."
    ),
    Fund.ZU_VIELE_BILDPUNKTE: (
        "Das Bild hat mehr als 50 Millionen Bildpunkte. Verkleinern Sie es und laden Sie es "
        "noch einmal hoch."
    ),
    Fund.ZU_AUFWENDIG: (
        "Die Datei ist zu aufwendig aufgebaut, um sie zu prüfen. Drucken Sie sie in eine neue "
        "PDF-Datei und laden Sie diese hoch."
    ),
}
LEER = "Die Datei ist leer. Wählen Sie die Datei mit Inhalt aus."
ZU_GROSS = (
    f"Die Datei ist größer als {HOECHSTENS_MB} MB. Verkleinern Sie sie oder teilen Sie sie auf."
)
PASSWORT = SAETZE[Fund.VERSCHLUESSELT]


def erlaubt(arten: Sequence[Dateiart] = ARTEN) -> str:
    """The rule for people, as a hint: "PDF, JPG oder PNG, höchstens 20 MB"."""
    return f"{_aufzaehlung(arten)}, höchstens {HOECHSTENS_MB} MB"


def accept(arten: Sequence[Dateiart] = ARTEN) -> str:
    """The same for the file dialog of the browser."""
    return ",".join(f".{endung}" for art in arten for endung in art.endungen)


def pruefe(datei: BinaryIO, dateiname: str, arten: Sequence[Dateiart] = ARTEN) -> Dateiart:
    """The kind of the file, judged by name and content; raises ValidationError with the sentence.

    Reads the file from its beginning and leaves it there.
    """
    datei.seek(0)
    inhalt = datei.read(HOECHSTENS_BYTES + 1)
    datei.seek(0)
    art = _art_der_endung(dateiname, arten)
    if not inhalt:
        raise ValidationError(LEER, code="leer")
    if len(inhalt) > HOECHSTENS_BYTES:
        raise ValidationError(ZU_GROSS, code="zu_gross")
    if not inhalt.startswith(art.anfang):
        raise _falscher_inhalt(art, inhalt)
    fund = _untersuche(art, inhalt)
    if fund == Fund.ANDERE_ART:
        raise _passt_nicht(art)
    if fund != Fund.GUT:
        raise ValidationError(SAETZE[fund], code=fund.value)
    return art


def _art_der_endung(dateiname, arten):
    endung = Path(dateiname).suffix.lower().removeprefix(".")
    for art in arten:
        if endung in art.endungen:
            return art
    raise ValidationError(
        f"Diese Art von Datei nimmt das Portal nicht an. Speichern Sie sie als {_aufzaehlung(arten)}.",
        code="endung",
    )


def _falscher_inhalt(art, inhalt):
    if inhalt.startswith(ALTES_OFFICE) and art in (DOCX, XLSX):
        if VERSCHLUESSELTES_OFFICE in inhalt:
            return ValidationError(PASSWORT, code=Fund.VERSCHLUESSELT.value)
        return ValidationError(
            f"Die Datei hat ein altes Office-Format. Speichern Sie sie als {art.name}.",
            code="altes_format",
        )
    for andere in (PDF, JPG, PNG):
        if inhalt.startswith(andere.anfang):
            return ValidationError(
                f"Der Inhalt ist {andere.name}, der Name endet aber auf .{art.kennung}. "
                f"Ändern Sie die Endung in .{andere.kennung} oder wählen Sie eine andere Datei.",
                code=Fund.ANDERE_ART.value,
            )
    return _passt_nicht(art)


def _passt_nicht(art):
    return ValidationError(
        f"Der Inhalt ist kein {art.name}, obwohl der Name auf .{art.kennung} endet. "
        f"Speichern Sie die Datei in ihrem Programm als {art.name}.",
        code=Fund.ANDERE_ART.value,
    )


def _untersuche(art: Dateiart, inhalt: bytes) -> Fund:
    """What dateiprobe finds in a process of its own; one that dies or takes too long found too much."""
    befehl = [sys.executable, "-I", "-B", dateiprobe.__file__, art.kennung]
    with _GLEICHZEITIG:
        try:
            ergebnis = subprocess.run(
                befehl, input=inhalt, capture_output=True, timeout=FRIST_S, env={}
            )
        except subprocess.TimeoutExpired:
            return Fund.ZU_AUFWENDIG
    if ergebnis.returncode > 0:  # below 0: ended by the system, at one of its limits
        logger.error("Eine Datei ließ sich nicht prüfen: %s", ergebnis.stderr.decode()[-300:])
    return Fund(ergebnis.stdout.decode().strip()) if not ergebnis.returncode else Fund.ZU_AUFWENDIG


def _aufzaehlung(arten):
    *vorne, letzte = [art.name for art in arten]
    return f"{', '.join(vorne)} oder {letzte}" if vorne else letzte


# --- Names ---------------------------------------------------------------------

TRENNER = re.compile(r"[/\\]")
# What Windows forbids in a name; a colon also begins a second stream of a file there.
VERBOTEN = re.compile(r'[<>:"|?*]')
LEERRAUM = re.compile(r"\s+")
# Control characters, marks that hide or turn the reading direction, and what no font has.
UNSICHTBAR = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def dateiname(roh: str) -> str:
    """The name as it may be shown and sent back: one part, NFC, visible, at most 150 bytes."""
    name = TRENNER.split(roh)[-1]
    name = "".join(" " if z in "\t\n\r" else z for z in name)
    name = "".join(z for z in name if unicodedata.category(z) not in UNSICHTBAR)
    name = LEERRAUM.sub(" ", VERBOTEN.sub("_", unicodedata.normalize("NFC", name))).rstrip(" .")
    stamm, punkt, endung = name.rpartition(".")
    if not punkt:
        return _auf_bytes(name.lstrip(), HOECHSTENS_NAME_BYTES) or "Anlage"
    stamm, endung = stamm.strip(" .") or "Anlage", _auf_bytes(endung, 20)
    return f"{_auf_bytes(stamm, HOECHSTENS_NAME_BYTES - len(endung.encode()) - 1)}.{endung}"


def _auf_bytes(text, hoechstens):
    """Cut to so many bytes without breaking a character."""
    return text.encode()[:hoechstens].decode(errors="ignore").rstrip(" .")
