"""How long a session lasts, and what of a form outlives it."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from asskomm.protokoll.models import Eintrag
from tests.factories import make_konto

from .schritte import PASSWORT, ist_angemeldet, melde_an

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
TEXT = "Ein langer Absatz <b>mit</b> „Zeichen“ & mehr."


def vergeht(client, minuten):
    """Let the session grow older."""
    sitzung = client.session
    sitzung["zuletzt_benutzt_um"] -= minuten * 60
    sitzung.save()
    alter = timedelta(minutes=minuten)
    for zeile in Session.objects.filter(pk=sitzung.session_key):
        Session.objects.filter(pk=zeile.pk).update(expire_date=zeile.expire_date - alter)


# --- The end ---------------------------------------------------------------------


def test_it_ends_half_an_hour_after_the_last_use(client, kim):
    melde_an(client, kim.email)
    vergeht(client, 29)
    assert client.get("/konto/").status_code == 200  # moves the end
    vergeht(client, 29)
    assert client.get("/konto/").status_code == 200
    vergeht(client, 31)
    assert client.get("/konto/").status_code == 302


def test_the_length_is_a_setting(client, kim, settings):
    settings.SESSION_COOKIE_AGE = 60
    melde_an(client, kim.email)
    assert client.get("/konto/sitzung/").json()["sekunden"] in (59, 60)


def test_clicks_within_a_minute_cost_no_writing(client, kim, django_assert_num_queries):
    melde_an(client, kim.email)
    client.get("/konto/sitzung/")
    with django_assert_num_queries(2):  # session, account
        client.get("/konto/sitzung/")


def test_asking_for_the_rest_does_not_prolong_it_and_the_button_does(client, kim):
    melde_an(client, kim.email)
    vergeht(client, 26)
    assert 230 <= client.get("/konto/sitzung/").json()["sekunden"] <= 240
    assert 230 <= client.get("/konto/sitzung/").json()["sekunden"] <= 240
    assert client.post("/konto/sitzung/").json()["sekunden"] == 1800
    vergeht(client, 26)
    assert client.get("/konto/").status_code == 200


def test_who_is_not_signed_in_has_no_rest(client, db):
    assert client.get("/konto/sitzung/").json() == {"sekunden": 0}
    assert client.post("/konto/sitzung/").json() == {"sekunden": 0}
    assert not client.cookies


def test_prolonging_needs_the_token_against_forged_requests(kim):
    client = Client(enforce_csrf_checks=True)
    client.force_login(kim)
    assert client.post("/konto/sitzung/").status_code == 403


def test_private_pages_bring_the_dialog(client, kim):
    melde_an(client, kim.email)
    seite = client.get("/konto/").content.decode()
    assert 'data-sekunden="1740" data-adresse="/konto/sitzung/"' in seite


def test_cookies_are_closed_to_scripts_and_other_sites(client, kim):
    melde_an(client, kim.email)
    for name in ("sitzung", "geraet"):
        keks = client.cookies[name]
        assert (keks["httponly"], keks["samesite"]) == (True, "Lax")
    assert client.cookies["sitzung"]["max-age"] == ""  # gone with the browser


def test_signing_out_everywhere_spares_the_session_at_hand(client, kim):
    andere = Client()
    melde_an(andere, kim.email)
    melde_an(client, kim.email)
    assert client.get("/konto/ueberall-abmelden/").status_code == 405
    assert client.post("/konto/ueberall-abmelden/")["Location"] == "/konto/"
    assert ist_angemeldet(client)
    assert client.get("/konto/").status_code == 200
    assert andere.get("/konto/").status_code == 302
    assert kim.geraete.count() == 1
    assert Eintrag.objects.filter(handlung="konto.ueberall_abgemeldet", durch=kim).exists()


def test_a_locked_account_has_no_session_any_more(client, kim):
    melde_an(client, kim.email)
    type(kim).objects.filter(pk=kim.pk).update(is_active=False, deaktiviert_um=timezone.now())
    assert client.get("/konto/").status_code == 302


# --- Typed text ---------------------------------------------------------------------


@pytest.fixture
def entwurf(client, kim, settings):
    """Kim has the form open, and the session has ended meanwhile."""
    settings.ROOT_URLCONF = "tests.konten.adressen"
    melde_an(client, kim.email)
    seite = client.get("/entwurf/7/?ansicht=lang").content.decode()
    marke = re.search(r'name="eingabemarke" value="([^"]+)"', seite)[1]
    client.cookies.pop("sitzung")
    return {
        "text": TEXT,
        "punkte": ["a", "c"],
        "passwort": "geheim-geheim",
        "eingabemarke": marke,
    }


def sende_und_melde_an(client, daten, email, adresse="/entwurf/7/?ansicht=lang"):
    ziel = client.post(adresse, daten)["Location"]
    return client.post(ziel, {"login": email, "password": PASSWORT})["Location"]


def test_text_comes_back_after_the_sign_in(client, kim, entwurf):
    zurueck = sende_und_melde_an(client, entwurf, kim.email)
    assert zurueck == "/entwurf/7/?ansicht=lang&eingaben=1"
    seite = client.get(zurueck).content.decode()
    assert "Ein langer Absatz &lt;b&gt;mit&lt;/b&gt; „Zeichen“ &amp; mehr." in seite
    assert re.findall(r'value="(\w)"[^>]* checked', seite) == ["a", "c"]
    assert "geheim-geheim" not in seite
    assert "Fehler" not in seite
    antwort = client.post(zurueck, entwurf)
    assert antwort.status_code == 201
    assert TEXT not in client.get(zurueck).content.decode()  # given back, not kept


def test_it_comes_back_only_to_the_same_account(client, kim, entwurf):
    make_konto(email="alex@example.org", password=PASSWORT)
    zurueck = sende_und_melde_an(client, entwurf, "alex@example.org")
    assert "Ein langer Absatz" not in client.get(zurueck).content.decode()


def test_it_comes_back_only_on_the_same_page(client, kim, entwurf):
    sende_und_melde_an(client, entwurf, kim.email)
    assert "Ein langer Absatz" not in client.get("/entwurf/8/?eingaben=1").content.decode()


@pytest.mark.parametrize("marke", ["", "erfunden", "MTo:aaaa"])
def test_without_a_valid_mark_nothing_is_kept(client, kim, entwurf, marke):
    zurueck = sende_und_melde_an(client, entwurf | {"eingabemarke": marke}, kim.email)
    assert zurueck == "/entwurf/7/?ansicht=lang"


@pytest.mark.parametrize(("stunden", "bewahrt"), [(12, True), (13, False)])
def test_text_comes_back_after_a_form_was_open_all_day_but_not_for_ever(
    client, kim, entwurf, monkeypatch, stunden, bewahrt
):
    spaeter = time.time() + stunden * 3600
    monkeypatch.setattr(time, "time", lambda: spaeter)
    zurueck = sende_und_melde_an(client, entwurf, kim.email)
    assert ("Ein langer Absatz" in client.get(zurueck).content.decode()) is bewahrt
    assert bool(gehaltene_texte()) is bewahrt


def test_the_mark_of_a_locked_account_keeps_nothing(client, kim, entwurf):
    type(kim).objects.filter(pk=kim.pk).update(is_active=False, deaktiviert_um=timezone.now())
    assert client.post("/entwurf/7/", entwurf)["Location"] == "/anmelden/?next=/entwurf/7/"
    assert gehaltene_texte() == []


def test_an_account_has_one_text_the_newest(client, kim, entwurf):
    for nummer in range(5):
        client.post(f"/entwurf/{nummer}/", entwurf | {"text": f"Absatz {nummer}"})
        client.post(f"/mein-bereich/erfunden-{nummer}/mitglieder/einladen/", entwurf)
    assert len(gehaltene_texte()) == 1
    zurueck = sende_und_melde_an(client, entwurf | {"text": "Der letzte"}, kim.email)
    assert "Der letzte" in client.get(zurueck).content.decode()
    assert len(gehaltene_texte()) == 1


def test_an_address_that_gives_nothing_back_keeps_nothing(kim, entwurf):
    client = Client(enforce_csrf_checks=True)
    for adresse in ("/anmelden/", "/konto/sitzung/", "/abmelden/"):
        assert client.post(adresse, entwurf).status_code == 403
    assert gehaltene_texte() == []


def test_text_without_bounds_is_not_kept_and_the_person_is_told(client, kim, entwurf):
    antwort = client.post("/entwurf/7/", entwurf | {"text": "x" * 100_001}, follow=True)
    assert "zu lang, um sie aufzubewahren" in antwort.content.decode()


def test_no_password_is_kept(client, kim, entwurf):
    client.post("/entwurf/7/", entwurf)
    with connection.cursor() as zeiger:
        zeiger.execute("SELECT count(*), max(expires) <= clock_timestamp() + interval '1 hour' FROM"
                       " portal_zwischenspeicher WHERE cache_key LIKE '%%konten.eingaben%%'")  # fmt: skip
        assert zeiger.fetchone() == (1, True)
    [(pfad, text)] = gehaltene_texte()
    assert pfad == "/entwurf/7/"
    assert "geheim" not in text


def gehaltene_texte():
    with connection.cursor() as zeiger:
        zeiger.execute("SELECT cache_key FROM portal_zwischenspeicher")
        schluessel = [zeile[0].split(":", 2)[2] for zeile in zeiger.fetchall()]
    return [cache.get(s) for s in schluessel if s.startswith("konten.eingaben:")]


def test_a_page_opened_without_a_session_leads_back_to_it(client, kim, entwurf):
    assert client.get("/entwurf/7/?ansicht=lang")["Location"] == (
        "/anmelden/?next=/entwurf/7/%3Fansicht%3Dlang"
    )


def test_public_forms_carry_no_mark(client, kim):
    melde_an(client, kim.email)
    assert "eingabemarke" not in client.get("/barrierefreiheit/melden/").content.decode()


def test_the_own_name_survives_too(client, kim):
    melde_an(client, kim.email)
    marke = re.search(
        r'name="eingabemarke" value="([^"]+)"', client.get("/konto/").content.decode()
    )
    client.cookies.pop("sitzung")
    daten = {"name": "Kim Neu", "eingabemarke": marke[1]}
    zurueck = sende_und_melde_an(client, daten, kim.email, "/konto/")
    assert 'value="Kim Neu"' in client.get(zurueck).content.decode()
    client.post(zurueck, daten)
    kim.refresh_from_db()
    assert kim.name == "Kim Neu"
    assert Eintrag.objects.get(handlung="konto.angaben_geaendert").angaben == {"felder": ["name"]}


def test_a_form_from_another_window_comes_back_after_a_new_sign_in(kim, settings):
    """Signing in changes the token against forged requests; the text is not lost for it."""
    settings.ROOT_URLCONF = "tests.konten.adressen"
    client = Client(enforce_csrf_checks=True)
    client.force_login(kim)
    seite = client.get("/entwurf/7/").content.decode()
    felder = dict(re.findall(r'name="(eingabemarke|csrfmiddlewaretoken)" value="([^"]+)"', seite))
    daten = felder | {"text": TEXT, "punkte": ["a"], "csrfmiddlewaretoken": "x" * 64}
    zurueck = client.post("/entwurf/7/", daten)
    assert zurueck["Location"] == "/entwurf/7/?eingaben=1"
    assert "Ein langer Absatz" in client.get("/entwurf/7/?eingaben=1").content.decode()
    ohne_marke = client.post("/entwurf/7/", daten | {"eingabemarke": ""})
    assert ohne_marke.status_code == 403


def test_a_forged_form_shows_nothing_to_anybody_else(kim, settings):
    settings.ROOT_URLCONF = "tests.konten.adressen"
    alex = Client()
    alex.force_login(make_konto(email="alex@example.org"))
    seite = alex.get("/entwurf/7/").content.decode()
    marke = re.search(r'name="eingabemarke" value="([^"]+)"', seite)[1]
    opfer = Client(enforce_csrf_checks=True)
    opfer.force_login(kim)
    opfer.post("/entwurf/7/", {"eingabemarke": marke, "text": "untergeschoben"})
    assert "untergeschoben" not in opfer.get("/entwurf/7/?eingaben=1").content.decode()


def test_signing_out_in_the_admin_is_signing_out(client):
    client.force_login(make_konto(is_staff=True))
    assert client.post("/admin/logout/")["Location"] == "/abgemeldet/"
    assert not ist_angemeldet(client)
