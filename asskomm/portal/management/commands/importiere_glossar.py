from asskomm.portal import programmdaten
from asskomm.portal.glossar import lieferung
from kommunen.importbefehl import Importbefehl


class Command(Importbefehl):
    help = "Gleicht die mitgelieferten Begriffe ab; was die Redaktion geändert hat, bleibt."
    titel = "Glossar"
    grund = "importiere_glossar"
    ordner = programmdaten.ORDNER

    def fuehre_aus(self, abgleich, ordner, **optionen):
        lieferung.importiere(abgleich, ordner)
