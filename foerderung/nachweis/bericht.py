"""The page to type the report of a proof into: saved right or wrong, by several people at once."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kommunen.befugnisse import Befugnis

from ..antrag.abschnittsseite import Abschnittsseite
from ..antrag.eingabeseite import Eingabeseite
from ..antrag.formular import Zeige
from ..antrag.getippt import fingerabdruck
from ..befugnisse import verlangt_antrag
from ..verfahren import nachweis as verfahren
from .fassung import eingaben as eingaben_von
from .formular import Nachweisformular
from .maengel import BERICHT, adresse
from .rahmen import rahmen, umfeld_von
from .zahlen import zahlen


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_antrag(Befugnis.LESEN)
def bericht(request, antrag):
    return Berichtseite(request, antrag).antworte()


class Berichtseite(Abschnittsseite):
    """As a section of an application; what is typed belongs to the draft of the proof."""

    vorlage = "foerderung/nachweis/bericht.html"
    formularart = Nachweisformular

    def __init__(self, request, antrag):
        Eingabeseite.__init__(self, request, antrag, BERICHT)
        self.umfeld = umfeld_von(antrag)

    @property
    def abschnitt(self):
        nachweis = self.umfeld.nachweis
        nachweis.eingaben = eingaben_von(self.umfeld)
        return nachweis

    @property
    def adresse(self):
        return adresse(self.antrag, BERICHT)

    def _rahmen(self):
        return rahmen(self.request, self.umfeld, BERICHT)

    def formular(self, eingaben, fehler, neu_in):
        eingabe = self._eingabe(eingaben, neu_in)
        stand = zahlen(self.umfeld, eingabe.werte)
        eingabe.zeige_fehler(fehler)
        self._biete_rueckweg(eingabe)
        return {
            "form": eingabe,
            "fehlerliste": [{"text": f.text, "ziel": f.ziel} for f in eingabe.fehler()],
            "verschoben": stand.verschoben,
            "ziele": self.umfeld.im_antrag("beccaria-3"),
        }

    def sichere(self, eingaben, *, gesehen, seite):
        return verfahren.speichere(
            self.antrag,
            eingaben,
            durch=self.request.user,
            um=self.jetzt,
            gesehen=gesehen,
            seite=seite,
        )

    def merke(self, abschnitt):
        self.umfeld.nachweis = abschnitt

    def weiter(self):
        weiter = redirect(f"{reverse('foerderung:nachweis', args=[self.antrag.pk])}#inhalt")
        if "entwurf" in self.request.POST:
            messages.success(self.request, "Gespeichert: Bericht und Angaben.")
            return weiter
        if self.hat_falsches():
            eingaben, post = self.abschnitt.eingaben, self.request.POST.copy()
            post["gesehen"] = self.abschnitt.version
            post["abdruck"] = fingerabdruck(eingaben)
            return self._zeige(eingaben, Zeige.GETIPPTES, post=post, trotzdem=True)
        return weiter
