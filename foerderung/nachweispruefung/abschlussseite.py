"""The end of a case in the Fallakte: what is missing, the proposal, its decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich

from .. import kasse
from ..befugnisse import Handelnde, handelt_als, verlangt_akte
from ..fallakte.forms import Abschlussformular, Grundformular
from ..fallakte.rahmen import zeige
from ..models import Status
from ..verfahren import abschluss as verfahren
from .forms import Abschlussvorschlag

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
ERFOLG = {
    "vorschlagen": "Vorgeschlagen. Jetzt muss eine zweite Person entscheiden.",
    "genehmigen": "Der Vorgang ist abgeschlossen. Die Kommune erhält eine E-Mail.",
    "ablehnen": "Der Vorschlag ist abgelehnt.",
    "zurueckziehen": "Der Vorschlag ist zurückgezogen.",
}


@require_safe
@verlangt_akte()
def abschluss(request, antrag):
    return _seite(request, antrag)


@FORMULAR
@verlangt_akte()
def schritt(request, antrag, schritt):
    """Takes the step, or shows the page again with the reason and what was typed."""
    if schritt not in ERFOLG:
        raise Http404
    eingaben = daten(request)
    if eingaben is None:
        return redirect("foerderung:akte-abschluss", antrag.pk)
    formular, status = _formular(schritt, antrag, eingaben), 200
    if request.method == "POST" and formular.is_valid():
        try:
            _handle(schritt, antrag, formular, request.user)
        except SchrittNichtMoeglich as fehler:
            antrag.refresh_from_db(fields=["status", "version"])
            formular.add_error(None, str(fehler))
            formular.setze("gesehen", antrag.version)
            status = fehler.status
        else:
            messages.success(request, ERFOLG[schritt])
            return redirect("foerderung:akte-abschluss", antrag.pk)
    return _seite(request, antrag, gesendet={schritt: formular}, status=status)


def _handle(schritt, antrag, formular, konto):
    jetzt, werte = timezone.now(), formular.cleaned_data
    if schritt == "vorschlagen":
        verfahren.schlage_vor(
            antrag, werte["begruendung"], durch=konto, um=jetzt, gesehen=formular.version,
            marke=werte["marke"],
        )  # fmt: skip
        return
    vorschlag = verfahren.offener(antrag)
    if vorschlag is None:
        raise SchrittNichtMoeglich("Es liegt kein offener Vorschlag vor.")
    match schritt:
        case "genehmigen":
            verfahren.genehmige(vorschlag, durch=konto, um=jetzt, gesehen=formular.version)
        case "ablehnen":
            verfahren.lehne_ab(vorschlag, werte["grund"], durch=konto, um=jetzt)
        case "zurueckziehen":
            verfahren.ziehe_zurueck(vorschlag, durch=konto, um=jetzt)


def _formular(schritt, antrag, eingaben=None):
    ziel = reverse("foerderung:akte-abschluss-schritt", args=[antrag.pk, schritt])
    wahl = {"prefix": schritt, "initial": {"gesehen": antrag.version}}
    match schritt:
        case "vorschlagen":
            formular = Abschlussvorschlag(eingaben, **wahl)
            formular.ziel = ziel
            return formular
        case "ablehnen":
            return Grundformular(eingaben, knopf="Vorschlag ablehnen", ziel=ziel, **wahl)
        case "genehmigen":
            return Abschlussformular(eingaben, knopf="Vorgang abschließen", ziel=ziel, **wahl)
    return Abschlussformular(eingaben, knopf="Vorschlag zurückziehen", ziel=ziel, **wahl)


def _moeglich(antrag, konto, offen, fehlt):
    """Which forms the person sees."""
    als = handelt_als(konto, antrag)
    if offen is None:
        return ["vorschlagen"] if Handelnde.SACHBEARBEITUNG in als and not fehlt else []
    if offen.vorgeschlagen_von_id == konto.pk:
        return ["zurueckziehen"]
    return ["genehmigen", "ablehnen"] if Handelnde.LEITUNG in als else []


def _seite(request, antrag, *, gesendet=None, status=200):
    offen, fehlt = verfahren.offener(antrag), list(verfahren.hindernisse(antrag))
    moeglich = _moeglich(antrag, request.user, offen, fehlt)
    formulare = {name: _formular(name, antrag) for name in moeglich} | (gesendet or {})
    return zeige(
        request,
        antrag,
        "foerderung/nachweispruefung/abschluss.html",
        titel="Abschluss",
        status=status,
        mit_formular=bool(formulare),
        vorschlag=offen,
        fehlt=[] if antrag.status == Status.ABGESCHLOSSEN else fehlt,
        konto=kasse.konto(antrag),
        formulare=list(formulare.values()),
        gebunden=next(iter(gesendet.values())) if gesendet else None,
        frueher=antrag.abschluesse.exclude(ergebnis="offen").select_related(
            "vorgeschlagen_von", "entschieden_von"
        ),
    )
