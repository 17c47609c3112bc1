"""The pages with all of Saxony in the database: everybody is found, and the page stays light."""

import gzip
import io
import re

import pytest
from django.core.management import call_command

from kommunen.models import Kartenflaeche, Kommune
from tests.factories import make_rat, make_zuwendung

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOECHSTENS_BYTES = 20_000


@pytest.fixture
def sachsen():
    call_command("importiere_stammdaten", stdout=io.StringIO())


def namen(client, suche):
    html = client.get("/kommunen/", {"q": suche}).content.decode()
    return re.findall(r'<li><h3><a href="[^"]+">\s*([^<\n]*?)(?: /.*?)?\s*</a></h3>', html, re.S)


def test_saxony_on_the_pages(client, sachsen):
    html = client.get("/kommunen/", {"umfang": "alle"}).content.decode()
    assert "418 Kommunen in Sachsen" in html
    assert (
        len(re.findall(r'<a href="/kommunen/\?kreis=\d{5}&amp;umfang=alle" aria-label=', html))
        == 13
    )
    for suche, gemeint in (
        ("Doebeln", "Döbeln"), ("Dobeln", "Döbeln"), ("döbeln", "Döbeln"), ("04720", "Döbeln"),
        ("Budyšin", "Bautzen"), ("Budysin", "Bautzen"), ("Ostrau", "Jahnatal"),
        ("Oelsnitz", "Oelsnitz/Erzgeb."),
    ):  # fmt: skip
        assert gemeint in namen(client, suche), suche
    bernsdorf = namen(client, "Bernsdorf")
    assert len(bernsdorf) == len(set(bernsdorf)) >= 2
    for ags in ("14521030", "14521050", "14625540", "14522450", "14522620"):
        antwort = client.get(f"/kommunen/{ags}/")
        assert antwort.status_code == 410
        assert re.search(r'href="/kommunen/14\d{6}/"', antwort.content.decode())


def test_list_and_maps_stay_below_the_weight_limit(client, sachsen):
    gemeinden = list(Kommune.objects.filter(kartenflaeche__isnull=False).order_by("ags"))
    for kommune in gemeinden[::3]:
        make_zuwendung(kommune=kommune)
    for kommune in gemeinden[::21]:
        make_rat(kommunen=[kommune])
    for adresse in (
        "/kommunen/",
        "/kommunen/?kreis=14521",
        "/kommunen/?kreis=14625&umfang=alle",
        "/",
    ):
        inhalt = client.get(adresse).content
        assert len(gzip.compress(inhalt)) <= HOECHSTENS_BYTES, adresse


def test_every_kreis_map_keeps_its_areas_on_the_sheet(client, sachsen):
    for kreis in Kartenflaeche.objects.filter(kreis__isnull=False).select_related("kreis"):
        html = client.get("/kommunen/", {"kreis": kreis.kreis.ags}).content.decode()
        breite, hoehe = map(
            int, re.search(r'viewBox="0 0 (\d+) (\d+)" role="group"', html).groups()
        )
        assert max(breite, hoehe) == 1750
        anfaenge = re.findall(r'd="M(\d+) (\d+)l', html)
        assert anfaenge
        assert all(0 < int(x) < breite and 0 < int(y) < hoehe for x, y in anfaenge)
