"""What came of engagements: the question to the Kommune, and the list of the coordinators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.formate import tag
from asskomm.konten.eingaben import bewahrt_eingaben, daten
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import blaettere

from ..befugnisse import sicht, verlangt_koordination
from ..begleitung.rahmen import namen, pfad, zur_begleitung, zurueck
from ..models import Mandat, Nachfrage, Wirkung
from ..verfahren.abschluss import (
    beantworte,
    bestaetige,
    einwand_gegen_bestaetigung,
    noch_moeglich,
    verwirf,
)
from .ansichten import ANSICHTEN, ZU_BESTAETIGEN
from .forms import Bestaetigung, Nachfrageformular, Verwerfung, zeige_fehler

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@FORMULAR
@bewahrt_eingaben
def nachfrage(request, pk):
    """What has come of the engagement since; the Kommune answers, or a coordinator who heard it."""
    frage = get_object_or_404(Nachfrage.objects.select_related("mandat__coaching"), pk=pk)
    mandat, heute = frage.mandat, timezone.localdate()
    eine = sicht(request.user, mandat, heute)
    if eine is None:
        raise Http404
    if not (eine.kommune_bearbeitet or eine.koordiniert):
        raise PermissionDenied
    if request.method != "POST" and (frage.beantwortet_um or frage.faellig_am > heute):
        satz = (
            "Diese Frage ist schon beantwortet."
            if frage.beantwortet_um
            else f"Diese Frage stellt sich erst am {tag(frage.faellig_am)}."
        )
        messages.info(request, satz)
        return zurueck(zur_begleitung(mandat))
    status = 200
    formular = Nachfrageformular(daten(request), moeglich=_waehlbar(frage))
    if request.method == "POST" and formular.is_valid():
        try:
            beantworte(frage, formular.wirkungen, durch=request.user, um=timezone.now())
        except SchrittNichtMoeglich as fehler:
            zeige_fehler(formular, getattr(fehler, "feld", None), str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Danke. Ihre Antwort ist gespeichert.")
            return zurueck(zur_begleitung(mandat))
    return render(
        request,
        "beratung/abschluss/nachfrage.html",
        {
            "pfad": pfad(mandat, ("Wirkung", "")),
            "frage": frage,
            "mandat": mandat,
            "kommunen": namen(mandat),
            "gemeldet": mandat.wirkungen.gemeldet().exclude(art=Wirkung.Art.KEINE),
            "fuer_kommune": not eine.kommune_bearbeitet,
            "form": formular,
        },
        status=status,
    )


def _waehlbar(frage):
    """What can be reported still; the answer that is sent again may choose what it reported."""
    return list(Wirkung.Art) if frage.beantwortet_um else noch_moeglich(frage.mandat)


@require_safe
@verlangt_koordination
def wirkungen(request):
    """Reported effects, and what else waits for the coordinators after a report."""
    heute = timezone.localdate()
    gewaehlt = request.GET.get("ansicht", "")
    ansicht = next((a for a in ANSICHTEN if a.schluessel == gewaehlt), ZU_BESTAETIGEN)
    wahl = blaettere(_mit_kommunen(ansicht.menge(heute)), request.GET.get("seite"))
    return render(
        request,
        "beratung/abschluss/wirkungen.html",
        {
            "pfad": [("Wirkungen des Coachings", "")],
            "ansicht": ansicht,
            "ansichten": [(eine, eine.menge(heute).count()) for eine in ANSICHTEN],
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "zeilen": [_zeile(objekt) for objekt in wahl.seite],
        },
    )


def _mit_kommunen(menge):
    """In the order in which they came, with the engagement and its Kommunen."""
    if menge.model is Mandat:
        return menge.order_by("erweiterung_erbeten_um", "pk").prefetch_related("coaching__kommunen")
    nach = "faellig_am" if menge.model is Nachfrage else "gemeldet_um"
    verbunden = menge.select_related("mandat__coaching")
    return verbunden.prefetch_related("mandat__coaching__kommunen").order_by(nach, "pk")


def _zeile(objekt: Model) -> tuple[Mandat, str, Model]:
    """The engagement, its Kommunen and what is about it."""
    mandat = objekt if isinstance(objekt, Mandat) else objekt.mandat
    return mandat, namen(mandat), objekt


@FORMULAR
@verlangt_koordination
def wirkung(request, pk):
    """One effect with its evidence: confirm or not."""
    menge = Wirkung.objects.select_related(
        "mandat__coaching", "nachfrage", "gemeldet_von", "bestaetigt_von", "verworfen_von"
    ).exclude(art=Wirkung.Art.KEINE)
    eine = get_object_or_404(menge, pk=pk)
    bestaetigung, verwerfung, gesendet, status = Bestaetigung(), Verwerfung(), None, 200
    eingaben = daten(request)
    if eingaben is not None and "verwerfen" in eingaben:
        gesendet = verwerfung = Verwerfung(eingaben)
    elif eingaben is not None:
        gesendet = bestaetigung = Bestaetigung(eingaben)
    if request.method == "POST" and gesendet.is_valid():
        try:
            satz = _entscheide(request, eine, gesendet)
        except SchrittNichtMoeglich as fehler:
            zeige_fehler(gesendet, None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, satz)
            return zurueck(reverse("beratung:wirkungen"))
    return render(
        request,
        "beratung/abschluss/wirkung.html",
        {
            "pfad": [
                ("Wirkungen des Coachings", reverse("beratung:wirkungen")),
                (eine.get_art_display(), ""),
            ],
            "wirkung": eine,
            "kommunen": namen(eine.mandat),
            "einwand": einwand_gegen_bestaetigung(eine, request.user) if eine.ist_offen else "",
            "form": gesendet,
            "bestaetigung": bestaetigung,
            "verwerfung": verwerfung,
        },
        status=status,
    )


def _entscheide(request, eine, gesendet):
    if isinstance(gesendet, Verwerfung):
        verwirf(eine, gesendet.cleaned_data["grund"], durch=request.user, um=timezone.now())
        return "Die Wirkung ist nicht bestätigt. Kommune und Coach können den Grund lesen."
    bestaetige(eine, durch=request.user, um=timezone.now())
    return "Die Wirkung ist bestätigt. Sie zählt jetzt in der öffentlichen Zahl."
