"""What every page of an engagement needs: its path, its name, who may open a page of a session."""

from __future__ import annotations

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from asskomm.konten.eingaben import bewahrt_eingaben

from ..befugnisse import sicht
from ..models import Coachingschritt, Mandat, Sitzung


def namen(mandat: Mandat) -> str:
    """The Kommunen of the engagement, by name; reads what is prefetched."""
    kommunen = sorted(mandat.coaching.kommunen.all(), key=lambda k: k.sortiername)
    return ", ".join(map(str, kommunen))


def zur_begleitung(mandat: Mandat) -> str:
    return reverse("beratung:begleitung", args=[mandat.pk])


def pfad(mandat: Mandat, *weitere) -> list[tuple[str, str]]:
    """From the list to a page below the engagement."""
    anfang = [("Begleitungen", reverse("beratung:begleitungen"))]
    return [*anfang, (namen(mandat), zur_begleitung(mandat)), *weitere]


def _verlangt(menge, zum_mandat):
    """For views below an engagement: `pk` becomes the record, `sicht` says what the person may do.

    Anonymous people go to the login; what belongs to an engagement of others is a 404.
    """

    def fuer(view):
        @wraps(view)
        @bewahrt_eingaben
        def geprueft(request, pk):
            objekt = get_object_or_404(menge(), pk=pk)
            eine = sicht(request.user, zum_mandat(objekt), timezone.localdate())
            if eine is None:
                raise Http404
            return view(request, objekt, sicht=eine)

        return geprueft

    return fuer


verlangt_sitzung = _verlangt(
    lambda: Sitzung.objects.select_related("mandat__coaching", "geoeffnet_von", "erfasst_von"),
    lambda sitzung: sitzung.mandat,
)
verlangt_schritt = _verlangt(
    lambda: Coachingschritt.objects.select_related("sitzung__mandat__coaching"),
    lambda schritt: schritt.sitzung.mandat,
)
