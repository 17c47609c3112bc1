"""The dataset of the Kommunen; the list under /kommunen/ is downloaded with the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from kommunen.models import (
    Kommune,
    Kooperationsvereinbarung,
    Kreis,
    Modellkommune,
    Praeventionsrat,
    Ratszustand,
)
from kommunen.stammdaten import GEBIETSSTAND, QUELLE

from ..kommunen.auswahl import Auswahl
from ..kommunen.bausteine import BAUSTEINE, Beteiligung, beteiligungen
from .datensatz import Datensatz, voll
from .spalten import Spalte, Typ

BKG = (
    "Koordinaten: © BKG 2025 dl-de/by-2-0 (Daten verändert), Datenquellen: "
    "https://sgx.geodatenzentrum.de/web_public/gdz/datenquellen/datenquellen_vg_nuts.pdf"
)


@dataclass(frozen=True)
class Kommunenzeile:
    kommune: Kommune
    beteiligung: Beteiligung


def kommunenzeilen(kommunen: Iterable[Kommune], am: date) -> Iterator[Kommunenzeile]:
    """The Kommunen with what they take part in; read them with `kreis__polizeidirektion`."""
    teilnahme = beteiligungen(am)
    for kommune in kommunen:
        yield Kommunenzeile(kommune, teilnahme.get(kommune.pk, Beteiligung()))


def _saetze(am):
    kommunen = Auswahl(alle=True).kommunen(am).select_related("kreis__polizeidirektion")
    return kommunenzeilen(kommunen, am)


def _vom_kreis(lies):
    return lambda zeile, am: lies(zeile.kommune.kreis) if zeile.kommune.kreis else None


def _ort(zeile):
    kommune = zeile.kommune
    if kommune.breite is None or kommune.laenge is None:
        return None
    return kommune.breite, kommune.laenge


def _baustein(baustein):
    return Spalte(
        baustein.schluessel,
        Typ.JA_NEIN,
        f"Ob die Kommune am Stichtag dieses Merkmal hat: {baustein.titel}.",
        lambda zeile, am: baustein in zeile.beteiligung.bausteine,
    )


KOMMUNEN = Datensatz(
    kennung="kommunen",
    titel="Kommunen und ihre Beteiligung am Programm",
    beschreibung=(
        "Alle Städte und Gemeinden in Sachsen und die Landkreise und Verbünde, die mitmachen: "
        "mit Amtlichem Gemeindeschlüssel, Kreis, Lage und dem Stand im Programm ASSKomm."
    ),
    spalten=(
        Spalte("ags", Typ.TEXT, "Amtlicher Gemeindeschlüssel, acht Ziffern. Verbünde haben keinen.",
               lambda z, am: z.kommune.ags),
        Spalte("kennung", Typ.TEXT, "Kennung im Portal: der AGS, bei Verbünden ihr Schlüssel oder Kürzel.",
               lambda z, am: z.kommune.kennung),
        Spalte("name", Typ.TEXT, "Name, mit Zusatz, wo es ihn mehrmals gibt.",
               lambda z, am: z.kommune.name_eindeutig),
        Spalte("name_sorbisch", Typ.TEXT, "Sorbischer Name, wo es ihn gibt.",
               lambda z, am: z.kommune.name_sorbisch),
        Spalte("art", Typ.TEXT, "Art der Kommune, zum Beispiel Große Kreisstadt.",
               lambda z, am: z.kommune.get_art_display()),
        Spalte("kreis_ags", Typ.TEXT, "Schlüssel des Landkreises oder der Kreisfreien Stadt, fünf Ziffern.",
               _vom_kreis(lambda kreis: kreis.ags)),
        Spalte("kreis", Typ.TEXT, "Landkreis oder Kreisfreie Stadt.",
               _vom_kreis(lambda kreis: kreis.name)),
        Spalte("polizeidirektion", Typ.TEXT, "Zuständige Polizeidirektion.",
               _vom_kreis(lambda kreis: kreis.polizeidirektion.name)),
        Spalte("plz", Typ.TEXT, "Postleitzahl des Verwaltungssitzes.",
               lambda z, am: z.kommune.plz),
        Spalte("einwohner", Typ.GANZE_ZAHL, "Einwohner am Tag in einwohner_stand.",
               lambda z, am: z.kommune.einwohner),
        Spalte("flaeche_km2", Typ.DEZIMALZAHL, "Fläche in Quadratkilometern.",
               lambda z, am: z.kommune.flaeche_km2),
        Spalte("einwohner_stand", Typ.TAG, "Stand von Einwohnern und Fläche.",
               lambda z, am: z.kommune.zahlen_stand),
        Spalte("breite", Typ.DEZIMALZAHL, "Geografische Breite eines Punkts im Gebiet, WGS 84, Grad.",
               lambda z, am: z.kommune.breite),
        Spalte("laenge", Typ.DEZIMALZAHL, "Geografische Länge dieses Punkts, WGS 84, Grad.",
               lambda z, am: z.kommune.laenge),
        *map(_baustein, BAUSTEINE),
        Spalte("beispieldaten", Typ.JA_NEIN, "Ob eine Angabe zum Programm erfunden ist.",
               lambda z, am: z.beteiligung.aus_beispielen),
        Spalte("stand", Typ.TAG, "Stichtag der Angaben zum Programm.", lambda z, am: am),
        Spalte("quelle_stammdaten", Typ.TEXT, "Quelle von Name, Schlüssel, Einwohnern und Fläche.",
               lambda z, am: z.kommune.quelle),
        Spalte("adresse", Typ.ADRESSE, "Seite der Kommune in diesem Portal.",
               lambda z, am: voll(z.kommune.get_absolute_url())),
    ),
    saetze=_saetze,
    modelle=(
        Kommune, Kreis, Praeventionsrat, Ratszustand, Kooperationsvereinbarung, Modellkommune,
        Coaching, Sicherheitsanalyse, Zuwendung, Beratung,
    ),
    themen=("GOVE", "JUST", "REGI"),
    schlagworte=("Kommunen", "Gemeinden", "Kriminalprävention", "ASSKomm", "AGS"),
    hinweise=(
        "Name, Art, Einwohner, Fläche und Koordinaten sind die zuletzt eingespielten amtlichen "
        "Angaben, auch in Dateien früherer Stichtage. Den Stand im Programm und den "
        "Gebietsstand gibt jede Datei für ihren Stichtag wieder.",
        "Landkreise und Verbünde haben keine Koordinaten. In GeoJSON ist ihr Ort leer.",
    ),
    fremde_quellen=(
        f"{QUELLE.format(GEBIETSSTAND)}; Einwohner und Fläche: Stand in der Datei",
        BKG,
    ),
    ort=_ort,
)  # fmt: skip
