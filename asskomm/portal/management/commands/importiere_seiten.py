from asskomm.portal import seitentexte
from asskomm.portal.seiten import lieferung
from kommunen.importbefehl import Importbefehl


class Command(Importbefehl):
    help = "Gleicht die mitgelieferten Textseiten ab; was die Redaktion geändert hat, bleibt."
    titel = "Seiten"
    grund = "importiere_seiten"
    ordner = lieferung.TEXTE
    abgleich = seitentexte.Seitenabgleich

    def fuehre_aus(self, abgleich, ordner, **optionen):
        seitentexte.importiere(abgleich, ordner)
