"""What every page of an engagement needs: its path, its name, who may open a page of a session."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from ..befugnisse import verlangt_sicht
from ..models import Coachingschritt, Einsatz, Einsatzrolle, Mandat, Mandatsstand, Sitzung


def namen(mandat: Mandat) -> str:
    """The Kommunen of the engagement, by name; reads what is prefetched."""
    kommunen = sorted(mandat.coaching.kommunen.all(), key=lambda k: k.sortiername)
    return ", ".join(map(str, kommunen))


def leitung(mandat: Mandat, einsaetze: Iterable[Einsatz]) -> Einsatz | None:
    """By which of these assignments it is led now; of an ended one who led it last."""
    leitende = [einsatz for einsatz in einsaetze if einsatz.rolle == Einsatzrolle.COACH]
    if mandat.stand == Mandatsstand.LAUFEND:
        return next((einsatz for einsatz in leitende if einsatz.bis is None), None)
    return max(leitende, key=lambda einsatz: (einsatz.von, einsatz.pk), default=None)


def zur_begleitung(mandat: Mandat) -> str:
    return reverse("beratung:begleitung", args=[mandat.pk])


def zurueck(adresse: str) -> HttpResponseRedirect:
    """After a form: to the content of the page, so that „#fehler“ does not stay in the address."""
    return redirect(f"{adresse}#inhalt")


def pfad(mandat: Mandat, *weitere) -> list[tuple[str, str]]:
    """From the list to a page below the engagement."""
    anfang = [("Begleitungen", reverse("beratung:begleitungen"))]
    return [*anfang, (namen(mandat), zur_begleitung(mandat)), *weitere]


verlangt_sitzung = verlangt_sicht(
    lambda: Sitzung.objects.select_related("mandat__coaching", "geoeffnet_von", "erfasst_von"),
    lambda sitzung: sitzung.mandat,
)
verlangt_schritt = verlangt_sicht(
    lambda: Coachingschritt.objects.select_related("sitzung__mandat__coaching"),
    lambda schritt: schritt.sitzung.mandat,
)
