"""Step 4 of the application: the page "Ausgaben und Finanzierung"."""

from __future__ import annotations

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kommunen.befugnisse import Befugnis

from ..antrag.eingabeseite import Eingabeseite
from ..befugnisse import verlangt_antrag
from ..models import Foerderantrag
from . import lesbar
from .ansicht import Planansicht
from .eingaben import Getippt
from .regeln import planjahre
from .seite import Planseite
from .verstoesse import pruefe

ABSCHNITT = "plan"


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_antrag(Befugnis.LESEN)
def plan(request, antrag):
    return Seite(request, antrag).antworte()


class Seite(Eingabeseite):
    vorlage = "foerderung/plan/plan.html"
    lesevorlage = "foerderung/plan/plan_lesen.html"

    def __init__(self, request, antrag: Foerderantrag):
        super().__init__(request, antrag, ABSCHNITT)
        self.jahre = planjahre(antrag)

    def lies(self, post):
        return Getippt(post, self.jahre, self.abschnitt.eingaben)

    def zum_lesen(self, eingaben):
        return Planansicht(eingaben, self.jahre, self.umfeld.planregeln)

    def texte(self, eingaben):
        return lesbar.texte(eingaben, self.jahre)

    def hat_falsches(self):
        gelesen = self.umfeld.plan
        verstoesse = pruefe(gelesen.plan, self.umfeld.rechnung, self.umfeld.planregeln)
        return any(not fehler.fehlt for fehler in gelesen.fehler) or any(
            verstoss.ort.gruppe for verstoss in verstoesse
        )

    def formular(self, eingaben, fehler, neu_in):
        regeln = self.umfeld.planregeln
        return {
            "form": Planseite(eingaben, self.jahre, regeln, fehler, neu_in, self.geloescht),
            "uebernommen": [lesbar.titel(name) for name in self.abschnitt.uebernommen],
        }

    def weiter(self):
        if "rechnen" in self.request.POST:
            return redirect(f"{self.adresse}#gegenueberstellung")
        return super().weiter()
