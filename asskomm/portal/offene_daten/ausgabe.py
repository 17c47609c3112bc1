"""The files: a dataset of one day as CSV, JSON and GeoJSON, and its data dictionary.

A file is made whole, because its ETag is the hash of it (`asskomm.oeffentlich`); the records
behind it are read one after the other.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from asskomm.beispielmarke import BEISPIELMARKE
from asskomm.csvausgabe import csv_antwort

from .datensatz import CSV, GEOJSON, JSON, LIZENZ, LIZENZ_ADRESSE, Datensatz, Format, voll

MARKE = f"-{BEISPIELMARKE.lower()}"


def datei(datensatz: Datensatz, form: Format, am: date) -> HttpResponse:
    """The file of the end of the day `am`."""
    schreibe = {CSV: _csv, JSON: _json, GEOJSON: _geojson}[form]
    return schreibe(datensatz, am)


def woerterbuch(datensatz: Datensatz, form: Format) -> HttpResponse:
    """The data dictionary: one row for each column."""
    eintraege = _woerterbuch(datensatz)
    if form is CSV:
        name = f"{datensatz.kennung}-v{datensatz.version}-spalten.csv"
        return csv_antwort(name, list(eintraege[0]), (e.values() for e in eintraege))
    return _als_json({**_angaben(datensatz), "spalten": eintraege}, JSON)


def _woerterbuch(datensatz):
    return [
        {
            "spalte": spalte.name,
            "art": str(spalte.typ),
            "schreibweise": spalte.schreibweise,
            "bedeutung": spalte.bedeutung,
        }
        for spalte in datensatz.spalten
    ]


def _angaben(datensatz):
    return {
        "datensatz": datensatz.kennung,
        "titel": datensatz.titel,
        "version": datensatz.version,
        "lizenz": LIZENZ,
        "lizenz_adresse": LIZENZ_ADRESSE,
        "namensnennung": datensatz.namensnennung,
        "adresse": voll(datensatz.get_absolute_url()),
        "beispieldaten": settings.BEISPIELDATEN,
    }


def _csv(datensatz, am):
    marke = MARKE if settings.BEISPIELDATEN else ""
    return csv_antwort(
        f"{datensatz.kennung}-v{datensatz.version}-{am.isoformat()}{marke}.csv",
        datensatz.kopf,
        datensatz.csv_zeilen(datensatz.saetze(am), am),
    )


def _json(datensatz, am):
    return _als_json(
        {
            **_angaben(datensatz),
            "stand": am.isoformat(),
            "spalten": _woerterbuch(datensatz),
            "zeilen": [datensatz.json_objekt(satz, am) for satz in datensatz.saetze(am)],
        },
        JSON,
    )


def _geojson(datensatz, am):
    """A FeatureCollection (RFC 7946): longitude before latitude, null where a place is missing."""
    return _als_json(
        {
            "type": "FeatureCollection",
            **_angaben(datensatz),
            "stand": am.isoformat(),
            "features": [
                {
                    "type": "Feature",
                    "geometry": _punkt(datensatz.ort(satz)),
                    "properties": datensatz.json_objekt(satz, am),
                }
                for satz in datensatz.saetze(am)
            ],
        },
        GEOJSON,
    )


def _punkt(ort):
    if ort is None:
        return None
    breite, laenge = ort
    return {"type": "Point", "coordinates": [float(laenge), float(breite)]}


def _als_json(inhalt, form):
    return JsonResponse(
        inhalt, content_type=form.medientyp, json_dumps_params={"ensure_ascii": False}
    )
