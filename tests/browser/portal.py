"""The portal under test: what `make start` runs, in a process, folder and database of its own.

So the pages come with the real policy, compression and file names, filled with the official
data, the programme data and the Beispieldaten; and nothing a browser does here is seen by the
other tests. The data are brought in once in a run; each worker's portal gets a copy.
"""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

BASE_DIR = Path(__file__).resolve().parent.parent.parent
START_SEKUNDEN, ENDE_SEKUNDEN = 60, 30


@contextlib.contextmanager
def laufendes_portal():
    """Yield the address of the running portal."""
    vorrat = _vorrat()
    with _datenbank(), tempfile.TemporaryDirectory(prefix="asskomm-test-") as ordner:
        shutil.copytree(vorrat, ordner, dirs_exist_ok=True)
        port = _freier_port()
        adresse = f"http://127.0.0.1:{port}"
        protokoll = Path(ordner, "protokoll")
        with (
            protokoll.open("w") as ausgabe,
            _prozess(
                "bedienen", ausgabe=ausgabe, DATABASE_URL=datenbankadresse(), VAR_DIR=ordner,
                PORT=str(port), BASE_URL=adresse,
            ) as prozess,
        ):  # fmt: skip
            try:
                _warte(prozess, protokoll, f"auf {adresse}")
                yield adresse
            finally:
                prozess.terminate()
                prozess.wait(timeout=ENDE_SEKUNDEN)


def lasse_takt_laufen():
    """What the worker of the portal does within a minute, now."""
    with _prozess("takt", ausgabe=subprocess.DEVNULL, DATABASE_URL=datenbankadresse()) as prozess:
        assert prozess.wait() == 0


def lasse_tag_beginnen(app):
    """What the worker does once a day for this app, on the day that the clock shows."""
    with _prozess(
        "tag", app, ausgabe=subprocess.DEVNULL, DATABASE_URL=datenbankadresse()
    ) as prozess:
        assert prozess.wait() == 0


def _prozess(*teil, ausgabe, **umgebung):
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "tests.browser.portalprozess", *teil],
        cwd=BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.browser.einstellungen",
            "ALLOWED_HOSTS": "127.0.0.1,localhost",  # passkeys need a name
            "BEISPIELDATEN": "1",
            # Each browser context names an address of its own, see `oeffne_kontext` in conftest.py.
            "TRUSTED_PROXIES": "1",
            "WEB_CONCURRENCY": "1",
        }
        | umgebung,
        stdin=subprocess.DEVNULL,
        stdout=ausgabe,
        stderr=subprocess.STDOUT,
    )


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


def _vorrat():
    """The VAR_DIR that belongs to the database `_vorlage()`; whoever comes first fills both."""
    ordner = Path(os.environ["TEST_ORDNER"], "browser")
    fertig = ordner / "fertig"
    ordner.mkdir(exist_ok=True)
    with (ordner / "sperre").open("w") as sperre:
        fcntl.flock(sperre, fcntl.LOCK_EX)
        if not fertig.exists():
            _lege_neu_an(_vorlage(), os.environ["TEST_VORLAGE"])
            protokoll = ordner / "protokoll"
            vorrat = ordner / "var"
            vorrat.mkdir()
            with (
                protokoll.open("w") as ausgabe,
                _prozess(
                    "vorbereiten",
                    ausgabe=ausgabe,
                    DATABASE_URL=_adresse(_vorlage()),
                    VAR_DIR=str(vorrat),
                ) as prozess,
            ):
                prozess.wait()
            if prozess.returncode:
                raise RuntimeError(f"The data were not brought in:\n{protokoll.read_text()}")
            fertig.touch()
    return ordner / "var"


@contextlib.contextmanager
def _datenbank():
    """A copy of the prepared database beside the tests' own, for as long as it is needed."""
    _lege_neu_an(_datenbankname(), _vorlage())
    try:
        yield
    finally:
        _loesche(_datenbankname())


def _lege_neu_an(name, vorlage):
    _loesche(name)
    _fuehre_aus("CREATE DATABASE {} TEMPLATE {}", name, vorlage)


def _loesche(name):
    _fuehre_aus("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _fuehre_aus(befehl, *namen):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbindung:
        verbindung.execute(sql.SQL(befehl).format(*map(sql.Identifier, namen)))


def datenbankadresse():
    """Of the running portal, for tests that prepare what a browser then finds."""
    return _adresse(_datenbankname())


def _adresse(datenbank):
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{datenbank}").geturl()


def _vorlage():
    """The prepared database; tests/conftest.py drops it at the end of the run."""
    return f"{os.environ['TEST_DATABASE']}_browser"


def _datenbankname():
    """One for each worker, as each has a portal of its own."""
    return f"{_vorlage()}_{os.environ.get('PYTEST_XDIST_WORKER', 'allein')}"
