from django.utils import timezone

from foerderung.regelwerk import lieferung
from kommunen.importbefehl import Importbefehl


class Command(Importbefehl):
    help = "Bringt das mitgelieferte Regelwerk und die Förderrunden ein; was von Hand geändert ist, bleibt."
    titel = "Regelwerk"
    grund = "importiere_regelwerk"
    ordner = lieferung.ORDNER

    def fuehre_aus(self, abgleich, ordner, **optionen):
        lieferung.importiere(abgleich, ordner, um=timezone.now())
