"""What a Kommune has to pay back, how the interest came about, and what has come in (F24)."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kommunen.befugnisse import Befugnis

from .. import kenntnis
from ..antrag.rahmen import pfad
from ..befugnisse import verlangt_antrag
from ..models import Entscheidung, Rueckforderung
from ..verfahren.rueckforderung import offen

TITEL = "Rückzahlung"


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def rueckforderung(request, antrag):
    """Claims whose notice the Kommune may read; without one there is no page."""
    heute = timezone.localdate()
    bescheide = {
        bescheid.entscheidung_id: bescheid
        for bescheid in kenntnis.bescheide(antrag)
        if bescheid.art == Entscheidung.Art.RUECKFORDERUNG
        and kenntnis.ist_lesbar(bescheid.bekanntgabe, heute)
    }
    forderungen = Rueckforderung.objects.filter(entscheidung__in=bescheide)
    if not forderungen:
        raise Http404
    return render(
        request,
        "foerderung/rueckforderung/rueckforderung.html",
        {
            "antrag": antrag,
            "kommune": antrag.kommune,
            "andere": request.zugang.andere,
            "titel": TITEL,
            "pfad": pfad(antrag, TITEL),
            "forderungen": [
                {
                    "forderung": forderung,
                    "bescheid": bescheide[forderung.entscheidung_id],
                    "offen": sum(offen(forderung)),
                }
                for forderung in forderungen
            ],
            "rueckzahlungen": antrag.rueckzahlungen.gueltig().order_by("-am", "-pk"),
        },
    )
