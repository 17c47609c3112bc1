"""Councils: the list with the state of today, and the page of one."""

import re
from html import unescape

import pytest

from kommunen.models import Ratsmitglied, Ratszustand
from kommunen.tatsachen import Herkunft
from tests.factories import make_kommune, make_kreis, make_rat, make_ratszustand

pytestmark = pytest.mark.django_db
URL = "/praeventionsraete/"
Zustand = Ratszustand.Zustand


@pytest.fixture
def raete():
    zwickau, chemnitz = (
        make_kommune(name="Zwickau"),
        make_kommune(
            name="Chemnitz", kreis=make_kreis(ags="14511", name="Chemnitz", kreisfrei=True)
        ),
    )
    aktiv = make_rat(name="Rat Zwickau", kommunen=[zwickau, make_kommune(name="Werdau")])
    ruhend = make_rat(name="Ärzterat", kommunen=[chemnitz], aktiv_seit=None)
    make_ratszustand(rat=ruhend, von="2018", bis="2021-05")
    make_ratszustand(rat=ruhend, zustand=Zustand.RUHEND, von="2021-05")
    geplant = make_rat(name="Bald", kommunen=[chemnitz], aktiv_seit=None)
    make_ratszustand(rat=geplant, zustand=Zustand.IN_GRUENDUNG)
    return aktiv, ruhend, geplant


def seite(client, url=URL, **parameter):
    antwort = client.get(url, parameter)
    assert antwort.status_code == 200
    return unescape(antwort.content.decode())


def namen(html):
    return re.findall(r'<li><h3><a href="[^"]+">(.*?)</a></h3>', html)


def test_the_list_shows_every_public_council_with_its_state_of_today(client, raete):
    make_rat(name="Geheim", veroeffentlicht=False)
    make_rat(name="Erfunden", herkunft=Herkunft.BEISPIEL)
    html = seite(client)
    assert namen(html) == ["Ärzterat", "Bald", "Rat Zwickau"]
    assert "3 Präventionsräte" in html
    assert "Werdau · Zwickau" in html
    zustaende = re.findall(r"</svg>([^<]+)</span>(?:\s+seit <time[^>]*>([^<]+))?", html)
    assert zustaende[-3:] == [("ruhend", "05/2021"), ("in Gründung", ""), ("aktiv", "01.05.2020")]


@pytest.mark.parametrize(
    ("parameter", "erwartet"),
    [
        ({"kreis": "14524"}, ["Rat Zwickau"]),
        ({"kreis": "14511"}, ["Ärzterat", "Bald"]),
        ({"zustand": "ruhend"}, ["Ärzterat"]),
        ({"zustand": "aktiv"}, ["Rat Zwickau"]),
        ({"zustand": "in_gruendung", "kreis": "14511"}, ["Bald"]),
        ({"zustand": "aufgeloest"}, []),
    ],
)
def test_councils_are_chosen_by_kreis_and_state(client, raete, parameter, erwartet):
    html = seite(client, **parameter)
    assert namen(html) == erwartet
    assert html.count("Filter entfernen") == len(parameter)
    assert ("Kein Präventionsrat gefunden" in html) is (not erwartet)


def test_a_joint_council_is_listed_once(client, raete):
    assert namen(seite(client, kreis="14524")) == ["Rat Zwickau"]
    assert "1 Präventionsrat im Landkreis Zwickau" in seite(client, kreis="14524")


@pytest.mark.parametrize("parameter", [{"kreis": "1"}, {"zustand": "offen"}, {"kreis": "\x00"}])
def test_an_unknown_filter_value_gives_a_notice_and_the_whole_list(client, raete, parameter):
    html = seite(client, **parameter)
    assert "Unbekannter Wert im Filter" in html
    assert len(namen(html)) == 3


@pytest.mark.parametrize("nummer", ["9999", "abc", "0", "-3"])
def test_a_page_that_does_not_exist_is_no_dead_end(client, raete, nummer):
    assert "Diese Seitenzahl gibt es nicht." in seite(client, seite=nummer)


def test_the_page_of_a_council_names_all_its_kommunen(client, raete):
    rat = raete[0]
    Ratsmitglied.objects.create(rat=rat, funktion="Leitung", institution="Polizeirevier")
    html = seite(client, rat.get_absolute_url())
    assert namen(html.replace("\n", "")) == ["Werdau", "Zwickau"]
    assert "Der Präventionsrat arbeitet seit dem 01.05.2020." in html
    assert "Leitung, Polizeirevier" in html
    assert "Präventionsrat konstituiert" in html


@pytest.mark.parametrize(
    ("nummer", "satz"),
    [(1, "Der Präventionsrat ruht seit 05/2021."), (2, "Der Präventionsrat ist in Gründung.")],
)
def test_the_state_is_told_in_words(client, raete, nummer, satz):
    assert satz in seite(client, raete[nummer].get_absolute_url())


def test_a_council_without_a_known_state_says_so(client):
    rat = make_rat(aktiv_seit=None)
    assert "ist nichts veröffentlicht" in seite(client, rat.get_absolute_url())
    make_ratszustand(rat=rat, von="2199")
    assert "ist nichts veröffentlicht" in seite(client, rat.get_absolute_url())


@pytest.mark.parametrize("felder", [{"veroeffentlicht": False}, {"herkunft": Herkunft.BEISPIEL}])
def test_a_council_that_is_not_public_is_not_found(client, felder):
    assert client.get(make_rat(**felder).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999"])
def test_an_unknown_council_is_not_found(client, pk):
    assert client.get(f"{URL}{pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries):
    rat = make_rat()
    client.get(URL)
    with django_assert_num_queries(4):
        client.get(URL)
    with django_assert_num_queries(8):
        client.get(rat.get_absolute_url())
    for _ in range(5):
        make_rat(kommunen=[make_kommune(), make_kommune()])
    rat.kommunen.add(make_kommune(), make_kommune())
    Ratsmitglied.objects.create(rat=rat, funktion="Leitung", institution="Polizeirevier")
    with django_assert_num_queries(4):
        client.get(URL)
    with django_assert_num_queries(8):
        client.get(rat.get_absolute_url())
