"""The maps say the same as the list, in links, words and shapes."""

import re
from datetime import date

import pytest

from asskomm.portal.kommunen.auswahl import Auswahl
from asskomm.portal.kommunen.bausteine import FILTERBAR
from asskomm.portal.kommunen.karte import karte, kreiskarte, lagekarte, landeskarte, zierkarte
from kommunen.models import Kommune, Verbundmitgliedschaft
from tests.factories import make_beratung, make_kommune, make_kreis, make_rat

from .flaechen import make_flaeche, make_linien

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 22)
Art = Kommune.Art


@pytest.fixture
def sachsen():
    """Two Kreise; in Zwickau two Kommunen take part, one with a council, and one does not."""
    zwickau, chemnitz = make_kreis(), make_kreis(ags="14511", name="Chemnitz", kreisfrei=True)
    make_flaeche(kreis=zwickau, seite=1000)
    make_flaeche(kreis=chemnitz, x=3000, seite=1000)
    make_linien()
    kommunen = {
        name: make_kommune(name=name, kreis=zwickau, einwohner=einwohner, zahlen_stand=HEUTE)
        for name, einwohner in (("Zwickau", 87000), ("Werdau", 20000), ("Mülsen", 10000))
    }
    for nummer, kommune in enumerate(kommunen.values()):
        make_flaeche(kommune=kommune, x=700 + 300 * nummer)
    make_rat(kommunen=[kommunen["Zwickau"]])
    make_beratung(kommune=kommunen["Werdau"])
    return {"kreis": zwickau, **kommunen}


def titel(karte_):
    return [flaeche["titel"] for flaeche in karte_["flaechen"]]


def texte(karte_):
    return {schild["text"] for schild in karte_["beschriftungen"]}


def test_the_state_map_counts_the_kommunen_of_each_kreis(sachsen):
    land = landeskarte(Auswahl(), HEUTE)
    assert titel(land) == ["Chemnitz: 0 Kommunen", "Landkreis Zwickau: 2 Kommunen"]
    assert [f["url"] for f in land["flaechen"]] == [
        "/kommunen/?kreis=14511",
        "/kommunen/?kreis=14524",
    ]
    assert len(land["linien"]) == 2
    assert land["viewbox"] == "0 0 900 672"


def test_the_state_map_darkens_who_takes_part_and_marks_councils(sachsen):
    land = landeskarte(Auswahl(), HEUTE)
    assert land["teile"] == [{"klasse": "teil", "pfad": land["teile"][0]["pfad"]}]
    assert land["teile"][0]["pfad"].count("M") == 2
    assert land["punkte"] == [{"klasse": "rat", "pfad": "M70 91l9 9-9 9-9-9z"}]


def test_the_state_map_obeys_the_filters_of_the_list(sachsen):
    nur_raete = Auswahl(bausteine=(FILTERBAR["rat"],))
    land = landeskarte(nur_raete, HEUTE)
    assert titel(land)[1] == "Landkreis Zwickau: 1 Kommune"
    assert land["flaechen"][1]["url"] == "/kommunen/?kreis=14524&m=rat"
    assert land["teile"][0]["pfad"].count("M") == 1


def test_who_does_not_take_part_is_counted_but_stays_light(sachsen):
    for auswahl in (Auswahl(alle=True), Auswahl(suchtext="l")):
        land = landeskarte(auswahl, HEUTE)
        dunkel = sum(teil["pfad"].count("M") for teil in land["teile"])
        assert (titel(land)[1], dunkel) in [
            ("Landkreis Zwickau: 3 Kommunen", 2),
            ("Landkreis Zwickau: 1 Kommune", 0),
        ]


def test_a_map_without_anybody_has_no_dark_area(sachsen):
    assert landeskarte(Auswahl(suchtext="xyz"), HEUTE)["teile"] == []


def test_the_kreis_map_links_who_takes_part_and_names_the_others(sachsen):
    kreis = kreiskarte(Auswahl(kreis=sachsen["kreis"]), HEUTE)
    assert titel(kreis) == ["Mülsen: nicht beteiligt", "Werdau", "Zwickau: mit Präventionsrat"]
    assert [f.get("url") for f in kreis["flaechen"]] == [
        None, sachsen["Werdau"].get_absolute_url(), sachsen["Zwickau"].get_absolute_url(),
    ]  # fmt: skip
    assert kreis["flaechen"][0]["klasse"] == "rest"
    assert texte(kreis) == {"Zwickau", "Werdau"}
    assert len(kreis["punkte"]) == 1
    assert kreis["zurueck"] == {"titel": "Ganz Sachsen zeigen", "url": "/kommunen/"}


