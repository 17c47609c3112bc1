"""Open data: what there is, one page for each dataset, the files and the catalogue."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.oeffentlich import oeffentlich

from ..kontext import KONTAKT
from ..zahlen.stichtag import lies_stichtag
from .ausgabe import datei, woerterbuch
from .datensaetze import DATENSAETZE
from .datensatz import CSV, HERAUSGEBER, JSON, LIZENZ, LIZENZ_ADRESSE
from .katalog import FORMEN, katalogtext
from .stand import zuletzt_geaendert


@oeffentlich
@require_safe
def daten(request):
    """All datasets with their files of today."""
    geaendert = zuletzt_geaendert(DATENSAETZE.values())
    return render(
        request,
        "portal/offene_daten/daten.html",
        {
            "pfad": [("Offene Daten", "")],
            "eintraege": [
                {
                    "datensatz": datensatz,
                    "geaendert": geaendert[datensatz.kennung],
                    "dateien": _dateien(datensatz),
                }
                for datensatz in DATENSAETZE.values()
            ],
            "kataloge": _kataloge(),
            "lizenz": LIZENZ,
            "lizenz_adresse": LIZENZ_ADRESSE,
        },
    )


@oeffentlich
@require_safe
def datensatz(request, kennung):
    """One dataset: what it holds, its columns, its files of any day."""
    datensatz = _datensatz_oder_404(kennung)
    return _seite(
        request, datensatz, lies_stichtag(request.GET.get("stichtag"), timezone.localdate())
    )


@oeffentlich
@require_safe
def datensatz_aktuell(request, kennung, version, endung):
    """The file of today."""
    datensatz = _datensatz_oder_404(kennung, version)
    return datei(datensatz, _format_oder_404(datensatz.formate, endung), timezone.localdate())


@oeffentlich
@require_safe
def datensatz_datei(request, kennung, version, stichtag, endung):
    """The file of a day. What cannot be answered is a 404 that says why and what there is."""
    datensatz = _datensatz_oder_404(kennung, version)
    form = _format_oder_404(datensatz.formate, endung)
    gelesen = lies_stichtag(stichtag, timezone.localdate())
    if gelesen.hinweis:
        return _seite(request, datensatz, gelesen, status=404)
    return datei(datensatz, form, gelesen.tag)


@oeffentlich
@require_safe
def datensatz_spalten(request, kennung, version, endung):
    """The data dictionary."""
    datensatz = _datensatz_oder_404(kennung, version)
    return woerterbuch(datensatz, _format_oder_404((CSV, JSON), endung))


@oeffentlich
@require_safe
def katalog(request, endung):
    """The catalogue for data portals."""
    if endung not in FORMEN:
        raise Http404("Den Katalog gibt es nicht in diesem Format.")
    text = katalogtext(endung, zuletzt_geaendert(DATENSAETZE.values()))
    return HttpResponse(text, content_type=FORMEN[endung][1])


def _seite(request, datensatz, stichtag, status=200):
    return render(
        request,
        "portal/offene_daten/datensatz.html",
        {
            "pfad": [("Offene Daten", reverse("portal:daten")), (datensatz.titel, "")],
            "datensatz": datensatz,
            "stichtag": stichtag,
            "dateien": _dateien(datensatz, stichtag.tag),
            "aktuelle": _dateien(datensatz),
            "woerterbuecher": [
                {"titel": form.titel, "url": datensatz.woerterbuch_url(form.endung)}
                for form in (CSV, JSON)
            ],
            "geaendert": zuletzt_geaendert([datensatz])[datensatz.kennung],
            "herausgeber": HERAUSGEBER,
            "lizenz": LIZENZ,
            "lizenz_adresse": LIZENZ_ADRESSE,
            "kontakt": KONTAKT,
            "kataloge": _kataloge(),
        },
        status=status,
    )


def _dateien(datensatz, am=None):
    return [
        {
            "titel": form.titel,
            "beschreibung": form.beschreibung,
            "medientyp": form.medientyp,
            "url": datensatz.datei_url(form.endung, am),
        }
        for form in datensatz.formate
    ]


def _kataloge():
    return [
        {
            "titel": titel,
            "medientyp": FORMEN[endung][1].partition(";")[0],
            "url": reverse("portal:katalog", args=[endung]),
        }
        for endung, titel in (("jsonld", "JSON-LD"), ("rdf", "RDF/XML"))
    ]


def _datensatz_oder_404(kennung, version=None):
    datensatz = DATENSAETZE.get(kennung)
    if datensatz is None or version not in (None, datensatz.version):
        raise Http404("Diesen Datensatz gibt es nicht.")
    return datensatz


def _format_oder_404(formate, endung):
    for form in formate:
        if form.endung == endung:
            return form
    raise Http404("Dieses Format gibt es nicht.")
