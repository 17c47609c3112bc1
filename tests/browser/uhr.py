"""The clock of the portal under test, which a test can move ahead.

`stelle` writes how many days it is ahead; the processes of the portal read it whenever they ask
for the time (einstellungen.py). Sessions are moved along, so that nobody has to sign in again.
"""

import contextlib
import os
from datetime import timedelta
from pathlib import Path

import psycopg
from django.utils import timezone

_echtes_jetzt = timezone.now


def _datei():
    """One for each worker, as each has a portal of its own."""
    wer = os.environ.get("PYTEST_XDIST_WORKER", "allein")
    return Path(os.environ["TEST_ORDNER"], "browser", f"uhr_{wer}")


def _tage():
    try:
        return int(_datei().read_text() or 0)
    except FileNotFoundError:
        return 0


def gehe_vor():
    """Let this process ask the file for the time."""
    timezone.now = lambda: _echtes_jetzt() + timedelta(days=_tage())


@contextlib.contextmanager
def verstellbar(datenbank):
    """Yield a function that moves the clock so many days ahead of today; it goes back at the end."""

    def stelle(tage):
        with psycopg.connect(datenbank) as verbindung:
            verbindung.execute(
                "UPDATE django_session SET expire_date = expire_date + make_interval(days => %s)",
                [tage - _tage()],
            )
        _datei().write_text(str(tage))

    try:
        yield stelle
    finally:
        stelle(0)
