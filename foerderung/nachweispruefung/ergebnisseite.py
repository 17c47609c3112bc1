"""What came of the check, as the Kommune reads it: figures and reasons, no notes of the LPR (F22)."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asskomm.seitenzahlen import blaettere
from kommunen.befugnisse import Befugnis

from ..antrag.rahmen import pfad
from ..befugnisse import verlangt_antrag
from ..verfahren.nachweispruefung import geltende


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def ergebnis(request, antrag):
    pruefung = geltende(antrag)
    if pruefung is None:
        raise Http404
    gekuerzt = antrag.belege.filter(kuerzung__isnull=False).select_related("kuerzung")
    wahl = blaettere(gekuerzt.order_by("bezahlt_am", "pk"), request.GET.get("seite"))
    return render(
        request,
        "foerderung/nachweispruefung/ergebnis.html",
        {
            "antrag": antrag,
            "pruefung": pruefung,
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "pfad": pfad(antrag, "Ergebnis der Prüfung"),
        },
    )
