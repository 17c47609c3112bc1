"""Text pages by their address."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from asskomm.portal.models import Seite
from tests.factories import make_seite

pytestmark = pytest.mark.django_db


def text(antwort):
    return antwort.content.decode()


def test_a_page_shows_title_lead_text_day_and_sources(client):
    make_seite(
        pfad="programm/coaching",
        titel="Begleitendes Coaching",
        einleitung="Wie Begleitung geht.",
        text="## Ablauf\n\nEin Coach kommt.",
        stand=date(2026, 11, 22),
        quellen="LPR, https://www.lpr.sachsen.de/1\nBeschluss vom 12.05.2021",
    )
    seite = text(client.get("/programm/coaching/"))
    assert "<h1>Begleitendes Coaching</h1>" in seite
    assert "Wie Begleitung geht." in seite
    assert '<h2 id="ablauf">Ablauf</h2>' in seite
    assert 'Stand: <time datetime="2026-11-22">22.11.2026</time>' in seite
    assert '<a href="https://www.lpr.sachsen.de/1">LPR (auf lpr.sachsen.de)</a>' in seite
    assert "Beschluss vom 12.05.2021" in seite


@pytest.mark.parametrize(("anzahl", "vorhanden"), [(3, False), (4, True)])
def test_contents_are_listed_from_four_headings_on(client, anzahl, vorhanden):
    abschnitte = "\n\n".join(f"## Teil {nummer}\n\nText" for nummer in range(anzahl))
    make_seite(pfad="lang", text=abschnitte)
    assert ('href="#teil-2"' in text(client.get("/lang/"))) == vorhanden


def test_pages_of_the_same_section_are_linked(client):
    make_seite(pfad="programm", titel="Das Programm", reihenfolge=10)
    make_seite(pfad="programm/coaching", titel="Coaching", reihenfolge=50)
    make_seite(pfad="programm/entwurf", titel="Entwurf", veroeffentlicht=False)
    make_seite(pfad="impressum", titel="Anbieter", rubrik=Seite.Rubrik.RECHT)
    seite = text(client.get("/programm/"))
    assert "Mehr zum Thema Programm" in seite
    assert 'href="/programm/coaching/">Coaching</a>' in seite
    assert "Entwurf" not in seite
    assert "Anbieter" not in seite


def test_a_page_below_another_names_it_in_its_path(client):
    make_seite(pfad="programm", titel="Das Programm")
    make_seite(pfad="programm/coaching")
    assert '<li><a href="/programm/">Das Programm</a></li>' in text(
        client.get("/programm/coaching/")
    )


def test_a_page_without_a_slash_at_the_end_is_found(client):
    make_seite(pfad="impressum")
    antwort = client.get("/impressum")
    assert (antwort.status_code, antwort["Location"]) == (301, "/impressum/")


@pytest.mark.parametrize("adresse", ["/nirgends/", "/Impressum/", "/impressum//", "/a/b/c/d/e/"])
def test_an_unknown_address_is_a_404(client, adresse):
    make_seite(pfad="impressum")
    assert client.get(adresse).status_code == 404


def test_an_unpublished_page_does_not_exist(client):
    make_seite(pfad="entwurf", veroeffentlicht=False)
    assert client.get("/entwurf/").status_code == 404


def test_the_page_in_plain_language_looks_its_own_way_and_sends_nobody_away(client):
    make_seite(pfad="leichte-sprache", rubrik=Seite.Rubrik.HILFE, text="Eins.\\\nZwei.")
    make_seite(pfad="hilfe", rubrik=Seite.Rubrik.HILFE)
    seite = text(client.get("/leichte-sprache/"))
    assert "assk-leicht" in seite
    assert "Mehr zum Thema" not in seite
    assert "Mehr in Leichter Sprache" not in seite
    assert "Eins.<br>" in seite


def test_pages_in_plain_language_go_together(client):
    make_seite(pfad="leichte-sprache", titel="Leicht", rubrik=Seite.Rubrik.HILFE)
    make_seite(pfad="leichte-sprache/geld", titel="Geld", rubrik=Seite.Rubrik.HILFE)
    make_seite(pfad="leichte-sprache/kurse", titel="Kurse", rubrik=Seite.Rubrik.FORTBILDUNG)
    make_seite(pfad="leichte-sprache-heft", titel="Das Heft", rubrik=Seite.Rubrik.HILFE)
    make_seite(pfad="hilfe", titel="Schwere Hilfe", rubrik=Seite.Rubrik.HILFE)
    geld = text(client.get("/leichte-sprache/geld/"))
    assert "assk-leicht" in geld
    assert "Mehr in Leichter Sprache" in geld
    assert '<li><a href="/leichte-sprache/">Leicht</a></li>' in geld
    assert '<a href="/leichte-sprache/kurse/">Kurse</a>' in geld
    assert "Schwere Hilfe" not in geld
    assert "Das Heft" not in geld
    hilfe = text(client.get("/hilfe/"))
    assert '<a href="/leichte-sprache/">Leicht</a>' in hilfe
    assert "/leichte-sprache/geld/" not in hilfe


def test_a_page_and_its_plain_version_lead_to_each_other(client):
    make_seite(pfad="programm/weg", titel="Der Weg")
    make_seite(pfad="leichte-sprache/programm/weg", titel="Weg leicht", rubrik=Seite.Rubrik.HILFE)
    schwer = text(client.get("/programm/weg/"))
    assert 'href="/leichte-sprache/programm/weg/"' in schwer
    assert "Diese Seite in Leichter Sprache" in schwer
    assert 'href="/programm/weg/">Dieses Thema in Alltags·sprache' in text(
        client.get("/leichte-sprache/programm/weg/")
    )
    Seite.objects.filter(titel="Weg leicht").update(veroeffentlicht=False)
    assert "Diese Seite in Leichter Sprache" not in text(client.get("/programm/weg/"))


@pytest.mark.parametrize("anzahl", [1, 4])
def test_a_page_asks_the_database_twice(client, django_assert_num_queries, anzahl):
    for nummer in range(anzahl):
        make_seite(pfad=f"programm/seite-{nummer}")
        make_seite(pfad=f"leichte-sprache/programm/seite-{nummer}")
    for adresse in ("/programm/seite-0/", "/leichte-sprache/programm/seite-0/"):
        with django_assert_num_queries(2):
            client.get(adresse)


@pytest.mark.parametrize(
    "pfad", ["admin", "kommunen", "zahlen", "suche", "projekte", "aktuelles", "termine/1",
             "kommunen/abc", "mein-bereich", "konto"]
)  # fmt: skip
def test_an_address_that_belongs_to_something_else_is_refused(pfad):
    with pytest.raises(ValidationError, match=f"Unter /{pfad}/ steht schon etwas anderes"):
        Seite._meta.get_field("pfad").clean(pfad, None)


def test_every_delivered_page_is_shown_at_its_address(client):
    call_command("importiere_seiten", verbosity=0)
    for seite in Seite.objects.all():
        seite.clean_fields()
        assert client.get(seite.get_absolute_url()).status_code == 200
