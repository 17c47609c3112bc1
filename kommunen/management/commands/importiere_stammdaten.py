from kommunen import stammdaten
from kommunen.einlesen import STAMMDATENIMPORT
from kommunen.importbefehl import Importbefehl


class Command(Importbefehl):
    help = "Gleicht Kommunen, Kreise, Polizeidirektionen und Karte mit den amtlichen Daten ab."
    titel = "Amtliche Daten"
    grund = STAMMDATENIMPORT
    ordner = stammdaten.ORDNER

    def fuehre_aus(self, abgleich, ordner, **optionen):
        stammdaten.importiere(abgleich, ordner)
