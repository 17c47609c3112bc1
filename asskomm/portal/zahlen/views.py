"""The figures for any day, each with its definition, its series and the records behind it."""

from datetime import date

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from asskomm.csvausgabe import csv_antwort
from asskomm.formate import euro_ganz, summe, zahl
from asskomm.oeffentlich import oeffentlich
from asskomm.seitenzahlen import blaettere

from ..models import Stand, VeroeffentlichteZahl
from .belege import einheiten, zeilen
from .kennzahlen import KENNZAHLEN, mittel_je_jahr, werte
from .reihen import REIHEN, titel_der_reihe
from .stichtag import lies_stichtag


def _stichtag(request):
    return lies_stichtag(request.GET.get("stichtag"), timezone.localdate())


def _kennzahl_oder_404(schluessel):
    try:
        return KENNZAHLEN[schluessel]
    except KeyError as fehler:
        raise Http404("Diese Kennzahl gibt es nicht.") from fehler


def als_text(kennzahl, wert, mindestwert=False):
    """The value as written on the page: 1.234 or 420.000 €, a minimum as "mehr als …"."""
    return summe(wert, mindestwert, euro_ganz) if kennzahl.in_euro else zahl(wert)


def mit_einheit(kennzahl, wert, mindestwert=False):
    """E.g. 102 Kommunen, 1 Kommune, mehr als 420.000 €."""
    text = als_text(kennzahl, wert, mindestwert)
    if kennzahl.in_euro:
        return text
    return f"{text} {kennzahl.einzahl if wert == 1 else kennzahl.einheit}"


def _reihe(kennzahl, stichtag, jahreswerte):
    """The yearly series as points of the component `zahlenreihe`."""
    tage = kennzahl.jahresenden(stichtag)
    mindestwerte = kennzahl.mindestwerte(tage)
    return [
        {
            "name": kennzahl.jahr(tag) if kennzahl.jahr else tag.year,
            "wert": wert,
            "text": als_text(kennzahl, wert, mindestwert),
            "vorlaeufig": kennzahl.ist_vorlaeufig(tag),
        }
        for tag, wert, mindestwert in zip(tage, jahreswerte, mindestwerte, strict=True)
    ]


def mittel_als_reihe(stichtag):
    """What was granted in each year as points of the component `zahlenreihe`."""
    return [
        {
            "name": jahr,
            "wert": betrag,
            "text": summe(betrag, mindestwert, euro_ganz),
            "vorlaeufig": stichtag < date(jahr, 12, 31),
        }
        for jahr, betrag, mindestwert in mittel_je_jahr(stichtag)
    ]


@oeffentlich
def zahlen(request):
    """All figures of one day. An impossible day gives a notice and today's figures."""
    stichtag = _stichtag(request)
    anfragen = [
        (kennzahl, tag)
        for kennzahl in KENNZAHLEN.values()
        for tag in kennzahl.jahresenden(stichtag.tag)
    ]
    ergebnisse = iter(werte(anfragen))
    abschnitte = []
    for kennzahl in KENNZAHLEN.values():
        jahreswerte = [next(ergebnisse) for _ in kennzahl.jahresenden(stichtag.tag)]
        abschnitte.append(
            {
                "kennzahl": kennzahl,
                "titel": kennzahl.titel_am(stichtag.tag),
                "wert": mit_einheit(
                    kennzahl, jahreswerte[-1], kennzahl.ist_mindestwert(stichtag.tag)
                ),
                "reihe": _reihe(kennzahl, stichtag.tag, jahreswerte)[-12:],
            }
        )
    return render(
        request,
        "portal/zahlen/zahlen.html",
        {
            "pfad": [("Zahlen", "")],
            "stichtag": stichtag,
            "abschnitte": abschnitte,
            "mittel_je_jahr": mittel_als_reihe(stichtag.tag)[-12:],
        },
    )


