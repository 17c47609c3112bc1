"""The worklist of the LPR (F58)."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from asskomm.seitenzahlen import blaettere

from ...befugnisse import verlangt_foerderung
from ...models import Foerderantrag


@require_safe
@verlangt_foerderung
def arbeitsvorrat(request):
    wahl = blaettere(Foerderantrag.objects.fuer_lpr(request.user), request.GET.get("seite"))
    return render(
        request,
        "foerderung/fallakte/arbeitsvorrat.html",
        {"pfad": [("Vorgänge", "")], "page_obj": wahl.seite, "seitenhinweis": wahl.hinweis},
    )
