"""The sign-in page: same answer and same work for every address, only own pages afterwards."""

import pytest
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asskomm import beispielcode
from asskomm.konten.models import Konto
from asskomm.protokoll.models import Eintrag
from tests.factories import make_konto

pytestmark = pytest.mark.django_db
PASSWORT = "ein-langes-passwort"
FALSCH = "ein-falsches-passwort"


def melde_an(client, email, passwort=PASSWORT, ziel="", **kopf):
    adresse = f"/anmelden/?next={ziel}" if ziel else "/anmelden/"
    return client.post(adresse, {"login": email, "password": passwort}, **kopf)


def angemeldet(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def kim():
    return make_konto(email="kim@example.org", name="Kim Muster", password=PASSWORT)


def test_sign_in_leads_to_the_own_account(client, kim):
    antwort = melde_an(client, " KIM@example.org ")
    assert antwort.status_code == 302
    assert antwort["Location"] == "/konto/"
    assert "Kim Muster" in client.get("/konto/").content.decode()
    eintrag = Eintrag.objects.get(handlung="konto.angemeldet")
    assert (eintrag.durch, eintrag.angaben) == (kim, {"mittel": ["password"]})


PRIVATE = [
    "/konto/",
    "/konto/passwort/",
    "/konto/zweiter-faktor/",
    "/konto/zweiter-faktor/app/",
    "/konto/zweiter-faktor/passkey/",
]


@pytest.mark.parametrize("adresse", PRIVATE)
def test_private_pages_need_a_sign_in(client, kim, adresse):
    antwort = client.get(adresse)
    assert antwort.status_code == 302
    assert antwort["Location"].startswith("/anmelden/?next=" + adresse.replace("/", "%2F")) or (
        antwort["Location"] == f"/anmelden/?next={adresse}"
    )
    melde_an(client, kim.email)
    seite = client.get(adresse)
    assert seite.status_code == 200
    assert "no-store" in seite["Cache-Control"]
