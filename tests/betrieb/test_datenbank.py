"""DATABASE_URL: PostgreSQL from 15 on, or one sentence that says what is wrong."""

import socket
import struct
import threading

import pytest

from asskomm import datenbank
from tests.betrieb.conftest import assert_one_sentence, run


@pytest.mark.parametrize(
    "address",
    ["mysql://u:geheim@host/db", "sqlite:////tmp/db", "postgresql:/", "[", "asskomm"],
)
def test_other_engine_or_nonsense(address):
    with pytest.raises(datenbank.Startfehler) as fehler:
        datenbank.pruefe(address)
    assert "geheim" not in str(fehler.value)


def test_unreadable_address_keeps_the_password_to_itself():
    with pytest.raises(datenbank.Startfehler, match="nicht lesbar") as fehler:
        datenbank.pruefe("postgresql://u:geh%eim@host/db")
    assert "eim" not in str(fehler.value)


def test_unreachable_server_is_one_sentence_on_the_command_line():
    result = run("manage.py", "check", DATABASE_URL="postgresql://u:geheim@127.0.0.1:1/db")
    assert_one_sentence(result, "nicht erreichbar")
    assert "geheim" not in result.stderr


def test_old_postgresql():
    with (
        _server_of_version("14.9") as port,
        pytest.raises(datenbank.Startfehler, match="PostgreSQL 14"),
    ):
        datenbank.pruefe(f"postgresql://u@127.0.0.1:{port}/db?sslmode=disable&gssencmode=disable")


def test_postgresql_15():
    with _server_of_version("15.0") as port:
        datenbank.pruefe(f"postgresql://u@127.0.0.1:{port}/db?sslmode=disable&gssencmode=disable")


class _server_of_version:
    """A server that greets like PostgreSQL of the given version and hangs up."""

    def __init__(self, version):
        version = b"server_version\0" + version.encode() + b"\0"
        self.greeting = (
            self._message(b"R", struct.pack("!I", 0))
            + self._message(b"S", version)
            + self._message(b"Z", b"I")
        )

    @staticmethod
    def _message(kind, body):
        return kind + struct.pack("!I", len(body) + 4) + body

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._greet)
        self.thread.start()
        return self.socket.getsockname()[1]

    def _greet(self):
        connection, _ = self.socket.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(self.greeting)
            connection.recv(1000)

    def __exit__(self, *_):
        self.thread.join()
        self.socket.close()
