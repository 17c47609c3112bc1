from asskomm.portal import programmdaten
from kommunen.importbefehl import Importbefehl


class Command(Importbefehl):
    help = "Gleicht Tatsachen, veröffentlichte Zahlen und Meldungen mit den Programmdaten ab."
    titel = "Programmdaten"
    grund = "importiere_programmdaten"
    ordner = programmdaten.ORDNER

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--entfernen",
            action="store_true",
            help="entfernt auch, was nicht mehr in den Dateien steht und niemand von Hand geändert hat",
        )

    def fuehre_aus(self, abgleich, ordner, **optionen):
        programmdaten.importiere(abgleich, ordner, entfernen=optionen["entfernen"])
