"""Prepare this folder: the virtual environment with its locked packages, Debian's Chromium.

Runs on the system's Python with the standard library alone, before anything is installed:
`python3 -m asskomm.einrichten SCHRITT…` with the steps `port`, `local`, `dev` and `browser`.
Each step leaves a finished state or one that the next run repairs, and ends on a problem with
one sentence on stderr. Written so that an older Python can read it far enough to say so.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VENV = BASE_DIR / ".venv"
STAND = VENV / "stand.json"
# dev.txt names everything local.txt names, in the same versions.
ENTHAELT = {"local": ["local"], "dev": ["local", "dev"]}
PLATZ_BYTES = 1_000_000_000
BROWSER_PAKETE = "apt-get install --yes --no-install-recommends chromium libatomic1"


def main(schritte):
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the sentence for older ones
        raise SystemExit(
            "Das Portal braucht Python 3.11 oder neuer, gefunden wurde {}.{}. Nennen Sie ein neueres, "
            "zum Beispiel: make start PYTHON=python3.11".format(*sys.version_info)
        )
    for schritt in schritte:
        if schritt == "port":
            pruefe_port(port())
        elif schritt == "browser":
            stelle_browser_bereit()
        else:
            richte_umgebung_ein(schritt)


def port():
    """The port the portal is asked to use, from PORT."""
    wert = os.environ.get("PORT") or "8000"
    if not (wert.isascii() and wert.isdigit() and 0 < int(wert) < 65536):
        raise SystemExit(f"PORT muss eine Zahl von 1 bis 65535 sein, ist aber „{wert}“.")
    return int(wert)


def pruefe_port(nummer):
    """Stop while another program answers on 127.0.0.1:`nummer`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", nummer))
            probe.listen()
        except PermissionError:
            raise SystemExit(
                f"Port {nummer} ist dem System vorbehalten. Wählen Sie einen ab 1024, "
                f"zum Beispiel: make start PORT=8000"
            ) from None
        except OSError:
            raise SystemExit(
                f"Port {nummer} ist belegt. Beenden Sie das andere Programm oder wählen Sie einen "
                f"freien Port, zum Beispiel: make start PORT={nummer + 1 if nummer < 65535 else 8000}"
            ) from None


def richte_umgebung_ein(lock):
    """Bring .venv to the state of requirements/`lock`.txt; nothing to do takes no time."""
    soll = {name: _fingerabdruck(name) for name in ENTHAELT[lock]}
    if _stand().get(lock) == soll[lock]:
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise SystemExit(
            "Es fehlt das Paket python3-venv. Richten Sie es einmal ein mit: "
            "sudo apt-get install python3-venv"
        )
    if not os.access(str(BASE_DIR), os.W_OK) or (
        VENV.exists() and not os.access(str(VENV), os.W_OK)
    ):
        raise SystemExit(
            f"In {BASE_DIR} darf das Benutzerkonto nicht schreiben, deshalb lassen sich "
            "die Programmpakete dort nicht einrichten."
        )
    if shutil.disk_usage(str(BASE_DIR)).free < PLATZ_BYTES:
        raise SystemExit(f"Für die Einrichtung in {BASE_DIR} muss 1 GB frei sein.")
    with _alleine() as sperre:
        if _stand().get(lock) != soll[lock]:
            _installiere(lock, soll, sperre)


def _installiere(lock, soll, sperre):
    """Install what `lock` names, into a fresh environment unless the present one is known good.

    The stamp goes first and comes back last, so an interrupted run is seen and starts over.
    """
    print(
        "Die Programmpakete werden eingerichtet; das dauert beim ersten Mal etwa eine Minute.",
        flush=True,
    )
    vorhanden = _stand()
    brauchbar = bool(vorhanden) and all(_fingerabdruck(n) == w for n, w in vorhanden.items())
    with contextlib.suppress(FileNotFoundError):
        STAND.unlink()
    if not brauchbar:
        # The interpreter below any environment that happens to be active, .venv itself included.
        python = getattr(sys, "_base_executable", None) or sys.executable
        _rufe([python, "-m", "venv", "--clear", str(VENV)], sperre)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    datei = str(BASE_DIR / "requirements" / f"{lock}.txt")
    _rufe([*pip, "install", "--no-input", "--require-hashes", "--requirement", datei], sperre)
    neu = STAND.with_suffix(".neu")
    neu.write_text(json.dumps({**(vorhanden if brauchbar else {}), **soll}))
    neu.replace(STAND)


def _rufe(befehl, sperre):
    """Run `befehl`; it keeps the lock if we are killed, so that two never write at once."""
    if subprocess.run(befehl, stdin=subprocess.DEVNULL, pass_fds=[sperre]).returncode:
        raise SystemExit(
            "Die Programmpakete ließen sich nicht einrichten (Grund siehe oben). Prüfen Sie die "
            "Verbindung ins Netz und rufen Sie den Befehl erneut auf."
        )


@contextlib.contextmanager
def _alleine():
    """Let one set-up work in this folder at a time; the lock ends with the processes holding it."""
    with open(str(BASE_DIR / "pyproject.toml"), "rb") as datei:
        fcntl.flock(datei, fcntl.LOCK_EX)
        yield datei.fileno()


def _stand():
    """The locks .venv fulfils, by name; nothing if it is absent, unfinished or broken."""
    if not os.access(str(VENV / "bin" / "python"), os.X_OK):
        return {}
    try:
        return json.loads(STAND.read_text())
    except (OSError, ValueError):
        return {}


def _fingerabdruck(lock):
    """What an environment for `lock` depends on: the versions, the Python, its place."""
    inhalt = (BASE_DIR / "requirements" / f"{lock}.txt").read_bytes()
    umgebung = "{}.{} {}".format(*sys.version_info[:2], VENV)
    return hashlib.sha256(inhalt + umgebung.encode()).hexdigest()


def stelle_browser_bereit():
    """Find what the browser tests need, or install Debian's: only root may do that unasked."""
    if _hat_chromium() and _hat_libatomic():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit(
            "Für die Browsertests fehlen Pakete von Debian. Richten Sie sie einmal ein mit: "
            f"sudo {BROWSER_PAKETE}"
        )
    print("Chromium wird eingerichtet.", flush=True)
    umgebung = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for befehl in ["apt-get update --quiet=2", f"{BROWSER_PAKETE} --quiet=2"]:
        if subprocess.run(befehl.split(), stdin=subprocess.DEVNULL, env=umgebung).returncode:
            raise SystemExit(
                "Chromium ließ sich nicht einrichten (Grund siehe oben). Von Hand geht es mit: "
                f"{BROWSER_PAKETE}"
            )


def _hat_chromium():
    return any([os.environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser"))])


def _hat_libatomic():
    """Playwright's own Node.js needs it, and a bare Debian does not have it."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return sys.platform != "linux"
    return True


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
