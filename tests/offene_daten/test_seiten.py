"""The pages of the open data, their stable addresses and what a day in them means."""

import pytest
from django.utils import timezone

from asskomm.portal.offene_daten.datensaetze import DATENSAETZE
from tests.factories import (
    make_konto,
    make_rat,
    make_ratszustand,
    make_vereinbarung,
    make_zuwendung,
)

from .lesen import datei, lies_json, zeilen

pytestmark = pytest.mark.django_db
ALLE = list(DATENSAETZE)


def test_the_overview_leads_to_every_dataset_and_file(client):
    seite = client.get("/daten/").text
    for datensatz in DATENSAETZE.values():
        assert f'href="/daten/{datensatz.kennung}/"' in seite
        for form in datensatz.formate:
            assert f'href="/daten/{datensatz.kennung}/v1/aktuell.{form.endung}"' in seite
    assert "https://www.govdata.de/dl-de/by-2-0" in seite


@pytest.mark.parametrize("adresse", ["/", "/zahlen/"])
def test_other_pages_lead_there(client, adresse):
    assert 'href="/daten/"' in client.get(adresse).text


@pytest.mark.parametrize("kennung", ALLE)
def test_the_page_names_what_a_user_must_know(client, kennung):
    seite = client.get(f"/daten/{kennung}/?stichtag=2021-02-06").text
    for angabe in (
        "06.02.2021", "dl-de/by-2-0", "Landespräventionsrat Sachsen", "mailto:lpr@smi.sachsen.de",
        f'href="/daten/{kennung}/v1/2021-02-06.csv"', f'href="/daten/{kennung}/v1/aktuell.csv"',
        f'href="/daten/{kennung}/v1/spalten.csv"', "UTF-8 mit BOM",
        '<link rel="alternate" type="application/ld+json"',
    ):  # fmt: skip
        assert angabe in seite


def test_a_file_of_a_day_tells_what_held_at_its_end(client):
    rat = make_rat(aktiv_seit=None)
    make_ratszustand(rat=rat, von="2020-05-01", bis="2021-03-01")
    make_ratszustand(rat=rat, von="2021-03-01", zustand="ruhend")

    def zustand(tag):
        return [zeile["zustand"] for zeile in zeilen(client, "praeventionsraete", tag)]

    assert zustand("2020-04-30") == []
    assert zustand("2020-05-01") == ["aktiv"]
    assert zustand("2021-02-28") == ["aktiv"]
    assert zustand("2021-03-01") == ["ruhend"]


def test_a_day_gives_the_same_file_after_later_events(client):
    vereinbarung = make_vereinbarung(unterzeichnet_am="2020-11-05")
    make_zuwendung(bewilligt_am="2020-07-15")
    make_rat()
    kennungen = [k for k in ALLE if k != "kommunen"]
    vorher = {kennung: datei(client, kennung, tag="2021-02-06").content for kennung in kennungen}
    vereinbarung.ende_am = "2022-01-01"
    vereinbarung.save()
    make_vereinbarung(unterzeichnet_am="2021-02-07")
    make_zuwendung(bewilligt_am="2021-02-07")
    make_rat(aktiv_seit="2021-02-07")
    for kennung in kennungen:
        assert datei(client, kennung, tag="2021-02-06").content == vorher[kennung], kennung
    beendet = [zeile["beendet_am"] for zeile in zeilen(client, "vereinbarungen")]
    assert beendet == ["2022-01-01", ""]


def test_the_file_of_today_is_that_of_its_day(client):
    make_rat()
    heute = timezone.localdate().isoformat()
    assert datei(client, "praeventionsraete").content == (
        datei(client, "praeventionsraete", tag=heute).content
    )


