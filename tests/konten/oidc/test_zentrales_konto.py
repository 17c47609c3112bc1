"""Sign-in with a central account; runs in a pytest of its own, with OIDC_SERVER_URL set.

`test_oidc.py` one folder up starts it: the settings are read once per process.
"""

import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

if not settings.OIDC_SERVER_URL:
    pytest.skip("tests/konten/test_oidc.py runs these", allow_module_level=True)

from allauth.socialaccount.models import SocialAccount, SocialToken

from asskomm.konten.models import Konto
from asskomm.konten.zweitfaktor import entferne_alle
from asskomm.protokoll.models import Eintrag
from tests.factories import make_konto, make_zweitfaktor
from tests.konten.schritte import PASSWORT, angemeldetes_konto, code, ist_angemeldet

from .anbieter import FREMDER, Anbieter

pytestmark = pytest.mark.django_db
ZURUECK = "/anmelden/zentral/zurueck/"


@pytest.fixture(scope="module")
def laufender():
    anbieter = Anbieter(urlsplit(settings.OIDC_SERVER_URL).port)
    yield anbieter
    anbieter.shutdown()


@pytest.fixture
def anbieter(laufender):
    laufender.setze_zurueck()
    return laufender


def melde_zentral_an(client, anbieter, ziel=""):
    hin = client.get(f"/anmelden/zentral/?next={ziel}")
    assert hin["Location"].startswith(f"{anbieter.adresse}/anmelden?")
    anfrage, antwort = anbieter.bestaetige(hin["Location"])
    assert anfrage["redirect_uri"] == f"http://testserver{ZURUECK}"
    return client.get(ZURUECK, antwort)


def test_the_button_stands_on_the_sign_in_page(client, db):
    seite = client.get("/anmelden/?next=/konto/").content.decode()
    assert 'href="/anmelden/zentral/?next=%2Fkonto%2F"' in seite
    assert "Mit zentrales Konto anmelden" in seite


def test_an_existing_account_is_found_by_its_verified_address(client, kim, anbieter):
    anbieter.person["email"] = "KIM@example.org"
    assert melde_zentral_an(client, anbieter, "/konto/")["Location"] == "/konto/"
    assert angemeldetes_konto(client) == kim
    assert Eintrag.objects.get(handlung="konto.angemeldet").angaben["mittel"] == ["socialaccount"]


def test_from_then_on_only_the_subject_counts(kim, anbieter):
    melde_zentral_an(Client(), anbieter)
    anbieter.person |= {"email": "anders@example.org", "email_verified": False}
    client = Client()
    melde_zentral_an(client, anbieter)
    assert angemeldetes_konto(client) == kim
    fremd = make_konto(email="anders@example.org")
    anbieter.person |= {"sub": "4712", "email_verified": True}
    client = Client()
    melde_zentral_an(client, anbieter)
    assert angemeldetes_konto(client) == fremd


def test_nothing_of_what_the_provider_says_is_stored(client, kim, anbieter):
    anbieter.person["name"] = "Kim Zentral"
    for _ in range(2):
        melde_zentral_an(client, anbieter)
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()
    kim.refresh_from_db()
    assert kim.name == "Kim Muster"


@pytest.mark.parametrize(
    ("person", "token", "schluessel"),
    [
        ({"email": "niemand@example.org"}, {}, None),
        ({"email_verified": False}, {}, None),
        ({"email_verified": "true"}, {}, None),
        ({"email": ""}, {}, None),
        ({"email": ["kim@example.org"]}, {}, None),
        ({"email": "\u212aim@example.org"}, {}, None),
        ({}, {}, FREMDER),
        ({}, {"aud": "andere"}, None),
        ({}, {"iss": "https://evil.example"}, None),
        ({}, {"exp": 1}, None),
        ({}, {"sub": "4712"}, None),
    ],
)
def test_nobody_else_gets_in_and_no_account_is_made(
    client, kim, anbieter, person, token, schluessel
):
    anbieter.person |= person
    anbieter.token |= token
    anbieter.schluessel = schluessel or anbieter.schluessel
    antwort = melde_zentral_an(client, anbieter)
    assert antwort["Location"] == "/anmelden/"
    assert "Mit diesem zentralen Konto" in client.get("/anmelden/").content.decode()
    assert not ist_angemeldet(client)
    assert Konto.objects.count() == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("zustand", [{"is_active": False}, {"ist_beispiel": True}])
def test_locked_and_demo_accounts_stay_closed(client, anbieter, zustand):
    make_konto(email="kim@example.org", **zustand)
    melde_zentral_an(client, anbieter)
    assert not ist_angemeldet(client)


def test_a_forged_way_back_opens_nothing(client, kim, anbieter):
    hin = client.get("/anmelden/zentral/")
    anbieter.bestaetige(hin["Location"])
    for antwort in ({"code": "einmal", "state": "erfunden"}, {"error": "access_denied"}, {}):
        assert client.get(ZURUECK, antwort)["Location"] == "/anmelden/"
        assert not ist_angemeldet(client)


def test_who_is_signed_in_cannot_be_bound_to_a_stranger(client, kim, anbieter):
    client.force_login(kim)
    anbieter.person["email"] = "niemand@example.org"
    hin = client.get("/anmelden/zentral/?process=connect")
    _, antwort = anbieter.bestaetige(hin["Location"])
    client.get(ZURUECK, antwort)
    assert not SocialAccount.objects.exists()


def test_our_second_factor_is_asked_for(client, kim, anbieter):
    make_zweitfaktor(kim)
    assert melde_zentral_an(client, anbieter)["Location"] == "/anmelden/code/"
    assert not ist_angemeldet(client)
    client.post("/anmelden/code/", {"code": code(time.time())})
    assert ist_angemeldet(client)


def test_staff_without_one_must_set_it_up(client, anbieter):
    konto = make_konto(email="kim@example.org", is_staff=True, password=PASSWORT)
    entferne_alle(konto)
    melde_zentral_an(client, anbieter)
    assert client.get("/admin/")["Location"] == "/konto/zweiter-faktor/"


@pytest.mark.parametrize("token", [{"acr": "hoch"}, {"amr": ["pwd", "mfa"]}])
def test_a_second_factor_that_the_provider_asserts_is_enough(client, anbieter, token):
    make_konto(email="kim@example.org", is_staff=True)
    anbieter.token |= token
    assert melde_zentral_an(client, anbieter)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("token", [{"acr": "niedrig"}, {"amr": "mfa"}, {"amr": ["pwd"]}])
def test_other_assertions_are_not(client, anbieter, token):
    make_konto(email="kim@example.org", is_staff=True)
    anbieter.token |= token
    assert melde_zentral_an(client, anbieter)["Location"] == "/anmelden/code/"
