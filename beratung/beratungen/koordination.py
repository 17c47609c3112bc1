"""Pages of staff: the worklist of advice, one request, and what comes in without the portal."""

from uuid import uuid4

from django import forms as django_forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.knopfformular import UNVOLLSTAENDIG
from asskomm.konten.eingaben import daten
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import blaettere
from kommunen.befugnisse import Befugnis, konten_mit
from kommunen.models import Kreis

from ..befugnisse import verlangt_koordination
from ..models import Beratungsanfrage
from ..verfahren import beratung as verfahren
from ..verfahren import beratungspost
from ..verfahren.festhalten import halte_ohne_anfrage_fest
from . import schritte
from .ansichten import ANSICHTEN, lies_auswahl
from .forms import Aufnahme, FesthaltenOhneAnfrage

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
# How many earlier records of the Kommune stand beside a request.
BERATUNGEN_DANEBEN = 5


class Kreisfilter(django_forms.Form):
    """Above the worklist; the list reads the address itself."""

    kreis = django_forms.ChoiceField(label="Landkreis oder kreisfreie Stadt", required=False)
    ansicht = django_forms.CharField(widget=django_forms.HiddenInput, required=False)

    def __init__(self, auswahl, kreise):
        super().__init__(
            initial={
                "kreis": auswahl.kreis.ags if auswahl.kreis else "",
                "ansicht": auswahl.ansicht.schluessel,
            }
        )
        self.fields["kreis"].choices = [("", "Alle"), *((k.ags, k.name) for k in kreise)]


def _pfad(*weitere):
    return [("Beratung der Kommunen", reverse("beratung:beratung-arbeitsvorrat")), *weitere]


@require_safe
@verlangt_koordination
def arbeitsvorrat(request):
    """Requests by what is to be done about them."""
    jetzt, kreise = timezone.now(), list(Kreis.objects.all())
    auswahl = lies_auswahl(request.GET, kreise)
    wahl = blaettere(auswahl.anfragen(jetzt), request.GET.get("seite"))
    return render(
        request,
        "beratung/beratungen/arbeitsvorrat.html",
        {
            "pfad": _pfad(),
            "auswahl": auswahl,
            "form": Kreisfilter(auswahl, kreise),
            "ansichten": [
                {
                    "titel": ansicht.titel,
                    "anzahl": auswahl.anzahl(ansicht, jetzt),
                    "url": auswahl.in_ansicht(ansicht).url,
                    "aktuell": ansicht is auswahl.ansicht,
                }
                for ansicht in ANSICHTEN
            ],
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "jetzt": jetzt,
        },
    )


@FORMULAR
@verlangt_koordination
def anfrage(request, pk):
    """One request, and the steps that are possible now; one of them is open.

    A form that was sent stays open with what was typed, also when others were faster.
    """
    jetzt, status = timezone.now(), 200
    anfrage, eingaben = _anfrage(pk), daten(request)
    gewaehlt = schritte.gesendetes(anfrage, eingaben, jetzt) if eingaben else None
    if request.method == "POST":
        if gewaehlt is None:
            messages.error(request, UNVOLLSTAENDIG)
        elif gewaehlt.form.is_valid():
            try:
                gesagt = schritte.tue(anfrage, gewaehlt.form, durch=request.user, um=jetzt)
            except SchrittNichtMoeglich as fehler:
                anfrage, status = _anfrage(pk), fehler.status
                gewaehlt.form.add_error(None, str(fehler))
                gewaehlt.form.setze("version", anfrage.version)
            else:
                messages.success(request, gesagt)
                return redirect(f"{request.path}#inhalt")
    moegliche = schritte.moegliche(anfrage, jetzt)
    gewaehlt = gewaehlt or _gewaehltes(moegliche, request.GET.get("schritt", ""))
    kommune = anfrage.kommune
    return render(
        request,
        "beratung/beratungen/bearbeiten.html",
        {
            "pfad": _pfad((kommune, "")),
            "anfrage": anfrage,
            "zugang_oder_ort": beratungspost.ort_oder_zugang(anfrage),
            "vorbei": bool(anfrage.ist_offen and anfrage.termin_um and anfrage.termin_um <= jetzt),
            "gewaehlt": gewaehlt,
            "form": gewaehlt.form if gewaehlt else None,
            "andere": [
                m for m in moegliche if gewaehlt is None or m.schluessel != gewaehlt.schluessel
            ],
            "beratungen": kommune.beratungen.select_related("beraten_von")[:BERATUNGEN_DANEBEN],
            "erreichbar": bool(konten_mit(Befugnis.BEARBEITEN, kommune)),
            "verlauf": Eintrag.objects.filter(
                gegenstand_art=anfrage._meta.label_lower, gegenstand_nummer=str(anfrage.pk)
            ).mit_personen(),
        },
        status=status,
    )


def _gewaehltes(moegliche, schluessel):
    """The step named in the address, else the next one; None where nothing is possible."""
    gesucht = (m for m in moegliche if m.schluessel == schluessel)
    return next(gesucht, moegliche[0] if moegliche else None)


def _anfrage(pk):
    menge = Beratungsanfrage.objects.select_related(
        "kommune__kreis", "gestellt_von", "geplant_von", "erledigt_von", "beratung"
    )
    return get_object_or_404(menge, pk=pk)


@FORMULAR
@verlangt_koordination
def aufnehmen(request):
    """A Kommune called: a request on its behalf."""
    jetzt, status = timezone.now(), 200
    formular = Aufnahme(daten(request), um=jetzt)
    if request.method == "POST" and formular.is_valid():
        angaben = formular.cleaned_data
        try:
            neu = verfahren.nimm_auf(
                angaben["kommune"],
                angaben["anliegen"],
                angaben["weg"],
                durch=request.user,
                um=jetzt,
                marke=angaben["marke"],
            )
        except SchrittNichtMoeglich as fehler:
            if isinstance(fehler, verfahren.FormularVerbraucht):
                formular.setze("marke", uuid4())
            formular.add_error("kommune", str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Die Anfrage ist aufgenommen.")
            adresse = reverse("beratung:beratung-anfrage", args=[neu.pk])
            return redirect(f"{adresse}#inhalt")
    return render(
        request,
        "beratung/beratungen/aufnehmen.html",
        {"pfad": _pfad(("Anfrage aufnehmen", "")), "form": formular},
        status=status,
    )


@FORMULAR
@verlangt_koordination
def festhalten(request):
    """An advice for which nobody asked in the portal."""
    jetzt, status = timezone.now(), 200
    formular = FesthaltenOhneAnfrage(daten(request), um=jetzt)
    if request.method == "POST" and formular.is_valid():
        kommune = formular.cleaned_data["kommune"]
        try:
            halte_ohne_anfrage_fest(
                kommune,
                formular.gehalten,
                durch=request.user,
                um=jetzt,
                marke=formular.cleaned_data["marke"],
            )
        except SchrittNichtMoeglich as fehler:
            formular.add_error("kommune", str(fehler))
            status = fehler.status
        else:
            messages.success(request, f"Die Beratung von {kommune} ist festgehalten.")
            return redirect(f"{reverse('beratung:beratung-arbeitsvorrat')}#inhalt")
    return render(
        request,
        "beratung/beratungen/festhalten.html",
        {"pfad": _pfad(("Beratung festhalten", "")), "form": formular},
        status=status,
    )
