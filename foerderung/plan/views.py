"""Step 4 of the application: the page "Ausgaben und Finanzierung"."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis

from ..antrag.adressen import PRUEFEN, naechste_adresse
from ..antrag.formular import Zeige
from ..antrag.getippt import fingerabdruck, verschieden
from ..antrag.rahmen import gegenueber, gespeichert, rahmen
from ..antrag.umfeld import Umfeld
from ..befugnisse import verlangt_antrag
from ..models import Foerderantrag
from ..verfahren import antragstellung
from ..verfahren.antragstellung import AbschnittUeberholt
from .ansicht import Planansicht
from .eingaben import Getippt, mit_zeile, ohne_leere, ohne_zeile, stelle
from .konflikt import konflikt, mit_wahl, titel
from .lesen import ist_leer
from .regeln import planjahre
from .seite import Planseite
from .spalten import GRUPPEN
from .verstoesse import pruefe

ABSCHNITT = "plan"
NICHT_HALTBAR = "Nicht gespeichert. Prüfen Sie, was Sie zuletzt eingefügt haben."


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_antrag(Befugnis.LESEN)
def plan(request, antrag):
    """GET shows the plan, to those who cannot change it as text; POST saves it, right or wrong."""
    seite = Seite(request, antrag)
    if request.method == "POST":
        if not request.zugang.darf(Befugnis.BEARBEITEN):
            raise PermissionDenied
        return seite.speichere()
    return seite.zeige_gespeichertes()


class Seite:
    def __init__(self, request, antrag: Foerderantrag):
        self.request, self.antrag = request, antrag
        self.jetzt = timezone.now()
        self.umfeld = Umfeld(antrag, timezone.localdate(self.jetzt))
        self.jahre = planjahre(antrag)
        self.adresse = reverse("foerderung:antrag-plan", args=[antrag.pk])

    @property
    def abschnitt(self):
        return self.umfeld.abschnitte[ABSCHNITT]

    # --- Showing -----------------------------------------------------------------

    def zeige_gespeichertes(self):
        if (wieder := daten(self.request)) is not None:
            getippt = Getippt(wieder, self.jahre, self.abschnitt.eingaben)
            return self.zeige(getippt.eingaben, Zeige.NICHTS, post=wieder, wiedergebracht=True)
        alles = PRUEFEN in self.request.GET
        return self.zeige(
            self.abschnitt.eingaben,
            Zeige.ALLE if alles else Zeige.NICHTS,
            neu_in=self.request.GET.get("neu", ""),
        )

    def zeige(self, eingaben, fehler, *, status=200, post=None, neu_in="", **weiteres):
        kontext = self._rahmen()
        if not kontext["aenderbar"]:
            kontext["plan"] = self._ansicht(self.abschnitt.eingaben)
            if weiteres.get("ungespeichert"):
                kontext["getippt"] = self._ansicht(eingaben)
            return self._antworte("plan_lesen.html", kontext, status)
        post = post or {}
        gemerkt = self.request.session.get(self._merkname)
        seite = Planseite(
            eingaben,
            self.jahre,
            self.umfeld.planregeln,
            fehler,
            neu_in,
            (gemerkt["gruppe"], gemerkt["stelle"]) if gemerkt else None,
        )
        kontext |= {
            "form": seite,
            "gesehen": post.get("gesehen", self.abschnitt.version),
            "marke": post.get("marke") or uuid.uuid4(),
            "abdruck": post.get("abdruck", fingerabdruck(self.abschnitt.eingaben)),
            "uebernommen": [titel(name) for name in self.abschnitt.uebernommen],
        }
        return self._antworte("plan.html", kontext | weiteres, status)

    def _ansicht(self, eingaben):
        return Planansicht(eingaben, self.jahre, self.umfeld.planregeln)

    def _rahmen(self):
        return rahmen(self.request, self.antrag, ABSCHNITT, um=self.jetzt, umfeld=self.umfeld)

    def _antworte(self, vorlage, kontext, status):
        return render(self.request, f"foerderung/plan/{vorlage}", kontext, status=status)

    # --- Saving ------------------------------------------------------------------

    def speichere(self):
        post = self.request.POST
        getippt = Getippt(post, self.jahre, self.abschnitt.eingaben)
        if not getippt.ist_haltbar:
            return self._nicht_haltbar(getippt.eingaben)
        eingaben, ziel = self._mit_zeilen(getippt.eingaben)
        eingaben, offen = mit_wahl(post, eingaben, self.abschnitt.eingaben)
        if offen:
            return self._konflikt(eingaben, self.abschnitt, offen)
        try:
            abschnitt = antragstellung.speichere(
                self.antrag,
                ABSCHNITT,
                eingaben,
                durch=self.request.user,
                um=self.jetzt,
                gesehen=_zahl(post.get("gesehen")),
                bestaetigt=self._bestaetigt(eingaben),
                seite=_marke(post.get("marke")),
            )
        except AbschnittUeberholt as fehler:
            if "automatisch" in post:
                return _kurz(f"{fehler} Speichern Sie, um beide Texte zu vergleichen.", 409)
            return self._konflikt(eingaben, fehler.jetzt)
        except SchrittNichtMoeglich as fehler:
            return self._nicht_moeglich(eingaben, str(fehler))
        if "automatisch" in post:
            antwort = _kurz(gespeichert(abschnitt))
            antwort["X-Stand"] = abschnitt.version
            return antwort
        self.umfeld.abschnitte[ABSCHNITT] = abschnitt
        return redirect(ziel) if ziel else self._weiter(abschnitt)

    def _weiter(self, abschnitt):
        if "rechnen" in self.request.POST:
            return redirect(f"{self.adresse}#gegenueberstellung")
        if "entwurf" in self.request.POST:
            messages.success(self.request, "Gespeichert: Ausgaben und Finanzierung.")
            return redirect(f"{self.antrag.get_absolute_url()}#inhalt")
        if self._hat_falsches():
            post = self.request.POST.copy()
            post["gesehen"] = abschnitt.version
            post["abdruck"] = fingerabdruck(abschnitt.eingaben)
            return self.zeige(abschnitt.eingaben, Zeige.GETIPPTES, post=post, trotzdem=True)
        return redirect(f"{naechste_adresse(self.antrag, ABSCHNITT)}#inhalt")

    def _hat_falsches(self):
        """Something that can be put right at once, as opposed to what is still missing."""
        gelesen = self.umfeld.plan
        verstoesse = pruefe(gelesen.plan, self.umfeld.rechnung, self.umfeld.planregeln)
        return any(not fehler.fehlt for fehler in gelesen.fehler) or any(
            verstoss.ort.gruppe for verstoss in verstoesse
        )

    def _nicht_haltbar(self, eingaben):
        if "automatisch" in self.request.POST:
            return _kurz(NICHT_HALTBAR, 422)
        return self.zeige(
            eingaben, Zeige.GETIPPTES, status=422, post=self.request.POST, ungespeichert=True
        )

    def _nicht_moeglich(self, eingaben, satz):
        if "automatisch" in self.request.POST:
            return _kurz(satz, 409)
        self.antrag.refresh_from_db()
        messages.error(self.request, satz)
        return self.zeige(eingaben, Zeige.NICHTS, status=409, ungespeichert=True)

    def _konflikt(self, meine, jetzt, offen=()):
        self.umfeld.abschnitte[ABSCHNITT] = jetzt
        kontext = {
            **self._rahmen(),
            **konflikt(self.request.POST, meine, jetzt, offen),
            **gegenueber(jetzt, self.request.user),
        }
        return render(self.request, "foerderung/antrag/konflikt.html", kontext, status=409)

    def _bestaetigt(self, eingaben):
        """Carried-over fields that are confirmed: by the box, or because they were changed."""
        if "bestaetigt" in self.request.POST:
            return tuple(self.abschnitt.uebernommen)
        return tuple(verschieden(eingaben, self.abschnitt.eingaben))

    # --- Rows --------------------------------------------------------------------

    def _mit_zeilen(self, eingaben):
        """What the buttons of the rows do; the inputs to save, and where the page goes on."""
        post = self.request.POST
        if (neu := post.get("neu")) in GRUPPEN:
            voll = ohne_leere(eingaben)
            feld = GRUPPEN[neu].spalten[0].name
            return voll, f"{self.adresse}?neu={neu}#id_{neu}-{len(voll['zeilen'][neu])}-{feld}"
        if wo := stelle(post, post.get("loeschen", "")):
            eingaben, zeile = ohne_zeile(eingaben, *wo)
            self.request.session.pop(self._merkname, None)
            if not ist_leer(zeile):
                gemerkt = {"gruppe": wo[0], "stelle": wo[1], "zeile": zeile}
                self.request.session[self._merkname] = gemerkt
            return ohne_leere(eingaben), f"{self.adresse}#{wo[0]}"
        if "rueckgaengig" in post:
            if gemerkt := self.request.session.pop(self._merkname, None):
                wo = gemerkt["gruppe"], gemerkt["stelle"]
                eingaben = mit_zeile(eingaben, *wo, gemerkt["zeile"])
                return ohne_leere(eingaben), f"{self.adresse}#{wo[0]}"
            return ohne_leere(eingaben), self.adresse
        return ohne_leere(eingaben), ""

    @property
    def _merkname(self):
        """Where the session keeps the row that was deleted last."""
        return f"zeile-{self.antrag.pk}-{ABSCHNITT}"


def _kurz(satz, status=200):
    return HttpResponse(satz, status=status, content_type="text/plain; charset=utf-8")


def _zahl(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _marke(text):
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError):
        return None
