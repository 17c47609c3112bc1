"""The case of a Kommune: begin, overview, advice, read view."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from beratung.beratungen import lage as stand_der_beratung
from beratung.beratungen.anfragen import stelle_anfrage
from beratung.beratungen.forms import Anfrageformular
from kommunen import bereich
from kommunen.befugnisse import Befugnis, verlangt

from ..befugnisse import verlangt_antrag
from ..models import UNEINGEREICHT, Foerderantrag
from ..regelwerk.auskunft import fenster
from ..verfahren import antragstellung
from ..verfahren.antragstellung import offene_abschnitte
from ..verfahren.zeichnung import zeichnende
from . import fall, fassung, worte
from .adressen import adresse
from .forms import Beginnformular
from .rahmen import OHNE_TITEL, banner, pfad, rahmen, zuletzt_gespeichert
from .schrittleiste import Schrittleiste
from .umfeld import Umfeld
from .verlauf import verlauf_fuer_kommune

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


# --- Begin -----------------------------------------------------------------------


@FORMULAR
@verlangt(Befugnis.BEARBEITEN)
def neu(request, kommune):
    """Drafts that are there come first; a new one begins while a round is open (F4, F27)."""
    jetzt, status = timezone.now(), 200
    offen = fenster(jetzt)
    erloschen = kommune.ist_erloschen(timezone.localdate(jetzt))
    formular = None
    if offen.ist_offen and not erloschen:
        formular = Beginnformular(daten(request), vorlagen=_vorlagen(kommune))
    if request.method == "POST":
        if formular is None:
            messages.error(request, "Zurzeit lässt sich kein Antrag beginnen.")
            status = 409
        elif formular.is_valid():
            try:
                antrag = antragstellung.lege_an(
                    kommune,
                    offen.runde,
                    durch=request.user,
                    um=jetzt,
                    marke=formular.cleaned_data["marke"],
                    vorlage=formular.gewaehlte,
                )
            except SchrittNichtMoeglich as fehler:
                formular.add_error(None, str(fehler))
                status = fehler.status
            else:
                return redirect(antrag)
    entwuerfe = Foerderantrag.objects.filter(kommune=kommune, status__in=UNEINGEREICHT)
    return render(
        request,
        "foerderung/antrag/neu.html",
        {
            "pfad": bereich.pfad(kommune, ("Förderung beantragen", "")),
            "kommune": kommune,
            "andere": request.zugang.andere,
            "entwuerfe": [
                (
                    antrag,
                    worte.lage(antrag, timezone.localdate(jetzt)),
                    zuletzt_gespeichert(antrag),
                )
                for antrag in entwuerfe.select_related("runde", "angelegt_von")
            ],
            "fenster": offen,
            "erloschen": erloschen,
            "form": formular,
        },
        status=status,
    )


def _vorlagen(kommune):
    """Cases that were submitted, the newest first; more than ten years are never needed."""
    eingereicht = Foerderantrag.objects.filter(kommune=kommune, fassungen__isnull=False)
    return eingereicht.select_related("runde").distinct().order_by("-eingereicht_um")[:10]


# --- The case --------------------------------------------------------------------


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def antrag(request, antrag):
    """Before the submission the list of steps, afterwards what happens to the application."""
    jetzt = timezone.now()
    heute, zugang = timezone.localdate(jetzt), request.zugang
    uneingereicht = antrag.status in UNEINGEREICHT
    leiste = Schrittleiste(antrag, Umfeld(antrag, heute)) if uneingereicht else None
    weg = pfad(antrag)
    fassungen = list(antrag.fassungen.all())
    nachforderung = antrag.nachforderungen.offen().first()
    return render(
        request,
        "foerderung/antrag/fall.html",
        {
            "antrag": antrag,
            "kommune": antrag.kommune,
            "andere": zugang.andere,
            "pfad": [*weg[:-1], (weg[-1][0], "")],
            "titel": antrag.titel or OHNE_TITEL,
            "lage": worte.lage(antrag, heute),
            "banner": banner(antrag, jetzt),
            "leiste": leiste,
            "gespeichert": zuletzt_gespeichert(antrag) if uneingereicht else None,
            "naechster": fall.naechster_schritt(antrag, zugang, leiste),
            "weitere": list(fall.weitere_wege(antrag, zugang, heute)),
            "zeichnende": zeichnende(antrag.kommune, ausser=zugang.konto) if uneingereicht else [],
            "nachforderung": nachforderung,
            "geoeffnet": fall.nachgefordert(antrag, nachforderung) if nachforderung else [],
            "papiere": list(fall.papiere(antrag, fassungen)),
            "bescheidweg": fall.bescheidweg(antrag, fassungen),
            "anlagen": antrag.anlagen.aktuell(),
            "bescheide": list(fall.bescheide(antrag, zugang, heute)),
            "verlauf": verlauf_fuer_kommune(antrag, heute),
            "bearbeitet": zugang.darf(Befugnis.BEARBEITEN),
        },
    )


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def ansehen(request, antrag):
    """The application as text, to read and to print: as it is now, or a version that was signed."""
    nummer = request.GET.get("fassung", "")
    gewaehlt = None
    if nummer:
        gewaehlt = next((f for f in antrag.fassungen.all() if str(f.nummer) == nummer), None)
        if gewaehlt is None:
            raise Http404
    inhalt = gewaehlt.inhalt if gewaehlt else fassung.inhalt(Umfeld(antrag, timezone.localdate()))
    offen = frozenset()
    if gewaehlt is None and request.zugang.darf(Befugnis.BEARBEITEN):
        offen = offene_abschnitte(antrag)
    gruppen = [
        {
            "titel": gruppe["titel"],
            "angaben": gruppe["angaben"],
            "aendern": adresse(antrag, gruppe["abschnitt"]) if gruppe["abschnitt"] in offen else "",
        }
        for gruppe in inhalt["gruppen"]
    ]
    return render(
        request,
        "foerderung/antrag/ansehen.html",
        {
            "antrag": antrag,
            "kommune": antrag.kommune,
            "andere": request.zugang.andere,
            "pfad": pfad(antrag, "Ansehen"),
            "titel": inhalt["titel"] or OHNE_TITEL,
            "banner": {} if gewaehlt else banner(antrag, timezone.now()),
            "fassung": gewaehlt,
            "gruppen": gruppen,
        },
    )


# --- Step 1: advice ----------------------------------------------------------------


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def beratung(request, antrag):
    """Recorded consultations, or the button to ask for one (F3)."""
    jetzt, status = timezone.now(), 200
    darf = request.zugang.darf(Befugnis.BEARBEITEN)
    formular = Anfrageformular(daten(request)) if darf else None
    if request.method == "POST":
        if not darf:
            raise PermissionDenied
        status = stelle_anfrage(request, antrag.kommune, formular, jetzt)
        if status is None:
            return redirect(f"{adresse(antrag, 'beratung')}#inhalt")
    anfrage = stand_der_beratung.offene_anfrage(antrag.kommune)
    kontext = rahmen(request, antrag, "beratung", um=jetzt)
    return render(
        request,
        "foerderung/antrag/beratung.html",
        {
            **kontext,
            "beratungen": stand_der_beratung.beratungen(antrag.kommune, timezone.localdate(jetzt)),
            "anfrage": anfrage,
            "form": formular if anfrage is None or (formular and formular.is_bound) else None,
        },
        status=status,
    )
