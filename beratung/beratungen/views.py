"""Pages of a Kommune about its advice."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from asskomm.kalenderdatei import ics_datei
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import JE_SEITE, blaettere
from kommunen import bereich
from kommunen.befugnisse import Befugnis, verlangt

from ..models import OFFENE_STAENDE, Beratungsschritt, Beratungsstand
from ..verfahren import beratung as verfahren
from ..verfahren import beratungspost, wegschritte
from . import kalender, lage
from .anfragen import stelle_anfrage
from .forms import Anfrageformular, Rueckzug

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@FORMULAR
@verlangt(Befugnis.LESEN)
def beratungen(request, kommune):
    """The records of the Kommune, the open request, or the form to ask."""
    jetzt, status = timezone.now(), 200
    darf = request.zugang.darf(Befugnis.BEARBEITEN)
    formular = Anfrageformular(daten(request)) if darf else None
    if request.method == "POST":
        if not darf:
            raise PermissionDenied
        status = stelle_anfrage(request, kommune, formular, jetzt)
        if status is None:
            return redirect(f"{request.path}#inhalt")
    anfrage = lage.offene_anfrage(kommune)
    wahl = blaettere(
        lage.beratungen(kommune, timezone.localdate(jetzt)).prefetch_related("schritte"),
        request.GET.get("seite"),
    )
    erloschen = kommune.ist_erloschen(timezone.localdate(jetzt))
    zeige_formular = darf and (anfrage is None and not erloschen or formular.is_bound)
    return render(
        request,
        "beratung/beratungen/beratungen.html",
        {
            "pfad": bereich.pfad(kommune, ("Beratung", "")),
            "kommune": kommune,
            "anfrage": anfrage,
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "fruehere": kommune.beratungsanfragen.exclude(
                stand__in=(*OFFENE_STAENDE, Beratungsstand.BERATEN)
            )[:JE_SEITE],
            "form": formular if zeige_formular else None,
            "bearbeitet": darf,
            "heute": timezone.localdate(jetzt),
        },
        status=status,
    )


@FORMULAR
@verlangt(Befugnis.LESEN)
def anfrage(request, kommune, pk):
    """One request: what became of it, the appointment, and the way to withdraw it."""
    anfrage, status = _anfrage(kommune, pk), 200
    darf = request.zugang.darf(Befugnis.BEARBEITEN)
    formular = Rueckzug(daten(request), initial={"version": anfrage.version}) if darf else None
    if request.method == "POST":
        if not darf:
            raise PermissionDenied
        if formular.is_valid():
            try:
                verfahren.ziehe_zurueck(
                    anfrage,
                    formular.cleaned_data["grund"],
                    durch=request.user,
                    um=timezone.now(),
                    gesehen=formular.gesehen,
                )
            except SchrittNichtMoeglich as fehler:
                formular.setze("version", _anfrage(kommune, pk).version)
                formular.add_error(None, str(fehler))
                status = fehler.status
            else:
                messages.success(request, "Ihre Anfrage ist zurückgezogen.")
                return redirect(f"{request.path}#inhalt")
        anfrage = _anfrage(kommune, pk)
    zeige_formular = darf and (anfrage.ist_offen or formular.is_bound)
    return render(
        request,
        "beratung/beratungen/anfrage.html",
        {
            "pfad": bereich.pfad(
                kommune,
                ("Beratung", reverse("beratung:beratungen", args=[kommune.kennung])),
                ("Anfrage", ""),
            ),
            "kommune": kommune,
            "anfrage": anfrage,
            "zugang_oder_ort": beratungspost.ort_oder_zugang(anfrage),
            "steht_bevor": bool(anfrage.ist_offen and anfrage.termin_um),
            "form": formular if zeige_formular else None,
        },
        status=status,
    )


def _anfrage(kommune, pk):
    menge = kommune.beratungsanfragen.select_related("kommune", "gestellt_von", "beratung")
    return get_object_or_404(menge, pk=pk)


@require_safe
@verlangt(Befugnis.LESEN)
def termin_ics(request, kommune, pk):
    """The appointment to save; none without one, and none once the request is at its end."""
    anfrage = _anfrage(kommune, pk)
    if anfrage.stand != Beratungsstand.GEPLANT:
        raise Http404
    return ics_datei(kalender.termin(anfrage), "asskomm-beratung.ics")


@require_POST
@verlangt(Befugnis.BEARBEITEN)
def schritt(request, kommune, pk):
    """Tick an agreed step off, or take the tick back."""
    eintrag = get_object_or_404(
        Beratungsschritt.objects.select_related("beratung__kommune"),
        pk=pk,
        beratung__kommune=kommune,
    )
    try:
        if "offen" in request.POST:
            wegschritte.oeffne_schritt(eintrag, durch=request.user)
            gesagt = "Der Schritt ist wieder offen."
        else:
            wegschritte.hake_ab(eintrag, durch=request.user, um=timezone.now())
            gesagt = "Der Schritt ist als erledigt gekennzeichnet."
    except SchrittNichtMoeglich as fehler:
        messages.error(request, str(fehler))
    else:
        messages.success(request, gesagt)
    liste = reverse("beratung:beratungen", args=[kommune.kennung])
    return redirect(f"{liste}#schritt-{eintrag.pk}")
