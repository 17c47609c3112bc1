"""Public pages are the same for everybody, whatever a browser sends along."""

import pytest

from asskomm.oeffentlich import nimmt_gzip
from tests.factories import make_konto

pytestmark = pytest.mark.django_db
SEITEN = ["/", "/zahlen/", "/kommunen/", "/kommunen/gibt-es-nicht/", "/suche/", "/gibt-es-nicht/"]


@pytest.mark.parametrize("seite", SEITEN)
@pytest.mark.parametrize(
    "cookie", ["csrf=abc", "csrf=", f"csrf={'ä' * 32}", "sitzung=abc", f"sitzung={'x' * 32}", ";=;"]
)
def test_a_broken_cookie_changes_nothing(client, seite, cookie):
    antwort = client.get(seite, headers={"cookie": cookie})
    assert antwort.status_code == (404 if "gibt-es-nicht" in seite else 200)
    if seite != "/gibt-es-nicht/":
        assert not antwort.cookies


def test_a_login_changes_nothing(client):
    vorher = client.get("/zahlen/").content
    client.force_login(make_konto(is_staff=True))
    assert client.get("/zahlen/").content == vorher


@pytest.mark.parametrize("verb", ["post", "put", "delete", "patch", "options", "trace"])
@pytest.mark.parametrize("seite", ["/", "/kommunen/", "/zahlen/kommunen-beraten.csv"])
def test_public_pages_are_only_read(client, seite, verb):
    antwort = getattr(client, verb)(seite)
    assert (antwort.status_code, antwort["Allow"]) == (405, "GET, HEAD")
    assert "<h1>Diese Seite nimmt das nicht an</h1>" in antwort.content.decode()


def test_a_form_says_what_it_does_not_take(client):
    antwort = client.put("/barrierefreiheit/melden/")
    assert (antwort.status_code, antwort["Allow"]) == (405, "GET, HEAD, POST")
    assert "<h1>Diese Seite nimmt das nicht an</h1>" in antwort.content.decode()
    assert antwort["Content-Length"] == str(len(antwort.content))


@pytest.mark.parametrize(
    ("angebot", "ja"),
    [
        ("gzip", True),
        ("GZIP;Q=0.5", True),
        ("br, gzip ; q=1.0", True),
        ("*", True),
        ("*;q=0, gzip", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, br", False),
        ("gzip;q=0, *", False),
        ("x-gzip", False),
        ("gzipped", False),
        ("gzip;q=viel", False),
        ("identity", False),
        ("", False),
    ],
)
def test_only_who_takes_gzip_gets_it(client, angebot, ja):
    assert nimmt_gzip(angebot) == ja
    antwort = client.get("/zahlen/", headers={"accept-encoding": angebot})
    assert (antwort.get("Content-Encoding") == "gzip") == ja
