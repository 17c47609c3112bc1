"""The sign-in page: same answer and same work for every address, only own pages afterwards."""

import re

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asskomm.konten.models import Konto
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from tests.factories import make_konto, make_zweitfaktor

from .schritte import PASSWORT, ist_angemeldet, melde_an

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
FALSCH = "ein-falsches-passwort"


def test_sign_in_leads_to_the_own_area(client, kim):
    antwort = melde_an(client, " KIM@example.org ")
    assert (antwort.status_code, antwort["Location"]) == (302, "/mein-bereich/")
    assert "Kim Muster" in client.get("/konto/").content.decode()
    eintrag = Eintrag.objects.get(handlung="konto.angemeldet")
    assert (eintrag.durch, eintrag.angaben) == (kim, {"mittel": ["password"]})


def test_staff_start_in_the_admin(client):
    make_konto(email="lpr@example.org", password=PASSWORT, is_staff=True)
    melde_an(client, "lpr@example.org")
    assert not ist_angemeldet(client)  # the second factor comes first


@pytest.mark.parametrize(
    "adresse",
    ["/konto/", "/konto/passwort/", "/konto/zweiter-faktor/", "/konto/zweiter-faktor/app/",
     "/konto/zweiter-faktor/passkey/", "/mein-bereich/"],
)  # fmt: skip
def test_private_pages_need_a_sign_in_and_are_kept_nowhere(client, kim, adresse):
    antwort = client.get(adresse, follow=True)
    assert antwort.redirect_chain[0][0].startswith("/anmelden/?next=")
    melde_an(client, kim.email)
    seite = client.get(adresse)
    assert seite.status_code == 200
    assert "no-store" in seite["Cache-Control"]


def test_the_admin_has_no_sign_in_page_of_its_own(client, kim):
    antwort = client.get("/admin/", follow=True)
    assert antwort.redirect_chain[-1][0] == "/anmelden/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/konten/")["Location"] == (
        "/anmelden/?next=/admin/konten/"
    )
    client.force_login(kim)
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_admin_has_no_password_page_of_its_own(client):
    client.force_login(make_konto(is_staff=True))
    for adresse in ("/admin/password_change/", "/admin/password_change/done/"):
        assert client.get(adresse)["Location"] == "/konto/passwort/"


def test_empty_fields_say_what_to_type(client, db):
    fehler = client.post("/anmelden/", {"login": "", "password": ""}).context["form"].errors
    assert fehler == {
        "login": ["Geben Sie Ihre E-Mail-Adresse ein."],
        "password": ["Geben Sie Ihr Passwort ein."],
    }


def test_there_is_no_way_to_sign_up(client):
    for adresse in ("/anmelden/neu/", "/accounts/signup/", "/konto/e-mail/", "/registrieren/"):
        assert client.get(adresse).status_code == 404


# --- Same answer, same work ------------------------------------------------------


@pytest.fixture
def faelle(kim):
    make_konto(email="weg@example.org", password=PASSWORT, is_active=False)
    Konto.objects.create(email="eingeladen@example.org", password="!", is_active=False)
    make_konto(email="demo@example.org", password=PASSWORT, ist_beispiel=True)
    return {
        "wrong password": (kim.email, FALSCH),
        "unknown address": ("niemand@example.org", PASSWORT),
        "locked": ("weg@example.org", PASSWORT),
        "invited": ("eingeladen@example.org", PASSWORT),
        "demo account": ("demo@example.org", PASSWORT),
    }


def test_nobody_learns_whether_an_address_has_an_account(faelle):
    antworten = set()
    for email, passwort in faelle.values():
        antwort = melde_an(Client(), email, passwort)
        text = antwort.content.decode().replace(email, "")
        antworten.add((antwort.status_code, re.sub(r'value="[^"]*"|csrf\S+', "", text)))
    assert len(antworten) == 1
    assert "Prüfen Sie E-Mail-Adresse und Passwort" in next(iter(antworten))[1]


