"""Each value of a dataset stands on the page that the portal shows for it."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.utils.html import escape

from asskomm.formate import euro, zahl
from asskomm.portal.kommunen.bausteine import BAUSTEINE
from asskomm.portal.zahlen.kennzahlen import KENNZAHLEN
from kommunen.zeitangabe import Zeitangabe
from tests.factories import (
    make_beratung,
    make_durchgang,
    make_kommune,
    make_kurs,
    make_rat,
    make_ratszustand,
    make_vereinbarung,
    make_veroeffentlichte_zahl,
    make_zuwendung,
)

from .lesen import lies_csv, zeilen

pytestmark = pytest.mark.django_db


def text(client, adresse):
    """The words of a page, without the elements and with single blanks."""
    inhalt = client.get(adresse.removeprefix("http://testserver")).text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inhalt)).split())


def deutsch(iso):
    return str(Zeitangabe.lies(iso))


def test_a_kommune(client):
    kommune = make_kommune(
        ags="14522080", name="Döbeln", plz="04720", einwohner=23456, flaeche_km2=Decimal("91.64"),
        zahlen_stand=date(2024, 12, 31),
    )  # fmt: skip
    make_rat(kommunen=[kommune])
    make_vereinbarung(kommunen=[kommune])
    (zeile,) = zeilen(client, "kommunen")
    seite = text(client, zeile["adresse"])
    for wert in (
        zeile["name"], zeile["art"], zeile["kreis"], zeile["polizeidirektion"], zeile["plz"],
        zahl(int(zeile["einwohner"])), zeile["flaeche_km2"], zeile["quelle_stammdaten"],
    ):  # fmt: skip
        assert wert in seite
    assert zeile["adresse"] == f"http://testserver/kommunen/{zeile['ags']}/"
    # The chips of the list are the words of the columns.
    liste = client.get("/kommunen/").text
    treffer = liste[liste.index("assk-treffer") : liste.index("</main>")]
    for baustein in BAUSTEINE:
        assert (f">{escape(baustein.titel)}<" in treffer) == (zeile[baustein.schluessel] == "ja")


def test_the_list_of_the_kommunen_has_the_same_rows(client):
    make_rat(kommunen=[make_kommune(), make_kommune()])
    make_beratung()
    make_kommune(name="Abseits")
    liste = lies_csv(client.get("/kommunen/kommunen.csv?umfang=alle"))
    assert liste == zeilen(client, "kommunen")


def test_a_council(client):
    kommunen = [make_kommune(name="Flöha"), make_kommune(name="Leubsdorf")]
    rat = make_rat(kommunen=kommunen, name="Präventionsrat Flöha", aktiv_seit=None)
    make_ratszustand(rat=rat, von="2020-05", zustand="ruhend")
    make_rat(aktiv_seit=None)
    (zeile,) = zeilen(client, "praeventionsraete")
    seite = text(client, zeile["adresse"])
    assert zeile["kommunen"] == "Flöha | Leubsdorf"
    assert zeile["kommunen_kennungen"] == " | ".join(kommune.ags for kommune in kommunen)
    for wert in (zeile["name"], *zeile["kommunen"].split(" | "), zeile["zustand"], zeile["quelle"]):
        assert wert in seite
    assert f"ruht seit {deutsch(zeile['zustand_seit'])}" in seite


def test_an_agreement(client):
    kommune = make_kommune()
    make_vereinbarung(
        kommunen=[kommune], bezeichnung="Bündnis Müglitz", laufende_nummer=30, form="video",
        unterzeichnet_am="2020-11", ende_am="2024-12-31",
    )  # fmt: skip
    (zeile,) = zeilen(client, "vereinbarungen")
    seite = text(client, kommune.get_absolute_url())
    for wert in (
        zeile["art"], zeile["bezeichnung"], f"{zeile['laufende_nummer']}.", zeile["form"],
        deutsch(zeile["unterzeichnet_am"]), deutsch(zeile["beendet_am"]), zeile["quelle"],
    ):  # fmt: skip
        assert wert in seite


def test_every_figure_and_its_whole_series(client):
    make_rat()
    make_beratung()
    make_zuwendung()
    make_zuwendung(betrag_euro=None, bewilligt_am="2023-01-01", herkunft="programmdaten")
    gelesen = zeilen(client, "kennzahlen", "2024-06-30")
    for kennzahl in KENNZAHLEN.values():
        json = client.get(f"/zahlen/{kennzahl.schluessel}.json?stichtag=2024-06-30").json()
        eigene = [zeile for zeile in gelesen if zeile["kennzahl"] == kennzahl.schluessel]
        assert [
            (z["stichtag"], z["wert"], z["ist_mindestwert"] == "ja") for z in eigene
        ] == [
            (punkt["stichtag"], str(punkt["wert"]).replace(".", ","), punkt["ist_mindestwert"])
            for punkt in json["reihe"]
        ]  # fmt: skip
        assert {zeile["definition"] for zeile in eigene} == {json["definition"]}
        assert eigene[-1]["titel"] == json["titel"]
        assert eigene[-1]["einheit"] == json["einheit"]
        assert client.get(eigene[0]["quelle"].removeprefix("http://testserver")).status_code == 200


def test_a_printed_figure(client):
    make_veroeffentlichte_zahl(
        wert=Decimal("420000"), einheit="Euro", reihe="foerdermittel_bewilligt_kumuliert",
        ist_mindestwert=True, beschreibung="mehr als 420.000 Euro für Kommunen", stichtag="2021-02",
    )  # fmt: skip
    (zeile,) = zeilen(client, "veroeffentlichte-zahlen")
    seite = text(client, "/zahlen/veroeffentlicht/")
    assert (zeile["wert"], zeile["ist_mindestwert"]) == ("420000", "ja")
    for wert in (
        zeile["titel"], zahl(Decimal(zeile["wert"])), zeile["definition"], zeile["quelle"],
        deutsch(zeile["stichtag"]),
    ):  # fmt: skip
        assert wert in seite


def test_a_grant(client):
    make_zuwendung(
        kommune=make_kommune(name="Großenhain"), titel="Schöne Straßen",
        betrag_euro=Decimal("21150.50"), bewilligt_am="2020-07",
    )  # fmt: skip
    (zeile,) = zeilen(client, "zuwendungen")
    seite = text(client, "/projekte/")
    for wert in (
        zeile["empfaengerin"], zeile["vorhaben"], zeile["foerderjahr"], zeile["quelle"],
        euro(Decimal(zeile["betrag_euro"].replace(",", "."))).replace("\N{NO-BREAK SPACE}", " "),
        deutsch(zeile["bewilligt_am"]),
    ):  # fmt: skip
        assert wert in seite


def test_a_course(client):
    make_kurs(plaetze=12, bezeichnung="Frühjahr", anmeldung_ab="2026-01-01")
    make_durchgang(bezeichnung="früherer", beginn="2020-01-17")
    frueher, zeile = zeilen(client, "lehrgaenge")
    seite = text(client, zeile["adresse"])
    for wert in (zeile["lehrgang"], zeile["durchgang"], deutsch(zeile["anmeldung_bis"])):
        assert wert in seite
    assert zeile["kurstage"] == str(client.get(zeile["adresse"].removeprefix("http://testserver"))
                                    .text.count('data-titel="Modul"'))  # fmt: skip
    assert (frueher["durchgang"], frueher["adresse"]) == ("früherer", "")


def test_a_csv_survives_hostile_words(client):
    """Quotes, semicolons and line breaks stay in their cell."""
    titel = 'Licht; "sehen" und; gesehen werden'
    make_zuwendung(titel=titel, quelle="Bescheid\nSeite 2")
    antwort = client.get("/daten/zuwendungen/v1/aktuell.csv")
    reihen = list(
        csv.reader(io.StringIO(antwort.content.decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert len(reihen) == 2
    assert titel in reihen[1]
    assert "Bescheid\nSeite 2" in reihen[1]
