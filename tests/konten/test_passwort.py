"""A new password: by a link in a mail, or changed on the own page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asskomm.konten import passwortlink, vorlagen
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from tests.factories import make_konto

from .schritte import NEUES, PASSWORT, ist_angemeldet, melde_an

pytestmark = pytest.mark.django_db
VERGESSEN = "/anmelden/passwort-vergessen/"


def fordere_an(client, email):
    return client.post(VERGESSEN, {"email": email})


def tippe(client, adresse, passwort=NEUES, wiederholung=None):
    wiederholung = passwort if wiederholung is None else wiederholung
    return client.post(adresse, {"passwort": passwort, "wiederholung": wiederholung})


def test_asking_for_a_link_is_the_same_work_and_answer_for_every_address(kim):
    make_konto(email="weg@example.org", is_active=False)
    arbeit, antworten = set(), set()
    for nummer, email in enumerate((kim.email, "niemand@example.org", "weg@example.org")):
        client = Client(REMOTE_ADDR=f"203.0.113.{nummer}")
        with CaptureQueriesContext(connection) as abfragen:
            antwort = fordere_an(client, email)
        assert not [a for a in abfragen if "konten_konto" in a["sql"]]
        arbeit.add(len(abfragen))
        antworten.add(antwort.content)
    assert len(arbeit) == len(antworten) == 1
    assert Nachricht.objects.filter(vorlage="passwort_vergessen", konto=None).count() == 3


def test_only_an_account_that_may_sign_in_gets_a_link(kim):
    make_konto(email="weg@example.org", is_active=False)
    make_konto(email="demo@example.org", ist_beispiel=True)
    links = {}
    for nummer, email in enumerate(
        ("KIM@example.org", "niemand@example.org", "weg@example.org", "demo@example.org")
    ):
        fordere_an(Client(REMOTE_ADDR=f"203.0.113.{nummer}"), email)
        nachricht = Nachricht.objects.latest("eingestellt_um")
        links[email] = vorlagen.PASSWORT_VERGESSEN.einmallink(nachricht)
    assert links.pop("KIM@example.org").startswith("http://testserver/anmelden/neues-passwort/")
    assert set(links.values()) == {None}


def test_the_link_opens_a_form_and_only_the_form_uses_it_up(client, kim):
    adresse = passwortlink.adresse(kim)
    for _ in range(3):  # mail scanners, previews, the person
        assert client.get(adresse).status_code == 200
    assert tippe(client, adresse)["Location"] == "/anmelden/"
    assert not ist_angemeldet(client)
    assert client.get(adresse).status_code == 410
    assert tippe(client, adresse).status_code == 410
    melde_an(client, kim.email, NEUES)
    assert ist_angemeldet(client)


def test_a_reset_ends_sessions_is_logged_and_mailed(client, kim):
    offen = Client()
    melde_an(offen, kim.email)
    kim.refresh_from_db()
    tippe(client, passwortlink.adresse(kim))
    assert offen.get("/konto/").status_code == 302
    assert Eintrag.objects.filter(handlung="konto.passwort_zurueckgesetzt", durch=kim).exists()
    assert Nachricht.objects.filter(vorlage="passwort_geaendert", konto=kim).exists()


def test_a_reset_ends_the_wait_after_wrong_passwords(client, kim):
    for _ in range(5):
        melde_an(client, kim.email, "ein-falsches-passwort")
    assert melde_an(client, kim.email).status_code == 429
    tippe(client, passwortlink.adresse(kim))
    assert melde_an(client, kim.email, NEUES).status_code == 302


def test_a_sign_in_or_two_hours_make_the_link_worthless(client, kim, settings):
    vor_der_anmeldung = passwortlink.adresse(kim)
    melde_an(client, kim.email)
    assert client.get(vor_der_anmeldung).status_code == 410
    kim.refresh_from_db()
    danach = passwortlink.adresse(kim)
    assert client.get(danach).status_code == 200
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(danach).status_code == 410


@pytest.mark.parametrize("zeichen", ["x", "1-", "-x", "zzzzzzzzzzzzzzzzzzzz-x", "0-0-0", "%00-a"])
def test_a_forged_link_leads_to_a_page_that_helps(client, db, zeichen):
    antwort = client.get(f"/anmelden/neues-passwort/{zeichen}/")
    assert antwort.status_code == 410
    assert VERGESSEN in antwort.content.decode()


@pytest.mark.parametrize(
    ("passwort", "wiederholung", "text"),
    [
        ("kurz", "kurz", "12 Zeichen"),
        ("passwortpasswort1", "anderes", "dasselbe Passwort"),
        ("kim.muster@example", None, ""),
        ("123456789012", None, ""),
        ("", "", "Geben Sie ein Passwort ein"),
    ],
)
def test_weak_passwords_are_refused(client, kim, passwort, wiederholung, text):
    antwort = tippe(client, passwortlink.adresse(kim), passwort, wiederholung)
    assert antwort.status_code == 200
    assert text in antwort.content.decode()
    assert "<title>Fehler: " in antwort.content.decode()
    kim.refresh_from_db()
    assert kim.check_password(PASSWORT)


def test_the_third_link_within_ten_minutes_is_the_last(kim):
    for nummer in range(3):
        client = Client(REMOTE_ADDR=f"203.0.113.{nummer}")
        assert fordere_an(client, kim.email).status_code == 200
    assert fordere_an(Client(REMOTE_ADDR="203.0.113.9"), kim.email.upper()).status_code == 429


def test_changing_it_needs_the_old_one_and_keeps_this_session(client, kim):
    andere = Client()
    melde_an(andere, kim.email)
    melde_an(client, kim.email)
    daten = {"altes": "falsch", "passwort": NEUES, "wiederholung": NEUES}
    antwort = client.post("/konto/passwort/", daten)
    assert "Prüfen Sie Ihr Passwort" in antwort.content.decode()
    antwort = client.post("/konto/passwort/", daten | {"altes": PASSWORT})
    assert antwort["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200
    assert andere.get("/konto/").status_code == 302
    assert Eintrag.objects.filter(handlung="konto.passwort_geaendert", durch=kim).exists()


def test_passwords_are_not_sent_back_to_the_page(client, kim):
    antwort = melde_an(client, kim.email, "ein-falsches-passwort")
    assert not re.search("ein-falsches-passwort", antwort.content.decode())
