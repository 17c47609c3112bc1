"""Pages of the Kommune: report a change of a running project, see what became of it (F21)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich, gesehene_version
from kommunen.befugnisse import Befugnis

from ..antrag.rahmen import pfad
from ..befugnisse import verlangt_antrag
from ..bemessung import NULL
from ..models import Aenderungsart, Aenderungsstand, Regel
from ..plan.ausgabenarten import ARTEN
from ..regelwerk.werte import regeln
from ..verfahren import aenderung as verfahren
from ..verfahren.entscheidung import Unzulaessig
from ..verfahren.weiterleitung import leitet_weiter
from .ansaetze import ansaetze, braucht_zustimmung, ueberschreitung
from .forms import FORMULARE

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
TITEL = "Änderungen"
ERFOLG = "Die Meldung ist eingegangen. Die Geschäftsstelle antwortet Ihnen im Portal."


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def aenderungen(request, antrag):
    return _liste(request, antrag)


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def melden(request, antrag, art):
    """The form of one kind; "Berechnen" shows what a shift comes to and changes nothing."""
    if art not in FORMULARE:
        raise Http404
    heute = timezone.localdate()
    if request.method != "POST" and (
        not _meldet(request.zugang) or verfahren.hindernis(antrag, heute)
    ):
        return redirect("foerderung:aenderungen", antrag.pk)
    stand = ansaetze(antrag) if art == Aenderungsart.UMSCHICHTUNG else None
    formular, status = FORMULARE[art](daten(request), ansaetze=stand), 200
    if request.method == "POST" and formular.is_valid():
        if "berechnen" in request.POST:
            _nimm_fehler(formular, dict(verfahren.maengel(antrag, formular.meldung())))
        else:
            try:
                verfahren.melde(
                    antrag,
                    formular.meldung(),
                    durch=request.user,
                    um=timezone.now(),
                    marke=formular.cleaned_data["marke"],
                )
            except Unzulaessig as fehler:
                _nimm_fehler(formular, fehler.felder)
            except SchrittNichtMoeglich as fehler:
                formular.add_error(None, str(fehler))
                status = fehler.status
            else:
                messages.success(request, ERFOLG)
                return redirect("foerderung:aenderungen", antrag.pk)
    titel = Aenderungsart(art).label
    return render(
        request,
        "foerderung/aenderungen/melden.html",
        {
            **_rahmen(request, antrag, titel),
            "form": formular,
            "regel": _regel(antrag) if stand else None,
            "rechnung": _rechnung(antrag, stand, formular) if stand else None,
        },
        status=status,
    )


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def zurueckziehen(request, antrag, aenderung):
    """Whoever comes back here from the login has not clicked yet and is led to the list."""
    gesucht = get_object_or_404(antrag.aenderungen, pk=aenderung)
    gesucht.antrag = antrag
    if request.method == "POST":
        try:
            verfahren.ziehe_zurueck(
                gesucht,
                durch=request.user,
                um=timezone.now(),
                gesehen=gesehene_version(request.POST.get("gesehen", "")),
            )
        except SchrittNichtMoeglich as fehler:
            return _liste(request, antrag, fehler=fehler)
        messages.success(request, "Die Meldung ist zurückgezogen.")
    return redirect("foerderung:aenderungen", antrag.pk)


def _meldet(zugang):
    return zugang.darf(Befugnis.BEARBEITEN) or zugang.darf(Befugnis.ZEICHNEN)


def _nimm_fehler(formular, felder):
    for feld, satz in felder.items():
        formular.add_error(feld if feld in formular.fields else None, satz)


def _regel(antrag):
    schluessel = Regel.Schluessel.UMSCHICHTUNG_PROZENT
    return regeln(antrag.regelwerk, schluessel).get(schluessel)


def _rechnung(antrag, stand, formular):
    """What was typed comes to for each kind; None as long as nothing readable was sent."""
    if not formular.is_bound or any(name.startswith("neu_") for name in formular.errors):
        return None
    neu = formular.neu()
    return {
        "zeilen": umschichtungszeilen((art, stand.plan.get(art, NULL), neu[art]) for art in ARTEN),
        "zustimmung": braucht_zustimmung(stand.plan, neu, verfahren.grenze(antrag)),
    }


def umschichtungszeilen(zeilen):
    """(kind, plan, new) as rows of a table; those with neither are left out."""
    return [
        {"titel": ARTEN[art], "plan": plan, "neu": neu, "ueber": ueberschreitung(plan, neu)}
        for art, plan, neu in zeilen
        if plan or neu
    ]


def _rahmen(request, antrag, titel):
    weg = pfad(antrag, TITEL) if titel == TITEL else pfad(antrag, TITEL, titel)
    if titel != TITEL:
        weg[-2] = (TITEL, reverse("foerderung:aenderungen", args=[antrag.pk]))
    return {
        "antrag": antrag,
        "kommune": antrag.kommune,
        "andere": request.zugang.andere,
        "titel": titel,
        "pfad": weg,
    }


def _liste(request, antrag, *, fehler=None):
    """Reports with their answers, never with remarks of the LPR; what can be reported now."""
    satz = verfahren.hindernis(antrag, timezone.localdate())
    meldet = _meldet(request.zugang)
    liste = list(
        antrag.aenderungen.select_related("gemeldet_von").prefetch_related("umschichtungen")
    )
    if satz == verfahren.NUR_JETZT and not liste and antrag.eingereicht_um is None:
        raise Http404
    warten = set(antrag.aenderungen.wartet_auf_bescheid().values_list("pk", flat=True))
    return render(
        request,
        "foerderung/aenderungen/aenderungen.html",
        {
            **_rahmen(request, antrag, TITEL),
            "hindernis": satz,
            "meldet": meldet and not satz,
            "ohne_recht": not meldet and not satz,
            "arten": [
                (art.label, reverse("foerderung:aenderung-melden", args=[antrag.pk, art.value]))
                for art in Aenderungsart
            ],
            "leitet_weiter": leitet_weiter(antrag),
            "aenderungen": [
                {
                    "aenderung": eine,
                    "zeilen": zeilen(eine),
                    "wartet": eine.pk in warten,
                    "zurueckziehbar": meldet and eine.stand == Aenderungsstand.EINGEGANGEN,
                }
                for eine in liste
            ],
            "fehler": fehler and str(fehler),
        },
        status=fehler.status if fehler else 200,
    )


def zeilen(aenderung):
    """The rows of a shift as it was reported."""
    return umschichtungszeilen(
        (zeile.ausgabenart, zeile.plan_euro, zeile.neu_euro)
        for zeile in aenderung.umschichtungen.all()
    )
