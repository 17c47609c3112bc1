"""The page of one section: type, save in between, add rows, settle what two people wrote at once."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis

from ..abschnitte import NACH_SCHLUESSEL
from ..befugnisse import verlangt_antrag
from ..verfahren import antragstellung
from ..verfahren.antragstellung import AbschnittUeberholt
from . import lesbar
from .adressen import PRUEFEN, adresse, naechste_adresse
from .angaben import FORMULARE
from .formular import Abschnittseingabe, Zeige
from .getippt import (
    Getippt,
    als_felder,
    fingerabdruck,
    gelesener_abdruck,
    hat_abdruck,
    hat_zu_viele_zeilen,
    verschieden,
    wert,
)
from .rahmen import gegenueber, gespeichert, rahmen
from .umfeld import Umfeld

NICHT_GESPEICHERT = "Nicht gespeichert"
MEINE, ANDERE = "meine", "andere"


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_antrag(Befugnis.LESEN)
def schritt(request, antrag, schluessel):
    """GET shows the section, to those who cannot change it as text; POST saves it."""
    seite = Abschnittsseite(request, antrag, schluessel)
    if request.method == "POST":
        if not request.zugang.darf(Befugnis.BEARBEITEN):
            raise PermissionDenied
        return seite.speichere()
    return seite.zeige_gespeichertes()


class Abschnittsseite:
    def __init__(self, request, antrag, schluessel):
        self.request, self.antrag, self.schluessel = request, antrag, schluessel
        self.jetzt = timezone.now()
        self.umfeld = Umfeld(antrag, timezone.localdate(self.jetzt))
        self.formular = FORMULARE[schluessel]

    # --- Showing -----------------------------------------------------------------

    def zeige_gespeichertes(self):
        wieder = daten(self.request)
        if wieder is not None:
            eingaben = self._getippt(wieder).eingaben
            return self.zeige(eingaben, Zeige.NICHTS, post=wieder, wiedergebracht=True)
        abschnitt = self.umfeld.abschnitte[self.schluessel]
        alles = PRUEFEN in self.request.GET
        return self.zeige(
            abschnitt.eingaben,
            Zeige.ALLE if alles else Zeige.NICHTS,
            leere_zeile_in=self.request.GET.get("neu", ""),
        )

    def zeige(self, eingaben, fehler, *, status=200, post=None, leere_zeile_in="", **weiteres):
        """The form with these inputs, or the section as text where it cannot be changed."""
        kontext = rahmen(
            self.request, self.antrag, self.schluessel, um=self.jetzt, umfeld=self.umfeld
        )
        eingabe = Abschnittseingabe(
            self.formular, eingaben, self.umfeld, leere_zeile_in=leere_zeile_in
        )
        abschnitt = self.umfeld.abschnitte[self.schluessel]
        if not kontext["aenderbar"]:
            kontext |= {"paare": lesbar.paare(eingabe), "begonnen": abschnitt.ist_begonnen}
            return render(
                self.request,
                "foerderung/antrag/abschnitt_lesen.html",
                kontext | weiteres,
                status=status,
            )
        eingabe.zeige_fehler(fehler)
        post = post or {}
        self._biete_rueckweg(eingabe)
        kontext |= {
            "form": eingabe,
            "fehlerliste": [{"text": f.text, "ziel": f.ziel} for f in eingabe.fehler()],
            "standard": getattr(self.formular, "standard", None),
            "gesehen": post.get("gesehen", abschnitt.version),
            "marke": post.get("marke") or uuid.uuid4(),
            "abdruck": post.get("abdruck", fingerabdruck(abschnitt.eingaben)),
            "uebernommen": self._uebernommene(eingabe, abschnitt),
            "marken": abschnitt.uebernommen,
            "aus_jahr": self._jahr_der_vorlage(abschnitt),
            "kommunen": self._kommunennamen(),
            "berichte": [a for a in self.umfeld.analysen.values() if a.bericht_url]
            if self.schluessel == "vorhaben"
            else [],
        }
        return render(
            self.request, "foerderung/antrag/abschnitt.html", kontext | weiteres, status=status
        )

    def _uebernommene(self, eingabe, abschnitt):
        """Labels of what a copied case brought along and nobody has looked at yet."""
        offen = set(abschnitt.uebernommen)
        return [
            str(teil.label if art == "feld" else teil.art.titel)
            for art, teil in eingabe.teile
            if (art == "feld" and teil.name in offen)
            or (art == "gruppe" and teil.art.schluessel in offen)
        ]

    def _jahr_der_vorlage(self, abschnitt):
        return str(self.antrag.vorgaenger.runde.jahr_von) if abschnitt.uebernommen else ""

    def _kommunennamen(self):
        if self.schluessel != "antragsteller":
            return []
        return [kommune.name_eindeutig for kommune in self.umfeld.kommunen.values()]

    # --- Saving ------------------------------------------------------------------

    def _getippt(self, post):
        return Getippt(self.formular({}, umfeld=self.umfeld, zeilen={}), post)

    def speichere(self):
        post = self.request.POST
        getippt = self._getippt(post)
        if not getippt.ist_haltbar:
            return self._nicht_haltbar(getippt.eingaben)
        eingaben, ziel = self._mit_zeilen(getippt.eingaben)
        if hat_zu_viele_zeilen(eingaben):
            return self._nicht_haltbar(eingaben)
        if strittig := post.getlist("strittig"):
            eingaben, offen = self._zusammengefuehrt(eingaben, strittig)
            if offen:
                return self._konflikt(eingaben, self.umfeld.abschnitte[self.schluessel], offen)
        try:
            abschnitt = antragstellung.speichere(
                self.antrag,
                self.schluessel,
                eingaben,
                durch=self.request.user,
                um=self.jetzt,
                gesehen=_zahl(post.get("gesehen")),
                bestaetigt=self._bestaetigt(),
                seite=_marke(post.get("marke")),
            )
        except AbschnittUeberholt as fehler:
            if "automatisch" in post:
                return self._kurz(f"{fehler} Speichern Sie, um beide Texte zu vergleichen.", 409)
            return self._konflikt(eingaben, fehler.jetzt)
        except SchrittNichtMoeglich as fehler:
            return self._nicht_moeglich(eingaben, str(fehler))
        if "automatisch" in post:
            antwort = self._kurz(gespeichert(abschnitt))
            antwort["X-Stand"] = abschnitt.version
            return antwort
        self.umfeld.abschnitte[self.schluessel] = abschnitt
        return ziel or self._weiter(abschnitt)

    def _weiter(self, abschnitt):
        if "entwurf" in self.request.POST:
            messages.success(
                self.request, f"Gespeichert: {NACH_SCHLUESSEL[self.schluessel].titel}."
            )
            return redirect(f"{self.antrag.get_absolute_url()}#inhalt")
        eingabe = Abschnittseingabe(self.formular, abschnitt.eingaben, self.umfeld)
        if any(not fehler.fehlt for fehler in eingabe.fehler()):
            post = self.request.POST.copy()
            post["gesehen"] = abschnitt.version
            post["abdruck"] = fingerabdruck(abschnitt.eingaben)
            return self.zeige(abschnitt.eingaben, Zeige.GETIPPTES, post=post, trotzdem=True)
        return redirect(f"{naechste_adresse(self.antrag, self.schluessel)}#inhalt")

    def _nicht_haltbar(self, eingaben):
        if "automatisch" in self.request.POST:
            return self._kurz(
                f"{NICHT_GESPEICHERT}. Prüfen Sie, was Sie zuletzt eingefügt haben.", 422
            )
        return self.zeige(
            eingaben, Zeige.GETIPPTES, status=422, post=self.request.POST, ungespeichert=True
        )

    def _nicht_moeglich(self, eingaben, satz):
        if "automatisch" in self.request.POST:
            return self._kurz(satz, 409)
        self.antrag.refresh_from_db()
        messages.error(self.request, satz)
        abschnitt = self.umfeld.abschnitte[self.schluessel]
        getippt = Abschnittseingabe(self.formular, eingaben, self.umfeld)
        return self.zeige(
            abschnitt.eingaben, Zeige.NICHTS, status=409, getippt=lesbar.paare(getippt)
        )

    def _kurz(self, satz, status=200):
        return HttpResponse(satz, status=status, content_type="text/plain; charset=utf-8")

    def _bestaetigt(self):
        """Carried-over fields that the person says to have looked at."""
        if "bestaetigt" not in self.request.POST:
            return ()
        return tuple(self.umfeld.abschnitte[self.schluessel].uebernommen)

    # --- Rows --------------------------------------------------------------------

    def _mit_zeilen(self, eingaben):
        """What the buttons of the rows do; returns the inputs and where to go on, if elsewhere."""
        post, zeilen = self.request.POST, eingaben.get("zeilen", {})
        hier = adresse(self.antrag, self.schluessel)
        if (neu := post.get("neu", "")) in zeilen:
            nummer = len(zeilen[neu])
            feld = next(iter(self._gruppe(neu).formular.base_fields))
            return eingaben, redirect(f"{hier}?neu={neu}#id_{neu}-{nummer}-{feld}")
        gruppe, _, nummer = post.get("loeschen", "").rpartition("-")
        if gruppe in zeilen:
            self._loesche(gruppe, _zahl(nummer), zeilen)
            return eingaben, redirect(f"{hier}#gruppe-{gruppe}")
        if (zurueck := post.get("rueckgaengig", "")) in zeilen:
            gemerkt = self.request.session.pop(self._merkname, None)
            if gemerkt and gemerkt["gruppe"] == zurueck:
                zeilen[zurueck].insert(gemerkt["stelle"], gemerkt["zeile"])
            return eingaben, redirect(f"{hier}#gruppe-{zurueck}")
        return eingaben, None

    def _loesche(self, gruppe, nummer, zeilen):
        """The number is that of the page, where empty rows count."""
        vorsatz = f"{gruppe}-{nummer}-"
        getippt = {
            name.removeprefix(vorsatz): inhalt
            for name, inhalt in self.request.POST.items()
            if name.startswith(vorsatz)
        }
        rest = self.request.POST.copy()
        for name in getippt:
            del rest[f"{vorsatz}{name}"]
        zeilen[gruppe] = self._getippt(rest).eingaben["zeilen"][gruppe]
        if any(inhalt.strip() for inhalt in getippt.values()):
            davor = Getippt(self.formular({}, umfeld=self.umfeld, zeilen={}), self.request.POST)
            alle = davor.eingaben["zeilen"][gruppe]
            stelle = next((n for n, z in enumerate(alle) if z not in zeilen[gruppe]), len(alle))
            if stelle < len(alle):
                self.request.session[self._merkname] = {
                    "gruppe": gruppe, "stelle": stelle, "zeile": alle[stelle],
                }  # fmt: skip

    @property
    def _merkname(self):
        return f"zeile-{self.antrag.pk}-{self.schluessel}"

    def _biete_rueckweg(self, eingabe):
        gemerkt = self.request.session.get(self._merkname)
        for gruppe in eingabe.gruppen:
            if gemerkt and gemerkt["gruppe"] == gruppe.art.schluessel:
                gruppe.geloescht = f"{gruppe.art.eine} {gemerkt['stelle'] + 1} ist gelöscht."

    def _gruppe(self, schluessel):
        return next(art for art in self.formular.gruppen if art.schluessel == schluessel)

    # --- Two people at once --------------------------------------------------------

    def _konflikt(self, meine, jetzt, offen=()):
        """Both texts side by side, a choice for each field; what nobody else touched is taken over."""
        self.umfeld.abschnitte[self.schluessel] = jetzt
        abdruck = gelesener_abdruck(self.request.POST.get("abdruck", ""))
        eigene = Abschnittseingabe(self.formular, meine, self.umfeld)
        fremde = Abschnittseingabe(self.formular, jetzt.eingaben, self.umfeld)
        texte = [_texte(eigene), _texte(fremde)]
        stellen = []
        for name in verschieden(meine, jetzt.eingaben):
            if hat_abdruck(meine, name, abdruck):
                wahl = ANDERE
            elif hat_abdruck(jetzt.eingaben, name, abdruck):
                wahl = MEINE
            else:
                wahl = self.request.POST.get(f"wahl_{name}", "")
            stellen.append(
                {
                    "name": name,
                    "titel": texte[0][name][0],
                    "meine": texte[0][name][1],
                    "andere": texte[1][name][1],
                    "wahl": wahl,
                    "fehler": name in offen,
                }
            )
        kontext = rahmen(
            self.request, self.antrag, self.schluessel, um=self.jetzt, umfeld=self.umfeld
        )
        kontext |= {
            "stellen": stellen,
            "felder": list(als_felder(meine)),
            "jetzt": jetzt,
            **gegenueber(jetzt, self.request.user),
            "gesehen": jetzt.version,
            "marke": uuid.uuid4(),
            "abdruck": self.request.POST.get("abdruck", ""),
            "fehlerliste": [
                {"text": f"{s['titel']}: Wählen Sie einen Text.", "ziel": f"id_wahl_{s['name']}_0"}
                for s in stellen
                if s["fehler"]
            ],
        }
        return render(self.request, "foerderung/antrag/konflikt.html", kontext, status=409)

    def _zusammengefuehrt(self, meine, strittig):
        """The chosen texts, and the names of fields that still need a choice."""
        andere = self.umfeld.abschnitte[self.schluessel].eingaben
        offen = []
        for name in strittig:
            gewaehlt = self.request.POST.get(f"wahl_{name}")
            if gewaehlt == ANDERE:
                teil = "zeilen" if name in meine.get("zeilen", {}) else "felder"
                if name in meine.get(teil, {}):
                    meine[teil][name] = wert(andere, name)
            elif gewaehlt != MEINE:
                offen.append(name)
        return meine, offen


def _texte(eingabe):
    """{name of field or group: (label, text)}"""
    texte = {}
    for art, teil in eingabe.teile:
        if art == "feld":
            texte[teil.name] = (str(teil.label), lesbar.feldtext(teil) or lesbar.LEER)
        elif art == "gruppe":
            zeilen = [lesbar.zeilentext(zeile) for zeile in teil.zeilen if not zeile.ist_leer]
            texte[teil.art.schluessel] = (teil.art.titel, "\n".join(zeilen) or lesbar.LEER)
    return texte


def _zahl(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _marke(text):
    try:
        return UUID(text)
    except (TypeError, ValueError):
        return None
