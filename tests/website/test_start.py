"""The home page puts the others together: figures, grants per year, news, dates."""

import pytest
from django.urls import reverse

from kommunen.tatsachen import Herkunft
from tests.factories import make_beratung, make_meldung, make_veranstaltung, make_zuwendung

pytestmark = pytest.mark.django_db


@pytest.fixture
def seite(client):
    return lambda: " ".join(client.get("/").content.decode().replace("\xa0", " ").split())


def test_every_figure_leads_to_the_list_behind_it(seite):
    make_beratung()
    inhalt = seite()
    adresse = reverse("portal:kennzahl", args=["kommunen-beraten"])
    assert f'<dt><a href="{adresse}">Kommunen wurden beraten</a></dt><dd>1</dd>' in inhalt


def test_a_sum_that_leaves_amounts_out_is_shown_as_a_minimum(seite):
    make_zuwendung(betrag_euro="1000.00", bewilligt_am="2025-05")
    assert "<dd>1.000 €</dd>" in seite()
    make_zuwendung(betrag_euro=None, bewilligt_am="2025-06", herkunft=Herkunft.PROGRAMMDATEN)
    assert "<dd>mehr als 1.000 €</dd>" in seite()
    assert '<td class="assk-reihe__wert" role="cell">mehr als 1.000 €</td>' in seite()


def test_invented_news_and_dates_say_so(seite, settings):
    settings.BEISPIELDATEN = True
    make_meldung(titel="Echt")
    assert "· Beispieldaten" not in seite()
    make_meldung(titel="Erfunden", herkunft=Herkunft.BEISPIEL)
    make_veranstaltung(
        beginn="2199-01-01T10:00Z", ende="2199-01-01T11:00Z", herkunft=Herkunft.BEISPIEL
    )
    assert seite().count("· Beispieldaten") == 2


def test_more_records_ask_no_more_often(client, django_assert_max_num_queries):
    def fuelle():
        make_beratung()
        make_zuwendung()
        make_meldung()

    fuelle()
    with django_assert_max_num_queries(100) as einer:
        client.get("/")
    for _ in range(3):
        fuelle()
    with django_assert_max_num_queries(len(einer)):
        client.get("/")


def test_its_tiles_lead_on(seite):
    inhalt = seite()
    for titel, adresse in [
        ("Meine Kommune finden", "/kommunen/"),
        ("Förderung beantragen", "/foerderung/eignung/"),
        ("Das Programm kennenlernen", "/programm/"),
    ]:
        assert f'<li class="assk-kachel"><h3><a href="{adresse}">{titel}</a></h3>' in inhalt
