"""The list of funded projects: what is public and granted, its sum, filters, pages."""

import re
from decimal import Decimal
from html import unescape

import pytest

from kommunen.tatsachen import Herkunft
from tests.factories import make_kommune, make_kreis, make_zuwendung

pytestmark = pytest.mark.django_db
URL = "/projekte/"


@pytest.fixture
def projekte():
    chemnitz = make_kreis(ags="14511", name="Chemnitz", kreisfrei=True)
    zwickau = make_kommune(name="Zwickau", ags="14524330")
    make_zuwendung(kommune=zwickau, titel="Theater", foerderjahr=2021, bewilligt_am="2021-03")
    make_zuwendung(kommune=zwickau, titel="Streetwork", foerderjahr=2020, bewilligt_am="2020")
    make_zuwendung(
        kommune=make_kommune(name="Chemnitz", kreis=chemnitz), titel="Nachtwanderung",
        foerderjahr=2020, bewilligt_am="2020-02-01", betrag_euro=None,
        herkunft=Herkunft.PROGRAMMDATEN, quelle="Zeitung, https://www.example.org/a",
    )  # fmt: skip


def seite(client, **parameter):
    antwort = client.get(URL, parameter)
    assert antwort.status_code == 200
    return unescape(antwort.content.decode())


def titel(html):
    koepfe = re.findall(r'<th scope="row" role="rowheader">(.*?)</th>', html, re.S)
    return [re.split(r"[<\n]", kopf)[0].strip() for kopf in koepfe]


def test_projects_are_listed_newest_first_with_sum_and_source(client, projekte):
    html = seite(client)
    assert titel(html) == ["Theater", "Streetwork", "Nachtwanderung"]
    assert "3 Projekte" in html
    assert "<strong>mehr als 42.300,00\xa0€</strong>" in html
    assert "Bei 1 Projekt ist der Betrag nicht veröffentlicht." in html
    assert '<a href="https://www.example.org/a">Zeitung (auf example.org)</a>' in html
    assert '<a href="/kommunen/14524330/">Zwickau</a>' in html


@pytest.mark.parametrize(
    ("parameter", "erwartet", "worte"),
    [
        ({"jahr": "2020"}, ["Streetwork", "Nachtwanderung"], "2 Projekte im Förderjahr 2020"),
        ({"kreis": "14511"}, ["Nachtwanderung"], "1 Projekt in Chemnitz"),
        ({"kommune": "14524330"}, ["Theater", "Streetwork"], "2 Projekte in Zwickau"),
        (
            {"kreis": "14524", "jahr": "2021"},
            ["Theater"],
            "1 Projekt im Landkreis Zwickau im Förderjahr 2021",
        ),
        ({"kreis": "14511", "jahr": "2021"}, [], "0 Projekte in Chemnitz im Förderjahr 2021"),
    ],
)
def test_filters_choose_and_the_heading_names_them(client, projekte, parameter, erwartet, worte):
    html = seite(client, **parameter)
    assert titel(html) == erwartet
    assert f'<h2 id="treffer">{worte}</h2>' in html
    assert html.count("Filter entfernen") == len(parameter)
    assert ("Keine Projekte gefunden" in html) is (not erwartet)


def test_the_sum_is_that_of_the_filter(client, projekte):
    assert "<strong>21.150,00\xa0€</strong>" in seite(client, jahr="2021")


@pytest.mark.parametrize(
    "parameter",
    [
        {"jahr": "1999"}, {"jahr": "abc"}, {"jahr": "٢٠٢٠"}, {"kreis": "1"}, {"kommune": "nirgends"},
        {"kommune": "\x00"},
    ],
)  # fmt: skip
def test_an_unknown_filter_value_gives_a_notice_and_the_whole_list(client, projekte, parameter):
    html = seite(client, **parameter)
    assert "Unbekannter Wert im Filter" in html
    assert len(titel(html)) == 3


def test_only_public_and_granted_projects_are_listed(client, settings):
    make_zuwendung(titel="Geheim", veroeffentlicht=False)
    make_zuwendung(titel="Zukunft", bewilligt_am="2199", foerderjahr=2199)
    make_zuwendung(titel="Erfunden", herkunft=Herkunft.BEISPIEL)
    assert titel(seite(client)) == []
    assert "2199" not in seite(client)
    settings.BEISPIELDATEN = True
    html = seite(client)
    assert titel(html) == ["Erfunden"]
    assert "</svg>Beispieldaten</span>" in html


def test_the_list_has_pages(client):
    kommune = make_kommune()
    for nummer in range(21):
        make_zuwendung(kommune=kommune, titel=f"Projekt {nummer:02}", betrag_euro=Decimal(1))
    assert len(titel(seite(client))) == 20
    assert titel(seite(client, seite="2")) == ["Projekt 20"]
    assert "Sie sehen die letzte Seite." in seite(client, seite="3")
    assert "<strong>21,00\xa0€</strong>" in seite(client, seite="2")


def test_titles_are_escaped_and_no_cookie_is_set(client):
    make_zuwendung(titel="<script>x</script>", kurzbeschreibung="<b>fett</b>")
    antwort = client.get(URL)
    assert "<script>x" not in antwort.content.decode()
    assert "<b>fett" not in antwort.content.decode()
    assert not antwort.cookies


def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries):
    make_zuwendung()
    client.get(URL)
    with django_assert_num_queries(6):
        client.get(URL)
    for jahr in (2019, 2020, 2021):
        make_zuwendung(foerderjahr=jahr)
    with django_assert_num_queries(6):
        client.get(URL)
