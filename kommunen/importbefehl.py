"""What all import commands share: options, one transaction, the report, sentences for mistakes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import (
    IntegrityError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)

from .abgleich import HOECHSTENS_GENANNT, Abgleich, Bericht, grund_der_datenbank
from .einlesen import Einlesefehler, Fehlerliste

SPERRE = 1_404_200  # any number; imports of one database queue up behind it


class Abbruch(CommandError):
    """Ends a command with one sentence and exit code 1."""


class Datenbefehl(BaseCommand):
    """A command that changes many records and does all or nothing.

    It names its `titel` and its change reason `grund` and writes `fuehre_aus`; `schliesse` may
    add something to the output.
    """

    titel: str
    grund: str
    abgleich: type[Abgleich] = Abgleich

    def add_arguments(self, parser):
        parser.add_argument(
            "--trockenlauf", action="store_true", help="zeigt, was geschähe, und ändert nichts"
        )

    def handle(self, *args, trockenlauf, verbosity, **optionen):
        bericht = Bericht()
        abgleich = self.abgleich(self.grund, bericht, Fehlerliste())
        try:
            with transaction.atomic():
                self._warte_auf_andere()
                self.fuehre_aus(abgleich, **optionen)
                abgleich.fehler.pruefe()
                connection.check_constraints()
                transaction.set_rollback(trockenlauf)
        except Einlesefehler as fehler:
            raise Abbruch(f"{self.titel}: {fehler}") from fehler
        except IntegrityError as fehler:
            raise Abbruch(
                f"{self.titel}: {grund_der_datenbank(fehler)} Nichts wurde geändert."
            ) from fehler
        except ProgrammingError as fehler:
            raise Abbruch(
                f"{self.titel}: Die Tabellen passen nicht zum Programm. Rufen Sie zuerst auf: "
                "manage.py migrate"
            ) from fehler
        if verbosity:
            zusatz = " (Trockenlauf, nichts wurde gespeichert)" if trockenlauf else ""
            zeilen = bericht.zeilen(HOECHSTENS_GENANNT if verbosity == 1 else None)
            if not trockenlauf:
                zeilen += self.schliesse()
            self.stdout.write("\n  ".join([f"{self.titel}{zusatz}", *zeilen]))

    def fuehre_aus(self, abgleich: Abgleich, **optionen) -> None:
        raise NotImplementedError

    def schliesse(self) -> Iterable[str]:
        """Lines to print below the report."""
        return []

    def _warte_auf_andere(self):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SPERRE])
        except OperationalError as fehler:
            raise Abbruch(
                f"{self.titel}: Ein anderer Import läuft gerade. Versuchen Sie es gleich noch einmal."
            ) from fehler


class Importbefehl(Datenbefehl):
    """A Datenbefehl that takes its data from the files of a folder, `ordner` unless told otherwise."""

    ordner: Path

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--ordner", type=Path, default=self.ordner, help="liest die Dateien aus diesem Ordner"
        )
