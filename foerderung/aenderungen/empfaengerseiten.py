"""Pages of the Kommune: to whom money of the grant is passed on (F25)."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis

from .. import kasse
from ..antrag.rahmen import pfad
from ..befugnisse import verlangt_antrag
from ..models import Weiterleitung
from ..verfahren import weiterleitung as verfahren
from ..verfahren.entscheidung import Unzulaessig
from .forms import Endeformular, Weiterleitungsformular
from .views import FORMULAR

TITEL = "Weiterleitung"


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def weiterleitungen(request, antrag):
    """The list with the form for a further one."""
    satz = verfahren.hindernis(antrag, timezone.localdate())
    traegt_ein = _traegt_ein(request.zugang)
    formular, status = None, 200
    if request.method == "POST" or (traegt_ein and not satz):
        formular = Weiterleitungsformular(daten(request))
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.trage_ein(
                antrag,
                formular.empfaenger(),
                durch=request.user,
                um=timezone.now(),
                marke=formular.cleaned_data["marke"],
            )
        except Unzulaessig as fehler:
            for feld, text in fehler.felder.items():
                formular.add_error(feld, text)
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Die Weiterleitung ist eingetragen.")
            return redirect("foerderung:weiterleitungen", antrag.pk)
    return render(
        request,
        "foerderung/aenderungen/weiterleitungen.html",
        {
            **_rahmen(request, antrag, TITEL),
            "form": formular,
            "hindernis": satz,
            "ohne_recht": not traegt_ein and not satz,
            "traegt_ein": traegt_ein,
            **uebersicht(antrag),
        },
        status=status,
    )


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def beenden(request, antrag, weiterleitung):
    gesucht = get_object_or_404(Weiterleitung.objects.aktiv(), antrag=antrag, pk=weiterleitung)
    gesucht.antrag = antrag
    if request.method != "POST" and not _traegt_ein(request.zugang):
        return redirect("foerderung:weiterleitungen", antrag.pk)
    formular, status = Endeformular(daten(request)), 200
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.beende(
                gesucht,
                grund=formular.cleaned_data["grund"],
                durch=request.user,
                um=timezone.now(),
            )
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Die Weiterleitung ist beendet.")
            return redirect("foerderung:weiterleitungen", antrag.pk)
    return render(
        request,
        "foerderung/aenderungen/beenden.html",
        {
            **_rahmen(request, antrag, "Weiterleitung beenden"),
            "form": formular,
            "weiterleitung": gesucht,
        },
        status=status,
    )


def uebersicht(antrag) -> dict:
    """Rows and sums for both sides; the grant can have been lowered since they were entered."""
    bewilligt, summe = kasse.konto(antrag).bewilligt, verfahren.summe(antrag)
    return {
        "weiterleitungen": list(antrag.weiterleitungen.select_related("eingetragen_von")),
        "weitergeleitet": summe,
        "bewilligt": bewilligt,
        "zu_viel": summe > bewilligt,
    }


def _traegt_ein(zugang):
    return zugang.darf(Befugnis.BEARBEITEN) or zugang.darf(Befugnis.ZEICHNEN)


def _rahmen(request, antrag, titel):
    weg = pfad(antrag, TITEL) if titel == TITEL else pfad(antrag, TITEL, titel)
    if titel != TITEL:
        weg[-2] = (TITEL, reverse("foerderung:weiterleitungen", args=[antrag.pk]))
    return {
        "antrag": antrag,
        "kommune": antrag.kommune,
        "andere": request.zugang.andere,
        "titel": titel,
        "pfad": weg,
    }
