"""A request body that breaks off is refused, over a real connection to gunicorn."""

import contextlib
import io
import socket
import time

import pytest

from asskomm.rumpf import AbgebrochenerRumpf, VollstaendigerRumpf

URLENCODED = ("application/x-www-form-urlencoded", b"text=" + b"a" * 5000)
MULTIPART = (
    "multipart/form-data; boundary=grenze",
    b'--grenze\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    + b"a" * 5000
    + b"\r\n--grenze--\r\n",
)


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


def ask(gunicorn, path, *headers, within=2):
    """The status and the text of the answer to a GET."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(within)
        connection.connect(str(gunicorn))
        connection.sendall("\r\n".join([f"GET {path} HTTP/1.0", *headers, "", ""]).encode())
        answer = b"".join(iter(lambda: connection.recv(10000), b""))
    return int(answer.split()[1]), answer.rpartition(b"\r\n")[2].decode()


HALF_SENT = {
    "body": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 900\r\n\r\nte",
    "head": b"GET /adresse/ HTTP/1.1\r\nHo",
}


@pytest.mark.slow
@pytest.mark.parametrize("part", HALF_SENT)
def test_half_sent_requests_stop_nobody_and_are_ended(gunicorn, part):
    with contextlib.ExitStack() as stack:
        held = []
        for _ in range(12):
            connection = stack.enter_context(socket.socket(socket.AF_UNIX))
            connection.connect(str(gunicorn))
            connection.sendall(HALF_SENT[part])
            held.append(connection)
        assert ask(gunicorn, "/adresse/") == (200, "/adresse/")
        for connection in held:
            connection.settimeout(10)
            answer = b"".join(iter(lambda: connection.recv(10000), b""))  # noqa: B023
            assert answer[:12] == (b"HTTP/1.1 408" if part == "body" else b"")


@pytest.mark.slow
def test_more_half_sent_requests_than_threads_wait_less(gunicorn):
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            connection = stack.enter_context(socket.socket(socket.AF_UNIX))
            connection.connect(str(gunicorn))
            connection.sendall(HALF_SENT["body"])
        assert ask(gunicorn, "/adresse/", within=4.5) == (200, "/adresse/")


@pytest.mark.slow
def test_trickling_body_is_ended_too(gunicorn):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(gunicorn))
        connection.sendall(HALF_SENT["body"])
        connection.settimeout(0.5)
        for _ in range(20):
            with contextlib.suppress(TimeoutError):
                assert connection.recv(20).startswith(b"HTTP/1.1 408 ")
                break
            with contextlib.suppress(BrokenPipeError):  # it was ended just now: read the answer
                connection.sendall(b"x")
        else:
            pytest.fail("still reading")


@pytest.mark.slow
def test_a_large_body_may_take_longer_as_long_as_it_flows(gunicorn):
    """At 8 seconds it is over the limit for small ones, which is 5 in these tests."""
    piece = b"x" * 10_000
    body = b"text=" + piece * 80
    head = (
        "POST / HTTP/1.0\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(gunicorn))
        connection.sendall(head.encode() + b"text=")
        for _ in range(80):
            time.sleep(0.1)
            connection.sendall(piece)
        answer = b"".join(iter(lambda: connection.recv(10000), b""))
    assert int(answer.split()[1]) == 200
    assert answer.endswith(b"800000")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "REMOTE_USER"])
def test_nobody_moves_the_addresses(gunicorn, name):
    assert ask(gunicorn, "/adresse/", f"{name}: /adresse") == (200, "/adresse/")


@pytest.mark.slow
def test_long_address(gunicorn):
    assert ask(gunicorn, "/adresse/?q=" + "a" * 8000) == (200, "/adresse/")


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
