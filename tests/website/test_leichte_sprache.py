"""The delivered pages in plain language keep its rules, as far as a machine can see them."""

import re

import pytest
from django.core.management import call_command

from asskomm.portal.models import Seite
from asskomm.portal.seiten.lieferung import TEXTE

SEITEN = sorted(TEXTE.glob("leichte-sprache*.md"))
WORTE_HOECHSTENS = 12
BUCHSTABEN_OHNE_TRENNUNG = 13
# Parts of words that would not be easier to read if they were divided once more.
LANGE_WORTE = {"Koordinierungs", "Qualifizierung", "schwierigkeiten"}
SATZENDE = re.compile(r"(?<=[^\d][.?!:]) ")
ABKUERZUNG = re.compile(r"\b(?:z\. ?B\.|d\. ?h\.|u\. ?a\.|usw\.|bzw\.|ca\.|Nr\.|ggf\.)")

je_seite = pytest.mark.parametrize("datei", SEITEN, ids=lambda datei: datei.stem)


def zeilen(datei):
    """The lines as they are read: without marks of Markdown, addresses and e-mail addresses."""
    text = datei.read_text(encoding="utf-8").split("---\n", 2)[2]
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\S+@\S+|\b[\w-]+\.sachsen\.de", "", text)
    for zeile in text.splitlines():
        zeile = re.sub(r"^(?:#+|-|\d+\.) ", "", zeile).replace("**", "").rstrip("\\")
        if zeile.strip():
            yield zeile


def test_the_main_topics_have_a_page():
    assert len(SEITEN) >= 8


@je_seite
def test_sentences_are_short_and_each_stands_on_its_own_line(datei):
    for zeile in zeilen(datei):
        saetze = SATZENDE.split(zeile)
        assert len(saetze) <= 2, zeile
        assert max(len(satz.split()) for satz in saetze) <= WORTE_HOECHSTENS, zeile


@je_seite
def test_long_words_are_divided_and_nothing_is_abbreviated(datei):
    for zeile in zeilen(datei):
        assert not ABKUERZUNG.search(zeile), zeile
        for wort in set(re.findall(r"[^\W\d_]+", zeile)) - LANGE_WORTE:
            assert len(wort) <= BUCHSTABEN_OHNE_TRENNUNG, wort


@je_seite
def test_the_page_says_that_nobody_has_checked_it_yet(datei):
    text = datei.read_text(encoding="utf-8")
    assert "## Über diesen Text" in text
    assert "Diesen Text haben sie noch **nicht** geprüft." in text


@pytest.mark.django_db
def test_the_overview_leads_to_every_page_and_each_to_its_counterpart(client):
    call_command("importiere_seiten", verbosity=0)
    uebersicht = client.get("/leichte-sprache/").text
    leichte = Seite.objects.filter(pfad__startswith="leichte-sprache/")
    assert len(leichte) == len(SEITEN) - 1
    for seite in leichte:
        text = uebersicht.split('class="assk-text assk-leicht"')[1].split("</nav>")[0]
        assert f'href="{seite.get_absolute_url()}"' in text
        gegenstueck = f"/{seite.pfad.removeprefix('leichte-sprache/')}/"
        assert f'href="{gegenstueck}">Dieses Thema' in client.get(seite.get_absolute_url()).text
        assert f'href="{seite.get_absolute_url()}"' in client.get(gegenstueck).text


@pytest.mark.django_db
@je_seite
def test_no_link_of_a_page_is_dead(client, datei):
    for befehl in ("importiere_seiten", "importiere_glossar"):
        call_command(befehl, verbosity=0)
    for ziel in re.findall(r"\]\((/[^)#]*)\)", datei.read_text(encoding="utf-8")):
        assert client.get(ziel).status_code == 200, ziel