@pytest.mark.parametrize(
    ("tag", "grund"),
    [
        ("2199-01-01", "liegt in der Zukunft"),
        ("2019-02-05", "vor dem Beginn des Programms am 06.02.2019"),
        ("2021-02-30", "gibt es nicht"),
    ],
)
def test_a_day_without_an_answer_is_a_page_that_says_why(client, tag, grund):
    antwort = datei(client, "kommunen", tag=tag)
    assert antwort.status_code == 404
    assert grund in antwort.text
    assert 'href="/daten/kommunen/v1/aktuell.csv"' in antwort.text
    seite = client.get("/daten/kommunen/", {"stichtag": tag})
    assert seite.status_code == 200
    assert grund in seite.text


@pytest.mark.parametrize(
    "adresse",
    [
        "/daten/personen/", "/daten/kommunen/v2/aktuell.csv", "/daten/kommunen/v1/aktuell.exe",
        "/daten/kommunen/v1/gestern.csv", "/daten/kommunen/v1/spalten.geojson",
        "/daten/katalog.ttl", "/daten/personen/v1/spalten.csv",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client, adresse):
    assert client.get(adresse).status_code == 404


ADRESSEN = [
    "/daten/", "/daten/kommunen/", "/daten/kommunen/v1/aktuell.csv",
    "/daten/kommunen/v1/2021-02-06.json", "/daten/kommunen/v1/aktuell.geojson",
    "/daten/kommunen/v1/spalten.csv", "/daten/katalog.jsonld", "/daten/katalog.rdf",
]  # fmt: skip


@pytest.mark.parametrize("adresse", ADRESSEN)
def test_whoever_has_the_file_need_not_load_it_again(client, adresse):
    make_rat()
    erste = client.get(adresse)
    assert erste["Cache-Control"] == "no-cache"
    assert client.get(adresse, headers={"if-none-match": erste["ETag"]}).status_code == 304
    make_rat()
    make_zuwendung()
    if "aktuell" in adresse or "2021" in adresse:
        danach = client.get(adresse, headers={"if-none-match": erste["ETag"]})
        assert danach.status_code == 200


@pytest.mark.parametrize("adresse", ADRESSEN)
def test_reading_needs_no_cookie_and_everybody_reads_the_same(client, adresse):
    anonym = client.get(adresse)
    assert not anonym.cookies
    assert "Cookie" not in anonym.get("Vary", "")
    client.force_login(make_konto(rollen=["Redaktion"]))
    assert client.get(adresse).content == anonym.content
    assert client.post(adresse).status_code == 405


@pytest.mark.parametrize("adresse", ["/daten/", "/daten/kommunen/", "/daten/katalog.rdf"])
def test_pages_and_catalogue_take_one_query(client, django_assert_num_queries, adresse):
    for _ in range(3):
        with django_assert_num_queries(1):
            client.get(adresse)
        make_rat()


def test_the_last_change_is_the_day_of_the_newest_entry(client):
    rat = make_rat()
    eintrag = rat.history.first()
    eintrag.history_date = timezone.make_aware(timezone.datetime(2027, 3, 1, 0, 30))
    eintrag.save()
    assert "01.03.2027" in client.get("/daten/praeventionsraete/").text
    assert "01.03.2027" not in client.get("/daten/zuwendungen/").text


def test_the_sitemap_names_the_datasets(client, settings):
    settings.BASE_URL = "https://asskomm.example.org"
    text = client.get("/sitemap.xml").text
    for kennung in ALLE:
        assert f"https://asskomm.example.org/daten/{kennung}/" in text


def test_addresses_in_files_do_not_depend_on_the_asked_host(client, settings):
    settings.BASE_URL = "https://asskomm.example.org"
    make_rat()
    inhalt = lies_json(
        client.get("/daten/praeventionsraete/v1/aktuell.json", headers={"host": "localhost"})
    )
    assert inhalt["adresse"] == "https://asskomm.example.org/daten/praeventionsraete/"
    assert inhalt["zeilen"][0]["adresse"].startswith("https://asskomm.example.org/praev")
