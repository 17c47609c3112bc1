"""What `make start` runs: everything up to date, then the portal on this machine's own address.

Safe settings for local use are filled in where the environment says nothing. The process itself
becomes gunicorn's main process, so it keeps the embedded database until gunicorn has ended. Beside
it runs the worker that sends the mails (`manage.py arbeiter`), started again if it dies.
"""

import contextlib
import hashlib
import multiprocessing
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse
from gunicorn.app.wsgiapp import WSGIApplication
from gunicorn.arbiter import Arbiter

from asskomm import datenbank, eingebettet, einrichten
from asskomm.post import briefkasten

BASE_DIR = einrichten.BASE_DIR
IMPORTE = [
    "importiere_stammdaten",
    "importiere_seiten",
    "importiere_glossar",
    "importiere_programmdaten",
    "importiere_regelwerk",
]


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)
    entwicklung = "--entwicklung" in sys.argv
    port = einrichten.port()
    with in_einem_satz():
        setze_umgebung(port, entwicklung)
        datenbank.bereitstellen()
        django.setup()
    abseits(bereite_vor)
    einrichten.pruefe_port(port)
    if entwicklung:
        arbeiter = Arbeiterprozess()
        arbeiter.belebe()
        try:
            subprocess.run([sys.executable, "manage.py", "runserver", str(port)], cwd=BASE_DIR)
        finally:
            arbeiter.beende()
    else:
        bediene(port)


@contextlib.contextmanager
def in_einem_satz():
    """What stops the start is said in one sentence."""
    try:
        yield
    except (datenbank.Startfehler, ImproperlyConfigured, CommandError) as fehler:
        sys.exit(str(fehler))
    except OperationalError as fehler:
        sys.exit("Die Datenbank hat den Start abgebrochen: " + str(fehler).splitlines()[0])
    except OSError as fehler:
        ort = f" bei {fehler.filename}" if fehler.filename else ""
        sys.exit(f"Der Start brach{ort} ab: {eingebettet.grund(fehler)}.")


def abseits(handlung: Callable[[], None]) -> None:
    """Do it in a process of its own, so that nothing of it is left in this one.

    gunicorn forks this process. Setting a document starts threads of typst that no fork copies;
    had one been set here, every worker would wait for them for ever at its first PDF.
    """
    prozess = multiprocessing.get_context("fork").Process(
        target=in_einem_satz()(handlung), daemon=True
    )
    prozess.start()
    prozess.join()
    if prozess.exitcode:
        sys.exit(prozess.exitcode)


def setze_umgebung(port: int, entwicklung: bool) -> None:
    """Fill in what the environment leaves open."""
    vorgaben = {
        "DJANGO_SETTINGS_MODULE": "asskomm.settings",
        "DEBUG": "1" if entwicklung else "0",
        "HTTPS": "0",
        "BEISPIELDATEN": "1",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "BASE_URL": f"http://127.0.0.1:{port}",
    }
    for name, wert in vorgaben.items():
        os.environ.setdefault(name, wert)
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = geheimnis(eingebettet.ordner() / "secret_key")


