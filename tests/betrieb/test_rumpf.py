"""A request body that breaks off is refused, over a real connection to gunicorn."""

import io
import os
import socket
import subprocess
import sys
import time

import pytest

from asskomm.rumpf import AbgebrochenerRumpf, VollstaendigerRumpf
from tests.betrieb.conftest import BASE_DIR

URLENCODED = ("application/x-www-form-urlencoded", b"text=" + b"a" * 5000)
MULTIPART = (
    "multipart/form-data; boundary=grenze",
    b'--grenze\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    + b"a" * 5000
    + b"\r\n--grenze--\r\n",
)


@pytest.fixture(scope="module")
def gunicorn(tmp_path_factory):
    """The path of the unix socket on which tests/betrieb/annahme.py is served."""
    path = tmp_path_factory.mktemp("gunicorn") / "socket"
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"unix:{path}", "tests.betrieb.annahme"],
        cwd=BASE_DIR,
        env={"PATH": os.defpath, "WEB_CONCURRENCY": "1"},
        stderr=subprocess.DEVNULL,
    ) as process:
        while not path.exists():
            assert process.poll() is None
            time.sleep(0.05)
        yield path
        process.terminate()


def post(gunicorn, form, send):
    """Announce the whole form, send its first `send` bytes, close our side, return the answer."""
    content_type, body = form
    head = (
        f"POST / HTTP/1.0\r\nHost: x\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(gunicorn))
        connection.sendall(head.encode() + body[:send])
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(10000), b""))
    return int(answer.split()[1]), answer.rpartition(b"\r\n")[2]


@pytest.mark.slow
@pytest.mark.parametrize("form", [URLENCODED, MULTIPART], ids=["urlencoded", "multipart"])
class TestOverTheWire:
    def test_whole_body(self, gunicorn, form):
        assert post(gunicorn, form, send=None) == (200, b"5000")

    @pytest.mark.parametrize("missing", [1, 2500])
    def test_short_body(self, gunicorn, form, missing):
        status, _ = post(gunicorn, form, send=len(form[1]) - missing)
        assert status == 400


def body(sent, announced):
    """The input stream an application sees."""
    environ = {"wsgi.input": io.BytesIO(sent), "CONTENT_LENGTH": announced}
    return VollstaendigerRumpf(lambda environ, _: environ["wsgi.input"])(environ, None)


def test_lines_of_a_whole_body():
    assert list(body(b"eins\nzwei", "9")) == [b"eins\n", b"zwei"]
    assert body(b"eins\nzwei", "9").readlines() == [b"eins\n", b"zwei"]


def test_no_more_than_announced():
    assert body(b"einszwei", "4").read() == b"eins"


def test_lines_of_a_short_body():
    with pytest.raises(AbgebrochenerRumpf):
        body(b"eins\nzwei", "10").readlines()


@pytest.mark.parametrize("announced", ["", "viel"])
def test_unannounced_body_is_left_alone(announced):
    assert body(b"eins", announced).read() == b"eins"
