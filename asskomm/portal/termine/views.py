"""Dates: what is coming, what was, one date, and all of it as calendar files."""

from django.db.models.functions import ExtractYear
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.kalenderdatei import ics_datei
from asskomm.oeffentlich import oeffentlich
from asskomm.seitenzahlen import blaettere

from ..markdown import rechnername
from ..models import Veranstaltung
from .kalender import kalender
from .zeiten import Zeit


def _pfad(*weitere):
    return [("Termine", reverse("portal:termine")), *weitere]


@oeffentlich
@require_safe
def termine(request):
    """What is coming, the next first; with `?jahr=2021` what took place in that year."""
    jetzt = timezone.now()
    alle = Veranstaltung.objects.oeffentlich()
    vergangen = alle.filter(ende__lt=jetzt)
    jahre = list(
        vergangen.annotate(jahr=ExtractYear("beginn"))
        .values_list("jahr", flat=True)
        .distinct()
        .order_by("-jahr")
    )
    gewaehlt = request.GET.get("jahr", "")
    jahr = next((jahr for jahr in jahre if str(jahr) == gewaehlt), None)
    gezeigt = alle.kommend(jetzt)
    if jahr:
        gezeigt = vergangen.filter(beginn__year=jahr).order_by("-beginn", "-pk")
    wahl = blaettere(gezeigt, request.GET.get("seite"))
    return render(
        request,
        "portal/termine/termine.html",
        {
            "pfad": _pfad((str(jahr), "")) if jahr else _pfad(),
            "jahr": jahr,
            "jahre": jahre,
            "unbekanntes_jahr": bool(gewaehlt) and not jahr,
            "page_obj": wahl.seite,
            "hinweis": wahl.hinweis,
            "termine": [(termin, Zeit.von(termin)) for termin in wahl.seite],
        },
    )


@oeffentlich
@require_safe
def termin(request, pk):
    termin = get_object_or_404(Veranstaltung.objects.oeffentlich(), pk=pk)
    return render(
        request,
        "portal/termine/termin.html",
        {
            "pfad": _pfad((termin.titel, "")),
            "termin": termin,
            "zeit": Zeit.von(termin),
            "vorbei": termin.ende < timezone.now(),
            "webseite": rechnername(termin.webseite),
            "kommunen": termin.kommunen.all(),
        },
    )


@oeffentlich
@require_safe
def termin_ics(request, pk):
    termin = get_object_or_404(Veranstaltung.objects.oeffentlich(), pk=pk)
    return _ics([termin], f"asskomm-termin-{pk}.ics")


@oeffentlich
@require_safe
def alle_ics(request):
    """Every public date, past ones too, so that a subscribed calendar does not lose them."""
    return _ics(Veranstaltung.objects.oeffentlich(), "asskomm-termine.ics")


def _ics(termine, dateiname):
    return ics_datei(kalender(termine), dateiname)
