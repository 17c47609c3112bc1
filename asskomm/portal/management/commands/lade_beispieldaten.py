from django.conf import settings

from asskomm.portal.beispiele import bestand, konten
from asskomm.portal.beispiele.gemeinsam import ORDNER
from kommunen.importbefehl import Abbruch, Importbefehl


class Command(Importbefehl):
    help = "Lädt erfundene Datensätze und Konten zum Ausprobieren (nur mit BEISPIELDATEN=1)."
    titel = "Beispieldaten"
    grund = "lade_beispieldaten"
    ordner = ORDNER

    def fuehre_aus(self, abgleich, ordner, **optionen):
        if not settings.BEISPIELDATEN:
            raise Abbruch(
                "Beispieldaten sind erfunden und bleiben hier draußen. Zum Ausprobieren setzen Sie "
                "BEISPIELDATEN=1; dann sagt es jede Seite."
            )
        bestand.lade(abgleich, ordner)

    def schliesse(self):
        breite = max(len(konto.email) for konto in konten.KONTEN)
        yield f"Konten zum Ausprobieren, Passwort {konten.PASSWORT}"
        for konto in konten.KONTEN:
            yield f"  {konto.email:<{breite}}  {konto.wofuer}"
        yield "Der zweite Faktor dieser Konten: make code"
