"""The official data, loaded once for all tests of this folder, and folders of files to break."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

PROJEKT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="package")
def amtliche_daten(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("importiere_stammdaten", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def programm(amtliche_daten, django_db_blocker):
    """The programme data beside the official data."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("importiere_programmdaten", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(settings):
    settings.BEISPIELDATEN = True


@pytest.fixture(scope="module")
def gespielt(programm, django_db_blocker):
    """The Beispieldaten beside the programme data; every test of the module starts from here."""
    with (
        django_db_blocker.unblock(),
        override_settings(BEISPIELDATEN=True),
        transaction.atomic(),
    ):
        call_command("lade_beispieldaten", verbosity=0)
        yield
        transaction.set_rollback(True)


class Ordner:
    """A folder of data files that a test may change."""

    def __init__(self, pfad: Path):
        self.pfad = pfad

    def schreibe(self, datei, inhalt):
        roh = inhalt if isinstance(inhalt, bytes) else inhalt.encode()
        (self.pfad / datei).write_bytes(roh)

    def aendere(self, datei, alt, neu):
        inhalt = (self.pfad / datei).read_text()
        assert alt in inhalt
        self.schreibe(datei, inhalt.replace(alt, neu, 1))

    def loesche_zeile(self, datei, anfang):
        zeilen = (self.pfad / datei).read_text().splitlines(keepends=True)
        rest = [zeile for zeile in zeilen if not zeile.startswith(anfang)]
        assert len(rest) < len(zeilen)
        self.schreibe(datei, "".join(rest))


def _kopie(quelle, ziel):
    shutil.copytree(quelle, ziel, dirs_exist_ok=True)
    return Ordner(ziel)


@pytest.fixture
def stammordner(tmp_path):
    return _kopie(PROJEKT / "kommunen" / "daten", tmp_path / "amtlich")


@pytest.fixture
def programmordner(tmp_path):
    return _kopie(PROJEKT / "asskomm" / "portal" / "daten", tmp_path / "programm")


@pytest.fixture
def beispielordner(tmp_path):
    return _kopie(PROJEKT / "asskomm" / "portal" / "daten" / "beispiele", tmp_path / "beispiele")


@pytest.fixture
def rufe():
    """Run a command and return what it printed."""

    def _rufe(befehl, **optionen):
        ausgabe = StringIO()
        call_command(befehl, stdout=ausgabe, **optionen)
        return ausgabe.getvalue()

    return _rufe


@pytest.fixture
def fehler_von():
    """Run a command that must fail and return what it says."""

    def _fehler_von(befehl, **optionen):
        with pytest.raises(CommandError) as fehler:
            call_command(befehl, stdout=StringIO(), **optionen)
        assert fehler.value.returncode == 1
        return str(fehler.value)

    return _fehler_von
