"""Every dataset: the file opens in a spreadsheet, its dictionary fits, all formats say the same."""

from datetime import date
from decimal import Decimal

import pytest

from asskomm.portal.offene_daten.datensaetze import DATENSAETZE
from asskomm.portal.offene_daten.spalten import Typ
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_beratung,
    make_kommune,
    make_kurs,
    make_rat,
    make_vereinbarung,
    make_veroeffentlichte_zahl,
    make_zuwendung,
)

from .lesen import datei, lies_csv, lies_json, wie_csv, zeilen

pytestmark = pytest.mark.django_db
ALLE = list(DATENSAETZE)


def make_alles(**felder):
    """A record of each dataset about one Kommune, with umlauts wherever there are words."""
    kommune = make_kommune(
        ags="14522080", name="Döbeln", plz="04720", einwohner=23456, zahlen_stand=date(2024, 12, 31),
        flaeche_km2=Decimal("91.64"), breite=Decimal("51.12345"), laenge=Decimal("13.12000"),
        quelle="Amtliches Gemeindeverzeichnis, größte Ausgabe",
    )  # fmt: skip
    make_rat(kommunen=[kommune], name="Präventionsrat Döbeln", **felder)
    make_vereinbarung(kommunen=[kommune], bezeichnung="Bündnis Müglitz", **felder)
    make_zuwendung(kommune=kommune, titel="Schöne Straßen", **felder)
    make_beratung(kommune=kommune, **felder)
    make_kurs(bezeichnung="Frühjahr für Könner", **felder)
    make_veroeffentlichte_zahl(beschreibung="beratene Städte – geschätzt", **felder)
    return kommune


@pytest.mark.sample(2)
@pytest.mark.parametrize("kennung", ALLE)
def test_the_file_opens_in_a_spreadsheet_with_its_umlauts(client, kennung):
    make_alles()
    antwort = datei(client, kennung)
    datensatz = DATENSAETZE[kennung]
    gelesen = lies_csv(antwort)
    assert gelesen
    for zeile in gelesen:
        assert list(zeile) == datensatz.kopf
        assert None not in zeile.values()
    assert any(buchstabe in antwort.content.decode() for buchstabe in "äöüß")
    assert antwort["Content-Disposition"].startswith(f'attachment; filename="{kennung}-v1-20')


@pytest.mark.sample(2)
@pytest.mark.parametrize("kennung", ALLE)
def test_the_dictionary_covers_exactly_the_columns(client, kennung):
    make_alles()
    kopf = list(zeilen(client, kennung)[0])
    als_csv = lies_csv(client.get(f"/daten/{kennung}/v1/spalten.csv"))
    als_json = lies_json(client.get(f"/daten/{kennung}/v1/spalten.json"))
    seite = client.get(f"/daten/{kennung}/").text
    assert [eintrag["spalte"] for eintrag in als_csv] == kopf
    assert als_json["spalten"] == als_csv
    assert lies_json(datei(client, kennung, "json"))["spalten"] == als_csv
    for eintrag in als_csv:
        assert eintrag["art"] in set(Typ)
        assert eintrag["bedeutung"].endswith(".")
        assert f"<code>{eintrag['spalte']}</code>" in seite
        assert eintrag["bedeutung"] in seite


@pytest.mark.sample(2)
@pytest.mark.parametrize("kennung", ALLE)
def test_json_says_the_same_as_csv(client, kennung):
    make_alles()
    arten = {spalte.name: spalte.typ for spalte in DATENSAETZE[kennung].spalten}
    inhalt = lies_json(datei(client, kennung, "json"))
    aus_json = [
        {
            name: wie_csv(wert).replace(".", ",") if arten[name] == Typ.DEZIMALZAHL else wie_csv(wert)
            for name, wert in zeile.items()
        }
        for zeile in inhalt["zeilen"]
    ]  # fmt: skip
    assert aus_json == zeilen(client, kennung)
    assert inhalt["lizenz_adresse"] == "https://www.govdata.de/dl-de/by-2-0"
    assert inhalt["version"] == 1


def test_geojson_says_the_same_as_json_and_where_it_is(client):
    make_alles()
    make_beratung(kommune=make_kommune(art="staedtebund", kreis=None))
    antwort = datei(client, "kommunen", "geojson")
    assert antwort["Content-Type"] == "application/geo+json"
    geo = antwort.json()
    assert geo["type"] == "FeatureCollection"
    assert [f["properties"] for f in geo["features"]] == lies_json(
        datei(client, "kommunen", "json")
    )["zeilen"]
    orte = {f["properties"]["name"]: f["geometry"] for f in geo["features"]}
    assert orte.pop("Döbeln") == {"type": "Point", "coordinates": [13.12, 51.12345]}
    assert list(orte.values()) == [None]


