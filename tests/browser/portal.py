"""The portal under test: what `make start` runs, in a process, folder and database of its own.

So the pages come with the real policy, compression and file names, filled with the official
data, the programme data and the Beispieldaten; and nothing a browser does here is seen by the
other tests.
"""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

BASE_DIR = Path(__file__).resolve().parent.parent.parent
START_SEKUNDEN, ENDE_SEKUNDEN = 300, 30


@contextlib.contextmanager
def laufendes_portal():
    """Yield the address of the running portal."""
    with _datenbank() as datenbank, tempfile.TemporaryDirectory(prefix="asskomm-test-") as ordner:
        port = _freier_port()
        umgebung = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.browser.einstellungen",
            "DATABASE_URL": datenbank,
            "VAR_DIR": ordner,
            "PORT": str(port),
            "BASE_URL": f"http://127.0.0.1:{port}",
            "ALLOWED_HOSTS": "127.0.0.1,localhost",  # passkeys need a name
            "BEISPIELDATEN": "1",
            # Each browser context names an address of its own, see `zusammenhang` in conftest.py.
            "TRUSTED_PROXIES": "1",
            "WEB_CONCURRENCY": "1",
        }
        protokoll = Path(ordner, "protokoll")
        with (
            protokoll.open("w") as ausgabe,
            subprocess.Popen(
                [sys.executable, "-m", "asskomm.starten"],
                cwd=BASE_DIR,
                env=umgebung,
                stdin=subprocess.DEVNULL,
                stdout=ausgabe,
                stderr=subprocess.STDOUT,
            ) as prozess,
        ):
            try:
                _warte(prozess, protokoll, f"auf {umgebung['BASE_URL']}")
                yield umgebung["BASE_URL"]
            finally:
                prozess.terminate()
                prozess.wait(timeout=ENDE_SEKUNDEN)


def _warte(prozess, protokoll, worte):
    """Until the portal says that it serves, and where."""
    schluss = time.monotonic() + START_SEKUNDEN
    while worte not in (gesagt := protokoll.read_text(errors="replace")):
        if prozess.poll() is not None or time.monotonic() > schluss:
            raise RuntimeError(f"The portal did not start:\n{gesagt}")
        time.sleep(0.2)


def _freier_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextlib.contextmanager
def _datenbank():
    """Yield the address of a new, empty database beside the tests' own."""
    teile, name = urlsplit(os.environ["DATABASE_URL"]), _datenbankname()
    loeschen = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(urlunsplit(teile), autocommit=True) as verbindung:
        verbindung.execute(loeschen)
        verbindung.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield datenbankadresse()
        finally:
            verbindung.execute(loeschen)


def datenbankadresse():
    """Of the running portal, for tests that prepare what a browser then finds."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{_datenbankname()}"))


def _datenbankname():
    """One for each worker, as each has a portal of its own."""
    arbeiter = os.environ.get("PYTEST_XDIST_WORKER", "")
    return f"{os.environ['TEST_DATABASE']}_browser{arbeiter}"
