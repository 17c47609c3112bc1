"""What the portal asks clamd, and that no answer is never a good one."""

import io
import socket
import time

import pytest

from foerderung.anlagen import virenscanner
from foerderung.anlagen.virenscanner import Befund, Ergebnis, pruefe

from . import clamd

INHALT = bytes(range(256)) * 1000


def test_the_whole_file_is_sent_from_its_beginning(scanner):
    datei = io.BytesIO(INHALT)
    datei.seek(500)
    assert pruefe(datei) == Ergebnis(Befund.SAUBER)
    assert scanner.empfangen == [INHALT]
    assert datei.tell() == 0


def test_a_socket_file_works_as_well(settings, tmp_path):
    with clamd.clamd(str(tmp_path / "clamd.ctl")) as dienst:
        settings.CLAMD = dienst.adresse
        assert pruefe(io.BytesIO(INHALT)).befund == Befund.SAUBER


def test_what_was_found_comes_with_its_name(scanner):
    scanner.antwort = clamd.BEFALLEN
    assert pruefe(io.BytesIO(b"x")) == Ergebnis(Befund.BEFALLEN, "Eicar-Test-Signature")


def test_the_name_of_a_find_is_fit_for_the_log(scanner):
    scanner.antwort = b"stream: Win.(b\xc3\xb6se) <script> FOUND\0"
    name = pruefe(io.BytesIO(b"x")).schadprogramm
    assert name == "Win._böse___script_"


@pytest.mark.parametrize(
    "antwort",
    [
        b"",
        b"stream: OK",  # cut off
        b"stream: OKAY\0",
        b"OK\0",
        b"stream: Can't allocate memory ERROR\0",
        b"\xff\xfe\0",
        b"x" * 10_000,
    ],
)
def test_anything_else_is_no_verdict(scanner, antwort):
    scanner.antwort = antwort
    assert pruefe(io.BytesIO(b"x")).befund == Befund.NICHT_ERREICHBAR


def test_a_file_too_large_for_the_scanner_is_not_clean(scanner):
    scanner.hoechstens = 1000
    assert pruefe(io.BytesIO(bytes(5_000_000))).befund == Befund.NICHT_ERREICHBAR


@pytest.mark.parametrize("adresse", ["127.0.0.1:1", "unix:/gibt/es/nicht", "[::1]:1"])
def test_nobody_there(settings, adresse):
    settings.CLAMD = adresse
    assert pruefe(io.BytesIO(b"x")).befund == Befund.NICHT_ERREICHBAR


def test_a_scanner_that_does_not_answer_is_given_up(scanner, monkeypatch):
    monkeypatch.setattr(virenscanner, "FRIST_S", 0.3)
    scanner.bedenkzeit = 3
    beginn = time.monotonic()
    assert pruefe(io.BytesIO(b"x")).befund == Befund.NICHT_ERREICHBAR
    assert time.monotonic() - beginn < 2


def test_a_scanner_that_does_not_listen_is_given_up(settings, monkeypatch):
    """It accepts the connection and reads nothing, so that sending stands still."""
    monkeypatch.setattr(virenscanner, "FRIST_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as stumm:
        settings.CLAMD = f"127.0.0.1:{stumm.getsockname()[1]}"
        assert pruefe(io.BytesIO(bytes(20_000_000))).befund == Befund.NICHT_ERREICHBAR
