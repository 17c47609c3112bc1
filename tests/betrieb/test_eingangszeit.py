"""When a request counts as arrived, over real connections to the worker and behind a proxy."""

import socket
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from asskomm.eingangszeit import HOECHSTENS_VORHER, SCHLUESSEL, Eingangszeit, beginn, eingang_um

FRAGE = b"GET /eingang/ HTTP/1.1\r\nHost: x\r\n\r\n"
THREADS = 16  # gunicorn.conf.py


def connect(gunicorn):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(10)
    connection.connect(str(gunicorn))
    return connection


def answer(connection):
    """Arrival, moment in the view and length of the body, from one answer on the connection."""
    data = b""
    while b"\r\n\r\n" not in data or len(data.partition(b"\r\n\r\n")[2].split()) < 3:
        data += connection.recv(10000)
    arrival, seen, length = data.partition(b"\r\n\r\n")[2].split()
    return float(arrival), float(seen), int(length)


@pytest.mark.slow
class TestOverTheWire:
    def test_waiting_for_a_thread_costs_nothing(self, gunicorn):
        with connect(gunicorn) as late:
            held = [connect(gunicorn) for _ in range(THREADS)]
            for connection in held:
                connection.sendall(b"GET /langsam/ HTTP/1.0\r\n\r\n")
            time.sleep(0.3)
            sent = time.time()
            late.sendall(FRAGE)
            arrival, seen, _ = answer(late)
            for connection in held:
                connection.close()
        assert sent - 0.01 <= arrival < sent + 0.3
        assert seen > arrival + 0.7

    def test_a_new_connection_waits_for_a_thread_too(self, gunicorn):
        held = [connect(gunicorn) for _ in range(THREADS)]
        for connection in held:
            connection.sendall(b"GET /langsam/ HTTP/1.0\r\n\r\n")
        time.sleep(0.3)
        sent = time.time()
        with connect(gunicorn) as late:
            late.sendall(FRAGE)
            arrival, seen, _ = answer(late)
        for connection in held:
            connection.close()
        assert sent - 0.01 <= arrival < sent + 0.3
        assert seen > arrival + 0.7

    def test_a_silent_connection_gains_nothing(self, gunicorn):
        with connect(gunicorn) as connection:
            time.sleep(1)
            sent = time.time()
            connection.sendall(FRAGE)
            assert answer(connection)[0] >= sent - 0.01

    def test_each_request_on_a_connection_has_its_own_beginning(self, gunicorn):
        with connect(gunicorn) as connection:
            connection.sendall(FRAGE)
            first = answer(connection)[0]
            time.sleep(0.7)
            sent = time.time()
            connection.sendall(FRAGE)
            second = answer(connection)[0]
        assert second >= sent - 0.01 > first

    def test_the_first_bytes_count_not_the_last(self, gunicorn):
        with connect(gunicorn) as connection:
            sent = time.time()
            connection.sendall(b"POST /eingang/ HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nte")
            time.sleep(1)
            connection.sendall(b"xt")
            arrival, seen, length = answer(connection)
        assert arrival < sent + 0.5 < seen
        assert length == 4

    def test_many_at_once_each_get_their_own_moment(self, gunicorn):
        moments = []

        def ask():
            with connect(gunicorn) as connection:
                sent = time.time()
                connection.sendall(FRAGE)
                moments.append((sent, answer(connection)[0], time.time()))

        threads = [threading.Thread(target=ask) for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(moments) == 40
        assert all(sent - 0.01 <= arrival <= back for sent, arrival, back in moments)


EIGENER = datetime(2026, 10, 15, 22, 0, 0, 250_000, tzinfo=UTC)
BEGONNEN = datetime(2026, 10, 15, 21, 59, 59, 999_000, tzinfo=UTC)
SEKUNDEN = "1792101599"


@pytest.fixture
def proxy(settings):
    settings.TRUSTED_PROXIES = 1
    settings.PROXY_BEGINN = True


@pytest.mark.parametrize(
    "angabe", [f"t={SEKUNDEN}.999", f"{SEKUNDEN}.999", f"t={SEKUNDEN}999", f"t={SEKUNDEN}999000"]
)
def test_a_trusted_proxy_says_when_a_request_began(proxy, angabe):
    assert beginn(EIGENER, angabe) == BEGONNEN


@pytest.mark.parametrize(
    "angabe",
    ["", "t=", "gestern", f"t={SEKUNDEN},5", f"-{SEKUNDEN}", f"t={SEKUNDEN}.9999999", "１７９２１０１５９９",
     f"t={SEKUNDEN}.999, t={SEKUNDEN}.5", "t=9999999999", "t=0000000000"],
)  # fmt: skip
def test_what_is_no_moment_just_before_is_ignored(proxy, angabe):
    assert beginn(EIGENER, angabe) == EIGENER


def test_a_proxy_is_believed_for_a_minute_only(proxy):
    def angabe(vorher):
        return f"t={(EIGENER - timedelta(seconds=vorher)).timestamp():.6f}"

    assert beginn(EIGENER, angabe(HOECHSTENS_VORHER)) < EIGENER
    assert beginn(EIGENER, angabe(HOECHSTENS_VORHER + 0.001)) == EIGENER
    assert beginn(EIGENER, angabe(-0.001)) == EIGENER


@pytest.mark.parametrize(("proxys", "nennt"), [(0, True), (1, False), (0, False)])
def test_without_a_proxy_that_writes_it_the_header_gains_nothing(settings, proxys, nennt):
    settings.TRUSTED_PROXIES, settings.PROXY_BEGINN = proxys, nennt
    assert beginn(EIGENER, f"t={SEKUNDEN}.999") == EIGENER


def test_no_header_reaches_the_place_of_the_moment(settings):
    settings.TRUSTED_PROXIES = 0
    environ = (
        RequestFactory()
        .get("/", HTTP_ASSKOMM_EINGANG="2020-01-01", HTTP_X_REQUEST_START="t=1000000000")
        .environ
    )
    vorher = datetime.now(UTC)
    Eingangszeit(lambda environ, antworte: None)(environ, None)
    assert vorher <= environ[SCHLUESSEL] <= datetime.now(UTC)


def test_under_another_server_the_moment_of_the_view_counts():
    vorher = datetime.now(UTC)
    assert vorher <= eingang_um(RequestFactory().get("/")) <= datetime.now(UTC)
