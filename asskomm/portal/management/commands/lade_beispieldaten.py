from django.conf import settings

from asskomm.portal import beispieldaten, beispielkonten
from kommunen.importbefehl import Abbruch, Importbefehl


class Command(Importbefehl):
    help = "Lädt erfundene Datensätze und Konten zum Ausprobieren (nur mit BEISPIELDATEN=1)."
    titel = "Beispieldaten"
    grund = "lade_beispieldaten"
    ordner = beispieldaten.ORDNER

    def fuehre_aus(self, abgleich, ordner, **optionen):
        if not settings.BEISPIELDATEN:
            raise Abbruch(
                "Beispieldaten sind erfunden und bleiben hier draußen. Zum Ausprobieren setzen Sie "
                "BEISPIELDATEN=1; dann sagt es jede Seite."
            )
        beispieldaten.lade(abgleich, ordner)

    def schliesse(self):
        breite = max(len(konto.email) for konto in beispielkonten.KONTEN)
        yield f"Konten zum Ausprobieren, Passwort {beispielkonten.PASSWORT}"
        for konto in beispielkonten.KONTEN:
            yield f"  {konto.email:<{breite}}  {konto.wofuer}"
        yield "Der zweite Faktor dieser Konten: make code"
