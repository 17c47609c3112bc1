"""The list as CSV: the same Kommunen as the page, in a form that offices and programs can read."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft
from tests.factories import make_beratung, make_kommune, make_rat

pytestmark = pytest.mark.django_db
URL = "/kommunen/kommunen.csv"


def zeilen(client, **parameter):
    antwort = client.get(URL, parameter)
    assert antwort.status_code == 200
    text = antwort.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_file_is_utf8_with_bom_and_is_downloaded(client):
    antwort = client.get(URL)
    assert antwort.content.startswith(b"\xef\xbb\xbfags;kennung;name;")
    assert antwort["Content-Type"] == "text/csv; charset=utf-8"
    assert antwort["Content-Disposition"].startswith('attachment; filename="kommunen-')


def test_keys_and_postcodes_are_whole_and_blocks_are_words(client):
    kommune = make_kommune(
        ags="14522080", name="Döbeln", name_sorbisch="", plz="04720", einwohner=23456,
        flaeche_km2=Decimal("91.64"), zahlen_stand=date(2024, 12, 31),
    )  # fmt: skip
    make_rat(kommunen=[kommune])
    (zeile,) = zeilen(client)
    erwartet = {
        "ags": "14522080", "kennung": "14522080", "name": "Döbeln", "art": "Stadt",
        "kreis_ags": "14524", "kreis": "Landkreis Zwickau", "polizeidirektion": "Zwickau",
        "plz": "04720", "einwohner": "23456", "flaeche_km2": "91,64",
        "einwohner_stand": "2024-12-31", "rat": "ja", "coaching": "nein",
        "beispieldaten": "nein", "quelle_stammdaten": "Test",
    }  # fmt: skip
    assert {name: zeile[name] for name in erwartet} == erwartet


def test_what_is_not_known_is_empty(client):
    make_beratung(kommune=make_kommune(art=Kommune.Art.STAEDTEBUND, kreis=None))
    (zeile,) = zeilen(client)
    for spalte in ("ags", "kreis", "polizeidirektion", "plz", "einwohner", "flaeche_km2"):
        assert zeile[spalte] == ""


def test_the_file_obeys_the_filters_and_has_all_pages(client):
    make_rat(kommunen=[make_kommune() for _ in range(25)])
    make_beratung(kommune=make_kommune(name="Nur beraten"))
    make_kommune(name="Abseits")
    assert len(zeilen(client)) == 26
    assert len(zeilen(client, m="rat", seite="2")) == 25
    assert len(zeilen(client, umfang="alle")) == 27
    assert [zeile["name"] for zeile in zeilen(client, q="abseits")] == ["Abseits"]
    assert len(zeilen(client, kreis="99999")) == 26


@pytest.mark.parametrize("anfang", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(client, anfang):
    make_beratung(kommune=make_kommune(name=f"{anfang}HYPERLINK()"))
    assert zeilen(client)[0]["name"] == f"'{anfang}HYPERLINK()"


def test_invented_records_are_marked_in_demo_mode(client, settings):
    settings.BEISPIELDATEN = True
    make_beratung(herkunft=Herkunft.BEISPIEL)
    assert zeilen(client)[0]["beispieldaten"] == "ja"


def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries):
    make_rat()
    client.get(URL)
    with django_assert_num_queries(3):
        client.get(URL)
    make_rat(kommunen=[make_kommune() for _ in range(30)])
    with django_assert_num_queries(3):
        client.get(URL)
