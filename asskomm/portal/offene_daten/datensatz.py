"""What a dataset is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from .spalten import Spalte, als_csv, als_json

AUSGEGEBEN_AM = date(2026, 11, 23)
HERAUSGEBER = "Sächsisches Staatsministerium des Innern, Landespräventionsrat Sachsen"
LIZENZ = "Datenlizenz Deutschland – Namensnennung – Version 2.0"
LIZENZ_KURZ = "dl-de/by-2-0"
LIZENZ_ADRESSE = "https://www.govdata.de/dl-de/by-2-0"
LIZENZ_DCAT = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"


@dataclass(frozen=True)
class Format:
    """A file format with its media type and its name in the list of file types of the EU."""

    endung: str
    titel: str
    medientyp: str
    dateityp: str
    beschreibung: str


CSV = Format("csv", "CSV", "text/csv", "CSV", "Tabelle, UTF-8 mit BOM, Trennzeichen Semikolon")
JSON = Format("json", "JSON", "application/json", "JSON", "Für Programme, mit Datenwörterbuch")
GEOJSON = Format(
    "geojson",
    "GeoJSON",
    "application/geo+json",
    "GEOJSON",
    "Für Karten, ein Punkt je Kommune in WGS 84",
)


@dataclass(frozen=True)
class Datensatz:
    """Public records as files.

    `saetze(am)` are the records at the end of the day `am` (Europe/Berlin), `spalten` their
    values. `version` counts up when a column goes or changes its meaning, so that a program can
    rely on an address. `ort(satz)` is latitude and longitude, where the records have a place.
    `modelle` are the tables behind it, by whose history a change is known; `themen` come from the
    list of data themes of the EU. `fremde_quellen` must be named beside the LPR.
    """

    kennung: str
    titel: str
    beschreibung: str
    spalten: tuple[Spalte, ...]
    saetze: Callable[[date], Iterable[Any]]
    modelle: tuple[type[Model], ...]
    themen: tuple[str, ...]
    schlagworte: tuple[str, ...]
    hinweise: tuple[str, ...] = ()
    fremde_quellen: tuple[str, ...] = ()
    ort: Callable[[Any], tuple | None] | None = None
    version: int = 1

    @property
    def formate(self) -> tuple[Format, ...]:
        return (CSV, JSON, GEOJSON) if self.ort else (CSV, JSON)

    @property
    def kopf(self) -> list[str]:
        return [spalte.name for spalte in self.spalten]

    @property
    def schreibweisen(self) -> dict[str, str]:
        """How values are written, by the kinds of its columns."""
        return {str(spalte.typ): spalte.schreibweise for spalte in self.spalten}

    def csv_zeilen(self, saetze: Iterable, am: date) -> Iterator[list[str]]:
        """The cells of the records, one list each."""
        for satz in saetze:
            yield [als_csv(spalte.wert(satz, am)) for spalte in self.spalten]

    def json_objekt(self, satz: Any, am: date) -> dict[str, Any]:
        """The record by column names."""
        return {spalte.name: als_json(spalte.wert(satz, am)) for spalte in self.spalten}

    def get_absolute_url(self) -> str:
        return reverse("portal:datensatz", args=[self.kennung])

    def datei_url(self, endung: str, am: date | None = None) -> str:
        """The file of one day, which keeps its address; without a day that of today."""
        if am is None:
            return reverse("portal:datensatz-aktuell", args=[self.kennung, self.version, endung])
        return reverse(
            "portal:datensatz-datei", args=[self.kennung, self.version, am.isoformat(), endung]
        )

    def woerterbuch_url(self, endung: str) -> str:
        return reverse("portal:datensatz-spalten", args=[self.kennung, self.version, endung])

    @property
    def namensnennung(self) -> str:
        """The line that the licence asks for."""
        teile = [
            f"Landespräventionsrat Sachsen, {self.titel}, {LIZENZ} ({LIZENZ_ADRESSE}), "
            f"{voll(self.get_absolute_url())}",
            *self.fremde_quellen,
        ]
        return "; ".join(teile)


def voll(pfad: str) -> str:
    """The address on the web, which begins with BASE_URL whoever asks under what name."""
    return settings.BASE_URL + pfad
