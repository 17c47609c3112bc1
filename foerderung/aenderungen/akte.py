"""Reported changes and money passed on in the Fallakte (F21, F25)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.konten import vieraugen
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich

from ..befugnisse import Handelnde, handelt_als, verlangt_akte
from ..fallakte.forms import Abschlussformular, Grundformular
from ..fallakte.rahmen import zeige
from ..models import Aenderungsstand
from ..verfahren import aenderung as verfahren
from ..verfahren.entscheidung import Unzulaessig
from ..verfahren.weiterleitung import leitet_weiter
from .empfaengerseiten import uebersicht
from .forms import Antwortformular, Kenntnisformular
from .views import FORMULAR, zeilen

TITEL = "Änderungen"
SCHRITTE = ("kenntnis", "vorschlagen", "genehmigen", "ablehnen", "zurueckziehen")
ERFOLG = {
    "kenntnis": "Die Kommune erhält eine E-Mail und liest Ihre Antwort im Portal.",
    "vorschlagen": "Vorgeschlagen. Jetzt muss eine zweite Person entscheiden.",
    "genehmigen": "Entschieden. Die Kommune erhält eine E-Mail.",
    "ablehnen": "Der Vorschlag ist abgelehnt.",
    "zurueckziehen": "Der Vorschlag ist zurückgezogen.",
}


@require_safe
@verlangt_akte()
def aenderungen(request, antrag):
    warten = set(antrag.aenderungen.wartet_auf_bescheid().values_list("pk", flat=True))
    return zeige(
        request,
        antrag,
        "foerderung/aenderungen/akte.html",
        titel=TITEL,
        aenderungen=[
            {"aenderung": eine, "wartet": eine.pk in warten} for eine in antrag.aenderungen.all()
        ],
        leitet_weiter=leitet_weiter(antrag),
        **uebersicht(antrag),
    )


@require_safe
@verlangt_akte()
def aenderung(request, antrag, aenderung):
    return _seite(request, antrag, _aenderung(antrag, aenderung))


@FORMULAR
@verlangt_akte()
def schritt(request, antrag, aenderung, schritt):
    """Takes the step, or shows the page again with the reason and what was typed."""
    if schritt not in SCHRITTE:
        raise Http404
    gesucht = _aenderung(antrag, aenderung)
    eingaben = daten(request)
    if eingaben is None:
        return redirect(_adresse(gesucht))
    vorschlag = verfahren.offener_vorschlag(gesucht)
    if schritt in ("genehmigen", "ablehnen", "zurueckziehen") and vorschlag is None:
        if request.method == "POST":
            return _seite(request, antrag, gesucht, fehler=vieraugen.SCHON_ENTSCHIEDEN, status=409)
        return redirect(_adresse(gesucht))
    formular, status = _formular(schritt, gesucht, eingaben), 200
    if request.method == "POST" and formular.is_valid():
        try:
            _handle(request, schritt, gesucht, vorschlag, formular)
        except Unzulaessig as fehler:
            for feld, satz in fehler.felder.items():
                formular.add_error(feld, satz)
        except SchrittNichtMoeglich as fehler:
            gesucht = _aenderung(antrag, aenderung)
            formular.add_error(None, str(fehler))
            formular.setze("gesehen", gesucht.version)
            status = fehler.status
        else:
            messages.success(request, ERFOLG[schritt])
            return redirect(_adresse(gesucht))
    return _seite(request, antrag, gesucht, gesendet={schritt: formular}, status=status)


def _handle(request, schritt, aenderung, vorschlag, formular):
    wer = {"durch": request.user, "um": timezone.now()}
    werte = {n: w for n, w in formular.cleaned_data.items() if n != "gesehen"}
    match schritt:
        case "kenntnis":
            verfahren.nimm_zur_kenntnis(aenderung, gesehen=formular.version, **werte, **wer)
        case "vorschlagen":
            verfahren.schlage_antwort_vor(aenderung, gesehen=formular.version, **werte, **wer)
        case "genehmigen":
            verfahren.genehmige_antwort(vorschlag, gesehen=formular.version, **wer)
        case "ablehnen":
            verfahren.lehne_vorschlag_ab(vorschlag, **werte, **wer)
        case "zurueckziehen":
            if vorschlag.vorgeschlagen_von_id != request.user.pk:
                raise PermissionDenied
            verfahren.ziehe_vorschlag_zurueck(vorschlag, **wer)


def _aenderung(antrag, nummer):
    gesucht = get_object_or_404(
        antrag.aenderungen.select_related(
            "gemeldet_von", "erledigt_von", "erledigt_fuer"
        ).prefetch_related("umschichtungen"),
        pk=nummer,
    )
    gesucht.antrag = antrag
    return gesucht


def _adresse(aenderung):
    return reverse("foerderung:akte-aenderung", args=[aenderung.antrag_id, aenderung.pk])


def _formular(name, aenderung, eingaben=None):
    ziel = reverse(
        "foerderung:akte-aenderung-schritt", args=[aenderung.antrag_id, aenderung.pk, name]
    )
    wahl = {"prefix": name, "initial": {"gesehen": aenderung.version}, "ziel": ziel}
    match name:
        case "kenntnis":
            return Kenntnisformular(eingaben, art=aenderung.art, **wahl)
        case "vorschlagen":
            return Antwortformular(eingaben, **wahl)
        case "ablehnen":
            hinweis = "Die Person, die den Vorschlag gemacht hat, liest ihn im Protokoll der Akte."
            return Grundformular(eingaben, knopf="Vorschlag nicht folgen", hinweis=hinweis, **wahl)
        case "genehmigen":
            return Abschlussformular(eingaben, knopf="Wie vorgeschlagen entscheiden", **wahl)
    return Abschlussformular(eingaben, knopf="Vorschlag zurückziehen", **wahl)


def _moeglich(aenderung, vorschlag, konto, als):
    """The steps the person can take now."""
    if aenderung.stand != Aenderungsstand.EINGEGANGEN:
        return
    if Handelnde.SACHBEARBEITUNG in als and vorschlag is None:
        yield "vorschlagen" if aenderung.braucht_zustimmung else "kenntnis"
    if vorschlag and vorschlag.vorgeschlagen_von_id == konto.pk:
        yield "zurueckziehen"
    elif vorschlag and Handelnde.LEITUNG in als and not _einwand(vorschlag, konto):
        yield "genehmigen"
        yield "ablehnen"


def _einwand(vorschlag, konto):
    fuer = verfahren.entscheidet_fuer(vorschlag, konto)
    return vieraugen.einwand(vieraugen.beteiligte(vorschlag), durch=konto, fuer=fuer)


def _seite(request, antrag, aenderung, *, gesendet=None, fehler="", status=200):
    als, vorschlag = handelt_als(request.user, antrag), verfahren.offener_vorschlag(aenderung)
    formulare = {
        name: _formular(name, aenderung)
        for name in _moeglich(aenderung, vorschlag, request.user, als)
    } | (gesendet or {})
    wartet = antrag.aenderungen.wartet_auf_bescheid().filter(pk=aenderung.pk).exists()
    return zeige(
        request,
        antrag,
        "foerderung/aenderungen/akte_aenderung.html",
        titel=str(aenderung),
        status=status,
        mit_formular=bool(formulare),
        aenderung=aenderung,
        zeilen=zeilen(aenderung),
        vorschlag=vorschlag,
        einwand=_einwand(vorschlag, request.user) if vorschlag and Handelnde.LEITUNG in als else "",
        formulare=list(formulare.items()),
        gebunden=next(iter(gesendet.values())) if gesendet else None,
        wartet=wartet,
        aendern=reverse("foerderung:vorschlagen", args=[antrag.pk, "aenderung"])
        if wartet and Handelnde.SACHBEARBEITUNG in als
        else "",
        fehler=fehler,
    )
