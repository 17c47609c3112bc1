"""robots.txt, sitemap, security.txt, favicon."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from asskomm.portal.maschinen.views import KONTAKT_GEPRUEFT_AM
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_kommune,
    make_meldung,
    make_rat,
    make_seite,
    make_veranstaltung,
    make_vereinbarung,
)

pytestmark = pytest.mark.django_db
SM = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def basis(settings):
    settings.BASE_URL = "https://asskomm.example.org"


def text(antwort):
    return antwort.content.decode()


def test_robots_keep_out_of_admin_and_search(client):
    antwort = client.get("/robots.txt")
    assert antwort["Content-Type"] == "text/plain; charset=utf-8"
    zeilen = text(antwort).splitlines()
    assert zeilen[:3] == ["User-agent: *", "Disallow: /admin/", "Disallow: /suche/"]
    assert "Sitemap: https://asskomm.example.org/sitemap.xml" in zeilen


def test_security_txt_has_what_the_standard_demands(client):
    antwort = client.get("/.well-known/security.txt")
    assert antwort["Content-Type"] == "text/plain; charset=utf-8"
    angaben = dict(zeile.split(": ", 1) for zeile in text(antwort).splitlines())
    assert angaben["Contact"] == "mailto:lpr@smi.sachsen.de"
    assert angaben["Preferred-Languages"] == "de"
    assert angaben["Canonical"] == "https://asskomm.example.org/.well-known/security.txt"
    ablauf = datetime.fromisoformat(angaben["Expires"])
    geprueft = datetime.combine(KONTAKT_GEPRUEFT_AM, datetime.min.time(), UTC)
    assert timedelta() < ablauf - geprueft <= timedelta(days=365)


def test_the_old_name_of_the_icon_leads_to_the_mark(client):
    antwort = client.get("/favicon.ico")
    assert antwort.status_code == 302
    assert antwort["Location"].endswith("img/marke.svg")


@pytest.fixture
def sitemap(client):
    def lies():
        antwort = client.get("/sitemap.xml", headers={"host": "localhost"})
        assert antwort["Content-Type"] == "application/xml"
        return {
            url.findtext(f"{SM}loc"): url.findtext(f"{SM}lastmod")
            for url in ElementTree.fromstring(antwort.content).iter(f"{SM}url")
        }

    return lies


def test_the_sitemap_names_every_public_page_with_the_configured_address(sitemap):
    kommune = make_kommune()
    make_vereinbarung(kommunen=[kommune])
    oeffentlich = [
        kommune, make_rat(kommunen=[kommune]), make_meldung(), make_veranstaltung(),
        make_seite(pfad="impressum", stand=date(2026, 11, 22)),
    ]  # fmt: skip
    eintraege = sitemap()
    for objekt in oeffentlich:
        assert f"https://asskomm.example.org{objekt.get_absolute_url()}" in eintraege
    for adresse in (
        "/",
        "/kommunen/",
        "/zahlen/",
        "/projekte/",
        "/barrierefreiheit/melden/",
        "/glossar/",
    ):
        assert f"https://asskomm.example.org{adresse}" in eintraege
    assert eintraege["https://asskomm.example.org/impressum/"] == "2026-11-22"
    assert eintraege[f"https://asskomm.example.org{oeffentlich[1].get_absolute_url()}"]


def test_the_sitemap_leaves_out_what_is_not_public(sitemap):
    verborgen = [
        make_kommune(), make_meldung(veroeffentlicht=False),
        make_meldung(herkunft=Herkunft.BEISPIEL), make_seite(veroeffentlicht=False),
        make_veranstaltung(veroeffentlicht=False),
        make_rat(veroeffentlicht=False),
    ]  # fmt: skip
    eintraege = sitemap()
    for objekt in verborgen:
        assert f"https://asskomm.example.org{objekt.get_absolute_url()}" not in eintraege


@pytest.mark.parametrize("anzahl", [1, 4])
def test_the_sitemap_asks_the_database_five_times(client, django_assert_num_queries, anzahl):
    for _ in range(anzahl):
        make_vereinbarung()
        make_rat()
        make_meldung()
        make_veranstaltung()
        make_seite()
    with django_assert_num_queries(5):
        client.get("/sitemap.xml")