def test_the_kreis_map_links_nobody_who_is_not_in_the_list(sachsen):
    auswahl = Auswahl(kreis=sachsen["kreis"], bausteine=(FILTERBAR["rat"],))
    kreis = kreiskarte(auswahl, HEUTE)
    assert titel(kreis) == [
        "Mülsen: nicht beteiligt", "Werdau: nicht in dieser Auswahl", "Zwickau: mit Präventionsrat",
    ]  # fmt: skip
    assert kreis["zurueck"]["url"] == "/kommunen/?m=rat"


def test_every_kreis_map_has_the_same_size_and_a_margin(sachsen):
    breite, hoehe = map(
        int, kreiskarte(Auswahl(kreis=sachsen["kreis"]), HEUTE)["viewbox"].split()[2:]
    )
    assert breite == 1750
    assert hoehe < breite
    for flaeche in kreiskarte(Auswahl(kreis=sachsen["kreis"]), HEUTE)["flaechen"]:
        x, y = map(int, re.match(r"M(\d+) (\d+)l", flaeche["pfad"]).groups())
        assert 40 <= x <= breite - 40
        assert 40 <= y <= hoehe - 40


def test_names_on_the_kreis_map_go_without_the_addition_after_the_slash(sachsen):
    adorf = make_kommune(name="Adorf/Vogtl.", kreis=sachsen["kreis"])
    make_flaeche(kommune=adorf, x=700, y=1600)
    make_beratung(kommune=adorf)
    assert "Adorf" in texte(kreiskarte(Auswahl(kreis=sachsen["kreis"]), HEUTE))


def test_a_kreis_without_geometry_still_has_a_map(sachsen):
    leer = make_kreis(ags="14612", name="Dresden", kreisfrei=True)
    assert kreiskarte(Auswahl(kreis=leer), HEUTE)["flaechen"] == []


def test_the_filter_by_kreis_decides_which_map_is_shown(sachsen):
    assert karte(Auswahl(), HEUTE)["ebene"] == "land"
    assert karte(Auswahl(kreis=sachsen["kreis"]), HEUTE)["ebene"] == "kreis"


def test_the_place_of_a_kommune(sachsen):
    lage = lagekarte(sachsen["Zwickau"], HEUTE)
    assert lage["beschreibung"] == "Zwickau liegt im Landkreis Zwickau."
    assert [teil["klasse"] for teil in lage["teile"]] == ["wahl"]
    links = [flaeche for flaeche in lage["flaechen"] if flaeche.get("url")]
    assert [(f["titel"], f["aktuell"]) for f in links] == [
        ("Landkreis Zwickau: beteiligte Kommunen zeigen", True)
    ]
    assert texte(lage) == {"Zwickau"}


def test_the_place_of_a_verbund_is_that_of_its_present_members(sachsen):
    verbund = make_kommune(art=Art.STAEDTEBUND, kreis=None)
    assert lagekarte(verbund, HEUTE) is None
    for name, bis in (("Zwickau", None), ("Werdau", "2026-11-22"), ("Mülsen", "2026-11-21")):
        Verbundmitgliedschaft.objects.create(verbund=verbund, mitglied=sachsen[name], bis=bis)
    lage = lagekarte(verbund, HEUTE)
    assert lage["teile"][0]["pfad"].count("M") == 2
    assert not any(flaeche.get("url") for flaeche in lage["flaechen"])


def test_the_place_of_a_landkreis_is_its_whole_area(sachsen):
    landkreis = make_kommune(art=Art.LANDKREIS, kreis=sachsen["kreis"])
    assert lagekarte(landkreis, HEUTE)["teile"][0]["pfad"] == "M50 50l100 0 0 100-100 0z"


def test_the_decorative_map_has_a_dot_for_each_kommune_that_takes_part(sachsen):
    zierde = zierkarte(HEUTE)
    assert len(zierde["flaechen"]) == 2
    assert zierde["punkte"] == [{"x": "70", "y": "100"}, {"x": "100", "y": "100"}]


def test_the_map_on_the_page_is_named_and_its_numbers_are_plain(client, sachsen):
    html = client.get("/kommunen/?kreis=14524").content.decode()
    assert 'role="group" aria-labelledby="karte-titel" aria-describedby="karte-text"' in html
    assert 'aria-label="Zwickau: mit Präventionsrat"' in html
    assert "<title>Mülsen: nicht beteiligt</title>" in html
    svg = html[html.index('<svg class="assk-karte__bild"') : html.index("<figcaption>")]
    assert not re.search(r"\d\.\d{3}", svg)
    assert "style=" not in svg
    for quelle in (
        "https://www.bkg.bund.de",
        "https://www.govdata.de/dl-de/by-2-0",
        "Daten verändert",
    ):
        assert quelle in html


def test_a_new_council_is_on_the_map_at_once(client, sachsen):
    vorher = client.get("/kommunen/").content.decode()
    make_rat(kommunen=[sachsen["Mülsen"]])
    nachher = client.get("/kommunen/").content.decode()
    assert vorher.count('<path class="rat"') + 1 == nachher.count('<path class="rat"')
    assert "Landkreis Zwickau: 3 Kommunen" in nachher
