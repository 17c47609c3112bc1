from django.core.management.base import BaseCommand, CommandError

from asskomm.protokoll.pruefung import Kopf, pruefe


class Command(BaseCommand):
    """Prints the head of the chain, "NUMMER HASH"; at a break names it and exits with 1.

    Entries cut off at the end leave a chain that is whole, so they show only in comparison
    with a head that was kept outside this database: `--erwartet NUMMER:HASH`.
    """

    help = (
        "Prüft die Kette des Protokolls und nennt die erste Stelle, die nicht stimmt. Fehlende "
        "letzte Einträge sind nur mit --erwartet zu erkennen: Bewahren Sie Nummer und Hash, die "
        "dieser Befehl ausgibt, außerhalb der Datenbank auf."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--erwartet",
            metavar="NUMMER:HASH",
            help="ein früher ausgegebener Stand, durch den die Kette noch führen muss",
        )

    def handle(self, *, erwartet, **optionen):
        try:
            kopf = None if erwartet is None else Kopf.lies(erwartet)
        except ValueError as fehler:
            raise CommandError(str(fehler), returncode=2) from fehler
        ergebnis = pruefe(kopf)
        self.stdout.write(str(ergebnis.kopf))
        if ergebnis.bruch:
            raise CommandError(str(ergebnis.bruch), returncode=1)
