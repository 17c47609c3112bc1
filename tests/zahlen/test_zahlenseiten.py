"""The pages /zahlen/: any day can be asked, and every number leads to its list."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from asskomm.csvausgabe import zelle
from asskomm.portal.models import Stand
from asskomm.portal.zahlen.kennzahlen import KENNZAHLEN
from asskomm.portal.zahlen.staende import halte_fest
from asskomm.portal.zahlen.stichtag import lies_stichtag
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_beratung,
    make_coaching,
    make_kommune,
    make_konto,
    make_veroeffentlichte_zahl,
    make_zuwendung,
)

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("eingabe", "tag"),
    [
        ("2021-02-06", date(2021, 2, 6)),
        ("06.02.2021", date(2021, 2, 6)),
        ("6.2.21", date(2021, 2, 6)),
        ("02/2021", date(2021, 2, 28)),
        ("2021", date(2021, 12, 31)),
        ("2019-02-06", date(2019, 2, 6)),
        ("2026-11-22", HEUTE),
        ("2026", HEUTE),
        ("", HEUTE),
        (None, HEUTE),
    ],
)
def test_a_day_that_can_be_answered(eingabe, tag):
    stichtag = lies_stichtag(eingabe, HEUTE)
    assert (stichtag.tag, stichtag.hinweis) == (tag, "")


@pytest.mark.parametrize(
    ("eingabe", "wort"),
    [
        ("2026-11-23", "Zukunft"),
        ("2027", "Zukunft"),
        ("2019-02-05", "vor dem Beginn"),
        ("1850-01-01", "gibt es nicht"),
        ("2021-02-30", "gibt es nicht"),
        ("gestern", "gibt es nicht"),
        ("'; DROP TABLE", "gibt es nicht"),
        ("\x00", "gibt es nicht"),
        ("٢٠٢١", "gibt es nicht"),
        ("9" * 500, "gibt es nicht"),
    ],
)
def test_a_day_that_cannot_be_answered_gives_today_and_a_sentence(eingabe, wort):
    stichtag = lies_stichtag(eingabe, HEUTE)
    assert stichtag.tag == HEUTE
    assert wort in stichtag.hinweis


@pytest.mark.parametrize("eingabe", ["2021-02-06", "Unsinn", "2999-01-01", "1999-01-01", "%00"])
def test_the_page_always_answers(client, eingabe):
    for adresse in ["/zahlen/", "/zahlen/kommunen-beraten/", "/zahlen/mittel-bewilligt.csv"]:
        assert client.get(adresse, {"stichtag": eingabe}).status_code == 200


def test_the_page_shows_the_figures_of_the_day(client):
    make_beratung(am="2020-06-10")
    make_beratung(am="2022-06-10")
    frueher = client.get("/zahlen/?stichtag=2021-02-06").content.decode()
    assert "1 Kommune<" in frueher
    assert "/zahlen/kommunen-beraten/?stichtag=2021-02-06" in frueher
    assert "2 Kommunen" in client.get("/zahlen/").content.decode()


def test_an_unknown_figure_is_not_found(client):
    for ende in ["/", ".csv", ".json"]:
        assert client.get(f"/zahlen/gibt-es-nicht{ende}").status_code == 404


def test_the_csv_holds_every_row_and_no_formula(client):
    make_beratung(kommune=make_kommune(name="=1+1", name_eindeutig="=1+1"))
    antwort = client.get("/zahlen/kommunen-beraten.csv?stichtag=2021-02-06")
    assert antwort.content.startswith(b"\xef\xbb\xbf")
    zeilen = list(csv.DictReader(io.StringIO(antwort.content.decode("utf-8-sig")), delimiter=";"))
    assert [zeile["bezeichnung"] for zeile in zeilen] == ["'=1+1"]
    assert zeilen[0]["datum"] == "2020-06-10"


@pytest.mark.parametrize("endung", ["/", ".csv", ".json"])
def test_of_a_coaching_the_list_tells_the_year_only(client, endung):
    make_coaching(beginn="2020-03-17")
    antwort = client.get(f"/zahlen/kommunen-im-coaching{endung}", {"stichtag": "2021-02-06"})
    text = antwort.text
    assert "2020" in text
    assert "2020-03" not in text
    assert "03.2020" not in text


@pytest.mark.parametrize("zeichen", "=+-@＝＋－＠\t\r\n")
def test_no_cell_begins_like_a_formula(zeichen):
    assert zelle(f"{zeichen}1") == f"'{zeichen}1"


def test_the_json_tells_value_series_and_records(client):
    make_zuwendung(betrag_euro=Decimal("21150.00"))
    daten = client.get("/zahlen/mittel-bewilligt.json?stichtag=2021-02-06").json()
    assert daten["wert"] == "21150.00"
    assert daten["stichtag"] == "2021-02-06"
    assert [punkt["wert"] for punkt in daten["reihe"]] == ["0", "21150.00", "21150.00"]
    assert daten["belege"][0]["betrag_euro"] == "21150.00"
    assert client.get("/zahlen/kommunen-beraten.json").json()["wert"] == 0


def test_every_sum_that_leaves_amounts_out_is_a_minimum(client):
    make_zuwendung(bewilligt_am="2019", betrag_euro=Decimal("1000"))
    make_zuwendung(bewilligt_am="2020", betrag_euro=Decimal("500"))
    for tag in ("2020-05-01", "2021-01-05"):
        make_zuwendung(bewilligt_am=tag, betrag_euro=None, herkunft=Herkunft.PROGRAMMDATEN)
    daten = client.get("/zahlen/mittel-bewilligt.json?stichtag=2021-02-06").json()
    assert [(p["wert"], p["ist_mindestwert"]) for p in daten["reihe"]] == [
        ("1000.00", False),
        ("1500.00", True),
        ("1500.00", True),
    ]
    punkte = client.get("/zahlen/?stichtag=2021-02-06").context
    texte = [punkt["text"].replace("\xa0", " ") for punkt in punkte["mittel_je_jahr"]]
    assert texte == ["1.000 €", "mehr als 500 €", "nicht veröffentlicht"]
    reihe = next(
        a["reihe"] for a in punkte["abschnitte"] if a["kennzahl"].schluessel == "mittel-bewilligt"
    )
    texte = [punkt["text"].replace("\xa0", " ") for punkt in reihe]
    assert texte == ["1.000 €", "mehr als 1.500 €", "mehr als 1.500 €"]


def test_a_frozen_sum_stays_a_minimum(client):
    make_zuwendung(bewilligt_am="2019", betrag_euro=Decimal("1000"))
    make_zuwendung(bewilligt_am="2019", betrag_euro=None, herkunft=Herkunft.PROGRAMMDATEN)
    stand = Stand(veroeffentlicht=True)
    halte_fest(stand, "mittel-bewilligt", stichtag=date(2021, 2, 6), durch=make_konto())
    stand.refresh_from_db()
    assert stand.ist_mindestwert
    seite = client.get("/zahlen/mittel-bewilligt/").content.decode().replace("\xa0", " ")
    assert "<span>mehr als 1.000,00 €</span>" in seite


def test_published_series_stand_beside_the_figure_with_their_source(client):
    make_veroeffentlichte_zahl(quelle="l-iz.de, https://l-iz.de/melder/1")
    make_veroeffentlichte_zahl(
        reihe="foerdermittel_bewilligt_kumuliert",
        wert=Decimal("420000"),
        einheit="EUR",
        ist_mindestwert=True,
    )
    make_veroeffentlichte_zahl(reihe="coach_pool", veroeffentlicht=False)
    seite = client.get("/zahlen/kommunen-beraten/").content.decode()
    assert "Beratene Kommunen" in seite
    assert "https://l-iz.de/melder/1" in seite
    assert "420.000" not in seite
    alle = client.get("/zahlen/veroeffentlicht/").content.decode()
    assert "mehr als 420.000\xa0€" in alle
    assert "Coaches im Pool" not in alle


def test_a_frozen_value_stays_when_records_change(client):
    Stand.objects.create(
        kennzahl="kommunen-beraten",
        titel="Kommunen wurden beraten",
        stichtag=date(2021, 2, 6),
        wert=102,
        einheit="Kommunen",
        definition="…",
        mit_beispieldaten=False,
        anlass="Pressetext zwei Jahre ASSKomm",
        eingefroren_durch=make_konto(),
        veroeffentlicht=True,
    )
    seite = client.get("/zahlen/kommunen-beraten/").content.decode()
    assert "102 Kommunen" in seite
    assert "Pressetext zwei Jahre ASSKomm" in seite


def test_paging(client):
    for _ in range(21):
        make_beratung()
    assert client.get("/zahlen/kommunen-beraten/?seite=2").content.decode().count("<tr role") == 2
    for unsinn in ["0", "99", "x", ""]:
        assert client.get(f"/zahlen/kommunen-beraten/?seite={unsinn}").status_code == 200


@pytest.mark.parametrize("adresse", ["/zahlen/", *(f"/zahlen/{k}/" for k in KENNZAHLEN)])
def test_queries_do_not_grow_with_the_records(client, adresse, django_assert_max_num_queries):
    for _ in range(3):
        make_beratung()
        make_zuwendung()
    with django_assert_max_num_queries(8):
        client.get(adresse)


def test_public_pages_set_no_cookie_and_answer_304(client):
    erste = client.get("/zahlen/")
    assert not erste.cookies
    assert "Cookie" not in erste["Vary"]
    assert erste["Cache-Control"] == "no-cache"
    zweite = client.get("/zahlen/", headers={"If-None-Match": erste["ETag"]})
    assert zweite.status_code == 304


def test_today_is_the_saxon_day(client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: HEUTE)
    assert "22.11.2026" in client.get("/zahlen/").content.decode()
