from django.db.models import ProtectedError

from asskomm.portal.beispiele import bestand
from kommunen.importbefehl import Abbruch, Datenbefehl


class Command(Datenbefehl):
    help = "Entfernt alle erfundenen Datensätze und Konten, sonst nichts."
    titel = "Beispieldaten"
    grund = "entferne_beispieldaten"

    def fuehre_aus(self, abgleich, **optionen):
        try:
            bestand.entferne(abgleich.bericht)
        except ProtectedError as fehler:
            namen = "; ".join(sorted(map(str, fehler.protected_objects))[:5])
            raise Abbruch(
                f"{self.titel}: Erfasste Datensätze beruhen auf Beispieldaten und müssen zuerst "
                f"gelöscht werden: {namen}. Nichts wurde geändert."
            ) from fehler
