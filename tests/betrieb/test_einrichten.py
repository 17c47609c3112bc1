"""The set-up on the system's Python: sentences for what is missing, repair of what was cut off."""

import json
import shutil
import socket

import pytest

from tests.betrieb.conftest import BASE_DIR, assert_one_sentence, run


def test_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("-m", "asskomm.einrichten", "port", PORT=port)
    assert_one_sentence(result, f"Port {port} ist belegt")


def test_port_is_free_again_right_after_its_last_user():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            other.accept()[0].close()
    assert run("-m", "asskomm.einrichten", "port", PORT=port).returncode == 0


@pytest.mark.sample(1)
@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8000 "])
def test_port_that_is_none(port):
    assert_one_sentence(run("-m", "asskomm.einrichten", "port", PORT=port), "PORT muss eine Zahl")


def test_old_python():
    script = "import sys; sys.version_info = (3, 9, 2); from asskomm import einrichten; "
    assert_one_sentence(run("-c", script + "einrichten.main([])"), "gefunden wurde 3.9")


@pytest.fixture
def folder(tmp_path):
    """A project folder with the set-up and empty locks."""
    (tmp_path / "asskomm").mkdir()
    (tmp_path / "requirements").mkdir()
    shutil.copy(BASE_DIR / "asskomm" / "einrichten.py", tmp_path / "asskomm")
    (tmp_path / "pyproject.toml").touch()
    for lock in ("local", "dev"):
        (tmp_path / "requirements" / f"{lock}.txt").touch()
    return tmp_path


def set_up(folder, lock, before="pass"):
    script = f"import sys; sys.path.insert(0, {str(folder / 'asskomm')!r}); import einrichten; "
    return run("-c", f"{script}{before}; einrichten.main(['{lock}'])")


def test_missing_venv_package(folder):
    result = set_up(folder, "local", before="sys.modules['ensurepip'] = None")
    assert_one_sentence(result, "sudo apt-get install python3-venv")
    assert not (folder / ".venv").exists()


def test_full_disk(folder):
    assert_one_sentence(
        set_up(folder, "local", before="einrichten.PLATZ_BYTES = 10**18"), "1 GB frei"
    )


def test_chromium_missing_without_root():
    script = (
        "import os; os.geteuid = lambda: 1000; os.environ['PATH'] = '/nirgends'; "
        "from asskomm import einrichten; einrichten.main(['browser'])"
    )
    assert_one_sentence(run("-c", script), "sudo apt-get install")


@pytest.mark.slow
def test_environment_is_kept_extended_repaired_and_renewed(folder):
    venv, mark = folder / ".venv", folder / ".venv" / "spur"

    assert "eingerichtet" in set_up(folder, "local").stdout
    mark.touch()
    assert set_up(folder, "local").stdout == ""

    assert set_up(folder, "dev").returncode == 0
    assert mark.exists()
    assert set_up(folder, "local").stdout == ""
    assert set(json.loads((venv / "stand.json").read_text())) == {"local", "dev"}

    (venv / "stand.json").unlink()  # as after a kill in the middle
    shutil.rmtree(venv / "bin")
    assert set_up(folder, "local").returncode == 0
    assert not mark.exists()

    mark.touch()
    (folder / "requirements" / "local.txt").write_text("# other versions\n")
    assert set_up(folder, "local").returncode == 0
    assert not mark.exists()
