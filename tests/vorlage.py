"""The database that all test databases are copied from: migrated once, not in every run."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

BASE_DIR = Path(__file__).resolve().parent.parent
FREMDE_MIGRATIONEN = BASE_DIR / "requirements" / "dev.txt"


def bereitstellen(kennung: str) -> str:
    """The name of a migrated database without rows of its own, for CREATE DATABASE … TEMPLATE.

    It is made anew when a migration changes. `kennung` tells checkouts on one server apart.
    """
    anfang = f"asskomm_vorlage_{kennung}_"
    name = anfang + _stand()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbindung:
        verbindung.execute("SELECT pg_advisory_lock(hashtext(%s))", [anfang])
        if name not in _loesche(verbindung, anfang, ausser=name):
            _lege_an(verbindung, name)
    return name


def entferne(anfang: str) -> None:
    """Drop the databases whose names begin with `anfang`."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as verbindung:
        _loesche(verbindung, anfang)


def _loesche(verbindung, anfang, ausser=None):
    """Drop what begins with `anfang` but `ausser`; the names of all there were."""
    suche = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
    namen = [name for (name,) in verbindung.execute(suche, [anfang])]
    for name in namen:
        if name != ausser:
            verbindung.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
    return namen


def _stand() -> str:
    """A hash of everything the migrations of this project and its packages depend on."""
    stand = hashlib.sha256(FREMDE_MIGRATIONEN.read_bytes())
    for paket in sorted(BASE_DIR.glob("*/__init__.py")):
        for datei in sorted(paket.parent.rglob("migrations/*.py")):
            stand.update(bytes(datei.relative_to(BASE_DIR)) + b"\0" + datei.read_bytes())
    return stand.hexdigest()[:16]


def _lege_an(verbindung, name):
    """Under another name until it is whole, so that a broken run leaves no half template."""
    unfertig = sql.Identifier(f"{name}_neu")
    adresse = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}_neu")
    verbindung.execute(sql.SQL("CREATE DATABASE {}").format(unfertig))
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=BASE_DIR,
        env={**os.environ, "DEBUG": "1", "DATABASE_URL": adresse.geturl()},
        check=True,
    )
    verbindung.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(unfertig, sql.Identifier(name))
    )
