"""Pages of the Kommune about one notice: fetch it, read it, confirm it, waive remedies (F18)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.dokumente.abruf import pdf_datei
from asskomm.formate import tag
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis

from ..antrag.rahmen import pfad
from ..befugnisse import verlangt_antrag
from ..kenntnis import ist_lesbar
from ..verfahren import bekanntgabe as verfahren
from . import dokument
from .forms import Verzichtformular
from .stand import empfaengt, stand
from .vordruck import WIRKUNG

# In the address of the form that comes with a grant.
VORDRUCK = "vordruck"
FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def bescheid(request, antrag, bescheid):
    return _zeige(request, antrag, _bescheid(antrag, bescheid))


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def abrufen(request, antrag, bescheid):
    """The act by which the notice becomes known; twice is the same as once.

    Whoever comes back here from the login has not clicked yet and is led to the button.
    """
    gesucht = _bescheid(antrag, bescheid)
    if request.method != "POST":
        return redirect(_adresse(gesucht))
    _verlange_empfaenger(request)
    try:
        bekanntgabe = verfahren.rufe_ab(gesucht, durch=request.user, um=timezone.now())
    except SchrittNichtMoeglich as fehler:
        return _zeige(request, antrag, _bescheid(antrag, bescheid), fehler=fehler)
    messages.success(
        request,
        "Der Bescheid ist abgerufen. Laden Sie ihn herunter und legen Sie ihn zu Ihren Akten. "
        f"Er gilt am {tag(bekanntgabe.bekannt_am)} als bekannt gegeben.",
    )
    return redirect(_adresse(gesucht))


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def pdf(request, antrag, bescheid):
    """The file, for every member once it is fetched; before that it is not there."""
    gesucht = _bescheid(antrag, bescheid)
    if not ist_lesbar(gesucht.bekanntgabe, timezone.localdate()):
        raise Http404
    return als_datei(gesucht)


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def anlage(request, antrag, bescheid, name):
    gesucht = _bescheid(antrag, bescheid)
    if not ist_lesbar(gesucht.bekanntgabe, timezone.localdate()):
        raise Http404
    return anlage_als_datei(gesucht, name)


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def empfang(request, antrag, bescheid):
    gesucht = _bescheid(antrag, bescheid)
    if request.method != "POST":
        return redirect(_adresse(gesucht))
    _verlange_empfaenger(request)
    try:
        verfahren.bestaetige_empfang(gesucht, durch=request.user, um=timezone.now())
    except SchrittNichtMoeglich as fehler:
        return _zeige(request, antrag, _bescheid(antrag, bescheid), fehler=fehler)
    messages.success(request, "Der Empfang ist bestätigt.")
    return redirect(_adresse(gesucht))


@FORMULAR
@verlangt_antrag(Befugnis.ZEICHNEN)
def verzicht(request, antrag, bescheid):
    """A page of its own, because it cannot be taken back; not there before the notice is."""
    gesucht, status = _bescheid(antrag, bescheid), 200
    if not ist_lesbar(gesucht.bekanntgabe, timezone.localdate()):
        return redirect(_adresse(gesucht))
    formular = Verzichtformular(daten(request))
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.verzichte(gesucht, durch=request.user, um=timezone.now())
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Der Verzicht ist erklärt. Sie müssen nichts weiter tun.")
            return redirect(_adresse(gesucht))
    heute = timezone.localdate()
    hier = stand(gesucht.bekanntgabe, request.zugang, heute)
    if request.method != "POST" and not hier.verzichten:
        return redirect(_adresse(gesucht))
    return render(
        request,
        "foerderung/bescheid/verzicht.html",
        {
            "antrag": antrag,
            "bescheid": gesucht,
            "kommune": antrag.kommune,
            "andere": request.zugang.andere,
            "form": formular,
            "wirkung": WIRKUNG,
            "bestandskraft_am": hier.verzichten and max(gesucht.bekanntgabe.bekannt_am, heute),
            "titel": "Auf Rechtsbehelf verzichten",
            "pfad": [
                *pfad(antrag),
                (str(gesucht), _adresse(gesucht)),
                ("Auf Rechtsbehelf verzichten", ""),
            ],
        },
        status=status,
    )


def als_datei(bescheid) -> HttpResponse:
    """The PDF as a download, set on demand."""
    return pdf_datei(dokument.pdf(bescheid), dokument.dateiname(bescheid))


def anlage_als_datei(bescheid, name) -> HttpResponse:
    """One file that goes with the notice: the form, or one of the rule set."""
    if name == VORDRUCK and bescheid.inhalt["vordruck"]:
        return pdf_datei(dokument.vordruck(bescheid), dokument.VORDRUCK)
    for datei in dokument.anlagen(bescheid):
        if datei.schluessel == name:
            return pdf_datei(bytes(datei.inhalt), datei.dateiname)
    raise Http404


def anlagen(bescheid) -> list[tuple[str, str]]:
    """What can be downloaded beside the notice: word and name in the address."""
    vordruck = bescheid.inhalt["vordruck"]
    return [
        *([(f"Vordruck: {vordruck['titel']}", VORDRUCK)] if vordruck else []),
        *(
            (a["bezeichnung"], a["dateiname"].removesuffix(".pdf"))
            for a in bescheid.inhalt["anlagen"]
        ),
    ]


def _verlange_empfaenger(request):
    if not empfaengt(request.zugang):
        raise PermissionDenied


def _bescheid(antrag, nummer):
    """The notice with its delivery; one of another case is a 404 like an absent one."""
    return get_object_or_404(
        antrag.bescheide.select_related("bekanntgabe", "antrag__kommune"), pk=nummer
    )


def _adresse(bescheid):
    return reverse("foerderung:bescheid", args=[bescheid.antrag_id, bescheid.pk])


def _zeige(request, antrag, bescheid, *, fehler=None):
    heute = timezone.localdate()
    hier = stand(bescheid.bekanntgabe, request.zugang, heute)
    titel = bescheid.inhalt["schreiben"]["titel"] if hier.lesbar else "Bescheid"
    return render(
        request,
        "foerderung/bescheid/bescheid.html",
        {
            "antrag": antrag,
            "kommune": antrag.kommune,
            "andere": request.zugang.andere,
            "bescheid": bescheid,
            "stand": hier,
            "anlagen": anlagen(bescheid) if hier.lesbar else (),
            "angaben": _angaben(bescheid) if hier.lesbar else (),
            "ereignisse": list(verfahren.ereignisse(bescheid.bekanntgabe)) if hier.lesbar else (),
            "fehler": fehler and str(fehler),
            "titel": titel,
            "pfad": [*pfad(antrag), (titel, "")],
        },
        status=fehler.status if fehler else 200,
    )


def _angaben(bescheid):
    """The facts of the notice, as it states them itself."""
    for block in bescheid.inhalt["schreiben"]["bloecke"]:
        if block["art"] == "angaben":
            return block["zeilen"]
    return [("Vorhaben", bescheid.inhalt["antrag"]["titel"])]