@oeffentlich
def kennzahl(request, schluessel):
    """One figure: value, definition, published and frozen values, and the list behind it."""
    kennzahl = _kennzahl_oder_404(schluessel)
    stichtag = _stichtag(request)
    blatt = blaettere(einheiten(kennzahl, stichtag.tag), request.GET.get("seite"))
    return render(
        request,
        "portal/zahlen/kennzahl.html",
        {
            "pfad": [("Zahlen", reverse("portal:zahlen")), (kennzahl.titel, "")],
            "kennzahl": kennzahl,
            "titel": kennzahl.titel_am(stichtag.tag),
            "stichtag": stichtag,
            "wert": mit_einheit(
                kennzahl, kennzahl.wert(stichtag.tag), kennzahl.ist_mindestwert(stichtag.tag)
            ),
            "page_obj": blatt.seite,
            "seitenhinweis": blatt.hinweis,
            "zeilen": zeilen(kennzahl, stichtag.tag, blatt.seite.object_list),
            "reihen": _veroeffentlichte_reihen(kennzahl.reihen),
            "staende": Stand.objects.oeffentlich().filter(kennzahl=kennzahl.schluessel),
        },
    )


def _veroeffentlichte_reihen(namen=None):
    """Published values by series, in the order of REIHEN; only `namen` if given."""
    gesucht = VeroeffentlichteZahl.objects.oeffentlich()
    if namen is not None:
        gesucht = gesucht.filter(reihe__in=namen)
    gruppen = {}
    for zahl_ in gesucht:
        gruppen.setdefault(zahl_.reihe, []).append(zahl_)
    reihenfolge = {name: nummer for nummer, name in enumerate(REIHEN)}
    return [
        {"titel": titel_der_reihe(name), "zahlen": sorted(werte_, key=lambda z: z.stichtag)}
        for name, werte_ in sorted(
            gruppen.items(), key=lambda paar: reihenfolge.get(paar[0], len(reihenfolge))
        )
    ]


@oeffentlich
def veroeffentlicht(request):
    """Every figure that a source printed, one table for each definition."""
    return render(
        request,
        "portal/zahlen/veroeffentlicht.html",
        {
            "pfad": [("Zahlen", reverse("portal:zahlen")), ("Veröffentlichte Zahlen", "")],
            "reihen": _veroeffentlichte_reihen(),
        },
    )


@oeffentlich
def kennzahl_csv(request, schluessel):
    """The whole list behind a figure as CSV."""
    kennzahl = _kennzahl_oder_404(schluessel)
    stichtag = _stichtag(request).tag
    return csv_antwort(
        f"{schluessel}-{stichtag.isoformat()}.csv",
        ["stichtag", "bezeichnung", "kommunen", "datum", "anzahl", "betrag_euro", "beispieldaten", "quelle"],
        (
            [
                stichtag.isoformat(),
                beleg.titel,
                beleg.zusatz,
                beleg.datum.iso if beleg.datum else "",
                beleg.anzahl,
                "" if beleg.betrag_euro is None else str(beleg.betrag_euro).replace(".", ","),
                "ja" if beleg.ist_beispiel else "nein",
                beleg.quelle,
            ]
            for beleg in zeilen(kennzahl, stichtag, einheiten(kennzahl, stichtag))
        ),
    )  # fmt: skip


@oeffentlich
def kennzahl_json(request, schluessel):
    """A figure with its definition, its yearly series and the list behind it as JSON."""
    kennzahl = _kennzahl_oder_404(schluessel)
    stichtag = _stichtag(request).tag
    tage = kennzahl.jahresenden(stichtag)
    jahreswerte = werte((kennzahl, tag) for tag in tage)
    mindestwerte = kennzahl.mindestwerte(tage)
    # Counts are numbers; amounts stay texts, since a JSON number would not keep the Cent.
    als_zahl = str if kennzahl.in_euro else int
    return JsonResponse(
        {
            "kennzahl": kennzahl.schluessel,
            "titel": kennzahl.titel_am(stichtag),
            "einheit": kennzahl.einheit,
            "definition": kennzahl.definition,
            "stichtag": stichtag,
            "wert": als_zahl(jahreswerte[-1]),
            "ist_mindestwert": mindestwerte[-1],
            "reihe": [
                {"stichtag": tag, "wert": als_zahl(wert), "ist_mindestwert": mindestwert}
                for tag, wert, mindestwert in zip(tage, jahreswerte, mindestwerte, strict=True)
            ],
            "belege": [
                {
                    "bezeichnung": beleg.titel,
                    "kommunen": beleg.zusatz,
                    "datum": beleg.datum.iso if beleg.datum else None,
                    "anzahl": beleg.anzahl,
                    "betrag_euro": beleg.betrag_euro,
                    "beispieldaten": beleg.ist_beispiel,
                    "quelle": beleg.quelle,
                }
                for beleg in zeilen(kennzahl, stichtag, einheiten(kennzahl, stichtag))
            ],
        },
        json_dumps_params={"ensure_ascii": False},
    )