def test_every_address_costs_the_same_work(faelle, monkeypatch):
    """As many queries, and one password hashed."""
    gehasht = []
    hasher = hashers.get_hasher().__class__
    echt = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *a, **k: (gehasht.append(1), echt(*a, **k))[1])
    arbeit = {}
    for fall, (email, passwort) in faelle.items():
        gehasht.clear()
        with CaptureQueriesContext(
            connection,
        ) as abfragen:
            melde_an(Client(REMOTE_ADDR=f"203.0.113.{len(arbeit) + 1}"), email, passwort)
        arbeit[fall] = (len(abfragen), len(gehasht))
    assert len(set(arbeit.values())) == 1, arbeit


def test_a_failed_sign_in_names_the_account_and_never_what_was_typed(client, kim):
    melde_an(client, kim.email, FALSCH)
    melde_an(client, "niemand@example.org", FALSCH)
    gescheitert = Eintrag.objects.filter(handlung="konto.anmeldung_gescheitert")
    bekannt, unbekannt = gescheitert.order_by("pk")
    assert (bekannt.gegenstand_art, bekannt.gegenstand_nummer) == ("konten.konto", str(kim.pk))
    assert (unbekannt.gegenstand_art, unbekannt.durch_id) == ("", None)
    for eintrag in (bekannt, unbekannt):
        assert eintrag.angaben == {"stufe": "passwort"}


# --- Limits ------------------------------------------------------------------------


def test_an_account_is_slowed_after_five_wrong_passwords(kim):
    for nummer in range(5):
        assert (
            melde_an(Client(REMOTE_ADDR=f"203.0.113.{nummer}"), kim.email, FALSCH).status_code
            == 200
        )
    antwort = melde_an(Client(REMOTE_ADDR="203.0.113.99"), kim.email.upper(), PASSWORT)
    assert antwort.status_code == 429
    assert "Warten Sie fünf Minuten" in antwort.content.decode()
    assert antwort["Retry-After"]


def test_other_host_names_do_not_help(kim, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    for nummer in range(5):
        melde_an(
            Client(REMOTE_ADDR=f"203.0.113.{nummer}"), kim.email, FALSCH, SERVER_NAME="localhost"
        )
    assert melde_an(Client(REMOTE_ADDR="203.0.113.9"), kim.email).status_code == 429


def test_unknown_addresses_are_slowed_alike(db):
    for nummer in range(5):
        melde_an(Client(REMOTE_ADDR=f"203.0.113.{nummer}"), "niemand@example.org", FALSCH)
    antwort = melde_an(Client(REMOTE_ADDR="203.0.113.9"), "niemand@example.org", FALSCH)
    assert antwort.status_code == 429


def test_a_connection_is_slowed_whatever_it_forges(kim, settings):
    """Ten wrong passwords for as many addresses; a made-up X-Forwarded-For changes nothing."""
    settings.TRUSTED_PROXIES = 0
    client = Client(REMOTE_ADDR="203.0.113.7")
    for nummer in range(10):
        kopf = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{nummer}"}
        melde_an(client, f"person{nummer}@example.org", FALSCH, **kopf)
    antwort = melde_an(client, kim.email, HTTP_X_FORWARDED_FOR="198.51.100.77")
    assert antwort.status_code == 429
    assert melde_an(Client(REMOTE_ADDR="203.0.113.8"), kim.email).status_code == 302


def test_behind_a_proxy_each_connection_counts_for_itself(kim, settings):
    settings.TRUSTED_PROXIES = 1
    client = Client(REMOTE_ADDR="10.0.0.1")
    for nummer in range(10):
        kopf = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{nummer}, 203.0.113.7"}
        melde_an(client, f"person{nummer}@example.org", FALSCH, **kopf)
    weiter = {"HTTP_X_FORWARDED_FOR": "198.51.100.77, 203.0.113.7"}
    assert melde_an(client, kim.email, **weiter).status_code == 429
    assert melde_an(client, kim.email, HTTP_X_FORWARDED_FOR="203.0.113.8").status_code == 302


def test_too_many_requests_get_our_own_page(kim):
    client = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(30):
        client.post("/anmelden/", {})
    antwort = client.post("/anmelden/", {})
    assert antwort.status_code == 429
    assert "Bitte warten Sie eine Minute" in antwort.content.decode()


def test_limits_store_neither_connection_nor_address(kim):
    melde_an(Client(REMOTE_ADDR="203.0.113.7"), kim.email, FALSCH)
    with connection.cursor() as zeiger:
        zeiger.execute("SELECT cache_key, value FROM portal_zwischenspeicher")
        gespeichert = str(zeiger.fetchall())
    assert "login_failed" in gespeichert
    assert "203.0.113" not in gespeichert
    assert "kim" not in gespeichert


# --- Where it leads ------------------------------------------------------------------


@pytest.mark.parametrize("ziel", ["/konto/passwort/", "/mein-bereich/?seite=2"])
def test_next_leads_to_own_pages(client, kim, ziel):
    assert melde_an(client, kim.email, ziel=ziel.replace("?", "%3F"))["Location"] == ziel


@pytest.mark.parametrize(
    "ziel",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/%5Cevil.example/",
        "/%2Fevil.example/",
        "%2F%2Fevil.example/",
        "/\t/evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "konto/",
        "http://testserver/konto/",
        "",
    ],
)
def test_next_leads_nowhere_else(client, kim, ziel):
    antwort = client.post("/anmelden/", {"login": kim.email, "password": PASSWORT, "next": ziel})
    assert antwort["Location"] == "/mein-bereich/"


