"""`make start` from an empty folder to a served page, and again, and its ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from asskomm.starten import geheimnis
from tests.betrieb.conftest import BASE_DIR


@pytest.mark.slow
def test_start_serves_ends_cleanly_and_keeps_everything(var_dir):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    keys = set()
    for end in (signal.SIGINT, signal.SIGHUP):
        with subprocess.Popen(
            [sys.executable, "-m", "asskomm.starten"],
            cwd=BASE_DIR,
            env={"PATH": os.defpath, "VAR_DIR": str(var_dir), "PORT": port},
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
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                assert answer.url == f"http://127.0.0.1:{port}/"
                assert answer.status == 200
            process.send_signal(end)
            assert process.wait(timeout=30) == 0
        assert not (var_dir / "postgres" / "postmaster.pid").exists()
        assert (var_dir / "secret_key").stat().st_mode & 0o777 == 0o600
        keys.add((var_dir / "secret_key").read_text())
    assert len(keys) == 1


def test_secret_is_long_and_stays(tmp_path):
    first = geheimnis(tmp_path / "secret_key")
    assert len(first) >= 50
    assert geheimnis(tmp_path / "secret_key") == first
