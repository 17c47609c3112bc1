"""One search over everything public. It is a GET, so a search can be shared and repeated."""

from django.db.models import Count, Window
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.oeffentlich import oeffentlich
from asskomm.seitenzahlen import blaettere

from .anfrage import Suchanfrage
from .gruppen import GRUPPEN, KOMMUNEN, bereiche
from .naehe import nahe_kommunen, nahe_namen

TREFFER_JE_GRUPPE = 10


@oeffentlich
@require_safe
def suche(request):
    """`?q=` what to look for, `?gruppe=` all hits of one kind in pages of 20."""
    anfrage = Suchanfrage.lies(request.GET.get("q", ""))
    if not anfrage.text:
        return render(
            request,
            "portal/suche/leer.html",
            {"pfad": [("Suche", "")], "bereiche": bereiche()},
        )
    kontext = {
        "pfad": [("Suche", "")],
        "anfrage": anfrage,
    }
    gewaehlt = request.GET.get("gruppe", "")
    for gruppe in GRUPPEN:
        if gruppe.schluessel == gewaehlt:
            return _eine_gruppe(request, gruppe, kontext)
    return _alle_gruppen(request, kontext | {"unbekannte_gruppe": bool(gewaehlt)})


def _alle_gruppen(request, kontext):
    anfrage = kontext["anfrage"]
    heute = timezone.localdate()
    abschnitte = []
    for gruppe in GRUPPEN:
        gefunden = gruppe.finde(anfrage, heute).annotate(gesamt=Window(Count("*")))
        treffer = list(gefunden[:TREFFER_JE_GRUPPE])
        if treffer:
            abschnitte.append(
                {
                    "schluessel": gruppe.schluessel,
                    "titel": gruppe.titel,
                    "treffer": [gruppe.treffer(objekt, heute) for objekt in treffer],
                    "anzahl": treffer[0].gesamt,
                    "weitere": treffer[0].gesamt > TREFFER_JE_GRUPPE,
                }
            )
    return render(
        request,
        "portal/suche/treffer.html",
        kontext
        | {
            "abschnitte": abschnitte,
            "anzahl": sum(abschnitt["anzahl"] for abschnitt in abschnitte),
            "aehnliche": _gemeint(anfrage.text, {a["schluessel"] for a in abschnitte}, heute),
        },
    )


def _gemeint(text, gefunden, heute):
    """Near names: of Kommunen when none was found, of pages when nothing was found at all."""
    if KOMMUNEN in gefunden:
        return []
    return (nahe_kommunen if gefunden else nahe_namen)(text, heute)


def _eine_gruppe(request, gruppe, kontext):
    heute = timezone.localdate()
    wahl = blaettere(gruppe.finde(kontext["anfrage"], heute), request.GET.get("seite"))
    return render(
        request,
        "portal/suche/gruppe.html",
        kontext
        | {
            "titel": gruppe.titel,
            "treffer": [gruppe.treffer(objekt, heute) for objekt in wahl.seite],
            "page_obj": wahl.seite,
            "hinweis": wahl.hinweis,
        },
    )
