"""The official data: who there is in Saxony, from the directory of the Destatis and the BKG's map."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

from .abgleich import Abgleich, Soll
from .einlesen import (
    Fehlerliste,
    Tabelle,
    Zeile,
    dezimalzahl,
    eines_von,
    ganze_zahl,
    gemeindeschluessel,
    ja_nein,
    kreisschluessel,
    kurztext,
    pflichttext,
    tag,
    text,
    verbandsschluessel,
    wenn_angegeben,
    ziffern,
)
from .kartendaten import Karte, lies_karte
from .models import Kartenflaeche, Kartenlinie, Kommune, Kreis, Polizeidirektion

ORDNER = Path(__file__).resolve().parent / "daten"
GEBIETSSTAND = "30.06.2026"
QUELLE = "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis GV-ISys, Gebietsstand {}"

Art = Kommune.Art
GEMEINDEART = {
    str(art.label): art
    for art in (Art.KREISFREIE_STADT, Art.GROSSE_KREISSTADT, Art.STADT, Art.GEMEINDE)
}
VERBANDSART = {str(art.label): art for art in (Art.VERWALTUNGSGEMEINSCHAFT, Art.VERWALTUNGSVERBAND)}
ERLOESCHEN = ("Neubildung", "Eingliederung")
AENDERUNGEN = (*ERLOESCHEN, "Statusänderung", "Namensänderung")
POLIZEIDIREKTIONEN = ("Chemnitz", "Dresden", "Görlitz", "Leipzig", "Zwickau")

KREISE = Tabelle(
    "kreise_sachsen.csv",
    {
        "ags": kreisschluessel,
        "name": kurztext(80),
        "name_amtlich": pflichttext,
        "art": eines_von({"Landkreis": False, "Kreisfreie Stadt": True}),
        "verwaltungssitz": kurztext(80),
        "polizeidirektion": eines_von({name: name for name in POLIZEIDIREKTIONEN}),
        "anzahl_gemeinden": ganze_zahl,
        "einwohner": ganze_zahl,
        "einwohner_stichtag": tag,
        "flaeche_km2": dezimalzahl,
    },
    eindeutig=("ags",),
)
VERBAENDE = Tabelle(
    "verbaende_sachsen.csv",
    {
        "schluessel": verbandsschluessel,
        "name": kurztext(80),
        "art": eines_von(VERBANDSART),
        "kreis_ags": kreisschluessel,
        "anzahl_gemeinden": ganze_zahl,
        "einwohner": ganze_zahl,
    },
    eindeutig=("schluessel",),
)
GEMEINDEN = Tabelle(
    "gemeinden_sachsen.csv",
    {
        "ags": gemeindeschluessel,
        "ars": ziffern(12, "14"),
        "name": kurztext(120),
        "name_amtlich": kurztext(200),
        "name_sorbisch": text,
        "zusatz": text,
        "art": eines_von(GEMEINDEART),
        "kreis_ags": kreisschluessel,
        "kreis": pflichttext,
        "verband_schluessel": wenn_angegeben(verbandsschluessel),
        "verband": text,
        "verband_art": text,
        "einwohner": ganze_zahl,
        "einwohner_stichtag": tag,
        "flaeche_km2": dezimalzahl,
        "plz": ziffern(5),
        "plz_mehrere": ja_nein,
        "lat": dezimalzahl,
        "lon": dezimalzahl,
        "innen_lat": dezimalzahl,
        "innen_lon": dezimalzahl,
    },
    eindeutig=("ags",),
)
GEBIETSAENDERUNGEN = Tabelle(
    "gebietsaenderungen.csv",
    {
        "datum": wenn_angegeben(tag),
        "zeitraum_von": wenn_angegeben(tag),
        "zeitraum_bis": wenn_angegeben(tag),
        "art": eines_von({art: art for art in AENDERUNGEN}),
        "ags_alt": gemeindeschluessel,
        "name_alt": kurztext(120),
        "ags_neu": gemeindeschluessel,
        "name_neu": pflichttext,
        "kreis_ags": kreisschluessel,
        "anmerkung": text,
        "quelle": pflichttext,
    },
    eindeutig=("ags_alt", "art", "datum", "zeitraum_bis"),
)


def importiere(abgleich: Abgleich, ordner: Path) -> None:
    """Bring Polizeidirektionen, Kreise, Kommunen and map to the state of the files.

    What staff know earlier or better stays: a merger that the directory does not name yet, a
    deleted Kommune. Whatever belongs to a deleted Kommune stays away with it.
    """
    fehler = abgleich.fehler
    daten = _Dateien(ordner, fehler)
    fehler.pruefe()
    direktionen = abgleich.gleiche_ab(
        Polizeidirektion.objects.all(), "name", daten.polizeidirektionen(), vollstaendig=True
    )
    kreise = abgleich.gleiche_ab(
        Kreis.objects.all(), "ags", daten.kreise(direktionen), vollstaendig=True
    )
    gemeinden = abgleich.gleiche_ab(
        Kommune.objects.filter(ags__isnull=False),
        "ags",
        [*daten.gemeinden(kreise), *daten.landkreise(kreise)],
    )
    abgleich.gleiche_ab(
        Kommune.objects.filter(ags__isnull=False), "ags", daten.erloschene(kreise, gemeinden)
    )
    abgleich.gleiche_ab(
        Kommune.objects.filter(verbandsschluessel__isnull=False),
        "verbandsschluessel",
        daten.verbaende(kreise, gemeinden),
        vollstaendig=True,
    )
    _importiere_karte(abgleich, daten.karte, kreise, gemeinden)


# A body that the directory lists exists; staff who know better have the last word.
_BESTEHT = {"gueltig_bis": None, "nachfolger": None}


class _Dateien:
    """The files of one folder, read and checked against each other."""

    def __init__(self, ordner: Path, fehler: Fehlerliste):
        self.fehler = fehler
        self._kreise = KREISE.lies(ordner, fehler)
        self._gemeinden = GEMEINDEN.lies(ordner, fehler)
        self._verbaende = VERBAENDE.lies(ordner, fehler)
        self._aenderungen = GEBIETSAENDERUNGEN.lies(ordner, fehler)
        self.karte: Karte | None = lies_karte(ordner, fehler)
        fehler.pruefe()
        self._pruefe_verweise()
        self._pruefe_summen()
        self._pruefe_karte()

    def polizeidirektionen(self):
        erste = {zeile["polizeidirektion"]: zeile for zeile in reversed(self._kreise)}
        return [Soll(name, {}, zeile) for name, zeile in sorted(erste.items())]

    def kreise(self, direktionen):
        for zeile in self._kreise:
            felder = {
                "name": zeile["name"],
                "kreisfrei": zeile["art"],
                "verwaltungssitz": zeile["verwaltungssitz"],
                "polizeidirektion": direktionen[zeile["polizeidirektion"]],
            }
            yield Soll(zeile["ags"], felder, zeile)

    def gemeinden(self, kreise):
        mehrfach = Counter(zeile["name"] for zeile in self._gemeinden)
        neu_seit = {
            zeile["ags_neu"]: zeile["datum"]
            for zeile in self._aenderungen
            if zeile["art"] == "Neubildung"
        }
        for zeile in self._gemeinden:
            if (kreis := kreise.get(zeile["kreis_ags"])) is None:
                continue
            name = zeile["name"]
            felder = {
                "art": zeile["art"],
                "ars": zeile["ars"],
                "name": name,
                "name_eindeutig": f"{name} ({kreis.name})" if mehrfach[name] > 1 else name,
                "name_amtlich": zeile["name_amtlich"],
                "name_sorbisch": zeile["name_sorbisch"],
                "kreis": kreis,
                "plz": zeile["plz"],
                "plz_mehrere": zeile["plz_mehrere"],
                "breite": zeile["innen_lat"],
                "laenge": zeile["innen_lon"],
                "gueltig_von": neu_seit.get(zeile["ags"]),
                **_BESTEHT,
                **_zahlen(zeile, zeile["einwohner_stichtag"]),
            }
            yield Soll(zeile["ags"], felder, zeile)

    def landkreise(self, kreise):
        """A Landkreis takes part like a Gemeinde; its AGS are the five digits of the Kreis and 000."""
        for zeile in self._kreise:
            kreis = kreise.get(zeile["ags"])
            if zeile["art"] or kreis is None:
                continue
            felder = {
                "art": Art.LANDKREIS,
                "name": zeile["name"],
                "name_eindeutig": zeile["name"],
                "name_amtlich": zeile["name"],
                "kreis": kreis,
                **_BESTEHT,
                **_zahlen(zeile, zeile["einwohner_stichtag"]),
            }
            yield Soll(f"{zeile['ags']}000", felder, zeile)

    def erloschene(self, kreise, gemeinden):
        """Gemeinden that were merged since 2019; they keep their last day and their successor."""
        for zeile in self._aenderungen:
            kreis, nachfolger = kreise.get(zeile["kreis_ags"]), gemeinden.get(zeile["ags_neu"])
            if zeile["art"] not in ERLOESCHEN or kreis is None or nachfolger is None:
                continue
            gross = "Große Kreisstadt" in zeile["anmerkung"]
            felder = {
                "art": Art.GROSSE_KREISSTADT if gross else Art.GEMEINDE,
                "name": zeile["name_alt"],
                "name_eindeutig": zeile["name_alt"],
                "name_amtlich": zeile["name_alt"],
                "kreis": kreis,
                "gueltig_bis": zeile["datum"] - timedelta(days=1),
                "nachfolger": nachfolger,
                "quelle": zeile["quelle"],
            }
            yield Soll(zeile["ags_alt"], felder, zeile)

    def verbaende(self, kreise, gemeinden):
        for zeile in self._verbaende:
            if (kreis := kreise.get(zeile["kreis_ags"])) is None:
                continue
            mitglieder = self._mitglieder[zeile["schluessel"]]
            name = f"{zeile['art'].label} {zeile['name']}"
            flaeche = sum(mitglied["flaeche_km2"] for mitglied in mitglieder)
            felder = {
                "art": zeile["art"],
                "name": name,
                "name_eindeutig": name,
                "name_amtlich": name,
                "kreis": kreis,
                **_zahlen(zeile, mitglieder[0]["einwohner_stichtag"], flaeche),
            }
            kinder = [
                {"mitglied": gemeinden[mitglied["ags"]], "von": None, "bis": None}
                for mitglied in mitglieder
                if mitglied["ags"] in gemeinden
            ]
            yield Soll(zeile["schluessel"], felder, zeile, kinder={"mitgliedschaften": kinder})

    def _pruefe_verweise(self):
        kreise = {zeile["ags"] for zeile in self._kreise}
        verbaende = {zeile["schluessel"] for zeile in self._verbaende}
        gemeinden = {zeile["ags"] for zeile in self._gemeinden}
        for zeile in [*self._gemeinden, *self._verbaende, *self._aenderungen]:
            if zeile["kreis_ags"] not in kreise:
                self._unbekannt(zeile, "kreis_ags", "Kreis")
        for zeile in self._gemeinden:
            verband = zeile["verband_schluessel"]
            if verband and verband not in verbaende:
                self._unbekannt(zeile, "verband_schluessel", "Verband")
            if zeile["ags"][:5] != zeile["kreis_ags"]:
                self.fehler.melde(zeile, "kreis_ags", "Passt nicht zum Anfang des AGS.")
        for zeile in self._aenderungen:
            if zeile["ags_neu"] not in gemeinden:
                self._unbekannt(zeile, "ags_neu", "Gemeinde")
            if zeile["art"] not in ERLOESCHEN:
                continue
            if zeile["datum"] is None:
                self.fehler.melde(zeile, "datum", "Das Wirkungsdatum fehlt.")
            if zeile["ags_alt"] in gemeinden:
                grund = "Dieser AGS ist erloschen, steht aber noch in gemeinden_sachsen.csv."
                self.fehler.melde(zeile, "ags_alt", grund)

    def _unbekannt(self, zeile: Zeile, spalte, wort):
        self.fehler.melde(zeile, spalte, f"{wort} {zeile[spalte]} fehlt in den Dateien.")

    def _pruefe_summen(self):
        """The directory gives sums too; a Gemeinde left out or read twice shows there."""
        self._mitglieder = defaultdict(list)
        for zeile in self._gemeinden:
            self._mitglieder[zeile["kreis_ags"]].append(zeile)
            self._mitglieder[zeile["verband_schluessel"]].append(zeile)
        for zeile in [*self._kreise, *self._verbaende]:
            schluessel = zeile["ags"] if "ags" in zeile.werte else zeile["schluessel"]
            gemeinden = self._mitglieder[schluessel]
            einwohner = sum(gemeinde["einwohner"] for gemeinde in gemeinden)
            for spalte, summe in [("anzahl_gemeinden", len(gemeinden)), ("einwohner", einwohner)]:
                if zeile[spalte] != summe:
                    grund = f"{zeile[spalte]}, in gemeinden_sachsen.csv sind es {summe}."
                    self.fehler.melde(zeile, spalte, grund)

    def _pruefe_karte(self):
        for zeilen, flaechen in [
            (self._gemeinden, self.karte.gemeinden),
            (self._kreise, self.karte.kreise),
        ]:
            for zeile in zeilen:
                if zeile["ags"] not in flaechen:
                    grund = f"Zu {zeile['name']} fehlt die Fläche in {self.karte.zeile.datei}."
                    self.fehler.melde(zeile, "ags", grund)
            for ags in sorted(flaechen.keys() - {zeile["ags"] for zeile in zeilen}):
                grund = f"Die Fläche {ags} gehört zu keiner Gemeinde und keinem Kreis."
                self.fehler.melde(self.karte.zeile, "", grund)


def _zahlen(zeile, stichtag, flaeche=None):
    """Population and area with their day, and the source line that names it."""
    return {
        "einwohner": zeile["einwohner"],
        "flaeche_km2": zeile["flaeche_km2"] if flaeche is None else flaeche,
        "zahlen_stand": stichtag,
        "quelle": f"{QUELLE.format(GEBIETSSTAND)}; Einwohner und Fläche: {stichtag:%d.%m.%Y}",
    }


def _importiere_karte(abgleich, karte, kreise, gemeinden):
    for feld, flaechen, orte in [
        ("kommune_id", karte.gemeinden, gemeinden),
        ("kreis_id", karte.kreise, kreise),
    ]:
        abgleich.gleiche_ab(
            Kartenflaeche.objects.filter(**{f"{feld}__isnull": False}),
            feld,
            [
                Soll(orte[ags].pk, vars(flaeche), karte.zeile)
                for ags, flaeche in flaechen.items()
                if ags in orte
            ],
            vollstaendig=True,
            entfernen=True,
        )
    abgleich.gleiche_ab(
        Kartenlinie.objects.all(),
        "art",
        [Soll(art, {"pfad": pfad}, karte.zeile) for art, pfad in karte.linien.items()],
        vollstaendig=True,
        entfernen=True,
    )
