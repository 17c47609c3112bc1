"""Pages of the Kommune about the money of one grant: how things stand, ask for it, take it back (F19)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.formate import euro, tag
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich, gesehene_version
from kommunen.befugnisse import Befugnis

from .. import kenntnis
from ..antrag.rahmen import pfad
from ..befugnisse import verlangt_antrag
from ..models import UNENTSCHIEDEN, Regel
from ..regelwerk.werte import regeln
from ..verfahren import auszahlung as verfahren
from ..verfahren.auszahlungsende import ziehe_zurueck
from ..verfahren.bankverbindung import gueltige
from ..verfahren.entscheidung import Unzulaessig
from .forms import Abrufformular, Erstattungsformular

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
TITEL = "Auszahlungen"
NEU = "Geld anfordern"


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def auszahlungen(request, antrag):
    return _liste(request, antrag)


@FORMULAR
@verlangt_antrag(Befugnis.ZEICHNEN)
def anfordern(request, antrag):
    """The form; "Berechnen" shows what it comes to and changes nothing."""
    heute = timezone.localdate()
    stand = verfahren.grundlage(antrag)
    satz = verfahren.hindernis(antrag, stand, gueltige(antrag.kommune, heute), heute)
    eingaben = daten(request)
    if not kenntnis.kennt_bewilligung(antrag, heute):
        raise Http404
    if satz and request.method != "POST":
        return redirect("foerderung:auszahlungen", antrag.pk)
    formular, status = _formular(antrag, stand, eingaben), 200
    if request.method == "POST" and formular.is_valid() and "berechnen" not in request.POST:
        try:
            verfahren.fordere_an(
                antrag, durch=request.user, um=timezone.now(), **formular.cleaned_data
            )
        except Unzulaessig as fehler:
            _nimm_fehler(formular, fehler.felder)
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(
                request, "Die Auszahlung ist angefordert. Die Geschäftsstelle prüft sie jetzt."
            )
            return redirect("foerderung:auszahlungen", antrag.pk)
    elif request.method == "POST" and formular.is_valid():
        gewollt = _gewollt(antrag, stand, formular)
        _nimm_fehler(formular, dict(verfahren.maengel(antrag, stand, gewollt, heute)))
    return render(
        request,
        "foerderung/auszahlung/anfordern.html",
        {
            **_rahmen(request, antrag, NEU),
            "stand": stand,
            "form": formular,
            "rechnung": _rechnung(antrag, stand, formular),
            "bedarf": _bedarf(antrag),
        },
        status=status,
    )


@FORMULAR
@verlangt_antrag(Befugnis.ZEICHNEN)
def zurueckziehen(request, antrag, auszahlung):
    """Whoever comes back here from the login has not clicked yet and is led to the list."""
    gesucht = get_object_or_404(antrag.auszahlungen, pk=auszahlung)
    gesucht.antrag = antrag
    if request.method == "POST":
        try:
            ziehe_zurueck(
                gesucht,
                durch=request.user,
                um=timezone.now(),
                gesehen=gesehene_version(request.POST.get("gesehen", "")),
            )
        except SchrittNichtMoeglich as fehler:
            return _liste(request, antrag, fehler=fehler)
        messages.success(request, "Die Auszahlung ist zurückgezogen. Der Betrag ist wieder frei.")
    return redirect("foerderung:auszahlungen", antrag.pk)


def _formular(antrag, stand, eingaben):
    if stand.ist_abruf:
        return Abrufformular(eingaben)
    belege = [
        (
            str(beleg.pk),
            f"{beleg.belegnummer}: {beleg.zweck}, bezahlt am {tag(beleg.bezahlt_am)}, "
            f"{euro(beleg.betrag_euro)}",
        )
        for beleg in verfahren.offene_belege(antrag)
    ]
    return Erstattungsformular(eingaben, belege=belege)


def _gewollt(antrag, stand, formular):
    werte = {name: wert for name, wert in formular.cleaned_data.items() if name != "marke"}
    return verfahren.anforderung(antrag, stand, **werte)


def _nimm_fehler(formular, felder):
    for feld, satz in felder.items():
        formular.add_error(feld if feld in formular.fields else None, satz)


def _rechnung(antrag, stand, formular):
    """What was typed comes to: spending, share, what is available before and after; None for nothing."""
    if not formular.is_bound or not {"ausgaben", "belege"} & formular.cleaned_data.keys():
        return None
    ausgaben = _gewollt(antrag, stand, formular).ausgaben
    betrag = verfahren.anteil(ausgaben, stand.foerdersatz)
    if ausgaben <= 0:
        return None
    return {
        "ausgaben": ausgaben,
        "betrag": betrag,
        "eigener": ausgaben - betrag,
        "danach": stand.verfuegbar - betrag,
    }


def _bedarf(antrag):
    """The rule about advance payments, for the page."""
    schluessel = Regel.Schluessel.BEDARF_MONATE
    return regeln(antrag.regelwerk, schluessel).get(schluessel)


def _rahmen(request, antrag, titel):
    weg = pfad(antrag, TITEL) if titel == TITEL else pfad(antrag, TITEL, titel)
    if titel != TITEL:
        weg[-2] = (TITEL, reverse("foerderung:auszahlungen", args=[antrag.pk]))
    return {
        "antrag": antrag,
        "kommune": antrag.kommune,
        "andere": request.zugang.andere,
        "titel": titel,
        "pfad": weg,
    }


def _liste(request, antrag, *, fehler=None):
    """Sums and requests; amounts of a decision show when its notice is known."""
    heute, zugang = timezone.localdate(), request.zugang
    stand = verfahren.grundlage(antrag)
    if not kenntnis.kennt_bewilligung(antrag, heute):
        raise Http404
    bekannt = kenntnis.kenntnis(antrag, heute).unbekannt is None
    bank = gueltige(antrag.kommune, heute)
    satz = verfahren.hindernis(antrag, stand, bank, heute)
    zeichnet = zugang.darf(Befugnis.ZEICHNEN)
    zeilen = antrag.auszahlungen.select_related("angefordert_von", "bankverbindung")
    return render(
        request,
        "foerderung/auszahlung/auszahlungen.html",
        {
            **_rahmen(request, antrag, TITEL),
            "stand": stand,
            "bekannt": bekannt,
            "hindernis": satz,
            "fordert_an": zeichnet and not satz,
            "ohne_recht": not zeichnet and not satz,
            "bank": bank,
            "bedarf": _bedarf(antrag),
            "auszahlungen": [
                {
                    "auszahlung": auszahlung,
                    "zurueckziehbar": zeichnet and auszahlung.stand in UNENTSCHIEDEN,
                }
                for auszahlung in zeilen.order_by("-nummer")
            ],
            "fehler": fehler and str(fehler),
        },
        status=fehler.status if fehler else 200,
    )