def test_only_what_has_a_place_is_geojson(client):
    assert datei(client, "zuwendungen", "geojson").status_code == 404
    assert "geojson" not in client.get("/daten/zuwendungen/").text


@pytest.mark.parametrize("anfang", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(client, anfang):
    make_zuwendung(titel=f"{anfang}HYPERLINK()")
    assert zeilen(client, "zuwendungen")[0]["vorhaben"] == f"'{anfang}HYPERLINK()"


@pytest.mark.sample(2)
@pytest.mark.parametrize("kennung", ALLE)
@pytest.mark.parametrize("verborgen", [{"veroeffentlicht": False}, {"herkunft": Herkunft.BEISPIEL}])
def test_what_is_not_public_is_in_no_file(client, kennung, verborgen):
    make_alles(**verborgen)
    for endung in [form.endung for form in DATENSAETZE[kennung].formate]:
        text = datei(client, kennung, endung).text
        for wort in ("Präventionsrat Döbeln", "Müglitz", "Schöne", "Könner", "geschätzt"):
            assert wort not in text
    if kennung == "kommunen":
        (zeile,) = zeilen(client, kennung)
        assert {zeile[name] for name in ("rat", "vereinbarung", "projekte", "beratung")} == {"nein"}
    if kennung == "kennzahlen":
        assert {zeile["wert"] for zeile in zeilen(client, kennung)} == {"0"}


@pytest.mark.sample(2)
@pytest.mark.parametrize("kennung", ALLE)
def test_invented_records_are_marked_in_every_format(client, settings, kennung):
    settings.BEISPIELDATEN = True
    make_alles(herkunft=Herkunft.BEISPIEL)
    antwort = datei(client, kennung)
    assert "-beispieldaten.csv" in antwort["Content-Disposition"]
    assert {zeile["beispieldaten"] for zeile in lies_csv(antwort)} == {"ja"}
    inhalt = lies_json(datei(client, kennung, "json"))
    assert inhalt["beispieldaten"] is True
    assert {zeile["beispieldaten"] for zeile in inhalt["zeilen"]} == {True}
    if "geojson" in [form.endung for form in DATENSAETZE[kennung].formate]:
        geo = datei(client, kennung, "geojson").json()
        assert geo["beispieldaten"] is True
        assert {f["properties"]["beispieldaten"] for f in geo["features"]} == {True}


def test_no_column_is_about_a_person(client):
    """Contacts, seats and participants stay where they are: what is not a column cannot get out."""
    make_alles()
    make_rat(
        kontakt_stelle="Ordnungsamt, Erika Mustermann", kontakt_email="erika@example.org",
        kontakt_telefon="0371 4711", kontakt_anschrift="bei Mustermann",
    )  # fmt: skip
    make_kurs(kontakt_email="erika@example.org", ankuendigung="Es lehrt Erika Mustermann.")
    make_zuwendung(kurzbeschreibung="Leitung: Erika Mustermann")
    make_vereinbarung(inhalt="Unterzeichnet von Erika Mustermann")
    for datensatz in DATENSAETZE.values():
        for form in datensatz.formate:
            text = datei(client, datensatz.kennung, form.endung).text
            for verraeter in ("Mustermann", "erika@", "4711"):
                assert verraeter not in text


@pytest.mark.sample(2)
@pytest.mark.parametrize("kennung", ALLE)
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, kennung):
    erwartet = {
        "kommunen": 2, "praeventionsraete": 2, "vereinbarungen": 2, "kennzahlen": 2,
        "veroeffentlichte-zahlen": 1, "zuwendungen": 1, "lehrgaenge": 1,
    }[kennung]  # fmt: skip
    make_alles()
    with django_assert_num_queries(erwartet):
        datei(client, kennung)
    for _ in range(3):
        kommunen = [make_kommune(), make_kommune()]
        make_rat(kommunen=kommunen)
        make_vereinbarung(kommunen=kommunen)
        make_zuwendung(kommune=kommunen[0])
        make_kurs()
        make_veroeffentlichte_zahl()
    with django_assert_num_queries(erwartet):
        datei(client, kennung)
