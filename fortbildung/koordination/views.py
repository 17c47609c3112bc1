"""Cohorts, their registrations, and the days."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.dokumente.abruf import xlsx_datei
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import blaettere

from .. import handlungen
from ..befugnisse import verlangt_koordination
from ..belegung import belegung, frei_je_gruppe
from ..models import LAUFEND, MIT_PLATZ, Anmeldung, Durchgang, Kurstag, Stand
from ..verfahren import anwesenheit
from ..verfahren.abschluss import FalscherTag
from ..verfahren.befragung import ergebnisse
from . import raum, schritte
from .ansichten import ALLE, ANSICHTEN
from .forms import Tagesformular
from .tabelle import teilnehmende

# In the order in which they ask for attention.
REIHENFOLGE = (
    Stand.ANGEMELDET, Stand.ANGEBOTEN, Stand.WARTELISTE, Stand.ZUGELASSEN, Stand.UNBESTAETIGT,
    Stand.ABGELEHNT, Stand.ABGEMELDET, Stand.VERFALLEN,
)  # fmt: skip


def _pfad(*weitere):
    return [("Koordination der Lehrgänge", reverse("fortbildung:koordination")), *weitere]


def _zum_durchgang(durchgang):
    adresse = reverse("fortbildung:koordination-durchgang", args=[durchgang.pk])
    return (durchgang.bezeichnung, adresse)


@require_safe
@verlangt_koordination
def uebersicht(request):
    """Cohorts with registration, the newest first, and what waits in each."""
    heute = timezone.localdate()
    gewaehlt = request.GET.get("ansicht", "")
    ansicht = next((a for a in ANSICHTEN if a.schluessel == gewaehlt), ALLE)
    menge = (
        ansicht.menge(heute)
        .select_related("lehrgang")
        .annotate(
            vergeben=Count("anmeldungen", filter=Q(anmeldungen__stand__in=MIT_PLATZ)),
            zu_entscheiden=Count("anmeldungen", filter=Q(anmeldungen__stand=Stand.ANGEMELDET)),
            wartende=Count("anmeldungen", filter=Q(anmeldungen__stand=Stand.WARTELISTE)),
        )
        .order_by("-anmeldung_bis", "-pk")
    )
    wahl = blaettere(menge, request.GET.get("seite"))
    return render(
        request,
        "fortbildung/koordination/uebersicht.html",
        {
            "pfad": _pfad(),
            "page_obj": wahl.seite,
            "hinweis": wahl.hinweis,
            "ansicht": ansicht,
            "ansichten": [(eine, eine.menge(heute).count()) for eine in ANSICHTEN],
        },
    )


@require_safe
@verlangt_koordination
def durchgang(request, pk):
    durchgang = _durchgang(pk)
    alle = (
        durchgang.anmeldungen.select_related("kommune", "teilnahme")
        .prefetch_related("teilnahme__zertifikate")
        .order_by("rang", "eingegangen_um")
    )
    je_stand = {}
    for anmeldung in alle:
        je_stand.setdefault(anmeldung.stand, []).append(anmeldung)
    stand, heute = belegung(durchgang), timezone.localdate()
    gaeste = list(raum.gaeste(durchgang))
    return render(
        request,
        "fortbildung/koordination/durchgang.html",
        {
            "pfad": _pfad((durchgang.bezeichnung, "")),
            "durchgang": durchgang,
            "gruppen": [(s, je_stand[s]) for s in REIHENFOLGE if s in je_stand],
            "stand": stand,
            "je_gruppe": frei_je_gruppe(stand),
            "tage": raum.tage(durchgang, je_stand.get(Stand.ZUGELASSEN, []), gaeste),
            "gaeste": gaeste,
            "heute": heute,
            "ergebnisse": ergebnisse(durchgang, heute),
        },
    )


def _durchgang(pk):
    menge = Durchgang.objects.mit_anmeldung().select_related("lehrgang")
    return get_object_or_404(menge, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_koordination
def anmeldung(request, pk):
    """One registration, and the steps that are possible now."""
    anmeldung = _anmeldung(pk)
    moegliche, status = schritte.moegliche(anmeldung), 200
    if request.method == "POST":
        gesendet = _gesendet(request, anmeldung, moegliche)
        if gesendet is None:
            messages.error(request, "Das ist jetzt nicht mehr möglich. Sie sehen den neuen Stand.")
            status = 409
        elif gesendet.is_valid():
            try:
                gesagt = schritte.tue(
                    anmeldung, gesendet, request.POST, durch=request.user, um=timezone.now()
                )
            except SchrittNichtMoeglich as fehler:
                gesendet.add_error("am" if isinstance(fehler, FalscherTag) else None, str(fehler))
                status = fehler.status
            else:
                messages.success(request, gesagt)
                return redirect(f"{request.path}#inhalt")
        if gesendet:
            moegliche = [
                replace(m, form=gesendet) if m.form.schluessel == gesendet.schluessel else m
                for m in moegliche
            ]
    return render(
        request,
        "fortbildung/koordination/anmeldung.html",
        {
            "pfad": _pfad(_zum_durchgang(anmeldung.durchgang), ("Anmeldung", "")),
            "anmeldung": anmeldung,
            "moegliche": moegliche,
            "formulare": [m.form for m in moegliche],
            "module": anwesenheit.abgeschlossene_module(anmeldung),
            "zertifikate": _zertifikate(anmeldung),
        },
        status=status,
    )


def _anmeldung(pk):
    menge = Anmeldung.objects.select_related(
        "durchgang__lehrgang", "kommune", "entschieden_von", "teilnahme"
    ).prefetch_related("teilnahme__zertifikate")
    return get_object_or_404(menge, pk=pk)


def _zertifikate(anmeldung):
    """All that were ever issued, the newest first."""
    teilnahme = getattr(anmeldung, "teilnahme", None)
    return teilnahme.zertifikate.all() if teilnahme else []


def _gesendet(request, anmeldung, moegliche):
    """The sent form, bound; None when its step is no longer possible."""
    for eines in moegliche:
        if any(name in request.POST for name, _ in eines.form.knoepfe):
            return type(eines.form)(request.POST, anmeldung=anmeldung)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_koordination
def kurstag(request, pk):
    """Attendance of one day."""
    kurstag = _kurstag(pk)
    personen = list(anwesenheit.erwartete(kurstag).order_by("name"))
    formular = Tagesformular(
        request.POST if request.method == "POST" else None,
        personen=personen,
        erfasst=dict(kurstag.anwesenheiten.values_list("anmeldung", "stand")),
        geschlossen=bool(kurstag.geschlossen_um),
    )
    if formular.is_valid():
        try:
            _erfasse(request, kurstag, formular)
        except SchrittNichtMoeglich as fehler:
            formular.add_error("grund" if "grund" in formular.fields else None, str(fehler))
        else:
            return redirect(f"{request.path}#inhalt")
    return render(
        request,
        "fortbildung/koordination/kurstag.html",
        {
            "pfad": _pfad(_zum_durchgang(kurstag.durchgang), (str(kurstag.modul), "")),
            "kurstag": kurstag,
            "form": formular,
            "personen": personen,
            "bevorstehend": kurstag.tag > timezone.localdate(),
        },
    )


def _erfasse(request, kurstag, formular):
    wer = {"durch": request.user, "um": timezone.now()}
    grund = formular.cleaned_data.get("grund", "")
    with transaction.atomic():
        anwesenheit.erfasse(kurstag, formular.staende, grund=grund, **wer)
        if "schliessen" in request.POST:
            anwesenheit.schliesse_tag(kurstag, **wer)
    if "schliessen" in request.POST:
        messages.success(request, "Der Kurstag ist abgeschlossen.")
    else:
        messages.success(request, "Die Anwesenheit ist gespeichert.")


def _kurstag(pk):
    return get_object_or_404(
        Kurstag.objects.select_related("durchgang__lehrgang", "modul", "geschlossen_von"), pk=pk
    )


@require_safe
@verlangt_koordination
def tagesliste(request, pk):
    """The list for the day, to print: names, needs, room for a signature."""
    kurstag = _kurstag(pk)
    return render(
        request,
        "fortbildung/koordination/tagesliste.html",
        {
            "pfad": _pfad(_zum_durchgang(kurstag.durchgang), ("Liste des Tages", "")),
            "kurstag": kurstag,
            "personen": anwesenheit.erwartete(kurstag)
            .select_related("bedarf", "kommune")
            .order_by("name"),
        },
    )


@require_safe
@verlangt_koordination
def teilnehmende_xlsx(request, pk):
    """Running registrations; that somebody fetched them is an entry in the log."""
    durchgang = _durchgang(pk)
    laufende = durchgang.anmeldungen.filter(stand__in=LAUFEND).select_related("kommune")
    protokolliere(handlungen.LISTE_GEHOLT, durchgang, durch=request.user)
    return xlsx_datei(teilnehmende(list(laufende)), f"asskomm-teilnehmende-{pk}.xlsx")
