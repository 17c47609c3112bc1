"""`make start` from an empty folder to a served page, and again, and its ends."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError

from asskomm.starten import bringe_daten_ein, geheimnis
from tests.betrieb.conftest import BASE_DIR


@contextlib.contextmanager
def portal(var_dir, **env):
    """`make start` on a free port: the process, its address, and what it said until it was ready."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "asskomm.starten"],
        cwd=BASE_DIR,
        env={"PATH": os.defpath, "VAR_DIR": str(var_dir), "PORT": str(port), **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Das Portal läuft" in line:
                break
        else:
            pytest.fail("".join(lines))
        try:
            yield process, port, lines
        finally:
            process.terminate()


def get(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        return answer.url, answer.status


@pytest.mark.slow
def test_start_serves_ends_cleanly_and_keeps_everything(var_dir):
    keys = set()
    for end in (signal.SIGINT, signal.SIGHUP):
        with portal(var_dir) as (process, port, lines):
            assert f"Verwaltung: http://127.0.0.1:{port}/admin/\n" in lines
            assert get(port) == (f"http://127.0.0.1:{port}/", 200)
            # What gunicorn forks has no threads: typst's in the workers would be missing.
            assert len(list(Path(f"/proc/{process.pid}/task").iterdir())) == 1
            with socket.create_connection(("127.0.0.1", port)) as visitor:
                visitor.sendall(b"GET / HT")  # stays connected, and cannot hold up the end
                process.send_signal(end)
                assert process.wait(timeout=15) == 0
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port))
        assert not (var_dir / "postgres" / "postmaster.pid").exists()
        assert (var_dir / "secret_key").stat().st_mode & 0o777 == 0o600
        keys.add((var_dir / "secret_key").read_text())
    assert len(keys) == 1


@pytest.mark.slow
def test_killed_database_comes_back(var_dir):
    with portal(var_dir, BEISPIELDATEN="0") as (process, port, _):
        pid = (var_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0]
        os.kill(int(pid), signal.SIGKILL)
        assert "läuft wieder" in process.stdout.readline()
        assert get(port)[1] == 200


def worker_of(main):
    """The process number of the worker that `main` started, None while there is none."""
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if f"--solange={main.pid}\0" in (entry / "cmdline").read_text():
                return int(entry.name)
    return None


def wait_for(condition):
    end = time.monotonic() + 30
    while not (result := condition()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return result


@pytest.mark.slow
def test_worker_is_started_again_and_ends_with_the_portal(var_dir):
    with portal(var_dir, BEISPIELDATEN="0") as (process, port, lines):
        assert any("/admin/post/nachricht/briefkasten/" in line for line in lines)
        first = wait_for(lambda: worker_of(process))
        os.kill(first, signal.SIGKILL)
        second = wait_for(lambda: worker_of(process) not in (None, first) and worker_of(process))
        assert get(port)[1] == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert worker_of(process) is None
        with pytest.raises(ProcessLookupError):
            os.kill(second, 0)
    with portal(var_dir, BEISPIELDATEN="0") as (process, _, _):
        wait_for(lambda: worker_of(process))
        process.kill()
        process.wait()
        wait_for(lambda: worker_of(process) is None)


def test_secret_is_long_and_stays(tmp_path):
    first = geheimnis(tmp_path / "secret_key")
    assert len(first) >= 50
    assert geheimnis(tmp_path / "secret_key") == first


@pytest.mark.django_db
def test_without_any_data_an_import_that_fails_ends_the_start():
    with pytest.raises(CommandError, match="Programmdaten: "):
        bringe_daten_ein(["importiere_programmdaten"])
