import hashlib

from django.core.management.base import BaseCommand, CommandError

from foerderung.anlagen import ablage
from foerderung.models import Anlage


class Command(BaseCommand):
    """Reads every attachment and compares it with its row; names each that differs, exits with 1.

    To be run on the portal and on a restored backup. Files that an infection cost are not missed.
    """

    help = "Prüft, ob jede Anlage da ist und unverändert ist, und nennt jede, die es nicht ist."

    def handle(self, **optionen):
        anlagen = Anlage.objects.exclude(pruefstand=Anlage.Pruefstand.BEFALLEN).order_by("pk")
        geprueft = schlecht = 0
        for anlage in anlagen.iterator():
            geprueft += 1
            if befund := self._befund(anlage):
                schlecht += 1
                self.stderr.write(f"Anlage {anlage.pk}: {befund}.")
        self.stdout.write(f"{geprueft} Anlagen geprüft.")
        if schlecht:
            raise CommandError(f"{schlecht} Anlagen fehlen oder sind verändert.", returncode=1)

    def _befund(self, anlage):
        try:
            with ablage.oeffne(anlage.pfad) as strom:
                summe = hashlib.file_digest(strom, "sha256").hexdigest()
        except FileNotFoundError:
            return "die Datei fehlt"
        except OSError:
            return "die Datei ist nicht lesbar"
        return "" if summe == anlage.sha256 else "die Datei ist verändert"
