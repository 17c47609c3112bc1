"""Where attachments lie: in a folder of their own, outside static files and media.

A file has a random name and is never changed or used again. It is written beside its place, and
only when every byte is on the disk it gets its name: what was broken off is never found under one.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import storages

logger = logging.getLogger(__name__)

UNFERTIG = ".teil"
STUECK = 64 * 1024
KEIN_PLATZ = (
    "Auf dem Server ist kein Platz mehr. Die Datei ist nicht gespeichert, alles andere bleibt. "
    "Laden Sie sie später noch einmal hoch."
)
NICHT_GESPEICHERT = (
    "Die Datei ließ sich nicht speichern, alles andere bleibt. Laden Sie sie noch einmal hoch."
)


class NichtAbgelegt(Exception):
    """The disk did not take the file. The German text may be shown."""


@dataclass(frozen=True)
class Abgelegt:
    """A file in its place: `pfad` is its name in the storage, `groesse` in bytes."""

    pfad: str
    groesse: int
    sha256: str


class Rohling:
    """A file that is being written; `strom` reads what is there so far.

    It is gone when it is closed before it was taken over. Raises NichtAbgelegt.
    """

    def __init__(self):
        self.pfad = uuid.uuid4().hex
        self.groesse = 0
        self._summe = hashlib.sha256()
        self._beiseite = _ort(self.pfad + UNFERTIG)
        try:
            self._beiseite.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            griff = os.open(self._beiseite, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as fehler:
            raise _nicht_abgelegt(fehler) from fehler
        self.strom = os.fdopen(griff, "w+b")

    def schreibe(self, stueck: bytes) -> None:
        try:
            self.strom.write(stueck)
        except OSError as fehler:
            self.close()
            raise _nicht_abgelegt(fehler) from fehler
        self._summe.update(stueck)
        self.groesse += len(stueck)

    def uebernimm(self) -> Abgelegt:
        """Give the file its name, for good. Call it before the row that names it is written."""
        try:
            self.strom.flush()
            os.fchmod(self.strom.fileno(), 0o440)
            os.fsync(self.strom.fileno())
            self.strom.close()
            self._beiseite.rename(_ort(self.pfad))
            _halte_ordner_fest()
        except OSError as fehler:
            self.close()
            raise _nicht_abgelegt(fehler) from fehler
        return Abgelegt(self.pfad, self.groesse, self.sha256)

    @property
    def sha256(self) -> str:
        """Of what is written so far."""
        return self._summe.hexdigest()

    def close(self) -> None:
        """Leave nothing of it, unless it was taken over."""
        try:
            self.strom.close()
        except OSError:  # what was still to be written finds no room; the file goes anyway
            logger.info("Eine abgebrochene Anlage war noch nicht ganz geschrieben.")
        self._beiseite.unlink(missing_ok=True)


def lege_ab(datei: BinaryIO) -> Abgelegt:
    """Store what `datei` holds from its beginning; raises NichtAbgelegt."""
    rohling = Rohling()
    try:
        datei.seek(0)
        while stueck := datei.read(STUECK):
            rohling.schreibe(stueck)
        return rohling.uebernimm()
    finally:
        rohling.close()


def oeffne(pfad: str) -> BinaryIO:
    """For reading; raises FileNotFoundError."""
    return open(_ort(pfad), "rb")


def entferne(pfad: str) -> None:
    """Delete the file; one that is gone already is no error."""
    _ort(pfad).unlink(missing_ok=True)
    _halte_ordner_fest()


def dateien(aelter_als: datetime) -> Iterator[str]:
    """Names of all files last written before that moment, unfinished ones too."""
    ordner = _ordner()
    if not ordner.is_dir():
        return
    for eintrag in os.scandir(ordner):
        if datetime.fromtimestamp(eintrag.stat().st_mtime, UTC) < aelter_als:
            yield eintrag.name


def _ordner() -> Path:
    return Path(storages["anlagen"].path(""))


def _ort(pfad: str) -> Path:
    """The storage refuses every name that leads out of its folder."""
    return Path(storages["anlagen"].path(pfad))


def _halte_ordner_fest():
    griff = os.open(_ordner(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(griff)
    finally:
        os.close(griff)


def _nicht_abgelegt(fehler: OSError) -> NichtAbgelegt:
    logger.error(
        "Eine Anlage ließ sich nicht speichern: %s", errno.errorcode.get(fehler.errno, "?")
    )
    voll = fehler.errno in (errno.ENOSPC, errno.EDQUOT)
    return NichtAbgelegt(KEIN_PLATZ if voll else NICHT_GESPEICHERT)