def test_next_survives_the_second_factor(client, kim, uhr):
    from .schritte import code

    make_zweitfaktor(kim)
    assert melde_an(client, kim.email, ziel="/konto/passwort/")["Location"] == "/anmelden/code/"
    antwort = client.post("/anmelden/code/", {"code": code(uhr.jetzt)})
    assert antwort["Location"] == "/konto/passwort/"


# --- Session ---------------------------------------------------------------------------


def test_the_session_gets_a_new_key_at_sign_in(client, kim):
    """Whoever planted a session into somebody's browser does not share it afterwards."""
    client.get("/anmelden/passkey/", HTTP_ACCEPT="application/json")
    vorher = client.session.session_key
    assert vorher
    melde_an(client, kim.email)
    assert ist_angemeldet(client)
    assert client.session.session_key != vorher
    fremd = Client()
    fremd.cookies["sitzung"] = vorher
    assert fremd.get("/konto/").status_code == 302


def test_signing_in_needs_the_token_against_forged_requests(kim):
    client = Client(enforce_csrf_checks=True)
    assert melde_an(client, kim.email).status_code == 403
    assert not ist_angemeldet(client)


def test_signing_out_ends_the_session_and_is_logged(client, kim):
    melde_an(client, kim.email)
    assert client.get("/abmelden/").status_code == 200
    assert ist_angemeldet(client)
    assert client.post("/abmelden/")["Location"] == "/abgemeldet/"
    assert not ist_angemeldet(client)
    assert Eintrag.objects.get(handlung="konto.abgemeldet").durch == kim
    seite = client.get("/abgemeldet/")
    assert seite.status_code == 200


# --- Devices ---------------------------------------------------------------------------


def meldungen():
    return Nachricht.objects.filter(vorlage="neues_geraet").count()


def test_a_new_device_is_reported_a_known_one_and_the_first_are_not(kim):
    zuhause, fremd = Client(), Client()
    melde_an(zuhause, kim.email)
    assert meldungen() == 0  # the very first
    zuhause.post("/abmelden/")
    melde_an(zuhause, kim.email)
    assert meldungen() == 0
    melde_an(fremd, kim.email)
    assert meldungen() == 1
    text = Nachricht.objects.get(vorlage="neues_geraet").text
    assert "Gerät" in text
    assert "127.0.0.1" not in text


def test_a_forged_device_cookie_is_a_new_device(kim):
    melde_an(Client(), kim.email)
    fremd = Client()
    fremd.cookies["geraet"] = "erfunden"
    melde_an(fremd, kim.email)
    assert meldungen() == 1


def test_two_people_at_one_browser_have_nothing_in_common(client, kim):
    melde_an(client, kim.email)
    client.post("/abmelden/")
    andere = make_konto(email="alex@example.org", password=PASSWORT)
    melde_an(client, andere.email)
    assert kim.geraete.get().pruefwert != andere.geraete.get().pruefwert
