"""What is offered, and one cohort with its days and free places."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.kalenderdatei import ics_datei
from asskomm.oeffentlich import oeffentlich
from asskomm.seitenzahlen import blaettere

from ..verfahren.anmeldung import hat_begonnen
from .angebot import angebot, angebote
from .kalender import kurstage
from .rahmen import pfad, sichtbare


@oeffentlich
@require_safe
def kurse(request):
    """Cohorts with registration, those still open or coming first, the newest first."""
    heute = timezone.localdate()
    wahl = blaettere(sichtbare().order_by("-anmeldung_bis", "-pk"), request.GET.get("seite"))
    return render(
        request,
        "fortbildung/kurse/kurse.html",
        {
            "pfad": pfad(),
            "page_obj": wahl.seite,
            "hinweis": wahl.hinweis,
            "angebote": angebote(list(wahl.seite), heute),
        },
    )


@oeffentlich
@require_safe
def durchgang(request, pk):
    durchgang = get_object_or_404(sichtbare(), pk=pk)
    return render(
        request,
        "fortbildung/kurse/durchgang.html",
        {
            "pfad": pfad((durchgang.bezeichnung, "")),
            "durchgang": durchgang,
            "angebot": angebot(durchgang, timezone.localdate()),
            "kurstage": _tage(durchgang),
            "begonnen": hat_begonnen(durchgang, timezone.now()),
        },
    )


@oeffentlich
@require_safe
def kurstage_ics(request, pk):
    durchgang = get_object_or_404(sichtbare(), pk=pk)
    return ics_datei(kurstage(durchgang, _tage(durchgang)), f"asskomm-kurstage-{pk}.ics")


def _tage(durchgang):
    return list(durchgang.kurstage.select_related("modul"))
