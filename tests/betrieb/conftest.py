"""Folders and processes for tests that start servers of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def run(*args, **env):
    """Run Python in the project folder with nothing in the environment but `env`."""
    return subprocess.run(
        [sys.executable, *args],
        cwd=BASE_DIR,
        env={"PATH": os.defpath, **{name: str(value) for name, value in env.items()}},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def assert_one_sentence(result, words):
    """The process ended with an error that is one line for people."""
    assert result.returncode != 0
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.fixture
def var_dir():
    """A VAR_DIR that the account of the server can enter, removed with its server afterwards."""
    path = Path(tempfile.mkdtemp(prefix="asskomm-test-"))
    path.chmod(0o711)
    yield path
    run("-m", "asskomm.eingebettet", VAR_DIR=path)
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def gunicorn(tmp_path_factory):
    """The path of the unix socket on which tests/betrieb/annahme.py is served."""
    path = tmp_path_factory.mktemp("gunicorn") / "socket"
    with subprocess.Popen(
        [
            *[sys.executable, "-m", "gunicorn", "--bind", f"unix:{path}"],
            *[
                "--worker-class",
                "tests.betrieb.annahme.EiligerWebarbeiter",
                "tests.betrieb.annahme",
            ],
        ],
        cwd=BASE_DIR,
        env={"PATH": os.defpath, "WEB_CONCURRENCY": "1"},
        stderr=subprocess.DEVNULL,
    ) as process:
        while not path.exists():
            assert process.poll() is None
            time.sleep(0.05)
        yield path
        process.terminate()
