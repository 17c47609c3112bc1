"""The database the portal works on: DATABASE_URL where it is set, else the embedded server."""

import os
from urllib.parse import urlsplit

import psycopg

from asskomm import eingebettet
from asskomm.eingebettet import Startfehler

MINDESTVERSION = 15
BEISPIEL = "zum Beispiel postgresql://benutzer:passwort@rechner:5432/asskomm"


def bereitstellen() -> None:
    """Set DATABASE_URL to a database that answers. Raises Startfehler."""
    adresse = os.environ.get("DATABASE_URL")
    if adresse:
        pruefe(adresse)
    else:
        os.environ["DATABASE_URL"] = eingebettet.bereitstellen()


def pruefe(adresse: str) -> None:
    """Raise Startfehler unless `adresse` leads to a PostgreSQL of the needed version.

    The sentence never repeats the address, because it holds the password.
    """
    try:
        schema = urlsplit(adresse).scheme
    except ValueError:
        schema = ""
    if schema not in ("postgres", "postgresql"):
        raise Startfehler(
            f"DATABASE_URL muss eine Datenbank von PostgreSQL ab Version {MINDESTVERSION} nennen, "
            f"{BEISPIEL}"
        )
    try:
        with psycopg.connect(adresse, connect_timeout=5) as verbindung:
            version = verbindung.info.server_version // 10000
    except psycopg.ProgrammingError as fehler:
        raise Startfehler(
            f"DATABASE_URL ist nicht lesbar; Sonderzeichen im Passwort gehören als %XX hinein, {BEISPIEL}"
        ) from fehler
    except psycopg.OperationalError as fehler:
        raise Startfehler(
            "Die Datenbank aus DATABASE_URL ist nicht erreichbar: " + str(fehler).splitlines()[0]
        ) from fehler
    if version < MINDESTVERSION:
        raise Startfehler(
            f"DATABASE_URL führt zu PostgreSQL {version}; das Portal braucht Version "
            f"{MINDESTVERSION} oder neuer."
        )
