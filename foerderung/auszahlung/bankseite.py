"""The page on which a Kommune enters, confirms and reads its bank data (F19).

The whole number stands here for members of the Kommune, and for staff on the page of a payout.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from kommunen import bereich
from kommunen.befugnisse import Befugnis, verlangt

from ..models import Bankverbindung
from ..verfahren import bankverbindung as verfahren
from .forms import Bankformular

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
TITEL = "Bankverbindung"


@FORMULAR
@verlangt(Befugnis.LESEN)
def bankverbindung(request, kommune):
    traegt_ein = darf_eintragen(request.zugang)
    if request.method == "POST" and not traegt_ein:
        raise PermissionDenied
    formular = Bankformular(daten(request)) if traegt_ein else None
    if request.method == "POST" and formular.is_valid():
        werte = formular.cleaned_data
        try:
            verfahren.trage_ein(
                kommune,
                kontoinhaber=werte["kontoinhaber"],
                iban=werte["iban"],
                bic=werte["bic"],
                durch=request.user,
                um=timezone.now(),
                marke=werte["marke"],
            )
        except SchrittNichtMoeglich as fehler:
            return _seite(request, kommune, fehler=fehler)
        messages.success(
            request,
            "Die Bankverbindung ist eingetragen. Jetzt muss eine andere Person mit der Rolle "
            "Zeichnung sie bestätigen.",
        )
        return redirect("foerderung:bankverbindung", kommune.kennung)
    return _seite(request, kommune, formular=formular)


@FORMULAR
@verlangt(Befugnis.ZEICHNEN)
def bestaetigen(request, kommune, verbindung):
    return _schritt(
        request, kommune, verbindung, verfahren.bestaetige, "Die Bankverbindung ist bestätigt."
    )


@FORMULAR
@verlangt(Befugnis.LESEN)
def verwerfen(request, kommune, verbindung):
    if not darf_eintragen(request.zugang):
        raise PermissionDenied
    return _schritt(request, kommune, verbindung, verfahren.verwirf, "Der Eintrag ist verworfen.")


def darf_eintragen(zugang) -> bool:
    return zugang.darf(Befugnis.BEARBEITEN) or zugang.darf(Befugnis.ZEICHNEN)


def _schritt(request, kommune, nummer, handeln, erfolg):
    """Whoever comes back here from the login has not clicked yet and is led to the button."""
    verbindung = get_object_or_404(Bankverbindung, pk=nummer, kommune=kommune)
    if request.method == "POST":
        try:
            handeln(verbindung, durch=request.user, um=timezone.now())
        except SchrittNichtMoeglich as fehler:
            return _seite(request, kommune, fehler=fehler)
        messages.success(request, erfolg)
    return redirect("foerderung:bankverbindung", kommune.kennung)


def _seite(request, kommune, *, formular=None, fehler=None):
    heute = timezone.localdate()
    zugang = request.zugang
    offen = (
        Bankverbindung.objects.offen()
        .filter(kommune=kommune)
        .select_related("vorgeschlagen_von")
        .first()
    )
    gilt = verfahren.gueltige(kommune, heute)
    wartend = Bankverbindung.objects.filter(
        kommune=kommune, stand=Bankverbindung.Stand.BESTAETIGT, nutzbar_ab__gt=heute
    ).first()
    eigene = offen is not None and offen.vorgeschlagen_von_id == request.user.pk
    if formular is None and fehler is None and darf_eintragen(zugang):
        formular = Bankformular()
    return render(
        request,
        "foerderung/auszahlung/bankverbindung.html",
        {
            "kommune": kommune,
            "andere": zugang.andere,
            "titel": TITEL,
            "pfad": bereich.pfad(kommune, (TITEL, "")),
            "form": formular if offen is None or (formular and formular.is_bound) else None,
            "fehler": fehler and str(fehler),
            "gilt": gilt,
            "wartend": wartend,
            "offen": offen,
            "eigene": eigene,
            "bestaetigt": offen is not None and zugang.darf(Befugnis.ZEICHNEN) and not eigene,
            "verwirft": offen is not None and darf_eintragen(zugang),
            "zeichnende": verfahren.bestaetigende(offen) if offen else (),
        },
        status=fehler.status if fehler else 200,
    )


def adresse(kommune) -> str:
    return reverse("foerderung:bankverbindung", args=[kommune.kennung])
