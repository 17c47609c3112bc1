"""The page of one section that is a form."""

from __future__ import annotations

from django.views.decorators.http import require_http_methods

from kommunen.befugnisse import Befugnis

from ..befugnisse import verlangt_antrag
from . import lesbar
from .angaben import FORMULARE
from .eingabeseite import Eingabeseite
from .formular import Abschnittseingabe
from .getippt import Getippt


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_antrag(Befugnis.LESEN)
def schritt(request, antrag, schluessel):
    return Abschnittsseite(request, antrag, schluessel).antworte()


class Abschnittsseite(Eingabeseite):
    vorlage = "foerderung/antrag/abschnitt.html"
    lesevorlage = "foerderung/antrag/abschnitt_lesen.html"
    gruppenkennung = "gruppe-{}"

    def __init__(self, request, antrag, schluessel):
        super().__init__(request, antrag, schluessel)
        self.formularart = FORMULARE[schluessel]

    def lies(self, post):
        return Getippt(self.formularart({}, umfeld=self.umfeld, zeilen={}), post)

    def _eingabe(self, eingaben, neu_in=""):
        return Abschnittseingabe(self.formularart, eingaben, self.umfeld, leere_zeile_in=neu_in)

    def zum_lesen(self, eingaben):
        return lesbar.paare(self._eingabe(eingaben))

    def texte(self, eingaben):
        return lesbar.texte(self._eingabe(eingaben))

    def hat_falsches(self):
        return any(not fehler.fehlt for fehler in self._eingabe(self.abschnitt.eingaben).fehler())

    def formular(self, eingaben, fehler, neu_in):
        eingabe = self._eingabe(eingaben, neu_in)
        eingabe.zeige_fehler(fehler)
        self._biete_rueckweg(eingabe)
        uebernommen = self.abschnitt.uebernommen
        return {
            "form": eingabe,
            "fehlerliste": [{"text": f.text, "ziel": f.ziel} for f in eingabe.fehler()],
            "standard": getattr(self.formularart, "standard", None),
            "uebernommen": self._uebernommene(eingabe),
            "marken": uebernommen,
            "aus_jahr": str(self.antrag.vorgaenger.runde.jahr_von) if uebernommen else "",
            "kommunen": self._kommunennamen(),
            "berichte": [a for a in self.umfeld.analysen.values() if a.bericht_url]
            if self.schluessel == "vorhaben"
            else [],
        }

    def _uebernommene(self, eingabe):
        """Labels of what a copied case brought along and nobody has looked at yet."""
        offen = set(self.abschnitt.uebernommen)
        return [
            str(teil.label if art == "feld" else teil.art.titel)
            for art, teil in eingabe.teile
            if (art == "feld" and teil.name in offen)
            or (art == "gruppe" and teil.art.schluessel in offen)
        ]

    def _kommunennamen(self):
        if self.schluessel != "antragsteller":
            return []
        return [kommune.name_eindeutig for kommune in self.umfeld.kommunen.values()]

    def _biete_rueckweg(self, eingabe):
        for gruppe in eingabe.gruppen:
            if self.geloescht and self.geloescht[0] == gruppe.art.schluessel:
                gruppe.geloescht = f"{gruppe.art.eine} {self.geloescht[1] + 1} ist gelöscht."
