"""The local mailbox: where mails go while no mail server is set. Nothing leaves the machine.

A mail is a file VAR_DIR/briefkasten/<uuid>.eml, readable for this account only. The name comes from
the Message-ID, so that a repetition takes the place of the first.
"""

import contextlib
import email
import email.policy
import os
import re
import tempfile
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

KLASSE = "asskomm.post.briefkasten.Briefkasten"


class Briefkasten(BaseEmailBackend):
    def open(self):
        """Raises OSError where nothing can be written: as good as a mail server that is down."""
        ordner().mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=ordner()):
            return True

    def send_messages(self, email_messages):
        self.open()
        for nachricht in email_messages:
            _lege_ab(_kennung(nachricht), nachricht.message().as_bytes())
        return len(email_messages)


@dataclass(frozen=True)
class Brief:
    kennung: uuid.UUID
    eingegangen_um: datetime
    an: str
    betreff: str
    text: str


def in_gebrauch() -> bool:
    """Is this where mails go?"""
    return settings.EMAIL_BACKEND == KLASSE


def ordner() -> Path:
    return settings.VAR_DIR / "briefkasten"


def kennungen() -> list[uuid.UUID]:
    """All mails, the newest first."""
    zeiten = {}
    for datei in ordner().glob("*.eml"):
        with contextlib.suppress(ValueError, FileNotFoundError):  # put there or removed by hand
            zeiten[uuid.UUID(datei.stem)] = datei.stat().st_mtime_ns
    return sorted(zeiten, key=zeiten.get, reverse=True)


def lies(kennung: uuid.UUID) -> Brief:
    """Raises FileNotFoundError."""
    datei = _datei(kennung)
    nachricht = email.message_from_bytes(datei.read_bytes(), policy=email.policy.default)
    return Brief(
        kennung,
        datetime.fromtimestamp(datei.stat().st_mtime, UTC),
        nachricht["To"],
        nachricht["Subject"],
        nachricht.get_body(("plain",)).get_content(),
    )


def loesche(kennung: uuid.UUID) -> None:
    _datei(kennung).unlink(missing_ok=True)


def _datei(kennung):
    return ordner() / f"{kennung}.eml"


def _kennung(nachricht):
    treffer = re.match(r"<([0-9a-f-]{36})@", nachricht.extra_headers.get("Message-ID", ""))
    return uuid.UUID(treffer[1]) if treffer else uuid.uuid4()


def _lege_ab(kennung, inhalt):
    """Write beside and rename: a reader sees the whole file or none."""
    nummer, neu = tempfile.mkstemp(dir=ordner())  # mode 0600
    with os.fdopen(nummer, "wb") as datei:
        datei.write(inhalt)
        datei.flush()
        os.fsync(datei.fileno())
    os.replace(neu, _datei(kennung))
