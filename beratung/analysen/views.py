"""Pages on which a Kommune sees its analyses and says what becomes of the recommendations."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich, gesehene_version
from kommunen import bereich
from kommunen.befugnisse import Befugnis, verlangt

from ..models import Empfehlungsstand, Handlungsempfehlung
from ..verfahren import analyse as verfahren
from .faelle import faelle
from .forms import Standformular
from .lage import ereignisse, gezaehlt, phasenlage, wer

GESPEICHERT = {
    Empfehlungsstand.OFFEN: "Die Empfehlung ist wieder offen.",
    Empfehlungsstand.GEPLANT: "Die Empfehlung ist geplant.",
    Empfehlungsstand.FOERDERUNG: "Die Empfehlung ist wieder in Förderung.",
    Empfehlungsstand.ERLEDIGT: "Die Empfehlung ist erledigt.",
    Empfehlungsstand.VERWORFEN: "Die Empfehlung ist verworfen.",
}


@require_safe
@verlangt(Befugnis.LESEN)
def analysen(request, kommune):
    alle = [(analyse, gezaehlt(analyse.empfehlungen.all())) for analyse in _analysen(kommune)]
    return _zeige(request, "liste.html", analysen=alle)


@require_safe
@verlangt(Befugnis.LESEN)
def analyse(request, kommune, pk):
    heute = timezone.localdate()
    eine = get_object_or_404(_analysen(kommune).prefetch_related("phasen"), pk=pk)
    empfehlungen = list(eine.empfehlungen.all())
    je_empfehlung = faelle([empfehlung.pk for empfehlung in empfehlungen], heute)
    return _zeige(
        request,
        "analyse.html",
        titel=str(eine),
        analyse=eine,
        phasen=[phasenlage(phase, heute) for phase in eine.phasen.all()],
        mit=[k for k in eine.kommunen.all() if k != kommune],
        empfehlungen=[(e, je_empfehlung.get(e.pk, [])) for e in empfehlungen],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt(Befugnis.LESEN)
def empfehlung(request, kommune, pk):
    jetzt, status = timezone.now(), 200
    eine = get_object_or_404(
        Handlungsempfehlung.objects.sichtbar_fuer(request.user)
        .filter(kommune=kommune)
        .select_related("analyse", "kommune", "geaendert_von"),
        pk=pk,
    )
    formular = None
    if request.zugang.darf(Befugnis.BEARBEITEN):
        formular = Standformular(daten(request), empfehlung=eine, um=jetzt)
    if request.method == "POST":
        if formular is None:
            raise PermissionDenied
        if formular.is_valid():
            try:
                _gehe(eine, formular.cleaned_data, durch=request.user, um=jetzt)
            except SchrittNichtMoeglich as fehler:
                eine.refresh_from_db()
                formular = _noch_einmal(request, eine, jetzt, str(fehler))
                status = fehler.status
            else:
                messages.success(request, GESPEICHERT[Empfehlungsstand(eine.stand)])
                return redirect(f"{request.path}#inhalt")
    return _zeige(
        request,
        "empfehlung.html",
        status,
        titel=eine.bezeichnung,
        analyse=eine.analyse,
        empfehlung=eine,
        von=wer(eine.geaendert_von),
        faelle=(einige := faelle([eine.pk], timezone.localdate(jetzt)).get(eine.pk, [])),
        zu_ende=_ist_zu_ende(eine, einige),
        verlauf=ereignisse(eine),
        form=formular,
    )


def _ist_zu_ende(empfehlung, einige):
    """The last project that takes it up is over: then it may be done."""
    return empfehlung.stand == Empfehlungsstand.FOERDERUNG and any(f.ist_zu_ende for f in einige)


def _gehe(empfehlung, werte, *, durch, um):
    wie = {"durch": durch, "um": um, "gesehen": gesehene_version(werte["gesehen"])}
    match werte["schritt"]:
        case verfahren.PLANEN.schluessel:
            verfahren.plane(empfehlung, int(werte["jahr"]), **wie)
        case verfahren.ERLEDIGEN.schluessel:
            verfahren.erledige(empfehlung, werte["text"], **wie)
        case verfahren.VERWERFEN.schluessel:
            verfahren.verwirf(empfehlung, werte["text"], **wie)
        case _:
            verfahren.oeffne(empfehlung, **wie)


def _noch_einmal(request, empfehlung, um, fehler):
    """The form for the state that somebody else has set meanwhile, with all that was typed."""
    formular = Standformular(request.POST, empfehlung=empfehlung, um=um)
    formular.setze("gesehen", empfehlung.version)
    formular.is_valid()
    formular.add_error(None, fehler)
    return formular


def _analysen(kommune):
    """Those of the Kommune, each with the recommendations for it: those of others are not read."""
    eigene = Handlungsempfehlung.objects.filter(kommune=kommune).select_related("analyse")
    return kommune.analysen.prefetch_related("kommunen", Prefetch("empfehlungen", eigene))


def _zeige(request, vorlage, status=200, *, titel="", analyse=None, **weiteres):
    kommune = request.zugang.kommune
    pfad = bereich.pfad(
        kommune, ("Sicherheitsanalysen", reverse("beratung:analysen", args=[kommune.kennung]))
    )
    if analyse and titel != str(analyse):
        pfad.append((analyse, reverse("beratung:analyse", args=[kommune.kennung, analyse.pk])))
    if titel:
        pfad.append((titel, ""))
    return render(
        request,
        f"beratung/analysen/{vorlage}",
        {
            "kommune": kommune,
            "andere": request.zugang.andere,
            "pfad": pfad,
            "titel": titel or "Sicherheitsanalysen",
            "analyse": analyse,
            **weiteres,
        },
        status=status,
    )
