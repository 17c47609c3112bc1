"""The proof as a whole: figures, what is open, ready, sign, what was handed in (F22)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.dokumente.abruf import pdf_datei
from asskomm.eingangszeit import eingang_um
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis

from ..befugnisse import verlangt_antrag
from ..kanonisch import pruefsumme as pruefsumme_von
from ..verfahren import nachweis as verfahren
from ..verfahren.zeichnung import zeichnende
from ..zeichnung.papiere import pruefzeichen
from . import papiere
from .fassung import eingabe, gruppen, inhalt
from .forms import Bereitformular, Nachweiszeichnung
from .rahmen import NACHWEIS, rahmen, umfeld_von
from .zahlen import zahlen


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_antrag(Befugnis.LESEN)
def nachweis(request, antrag):
    if request.method == "POST":
        if "pruefsumme" in request.POST or "bestaetigt" in request.POST:
            return _reiche_ein(request, antrag)
        return _melde_bereit(request, antrag)
    return _seite(request, antrag)


def _melde_bereit(request, antrag):
    if not request.zugang.darf(Befugnis.BEARBEITEN):
        raise PermissionDenied
    formular = Bereitformular(
        request.POST, antrag=antrag, stand=umfeld_von(antrag).nachweis.version
    )
    if not formular.is_valid():
        return _seite(request, antrag, formular=formular)
    try:
        verfahren.melde_bereit(
            antrag,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.cleaned_data["gesehen"],
            stand=formular.cleaned_data["stand"],
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, formular, fehler)
    messages.success(
        request,
        "Der Verwendungsnachweis ist zur Zeichnung bereit. Eingereicht ist er erst, wenn er "
        "gezeichnet ist.",
    )
    return redirect("foerderung:nachweis", antrag.pk)


def _reiche_ein(request, antrag):
    if not request.zugang.darf(Befugnis.ZEICHNEN):
        raise PermissionDenied
    jetzt = pruefsumme_von(inhalt(umfeld_von(antrag)))
    formular = Nachweiszeichnung(request.POST, antrag=antrag, pruefsumme=jetzt)
    if not formular.is_valid():
        return _seite(request, antrag, formular=formular)
    try:
        verfahren.reiche_ein(
            antrag,
            durch=request.user,
            eingang=eingang_um(request),
            gesehen=formular.cleaned_data["gesehen"],
            pruefsumme=formular.cleaned_data["pruefsumme"],
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, formular, fehler)
    messages.success(request, "Der Verwendungsnachweis ist gezeichnet und eingereicht.")
    return redirect("foerderung:nachweis", antrag.pk)


def _abgewiesen(request, antrag, formular, fehler):
    antrag.refresh_from_db()
    formular.zeige_neu()
    formular.add_error(None, str(fehler))
    return _seite(request, antrag, formular=formular, status=fehler.status)


def _seite(request, antrag, *, formular=None, status=200):
    umfeld = umfeld_von(antrag)
    kontext = rahmen(request, umfeld, NACHWEIS)
    offen, entwurf = kontext["leiste"].maengel, umfeld.nachweis
    zu = bool(kontext["hindernis"])
    bereit = verfahren.ist_bereit(entwurf) and not zu
    eigene = bereit and entwurf.bereit_von_id == request.user.pk
    gefroren = inhalt(umfeld)
    if formular is None and bereit and request.zugang.darf(Befugnis.ZEICHNEN) and not eigene:
        formular = Nachweiszeichnung(
            daten(request), antrag=antrag, pruefsumme=pruefsumme_von(gefroren)
        )
    elif formular is None and not bereit and not offen and kontext["aenderbar"]:
        formular = Bereitformular(daten(request), antrag=antrag, stand=entwurf.version)
    return render(
        request,
        "foerderung/nachweis/nachweis.html",
        {
            **kontext,
            "form": formular,
            "offen": [] if zu else offen,
            "entwurf": entwurf,
            "bereit": bereit,
            "eigene": eigene,
            "zeichnende": zeichnende(
                antrag.kommune, ausser=entwurf.bereit_von if bereit else request.user
            ),
            "stand": zahlen(umfeld, eingabe(umfeld).werte),
            "konto": umfeld.konto,
            "gruppen": gruppen(gefroren),
            "pruefzeichen": pruefzeichen(pruefsumme_von(gefroren)),
            "fassungen": antrag.nachweisfassungen.select_related(
                "vorbereitet_von", "gezeichnet_von"
            ).order_by("-nummer"),
            "zurueck": antrag.get_absolute_url(),
            "belege": reverse("foerderung:nachweis-belege", args=[antrag.pk]),
        },
        status=status,
    )


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def eingang_pdf(request, antrag, nummer):
    fassung = _fassung(antrag, nummer)
    name = f"eingang-nachweis-{antrag.nummer.lower()}-{nummer}.pdf"
    return pdf_datei(papiere.eingangsbestaetigung(fassung), name)


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def nachweis_pdf(request, antrag, nummer):
    fassung = _fassung(antrag, nummer)
    return pdf_datei(papiere.nachweis(fassung), f"nachweis-{antrag.nummer.lower()}-{nummer}.pdf")


def _fassung(antrag, nummer):
    fassung = get_object_or_404(
        antrag.nachweisfassungen.select_related("vorbereitet_von", "gezeichnet_von"), nummer=nummer
    )
    fassung.antrag = antrag
    return fassung
