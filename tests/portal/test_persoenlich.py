"""Pages behind a personal link: no search engine keeps them, no request names their address."""

import pytest
from django.test import Client
from django.urls import get_resolver

from fortbildung.anmeldung import link
from tests.factories import make_kurs
from tests.fortbildung.hilfen import angemeldet

ROBOTER = "noindex, nofollow, noarchive"


def _mit_zeichen(muster, davor=""):
    for eines in muster:
        if hasattr(eines, "url_patterns"):
            yield from _mit_zeichen(eines.url_patterns, davor + str(eines.pattern))
        elif "<str:zeichen>" in str(eines.pattern):
            yield davor + str(eines.pattern)


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", sorted(_mit_zeichen(get_resolver().url_patterns)))
def test_every_address_with_a_token_is_kept_quiet(client, adresse):
    antwort = client.get("/" + adresse.replace("<str:zeichen>", "W10:1vMqAa:abc"))
    assert antwort.status_code in (404, 410)
    if not adresse.endswith(".pdf"):  # whose answer to a wrong token is the portal's 404
        assert (antwort["X-Robots-Tag"], antwort["Referrer-Policy"]) == (ROBOTER, "strict-origin")


@pytest.mark.django_db
def test_its_forms_can_still_be_sent_and_other_pages_stay_as_they_are():
    anmeldung = angemeldet(make_kurs())
    adresse, client = link.adresse(anmeldung), Client(enforce_csrf_checks=True)
    seite = client.get(adresse, secure=True)
    assert seite["X-Robots-Tag"] == ROBOTER
    zeichen = seite.context["csrf_token"]
    felder = {"schritt": "abmelden", "version": anmeldung.version, "csrfmiddlewaretoken": zeichen}
    # What a browser sends along with this policy.
    kopf = {"origin": "https://testserver", "referer": "https://testserver/"}
    assert client.post(adresse, felder, secure=True, headers=kopf).status_code == 302
    assert "X-Robots-Tag" not in client.get("/fortbildung/kurse/")
