"""The list of Kommunen: who is in it, filters and their words, pages, search, number of queries."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_beratung,
    make_coaching,
    make_kommune,
    make_kreis,
    make_modellkommune,
    make_rat,
    make_vereinbarung,
    make_zuwendung,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
URL = "/kommunen/"


@pytest.fixture
def kreise():
    zwickau = make_kreis(ags="14524", name="Landkreis Zwickau")
    erz = make_kreis(ags="14521", name="Erzgebirgskreis")
    chemnitz = make_kreis(ags="14511", name="Chemnitz", kreisfrei=True)
    return zwickau, erz, chemnitz


def seite(client, **parameter):
    antwort = client.get(URL, parameter)
    assert antwort.status_code == 200
    return unescape(antwort.content.decode())


def namen(html):
    return re.findall(r'<li><h3><a href="[^"]+">\s*(.*?)\s*</a></h3>', html, re.S)


def ueberschrift(html):
    return re.search(r'<h2 id="treffer">(.*?)</h2>', html).group(1)


def test_the_list_shows_who_takes_part_by_name(client, kreise):
    make_beratung(kommune=make_kommune(name="Zwickau"))
    make_rat(kommunen=[make_kommune(name="Glauchau"), make_kommune(name="Öderan")])
    make_kommune(name="Abseits")
    html = seite(client)
    assert namen(html) == ["Glauchau", "Öderan", "Zwickau"]
    assert ueberschrift(html) == "3 Kommunen"
    assert "Beispieldaten" not in html


def test_a_kommune_shows_its_kind_kreis_population_and_building_blocks(client):
    kommune = make_kommune(
        name="Zwickau", art=Kommune.Art.GROSSE_KREISSTADT, einwohner=87410,
        zahlen_stand=date(2024, 12, 31),
    )  # fmt: skip
    make_rat(kommunen=[kommune])
    make_beratung(kommune=kommune)
    html = seite(client)
    assert "Große Kreisstadt · Landkreis Zwickau · 87.410 Einwohner" in html
    assert html.index(">Präventionsrat</li>") < html.index(">Beratung</li>")


def test_nobody_takes_part(client):
    assert "Keine Kommune gefunden." in seite(client)


def test_all_gemeinden_are_listed_on_demand_and_say_who_does_not_take_part(client):
    make_beratung(kommune=make_kommune(name="Dabei"))
    make_kommune(name="Abseits")
    make_kommune(name="Landkreis", art=Kommune.Art.LANDKREIS)
    html = seite(client, umfang="alle")
    assert namen(html) == ["Abseits", "Dabei"]
    assert ueberschrift(html) == "2 Kommunen in Sachsen"
    assert html.count("nicht beteiligt</p>") == 1


def test_a_landkreis_and_a_verbund_that_take_part_are_listed(client):
    make_beratung(kommune=make_kommune(name="Landkreis Zwickau", art=Kommune.Art.LANDKREIS))
    make_beratung(kommune=make_kommune(name="Silberberg", art=Kommune.Art.STAEDTEBUND, kreis=None))
    assert namen(seite(client)) == ["Landkreis Zwickau", "Silberberg"]
    assert namen(seite(client, umfang="alle")) == ["Landkreis Zwickau", "Silberberg"]


@pytest.mark.parametrize(
    ("parameter", "erwartet", "worte"),
    [
        ({"kreis": "14524"}, ["Glauchau", "Zwickau"], "2 Kommunen im Landkreis Zwickau"),
        ({"kreis": "14521"}, ["Aue"], "1 Kommune im Erzgebirgskreis"),
        ({"kreis": "14511"}, ["Chemnitz"], "1 Kommune in Chemnitz"),
        ({"m": "rat"}, ["Glauchau", "Zwickau"], "2 Kommunen mit Präventionsrat"),
        (
            {"m": ["rat", "coaching"]},
            ["Zwickau"],
            "1 Kommune mit Präventionsrat und Coaching",
        ),
        ({"m": "modell"}, ["Chemnitz"], "1 Kommune mit Status als Modellkommune"),
        ({"m": "projekte"}, ["Aue"], "1 Kommune mit geförderten Projekten"),
        ({"m": "vereinbarung"}, ["Aue"], "1 Kommune mit Kooperationsvereinbarung"),
        ({"q": "zwick", "m": "rat"}, ["Zwickau"], "1 Kommune zu „zwick“ mit Präventionsrat"),
        (
            {"q": "a", "kreis": "14524", "m": ["coaching", "rat"]},
            ["Zwickau"],
            "1 Kommune zu „a“ im Landkreis Zwickau mit Präventionsrat und Coaching",
        ),
    ],
)
def test_filters_choose_and_the_heading_names_them(client, kreise, parameter, erwartet, worte):
    zwickau, erz, chemnitz = kreise
    stadt = make_kommune(name="Zwickau", kreis=zwickau)
    make_rat(kommunen=[stadt, make_kommune(name="Glauchau", kreis=zwickau)])
    make_coaching(kommunen=[stadt])
    aue = make_kommune(name="Aue", kreis=erz)
    make_zuwendung(kommune=aue)
    make_vereinbarung(kommunen=[aue])
    make_modellkommune(kommune=make_kommune(name="Chemnitz", kreis=chemnitz))
    html = seite(client, **parameter)
    assert namen(html) == erwartet
    assert ueberschrift(html) == worte


def test_each_filter_in_force_can_be_taken_away(client, kreise):
    html = seite(client, q="zwick", kreis="14524", m=["rat", "coaching"])
    pillen = re.search(r'aria-label="Aktive Filter">(.*?)</ul>', html, re.S).group(1)
    assert re.findall(r'<a href="([^"]+)"', pillen) == [
        "/kommunen/?kreis=14524&m=rat&m=coaching",
        "/kommunen/?q=zwick&m=rat&m=coaching",
        "/kommunen/?q=zwick&kreis=14524&m=coaching",
        "/kommunen/?q=zwick&kreis=14524&m=rat",
    ]
    assert 'value="zwick"' in html
    assert '<option value="14524" selected>' in html
    assert len(re.findall(r'type="checkbox"[^>]*checked', html)) == 2


@pytest.mark.parametrize(
    "parameter",
    [
        {"kreis": "99999"}, {"kreis": "14524x"}, {"m": "gibtesnicht"}, {"umfang": "halb"},
        {"kreis": "' OR 1=1"}, {"m": "\x00"}, {"kreis": "<script>"},
    ],
)  # fmt: skip
def test_an_unknown_filter_value_gives_a_notice_and_the_whole_list(client, kreise, parameter):
    make_beratung(kommune=make_kommune(name="Zwickau"))
    html = seite(client, **parameter)
    assert "Unbekannter Wert im Filter" in html
    assert "Sie sehen die Liste ohne diesen Filter." in html
    assert namen(html) == ["Zwickau"]
    assert "<script>" not in html


def test_known_filters_stay_when_another_one_is_unknown(client, kreise):
    make_beratung(kommune=make_kommune(name="Zwickau"))
    make_rat(kommunen=[make_kommune(name="Glauchau")])
    html = seite(client, m=["rat", "quatsch"])
    assert namen(html) == ["Glauchau"]


@pytest.mark.parametrize(
    ("nummer", "hinweis"),
    [
        (None, None), ("1", None), ("2", None), ("", None),
        ("3", "letzte Seite"), ("9999", "letzte Seite"), ("0", "letzte Seite"),
        ("-1", "letzte Seite"), ("abc", "erste Seite"), ("1.5", "erste Seite"),
        ("99999999999999999999", "letzte Seite"), ("\x00", "erste Seite"),
    ],
)  # fmt: skip
def test_a_page_that_does_not_exist_is_no_dead_end(client, nummer, hinweis):
    make_rat(kommunen=[make_kommune() for _ in range(21)])
    html = seite(client, **({"seite": nummer} if nummer is not None else {}))
    assert ("Diese Seitenzahl gibt es nicht" in html) is (hinweis is not None)
    if hinweis:
        assert f"Sie sehen die {hinweis}." in html
    auf_der_letzten = nummer == "2" or hinweis == "letzte Seite"
    assert len(namen(html)) == (1 if auf_der_letzten else 20)


def test_the_only_page_says_so(client):
    make_rat()
    assert "Die Liste hat nur eine Seite." in seite(client, seite="2")


def test_the_pages_keep_the_filters(client):
    make_rat(kommunen=[make_kommune() for _ in range(21)])
    assert "?m=rat&seite=2" in seite(client, m="rat")


# --- Search -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "eingabe",
    ["Doebeln", "Dobeln", "döbeln", "  DÖBELN ", "04720", "047", "Döbeln\x00", "Do\u0308beln"],
)
def test_a_name_is_found_however_it_is_spelt(client, eingabe):
    make_kommune(name="Döbeln", plz="04720")
    html = seite(client, q=eingabe)
    assert namen(html) == ["Döbeln"]
    assert "nicht beteiligt</p>" in html


@pytest.mark.parametrize("eingabe", ["Budyšin", "Budysin"])
def test_a_sorbian_name_is_found_and_stands_in_its_language(client, eingabe):
    make_kommune(name="Bautzen", name_amtlich="Bautzen / Budyšin", name_sorbisch="Budyšin")
    assert namen(seite(client, q=eingabe)) == ['Bautzen / <span lang="hsb">Budyšin</span>']


def test_names_that_begin_with_the_search_text_come_first(client):
    for name in ("Alt-Aue", "Aue", "Plauen"):
        make_kommune(name=name)
    assert namen(seite(client, q="Aue")) == ["Aue", "Alt-Aue", "Plauen"]


def test_a_merged_gemeinde_is_found_with_its_successor(client):
    jahnatal = make_kommune(name="Jahnatal")
    make_kommune(name="Ostrau", gueltig_bis=date(2022, 12, 31), nachfolger=jahnatal)
    html = seite(client, q="ostrau")
    assert namen(html) == ["Jahnatal"]
    assert "Ostrau gehört jetzt dazu" in html
    assert "Ostrau" not in seite(client, umfang="alle")


def test_who_does_not_exist_yet_or_any_more_is_not_listed(client):
    erbe = make_kommune(name="Erbe")
    make_kommune(name="Bald", gueltig_von=date(2199, 1, 1))
    make_beratung(kommune=make_kommune(name="Alt", gueltig_bis=date(2020, 12, 31), nachfolger=erbe))
    assert "Keine Kommune gefunden" in seite(client)
    assert namen(seite(client, umfang="alle")) == ["Erbe"]


@pytest.mark.parametrize(
    ("eingabe", "nahe"), [("Doebelnn", "Döbeln"), ("Budyschin", "Bautzen"), ("04721", "Döbeln")]
)
def test_nothing_found_offers_near_names_and_a_way_back(client, eingabe, nahe):
    make_kommune(name="Döbeln", plz="04720")
    make_kommune(name="Bautzen", name_sorbisch="Budyšin", plz="02625")
    html = seite(client, q=eingabe, m="rat")
    kasten = re.search(r'<div class="assk-leer">(.*?)</div>', html, re.S).group(1)
    assert (
        "Keine Kommune gefunden. Prüfen Sie die Schreibweise oder entfernen Sie einen Filter."
        in kasten
    )
    assert re.findall(r">([^<>]+)</a>", kasten) == [
        nahe, f"Ohne den Filter „{eingabe}“", "Ohne den Filter Präventionsrat",
    ]  # fmt: skip


def test_nothing_found_and_nothing_near(client):
    make_kommune(name="Döbeln")
    html = seite(client, q="xyzxyz")
    assert "0 Kommunen zu „xyzxyz“" in html
    assert "Döbeln" not in html


@pytest.mark.parametrize("zeichen", ["%", "_", "\\", "'", '"', "<b>", "&", "\u202e", "x" * 5000])
def test_no_search_text_breaks_the_page(client, zeichen):
    make_kommune(name="Döbeln")
    antwort = client.get(URL, {"q": zeichen})
    assert antwort.status_code == 200
    assert "<b>" not in antwort.content.decode()


def test_names_are_escaped(client):
    make_rat(kommunen=[make_kommune(name="A<script>alert(1)</script>")])
    html = client.get(URL).content.decode()
    assert "<script>alert" not in html
    assert "A&lt;script&gt;alert(1)&lt;/script&gt;" in html


# --- Demo mode, cookies, queries ------------------------------------------------------


def test_a_row_with_invented_records_is_marked_in_demo_mode(client, settings):
    make_beratung(kommune=make_kommune(name="Erfunden"), herkunft=Herkunft.BEISPIEL)
    make_beratung(kommune=make_kommune(name="Belegt"))
    assert namen(seite(client)) == ["Belegt"]
    settings.BEISPIELDATEN = True
    html = seite(client)
    assert namen(html) == ["Belegt", "Erfunden"]
    liste = html[html.index('class="assk-treffer"') :]
    assert liste.count("Beispieldaten") == 1


def test_the_list_sets_no_cookie_and_may_be_revalidated(client):
    antwort = client.get(URL)
    assert not antwort.cookies
    assert antwort["Cache-Control"] == "no-cache"
    assert client.get(URL, headers={"If-None-Match": antwort["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("parameter", "anzahl"),
    [({}, 8), ({"umfang": "alle"}, 8), ({"q": "muster"}, 11), ({"kreis": "14524", "m": "rat"}, 6)],
)
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, parameter, anzahl):
    make_rat(kommunen=[make_kommune()])
    client.get(URL, parameter)
    with django_assert_num_queries(anzahl):
        client.get(URL, parameter)
    make_rat(kommunen=[make_kommune(kreis=make_kreis(ags=f"1452{n}")) for n in range(9)])
    make_rat(kommunen=[make_kommune() for _ in range(30)])
    make_zuwendung(kommune=Kommune.objects.first())
    with django_assert_num_queries(anzahl):
        client.get(URL, parameter)


def test_addresses_are_german_paths():
    assert reverse("kommunen:liste") == "/kommunen/"
    assert reverse("kommunen:csv") == "/kommunen/kommunen.csv"
    assert reverse("kommunen:kommune", args=["14524330"]) == "/kommunen/14524330/"
    assert reverse("kommunen:raete") == "/praeventionsraete/"
    assert reverse("kommunen:rat", args=[7]) == "/praeventionsraete/7/"