def geheimnis(datei: Path) -> str:
    """The key of this installation, minted once. Two starts at once agree on one."""
    if not datei.exists():
        with tempfile.NamedTemporaryFile("w", dir=datei.parent) as neu:  # mode 0600
            neu.write(secrets.token_urlsafe(50))
            neu.flush()
            os.fsync(neu.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(neu.name, datei)
    return datei.read_text().strip()


def bereite_vor() -> None:
    """Bring tables, data and static files up to date; every command may run again."""
    print("Datenbank, Daten und Dateien werden vorbereitet.")
    call_command("migrate", verbosity=0, interactive=False)
    if not settings.DEBUG:
        sammle_statische_dateien()
    bringe_daten_ein([*IMPORTE, "lade_beispieldaten"] if settings.BEISPIELDATEN else IMPORTE)


def bringe_daten_ein(befehle: list[str]) -> None:
    """Run the imports of what comes with the portal.

    Without any data a failure ends the start. Else the portal goes on with what is there:
    whatever staff have entered, it must not keep the portal from starting.
    """
    gefuellt = apps.get_model("kommunen", "Kommune").objects.exists()
    for befehl in befehle:
        try:
            call_command(befehl)
        except CommandError as fehler:
            if not gefuellt:
                raise
            print(
                f"Achtung: {fehler}\n  Das Portal startet mit den Daten, die schon da sind. "
                f"Ist der Grund behoben, rufen Sie auf: manage.py {befehl}"
            )


def sammle_statische_dateien() -> None:
    """Run collectstatic unless every file is as it was: compressing them takes longest of all."""
    stand = settings.VAR_DIR / "static.stand"
    summe = hashlib.sha256()
    for finder in get_finders():
        for name, speicher in finder.list([]):
            datei = os.stat(speicher.path(name))
            summe.update(f"{name} {datei.st_size} {datei.st_mtime_ns}\n".encode())
    fertig = (settings.STATIC_ROOT / "staticfiles.json").exists() and stand.exists()
    if fertig and stand.read_text() == summe.hexdigest():
        return
    stand.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stand.write_text(summe.hexdigest())


def bediene(port: int) -> None:
    """Become gunicorn; ends with Strg+C, SIGTERM or the terminal."""
    einstellungen = {
        "config": str(BASE_DIR / "gunicorn.conf.py"),
        "bind": f"127.0.0.1:{port}",
        "log-level": "error",
        "graceful-timeout": "5",  # Strg+C frees the port at once, whoever is still connected
    }
    sys.argv = ["asskomm", *(f"--{name}={wert}" for name, wert in einstellungen.items())]
    Portal().run()


class Portal(WSGIApplication):
    def load_config(self):
        super().load_config()
        self.cfg.set("when_ready", melde_bereit)

    def run(self):
        Hauptprozess(self).run()


class Arbeiterprozess:
    """The worker as a process of its own, which does not outlive this one."""

    PAUSE = 5  # seconds between two starts, so that a worker that cannot run does no harm
    ABSCHIED = 5  # seconds for the mail in hand; killed later, nothing is lost either

    def __init__(self):
        self.prozess = None
        self.naechster_start = 0

    def belebe(self) -> None:
        """Start it unless it runs. Not of our session, so Strg+C comes from us alone."""
        laeuft = self.prozess is not None and self.prozess.poll() is None
        if laeuft or time.monotonic() < self.naechster_start:
            return
        self.naechster_start = time.monotonic() + self.PAUSE
        self.prozess = subprocess.Popen(
            [sys.executable, "manage.py", "arbeiter", f"--solange={os.getpid()}"],
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def bitte_um_ende(self) -> None:
        if self.prozess is not None:
            self.prozess.terminate()

    def beende(self) -> None:
        if self.prozess is None:
            return
        self.bitte_um_ende()
        try:
            self.prozess.wait(self.ABSCHIED)
        except subprocess.TimeoutExpired:
            self.prozess.kill()
            self.prozess.wait()


class Hauptprozess(Arbiter):
    """gunicorn's main process, which also looks after the embedded database and the worker."""

    naechster_blick = 0

    def __init__(self, app):
        self.arbeiter = Arbeiterprozess()
        super().__init__(app)

    def manage_workers(self):
        """Called by the main loop every second, which collects ended children at another time.

        A thread of our own would lose the results of pg_ctl and pg_isready to gunicorn.
        """
        super().manage_workers()
        if time.monotonic() >= self.naechster_blick:
            pause = belebe_datenbank()
            self.naechster_blick = time.monotonic() + pause
        self.arbeiter.belebe()

    def stop(self, graceful=True):
        """End the worker while gunicorn ends its own."""
        self.arbeiter.bitte_um_ende()
        super().stop(graceful)
        self.arbeiter.beende()


def belebe_datenbank() -> int:
    """Start a killed embedded database again; return the seconds until the next look."""
    try:
        if eingebettet.belebe():
            print("Die eingebettete Datenbank war abgebrochen und läuft wieder.")
    except (datenbank.Startfehler, OSError) as fehler:
        print(f"{fehler} Beenden Sie das Portal mit Strg+C und rufen Sie make start wieder auf.")
        return 60
    return 3


def melde_bereit(server):
    # gunicorn would reload on SIGHUP and live on unseen after the terminal is closed.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    adresse = os.environ["BASE_URL"].rstrip("/")
    print(f"Verwaltung: {adresse}{reverse('admin:index')}")
    if briefkasten.in_gebrauch():
        print(f"E-Mails bleiben auf diesem Rechner: {adresse}{reverse('admin:post_briefkasten')}")
    print(f"Das Portal läuft auf {adresse} – beenden mit Strg+C.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
