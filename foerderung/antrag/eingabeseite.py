"""A page to type a section into: save, change rows, settle what two people wrote at once.

The same for the sections that are forms and for the plan; each adds how it is read and shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich, gesehene_version
from kommunen.befugnisse import Befugnis

from ..abschnitte import NACH_SCHLUESSEL
from ..models import Abschnitt, Foerderantrag
from ..verfahren import antragstellung
from ..verfahren.antragstellung import EntwurfUeberholt
from .adressen import PRUEFEN, adresse, naechste_adresse
from .formular import Zeige
from .gesendet import Gesendet
from .getippt import als_felder, fingerabdruck
from .konflikt import stellen, uebernimm_wahl
from .lesbar import Paar
from .rahmen import gegenueber, gespeichert, rahmen
from .umfeld import Umfeld

NICHT_GESPEICHERT = "Nicht gespeichert. Prüfen Sie, was Sie zuletzt eingefügt haben."


class Eingabeseite:
    """One section of one application, asked for once."""

    vorlage = lesevorlage = ""  # for those who can change it now, and for all others
    gruppenkennung = "{}"  # id of the heading of a group of rows

    def __init__(self, request, antrag: Foerderantrag, schluessel: str):
        self.request, self.antrag, self.schluessel = request, antrag, schluessel
        self.jetzt = timezone.now()
        self.umfeld = Umfeld(antrag, timezone.localdate(self.jetzt))

    @property
    def abschnitt(self) -> Abschnitt:
        return self.umfeld.abschnitte[self.schluessel]

    @property
    def adresse(self) -> str:
        return adresse(self.antrag, self.schluessel)

    # --- What each kind of page adds -------------------------------------------------

    def lies(self, post: QueryDict) -> Gesendet:
        raise NotImplementedError

    def formular(self, eingaben: Mapping, fehler: Zeige, neu_in: str) -> dict:
        """Context of `vorlage`; `neu_in` is the group that gets an empty row."""
        raise NotImplementedError

    def zum_lesen(self, eingaben: Mapping):
        """What `lesevorlage` shows of them."""
        raise NotImplementedError

    def texte(self, eingaben: Mapping) -> dict[str, Paar]:
        """{name of each field and group: (label, text)}, in the order of the page."""
        raise NotImplementedError

    def hat_falsches(self) -> bool:
        """Something in what is saved now can be put right at once; what is missing does not count."""
        raise NotImplementedError

    # --- Showing -----------------------------------------------------------------

    def antworte(self) -> HttpResponse:
        """GET shows the section, to those who cannot change it as text; POST saves it, right or wrong."""
        if self.request.method != "POST":
            return self._zeige_gespeichertes()
        if not self.request.zugang.darf(Befugnis.BEARBEITEN):
            raise PermissionDenied
        return self._speichere()

    def _zeige_gespeichertes(self):
        if (wieder := daten(self.request)) is not None:
            eingaben = self.lies(wieder).eingaben
            return self._zeige(eingaben, Zeige.NICHTS, post=wieder, wiedergebracht=True)
        return self._zeige(
            self.abschnitt.eingaben,
            Zeige.ALLE if PRUEFEN in self.request.GET else Zeige.NICHTS,
            neu_in=self.request.GET.get("neu", ""),
        )

    def _zeige(self, eingaben, fehler, *, status=200, post=None, neu_in="", **lage):
        """The form with these inputs, or the section as text where it cannot be changed.

        `lage` says what became of what was typed: `ungespeichert`, `wiedergebracht` after a new
        sign-in, or saved although something is wrong (`trotzdem`).
        """
        kontext = self._rahmen() | lage
        if not kontext["aenderbar"]:
            kontext["stand"] = self.zum_lesen(self.abschnitt.eingaben)
            if lage:
                kontext["getippt"] = self.zum_lesen(eingaben)
            return render(self.request, self.lesevorlage, kontext, status=status)
        post = post or {}
        kontext |= {
            "gesehen": post.get("gesehen", self.abschnitt.version),
            "marke": post.get("marke") or uuid.uuid4(),
            "abdruck": post.get("abdruck", fingerabdruck(self.abschnitt.eingaben)),
            **self.formular(eingaben, fehler, neu_in),
        }
        return render(self.request, self.vorlage, kontext, status=status)

    def _rahmen(self):
        return rahmen(self.request, self.antrag, self.schluessel, um=self.jetzt, umfeld=self.umfeld)

    # --- Saving ------------------------------------------------------------------

    def _speichere(self):
        post = self.request.POST
        getippt = self.lies(post)
        ziel = self._bearbeite_zeilen(getippt)
        eingaben = getippt.eingaben
        if not getippt.ist_haltbar:
            return self._nicht_haltbar(eingaben)
        if "strittig" in post and (
            offen := uebernimm_wahl(post, eingaben, self.abschnitt.eingaben)
        ):
            return self._konflikt(eingaben, self.abschnitt, offen)
        try:
            abschnitt = self.sichere(
                eingaben,
                gesehen=gesehene_version(post.get("gesehen") or ""),
                seite=_marke(post.get("marke")),
            )
        except EntwurfUeberholt as fehler:
            if "automatisch" in post:
                return _kurz(f"{fehler} Speichern Sie, um beide Texte zu vergleichen.", 409)
            return self._konflikt(eingaben, fehler.jetzt)
        except SchrittNichtMoeglich as fehler:
            return self._nicht_moeglich(eingaben, str(fehler))
        if "automatisch" in post:
            antwort = _kurz(gespeichert(abschnitt))
            antwort["X-Stand"] = abschnitt.version
            return antwort
        self.merke(abschnitt)
        return redirect(ziel) if ziel else self.weiter()

    def sichere(self, eingaben: Mapping, *, gesehen: int, seite: uuid.UUID | None):
        """Store them; what is stored then. Raises EntwurfUeberholt where somebody else has."""
        return antragstellung.speichere(
            self.antrag,
            self.schluessel,
            eingaben,
            durch=self.request.user,
            um=self.jetzt,
            gesehen=gesehen,
            bestaetigt=self._bestaetigt(),
            seite=seite,
        )

    def merke(self, abschnitt) -> None:
        """From now on this is what is stored."""
        self.umfeld.abschnitte[self.schluessel] = abschnitt

    def weiter(self) -> HttpResponse:
        """What follows the saving, by the button that was pressed."""
        if "entwurf" in self.request.POST:
            titel = NACH_SCHLUESSEL[self.schluessel].titel
            messages.success(self.request, f"Gespeichert: {titel}.")
            return redirect(f"{self.antrag.get_absolute_url()}#inhalt")
        if self.hat_falsches():
            eingaben, post = self.abschnitt.eingaben, self.request.POST.copy()
            post["gesehen"] = self.abschnitt.version
            post["abdruck"] = fingerabdruck(eingaben)
            return self._zeige(eingaben, Zeige.GETIPPTES, post=post, trotzdem=True)
        return redirect(f"{naechste_adresse(self.antrag, self.schluessel)}#inhalt")

    def _nicht_haltbar(self, eingaben):
        if "automatisch" in self.request.POST:
            return _kurz(NICHT_GESPEICHERT, 422)
        return self._zeige(
            eingaben, Zeige.GETIPPTES, status=422, post=self.request.POST, ungespeichert=True
        )

    def _nicht_moeglich(self, eingaben, satz):
        if "automatisch" in self.request.POST:
            return _kurz(satz, 409)
        self.antrag.refresh_from_db()
        messages.error(self.request, satz)
        return self._zeige(eingaben, Zeige.NICHTS, status=409, ungespeichert=True)

    def _bestaetigt(self):
        """Carried-over fields that the person says to have looked at."""
        if "bestaetigt" not in self.request.POST:
            return ()
        return tuple(self.abschnitt.uebernommen)

    # --- Rows --------------------------------------------------------------------

    def _bearbeite_zeilen(self, getippt):
        """Do what the button of a row asks for; where the page goes on then."""
        post, sitzung = self.request.POST, self.request.session
        if (neu := post.get("neu")) in getippt.zeilen:
            nummer, feld = len(getippt.gefuellte(neu)), getippt.spalten[neu][0]
            return f"{self.adresse}?neu={neu}#id_{neu}-{nummer}-{feld}"
        if weg := getippt.loesche(post.get("loeschen", "")):
            if not getippt.ist_leer(weg["zeile"]):
                sitzung[self._merkname] = weg
            return self._gruppenadresse(weg["gruppe"])
        if "rueckgaengig" in post:
            if weg := sitzung.pop(self._merkname, None):
                getippt.bringe_zurueck(**weg)
                return self._gruppenadresse(weg["gruppe"])
            return self.adresse
        return ""

    def _gruppenadresse(self, gruppe):
        return f"{self.adresse}#{self.gruppenkennung.format(gruppe)}"

    @property
    def geloescht(self) -> tuple[str, int] | None:
        """Group and place of the row that was deleted last and can be brought back."""
        weg = self.request.session.get(self._merkname)
        return (weg["gruppe"], weg["stelle"]) if weg else None

    @property
    def _merkname(self):
        return f"zeile-{self.antrag.pk}-{self.schluessel}"

    # --- Two people at once --------------------------------------------------------

    def _konflikt(self, meine, jetzt, offen=()):
        """Both texts side by side, a choice for each field."""
        post = self.request.POST
        self.merke(jetzt)
        strittig = list(stellen(post, meine, jetzt.eingaben, self.texte, offen))
        kontext = {
            **self._rahmen(),
            **gegenueber(jetzt, self.request.user),
            "stellen": strittig,
            "felder": list(als_felder(meine)),
            "jetzt": jetzt,
            "gesehen": jetzt.version,
            "marke": uuid.uuid4(),
            "abdruck": post.get("abdruck", ""),
            "fehlerliste": [
                {"text": f"{stelle.titel}: Wählen Sie einen Text.", "ziel": stelle.ziel}
                for stelle in strittig
                if stelle.fehler
            ],
        }
        return render(self.request, "foerderung/antrag/konflikt.html", kontext, status=409)


def _kurz(satz, status=200):
    return HttpResponse(satz, status=status, content_type="text/plain; charset=utf-8")


def _marke(text):
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError):
        return None
