"""Kommunen and their councils: list and map, one page each, CSV."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from asskomm.csvausgabe import csv_antwort
from asskomm.formate import zahl
from asskomm.oeffentlich import oeffentlich
from asskomm.seitenzahlen import blaettere
from kommunen.models import Kommune, Kreis

from ..offene_daten.kommunen import KOMMUNEN, kommunenzeilen
from .aehnlich import aehnliche
from .auswahl import Auswahl, lies_auswahl
from .bausteine import beteiligungen
from .forms import KommunenFilter, RaeteFilter
from .karte import karte, lagekarte
from .raete import (
    Ratsansicht,
    lies_ratsauswahl,
    mit_einzelheiten,
    raete_am,
    stand_der_angaben,
)
from .steckbrief import Steckbrief
from .zeitleiste import (
    quellen_der_kommune,
    quellen_des_rates,
    zeitleiste_der_kommune,
    zeitleiste_des_rates,
)


def _kreise():
    return {kreis.ags: kreis for kreis in Kreis.objects.all()}


@oeffentlich
def liste(request):
    """The Kommunen that take part, or those looked for, beside a map that shows the same."""
    heute = timezone.localdate()
    kreise = _kreise()
    auswahl = lies_auswahl(request.GET, kreise)
    kommunen = auswahl.kommunen(heute).select_related("kreis")
    wahl = blaettere(kommunen, request.GET.get("seite"))
    anzahl = wahl.seite.paginator.count
    return render(
        request,
        "portal/kommunen/liste.html",
        {
            "pfad": [("Kommunen", "")],
            "auswahl": auswahl,
            "form": KommunenFilter(auswahl, kreise.values()),
            "ueberschrift": auswahl.ueberschrift(anzahl),
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "treffer": _treffer(wahl.seite, auswahl, heute),
            "karte": karte(auswahl, heute),
            "leer": None if anzahl else _nichts_gefunden(auswahl, heute),
            "umfang_url": replace(auswahl, alle=not auswahl.alle).url,
        },
    )


def _treffer(kommunen, auswahl, am):
    """One page of Kommunen with their chips and the former Kommunen that were looked for."""
    schluessel = [kommune.pk for kommune in kommunen]
    teilnahme = beteiligungen(am, schluessel)
    aufgegangen = auswahl.aufgegangen(am)
    return [
        {
            "kommune": kommune,
            "url": kommune.get_absolute_url(),
            "zeile": _zeile(kommune),
            "beteiligung": teilnahme.get(kommune.pk),
            "aufgegangen": aufgegangen.get(kommune.pk, ()),
        }
        for kommune in kommunen
    ]


def _zeile(kommune):
    """E.g. "Große Kreisstadt · Landkreis Zwickau · 18.272 Einwohner"."""
    teile = [kommune.get_art_display()]
    if kommune.kreis and kommune.kreis.name != kommune.name:
        teile.append(kommune.kreis.name)
    if kommune.einwohner is not None:
        teile.append(f"{zahl(kommune.einwohner)} Einwohner")
    return " · ".join(teile)


def _nichts_gefunden(auswahl, am):
    """Words and ways out for an empty list: near names, the list without one of the filters."""
    text = "Keine Kommune gefunden. Prüfen Sie die Schreibweise oder entfernen Sie einen Filter."
    if auswahl.ist_postleitzahl:
        text += " Die Suche kennt nur die Postleitzahl der Verwaltung, nicht jedes Ortsteils."
    nahe = aehnliche(auswahl.suchtext, am) if auswahl.suchtext else []
    return {"text": text, "links": [*nahe, *_ohne_filter(auswahl)]}


def _ohne_filter(auswahl):
    """Ways out of an empty list: the same list without one of its filters."""
    return [
        {"titel": f"Ohne den Filter {filter_['titel']}", "url": filter_["url"]}
        for filter_ in auswahl.aktive_filter
    ]


@oeffentlich
def liste_csv(request):
    """The Kommunen of the list, all pages, as CSV with the columns of the open dataset."""
    heute = timezone.localdate()
    auswahl = lies_auswahl(request.GET, _kreise())
    kommunen = auswahl.kommunen(heute).select_related("kreis__polizeidirektion")
    return csv_antwort(
        f"kommunen-{heute.isoformat()}.csv",
        KOMMUNEN.kopf,
        KOMMUNEN.csv_zeilen(kommunenzeilen(kommunen, heute), heute),
    )


@oeffentlich
def kommune(request, kennung):
    """Everything public about one Kommune. A merged one is gone and names its successor."""
    if not kennung.isprintable():
        raise Http404("Diese Kennung gibt es nicht.")
    heute = timezone.localdate()
    if len(kennung) == 5 and (kreis := Kreis.objects.filter(ags=kennung).first()):
        return redirect(Auswahl(kreis=kreis).url, permanent=True)
    alle = Kommune.objects.mit_kreis().select_related("nachfolger")
    kommune = alle.filter(kennung=kennung).first()
    if kommune and kommune.ist_erloschen(heute):
        return render(
            request,
            "410.html",
            {
                "pfad": [("Kommunen", reverse("kommunen:liste")), (str(kommune), "")],
                "kommune": kommune,
                "nachfolger": kommune.rechtsnachfolge(heute),
            },
            status=410,
        )
    if not kommune or (kommune.gueltig_von and kommune.gueltig_von > heute):
        return render(request, "404.html", {"aehnliche": aehnliche(kennung, heute)}, status=404)
    steckbrief = Steckbrief(kommune, heute)
    return render(
        request,
        "portal/kommunen/kommune.html",
        {
            "pfad": [("Kommunen", reverse("kommunen:liste")), (kommune.name, "")],
            "kommune": kommune,
            "s": steckbrief,
            "zeitleiste": zeitleiste_der_kommune(steckbrief),
            "quellen": quellen_der_kommune(steckbrief),
            "karte": lagekarte(kommune, heute),
        },
    )


@oeffentlich
def raete(request):
    """The councils, by default all that were ever published, with their present state."""
    heute = timezone.localdate()
    kreise = _kreise()
    auswahl = lies_ratsauswahl(request.GET, kreise)
    wahl = blaettere(auswahl.raete(heute), request.GET.get("seite"))
    return render(
        request,
        "portal/kommunen/raete.html",
        {
            "pfad": [("Präventionsräte", "")],
            "auswahl": auswahl,
            "form": RaeteFilter(auswahl, kreise.values()),
            "ueberschrift": auswahl.ueberschrift(wahl.seite.paginator.count),
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "raete": [Ratsansicht(rat) for rat in wahl.seite],
            "ohne_filter": _ohne_filter(auswahl),
        },
    )


@oeffentlich
def rat(request, pk):
    """One council with all its Kommunen."""
    heute = timezone.localdate()
    rat = get_object_or_404(mit_einzelheiten(raete_am(heute), heute), pk=pk)
    return render(
        request,
        "portal/kommunen/rat.html",
        {
            "pfad": [("Präventionsräte", reverse("kommunen:raete")), (rat.name, "")],
            "ansicht": Ratsansicht(rat),
            "stand": stand_der_angaben([rat]),
            "zeitleiste": zeitleiste_des_rates(rat),
            "quellen": quellen_des_rates(rat),
        },
    )
