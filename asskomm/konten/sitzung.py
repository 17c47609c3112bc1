"""How long a session lasts: it ends SITZUNG_MINUTEN after its last use.

The time of the last use is stored in the session once a minute, which moves the end of the
session's row and cookie along.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

ZULETZT = "zuletzt_benutzt_um"
GENAU_S = 60


def verlaengere(sitzung: SessionBase, *, sofort: bool = False) -> None:
    """Count this moment as the last use."""
    jetzt = int(time.time())
    if sofort or jetzt - sitzung.get(ZULETZT, 0) >= GENAU_S:
        sitzung[ZULETZT] = jetzt


def verbleibende_sekunden(sitzung: SessionBase) -> int:
    """Until the end, if nothing more happens; zero for one that was never used."""
    return max(0, sitzung.get(ZULETZT, 0) + settings.SESSION_COOKIE_AGE - int(time.time()))
