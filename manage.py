#!/usr/bin/env python
"""Django's commands, with the database provided and one sentence in place of a traceback."""

import os
import sys

OHNE_DATENBANK = {None, "help", "version", "--help", "-h", "--version", "collectstatic"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asskomm.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        from asskomm import datenbank
    except ImportError as fehler:
        sys.exit(f"Das Paket {fehler.name} fehlt. Rufen Sie make start auf, das richtet alles ein.")
    befehl = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        if befehl not in OHNE_DATENBANK:
            datenbank.bereitstellen()
        execute_from_command_line(sys.argv)
    except (datenbank.Startfehler, ImproperlyConfigured) as fehler:
        sys.exit(str(fehler))


if __name__ == "__main__":
    main()
