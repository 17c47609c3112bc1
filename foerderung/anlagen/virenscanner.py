"""Asks the virus scanner clamd about a file. Without the setting CLAMD there is no scanner.

The protocol is clamd's INSTREAM: pieces with their length before them, an empty piece at the end,
one line as the answer. clamd's StreamMaxLength must be 20 MB or more.
"""

from __future__ import annotations

import logging
import re
import socket
import struct
import time
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

from django.conf import settings

logger = logging.getLogger(__name__)

VERBINDEN_S = 3
FRIST_S = 20  # for a file altogether
STUECK = 64 * 1024
HOECHSTENS_ANTWORT = 4096
BEFALLEN = re.compile(r"^stream: (?P<name>.+) FOUND$")
# Names of malware come from outside; the log takes codes only.
KEIN_CODE = re.compile(r"[^\w.:/+=-]")


class Befund(Enum):
    SAUBER = "sauber"
    BEFALLEN = "befallen"
    NICHT_ERREICHBAR = "nicht erreichbar"


@dataclass(frozen=True)
class Ergebnis:
    """What the scanner says; `schadprogramm` is its name for what it found."""

    befund: Befund
    schadprogramm: str = ""


class _KeineAntwort(Exception):
    """The scanner gave no verdict."""


def ist_eingerichtet() -> bool:
    return bool(settings.CLAMD)


def pruefe(datei: BinaryIO) -> Ergebnis:
    """Have the whole file scanned, which takes 20 seconds at most. No verdict is never "sauber"."""
    datei.seek(0)
    try:
        antwort = _frage(datei, time.monotonic() + FRIST_S)
    except (OSError, _KeineAntwort) as fehler:
        logger.warning("Der Virenscanner antwortet nicht: %s", fehler)
        return Ergebnis(Befund.NICHT_ERREICHBAR)
    finally:
        datei.seek(0)
    if antwort == "stream: OK":
        return Ergebnis(Befund.SAUBER)
    if treffer := BEFALLEN.match(antwort):
        return Ergebnis(Befund.BEFALLEN, KEIN_CODE.sub("_", treffer["name"])[:100])
    logger.error("Der Virenscanner konnte eine Datei nicht prüfen: %s", KEIN_CODE.sub("_", antwort))
    return Ergebnis(Befund.NICHT_ERREICHBAR)


def _frage(datei, ende):
    with _verbinde() as leitung:
        try:
            _sende(leitung, b"zINSTREAM\0", ende)
            while stueck := datei.read(STUECK):
                _sende(leitung, struct.pack("!L", len(stueck)) + stueck, ende)
            _sende(leitung, struct.pack("!L", 0), ende)
        except (BrokenPipeError, ConnectionResetError):
            # clamd hangs up when a file is too large for it, and says so before.
            logger.info("Der Virenscanner nahm die Datei nicht bis zum Ende.")
        return _lies(leitung, ende)


def _verbinde():
    if settings.CLAMD.startswith("unix:"):
        leitung = socket.socket(socket.AF_UNIX)
        leitung.settimeout(VERBINDEN_S)
        try:
            leitung.connect(settings.CLAMD.removeprefix("unix:"))
        except OSError:
            leitung.close()
            raise
        return leitung
    rechner, _, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((rechner.strip("[]"), int(port)), VERBINDEN_S)


def _sende(leitung, daten, ende):
    leitung.settimeout(_rest(ende))
    leitung.sendall(daten)


def _lies(leitung, ende):
    antwort = b""
    while not antwort.endswith(b"\0"):
        leitung.settimeout(_rest(ende))
        stueck = leitung.recv(HOECHSTENS_ANTWORT)
        if not stueck:
            raise _KeineAntwort("Er legte auf, ohne zu antworten.")
        antwort += stueck
        if len(antwort) > HOECHSTENS_ANTWORT:
            raise _KeineAntwort("Die Antwort ist zu lang.")
    return antwort.rstrip(b"\0\n").decode(errors="replace")


def _rest(ende):
    rest = ende - time.monotonic()
    if rest <= 0:
        raise TimeoutError("Die Zeit ist um.")
    return rest
