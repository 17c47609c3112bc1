"""No public page sets a cookie or depends on one."""

import pytest

from tests.factories import make_konto, make_meldung, make_seite, make_veranstaltung

pytestmark = pytest.mark.django_db


@pytest.fixture
def adressen():
    meldung, termin = make_meldung(), make_veranstaltung()
    make_seite(pfad="impressum")
    return [
        "/aktuelles/", "/aktuelles/feed.atom", meldung.get_absolute_url(),
        f"{meldung.get_absolute_url()}kommentieren/",
        f"{meldung.get_absolute_url()}kommentieren/eingegangen/",
        "/termine/", "/termine/termine.ics", termin.get_absolute_url(),
        f"{termin.get_absolute_url()}termin.ics",
        "/suche/", "/suche/?q=Zittau", "/suche/?q=Zittau&gruppe=meldungen",
        "/glossar/",
        "/impressum/", "/barrierefreiheit/melden/", "/nirgends/",
        "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/favicon.ico",
    ]  # fmt: skip


def test_reading_sets_no_cookie(client, adressen):
    for adresse in adressen:
        antwort = client.get(adresse)
        assert antwort.status_code in (200, 302, 404), adresse
        assert not antwort.cookies, adresse
        assert "Cookie" not in antwort.get("Vary", ""), adresse


def test_who_is_signed_in_sees_the_same(client, adressen):
    formulare = ("/kommentieren/", "/melden/")  # every time with a new mark
    lesbar = [adresse for adresse in adressen if not adresse.endswith(formulare)]
    vorher = {adresse: client.get(adresse).content for adresse in lesbar}
    client.force_login(make_konto(rollen=["Redaktion"]))
    for adresse in lesbar:
        assert client.get(adresse).content == vorher[adresse], adresse


def test_pages_can_be_asked_whether_they_changed(client):
    meldung = make_meldung()
    erste = client.get(meldung.get_absolute_url())
    assert erste["Cache-Control"] == "no-cache"
    zweite = client.get(meldung.get_absolute_url(), headers={"if-none-match": erste["ETag"]})
    assert zweite.status_code == 304


def test_forms_are_kept_nowhere(client):
    antwort = client.get("/barrierefreiheit/melden/")
    assert "no-store" in antwort["Cache-Control"]
