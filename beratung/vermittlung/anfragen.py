"""The Kommune asks for a coach, and sees what became of it."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asskomm.konten.eingaben import bewahrt_eingaben, daten
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import blaettere
from kommunen import bereich
from kommunen.befugnisse import Befugnis, darf, kommunen_von, verlangt

from ..models import WARTEND, Coachinganfrage
from ..verfahren import vermittlung as verfahren
from .forms import Anfrageformular, Ruecknahme
from .worte import ausgang, lage

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@FORMULAR
@verlangt(Befugnis.LESEN)
def anfragen(request, kommune):
    """The requests of the Kommune, the newest first, and the form for one."""
    jetzt, status = timezone.now(), 200
    bearbeitet = request.zugang.darf(Befugnis.BEARBEITEN)
    alle = Coachinganfrage.objects.filter(kommune=kommune).order_by("-gestellt_um", "pk")
    formular = None
    if bearbeitet:
        formular = Anfrageformular(daten(request), initial={"marke": uuid.uuid4()})
    if request.method == "POST":
        if not bearbeitet:
            raise PermissionDenied
        if formular.is_valid():
            try:
                neu = verfahren.frage_an(
                    kommune,
                    formular.cleaned_data["anliegen"],
                    formular.cleaned_data.get("faehigkeiten", ()),
                    durch=request.user,
                    um=jetzt,
                    marke=formular.cleaned_data["marke"],
                )
            except SchrittNichtMoeglich as fehler:
                formular.add_error(None, str(fehler))
                status = fehler.status
            else:
                messages.success(
                    request,
                    "Ihre Anfrage ist bei der Koordination. Sie sucht einen Coach und schlägt ihn "
                    "Ihnen vor.",
                )
                return redirect(f"{reverse('beratung:coachinganfrage', args=[neu.pk])}#inhalt")
    wahl = blaettere(alle, request.GET.get("seite"))
    wartet = alle.wartend().exists()
    return render(
        request,
        "beratung/vermittlung/anfragen.html",
        {
            "pfad": bereich.pfad(kommune, ("Coaching anfragen", "")),
            "kommune": kommune,
            "andere": request.zugang.andere,
            "page_obj": wahl.seite,
            "zeilen": [(anfrage, lage(anfrage)) for anfrage in wahl.seite],
            "seitenhinweis": wahl.hinweis,
            "wartet": wartet,
            "bearbeitet": bearbeitet,
            "form": formular if formular and (formular.is_bound or not wartet) else None,
        },
        status=status,
    )


@FORMULAR
@bewahrt_eingaben
def anfrage(request, pk):
    """One request of the own Kommune; the button takes it back. Coordinators go to their page."""
    menge = Coachinganfrage.objects.sichtbar_fuer(request.user)
    anfrage = get_object_or_404(menge.select_related("kommune", "gestellt_von"), pk=pk)
    if not kommunen_von(request.user).filter(pk=anfrage.kommune_id).exists():
        return redirect("beratung:vermitteln", anfrage.pk)
    formular, status = Ruecknahme(initial={"version": anfrage.version}), 200
    bearbeitet = darf(request.user, Befugnis.BEARBEITEN, anfrage.kommune)
    if request.method == "POST":
        if not bearbeitet:
            raise PermissionDenied
        formular = Ruecknahme(request.POST)
        if formular.is_valid():
            try:
                verfahren.ziehe_anfrage_zurueck(
                    anfrage, durch=request.user, um=timezone.now(), gesehen=formular.gesehen
                )
            except SchrittNichtMoeglich as fehler:
                anfrage.refresh_from_db()
                formular.setze("version", anfrage.version)
                formular.add_error(None, str(fehler))
                status = fehler.status
            else:
                messages.success(request, "Sie haben die Anfrage zurückgezogen.")
                return redirect(f"{request.path}#inhalt")
    return render(
        request,
        "beratung/vermittlung/anfrage.html",
        {
            "pfad": bereich.pfad(
                anfrage.kommune,
                ("Coaching anfragen", _zu_den_anfragen(anfrage.kommune)),
                ("Anfrage", ""),
            ),
            "anfrage": anfrage,
            "faehigkeiten": list(anfrage.faehigkeiten.all()),
            "lage": lage(anfrage),
            "vorschlaege": [(eine, ausgang(eine)) for eine in anfrage.vorschlaege.all()],
            "mandat": getattr(anfrage, "mandat", None),
            "form": formular if bearbeitet and anfrage.stand in WARTEND else None,
        },
        status=status,
    )


def _zu_den_anfragen(kommune):
    return reverse("beratung:coaching-anfragen", args=[kommune.kennung])
