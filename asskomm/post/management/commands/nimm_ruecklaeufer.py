import os
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from asskomm.post import verfahren
from asskomm.post.models import Nachricht
from asskomm.post.ruecklaeufer import KeinRuecklaeufer, lies

HOECHSTENS = 20_000_000  # bytes; a report returns our short mail, not more


class Command(BaseCommand):
    help = "Liest einen Zustellbericht (RFC 3464), den der Mailserver auf stdin übergibt."

    def handle(self, **_):
        """Ends with the codes mail servers understand: 65 for nonsense, 75 for "try again"."""
        inhalt = sys.stdin.buffer.read(HOECHSTENS + 1)
        if len(inhalt) > HOECHSTENS:
            raise CommandError("Die E-Mail ist zu groß.", returncode=os.EX_DATAERR)
        try:
            ergebnis = _verarbeite(lies(inhalt))
        except KeinRuecklaeufer as fehler:
            raise CommandError(str(fehler), returncode=os.EX_DATAERR) from fehler
        except Error as fehler:
            raise CommandError(
                "Die Datenbank antwortet nicht.", returncode=os.EX_TEMPFAIL
            ) from fehler
        self.stdout.write(ergebnis)


def _verarbeite(ruecklaeufer):
    nachricht = Nachricht.objects.filter(pk=ruecklaeufer.nachricht).first()
    if nachricht is None:
        raise KeinRuecklaeufer("Der Zustellbericht nennt keine E-Mail, die im Postausgang steht.")
    if not ruecklaeufer.endgueltig:
        return "Der Mailserver versucht es weiter."
    try:
        verfahren.melde_zurueck(nachricht, durch=None, fehler=ruecklaeufer.status)
    except verfahren.SchrittNichtMoeglich:
        return "Das ist schon bekannt, oder die E-Mail geht noch einmal hinaus."
    return "Die E-Mail ist als zurückgekommen vermerkt."
