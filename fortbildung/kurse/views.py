"""What is offered, and one cohort with its days and free places."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.oeffentlich import oeffentlich
from asskomm.seitenzahlen import blaettere

from ..models import Durchgang
from .angebot import angebot, angebote
from .kalender import kurstage


def _pfad(*weitere):
    return [
        ("Fortbildung", reverse("portal:seite", args=["fortbildung"])),
        ("Lehrgänge", reverse("fortbildung:kurse")),
        *weitere,
    ]


def _sichtbare():
    return Durchgang.objects.oeffentlich().mit_anmeldung().select_related("lehrgang")


@oeffentlich
@require_safe
def kurse(request):
    """Cohorts with registration, those still open or coming first, the newest first."""
    heute = timezone.localdate()
    wahl = blaettere(_sichtbare().order_by("-anmeldung_bis", "-pk"), request.GET.get("seite"))
    return render(
        request,
        "fortbildung/kurse/kurse.html",
        {
            "pfad": _pfad(),
            "page_obj": wahl.seite,
            "hinweis": wahl.hinweis,
            "angebote": angebote(list(wahl.seite), heute),
        },
    )


@oeffentlich
@require_safe
def durchgang(request, pk):
    durchgang = get_object_or_404(_sichtbare(), pk=pk)
    return render(
        request,
        "fortbildung/kurse/durchgang.html",
        {
            "pfad": _pfad((durchgang.bezeichnung, "")),
            "durchgang": durchgang,
            "angebot": angebot(durchgang, timezone.localdate()),
            "kurstage": _tage(durchgang),
        },
    )


@oeffentlich
@require_safe
def kurstage_ics(request, pk):
    durchgang = get_object_or_404(_sichtbare(), pk=pk)
    antwort = HttpResponse(
        kurstage(durchgang, _tage(durchgang)), content_type="text/calendar; charset=utf-8"
    )
    antwort["Content-Disposition"] = f'attachment; filename="asskomm-kurstage-{pk}.ics"'
    return antwort


def _tage(durchgang):
    return list(durchgang.kurstage.select_related("modul"))
