"""Second factors: demanded, set up, used, lost."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from asskomm import beispielcode
from asskomm.konten import verfahren, zweitfaktor
from asskomm.konten.middleware import OHNE_ZWEITFAKTOR
from asskomm.konten.models import Konto
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from tests.factories import (
    make_konto,
    make_rollenvergabe,
    make_zweitfaktor,
    make_zweitfaktorverlust,
)

from .schritte import PASSWORT, code, ist_angemeldet, melde_an

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
APP = "/konto/zweiter-faktor/app/"
CODES = "/konto/zweiter-faktor/notfallcodes/"
EINGABE = "/anmelden/code/"
NIE_RICHTIG = "000 000 000"


@pytest.fixture
def leitung(db):
    """Staff without a second factor."""
    return make_konto_ohne_faktor(email="lpr@example.org", is_staff=True)


def make_konto_ohne_faktor(**felder):
    konto = make_konto(password=PASSWORT, **felder)
    zweitfaktor.entferne_alle(konto)
    return konto


def richte_app_ein(client, sekunden):
    """Set up the authenticator app; returns its secret."""
    client.get(APP)
    geheimnis = client.session["mfa.totp.secret"]
    antwort = client.post(APP, {"code": totp(geheimnis, sekunden)})
    return geheimnis, antwort


def totp(geheimnis, sekunden):
    return format_hotp_value(hotp_value(geheimnis, int(sekunden) // 30))


def notfallcodes(client):
    return re.findall(r"<code>(\d+)</code>", client.get(CODES).content.decode())


# --- Demanded ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "adresse",
    ["/admin/", "/admin/aenderungen/", "/konto/", "/konto/passwort/", "/mein-bereich/",
     "/konto/zweiter-faktor/notfallcodes/neu/"],
)  # fmt: skip
def test_without_one_staff_see_nothing_but_the_set_up(client, leitung, adresse):
    melde_an(client, leitung.email)
    for antwort in (client.get(adresse), client.post(adresse)):
        assert (antwort.status_code, antwort["Location"]) == (302, "/konto/zweiter-faktor/")
    seite = client.get("/konto/zweiter-faktor/").content.decode()
    assert "Ihre Rolle verlangt einen zweiten Faktor" in seite
    assert client.post("/abmelden/")["Location"] == "/abgemeldet/"


def test_public_pages_stay_open_to_them(client, leitung):
    melde_an(client, leitung.email)
    assert client.get("/kommunen/").status_code == 200


def test_pages_that_need_none_exist():
    namen = set(get_resolver().reverse_dict) | {
        f"konten:{name}" for name in get_resolver().namespace_dict["konten"][1].reverse_dict
    }
    assert namen >= OHNE_ZWEITFAKTOR


def test_who_was_on_the_way_somewhere_gets_there_after_the_set_up(client, leitung, uhr):
    melde_an(client, leitung.email)
    client.get("/admin/aenderungen/?seite=2")
    _, antwort = richte_app_ein(client, uhr.jetzt)
    assert antwort["Location"] == CODES
    assert 'href="/admin/aenderungen/?seite=2"' in client.get(CODES).content.decode()
    assert client.get("/admin/").status_code == 200


def test_it_is_demanded_from_the_moment_a_role_says_so(client, kim, monkeypatch):
    rollen = set()
    monkeypatch.setattr(zweitfaktor, "_PFLICHTEN", [lambda konto: bool(rollen)])
    melde_an(client, kim.email)
    assert client.get("/konto/").status_code == 200
    rollen.add("zeichnung")
    assert client.get("/konto/")["Location"] == "/konto/zweiter-faktor/"
    rollen.clear()
    assert client.get("/konto/").status_code == 200


def test_with_one_the_check_asks_the_database_once_per_session(
    client, kim, monkeypatch, django_assert_max_num_queries
):
    gefragt = []
    monkeypatch.setattr(zweitfaktor, "_PFLICHTEN", [lambda konto: gefragt.append(1) or True])
    make_zweitfaktor(kim)
    client.force_login(kim)
    for _ in range(4):
        assert client.get("/konto/passwort/").status_code == 200
    assert len(gefragt) == 1


# --- Set up and use -----------------------------------------------------------------


def test_set_up_shows_picture_and_text_and_is_logged_and_mailed(client, kim, uhr):
    melde_an(client, kim.email)
    seite = client.get(APP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in seite
    assert client.session["mfa.totp.secret"] in seite
    _, antwort = richte_app_ein(client, uhr.jetzt)
    assert antwort["Location"] == CODES
    eintrag = Eintrag.objects.get(handlung="konto.zweitfaktor_eingerichtet")
    assert (eintrag.durch, eintrag.angaben) == (kim, {"art": "totp"})
    assert Nachricht.objects.filter(vorlage="zweitfaktor_geaendert", konto=kim).exists()


def test_secrets_are_not_readable_in_the_database(client, kim, uhr):
    melde_an(client, kim.email)
    geheimnis, _ = richte_app_ein(client, uhr.jetzt)
    assert geheimnis not in json.dumps(Authenticator.objects.get(type="totp").data)


def test_a_secret_of_another_key_fits_no_code(client, kim, settings, uhr):
    make_zweitfaktor(kim)
    settings.SECRET_KEY = "ein-anderer"
    melde_an(client, kim.email)
    assert client.post(EINGABE, {"code": code(uhr.jetzt)}).status_code == 200
    settings.SECRET_KEY_FALLBACKS = ["nur-fuer-tests"]
    assert client.post(EINGABE, {"code": code(uhr.jetzt)}).status_code == 302


def test_setting_up_ends_sessions_that_began_with_the_password_alone(client, kim, uhr):
    andere = Client()
    melde_an(andere, kim.email)
    melde_an(client, kim.email)
    richte_app_ein(client, uhr.jetzt)
    assert client.get("/konto/").status_code == 200
    assert andere.get("/konto/").status_code == 302


def test_the_password_alone_opens_nothing(client, kim, uhr):
    make_zweitfaktor(kim)
    assert melde_an(client, kim.email)["Location"] == EINGABE
    assert not ist_angemeldet(client)
    assert client.get("/konto/").status_code == 302
    assert not Eintrag.objects.filter(handlung="konto.angemeldet").exists()
    client.post(EINGABE, {"code": code(uhr.jetzt)})
    assert ist_angemeldet(client)
    assert Eintrag.objects.get(handlung="konto.angemeldet").angaben == {
        "mittel": ["password", "totp"]
    }


def test_a_wrong_code_is_refused_and_logged(client, kim):
    make_zweitfaktor(kim)
    melde_an(client, kim.email)
    antwort = client.post(EINGABE, {"code": NIE_RICHTIG})
    assert "Dieser Code stimmt nicht" in antwort.content.decode()
    assert not ist_angemeldet(client)
    eintrag = Eintrag.objects.get(handlung="konto.anmeldung_gescheitert")
    assert eintrag.gegenstand_nummer == str(kim.pk)
    assert eintrag.angaben == {"stufe": "zweitfaktor"}


@pytest.mark.parametrize("spaeter", [0, 29, 31, 45, 59])
def test_a_code_counts_once_as_long_as_it_lives(kim, uhr, spaeter):
    make_zweitfaktor(kim)
    gezeigt = code(uhr.jetzt)
    erster, zweiter = Client(), Client()
    melde_an(erster, kim.email)
    assert erster.post(EINGABE, {"code": gezeigt}).status_code == 302
    uhr.stelle(spaeter)
    melde_an(zweiter, kim.email)
    mit_luecke = f"{gezeigt[:3]} {gezeigt[3:]}"
    assert zweiter.post(EINGABE, {"code": mit_luecke}).status_code == 200
    assert not ist_angemeldet(zweiter)


def test_the_code_of_the_set_up_does_not_sign_in_as_well(client, kim, uhr):
    melde_an(client, kim.email)
    geheimnis, _ = richte_app_ein(client, uhr.jetzt)
    anderer = Client()
    melde_an(anderer, kim.email)
    anderer.post(EINGABE, {"code": totp(geheimnis, uhr.jetzt)})
    assert not ist_angemeldet(anderer)
    uhr.stelle(30)
    anderer.post(EINGABE, {"code": totp(geheimnis, uhr.jetzt)})
    assert ist_angemeldet(anderer)


def test_guessing_codes_is_slowed_for_the_account(kim, uhr):
    make_zweitfaktor(kim)
    for nummer in range(5):
        client = Client(REMOTE_ADDR=f"203.0.113.{nummer}")
        melde_an(client, kim.email)
        assert client.post(EINGABE, {"code": NIE_RICHTIG}).status_code == 200
    antwort = client.post(EINGABE, {"code": code(uhr.jetzt)})
    assert antwort.status_code == 429
    assert not ist_angemeldet(client)


def test_the_second_step_can_be_given_up(client, kim):
    make_zweitfaktor(kim)
    melde_an(client, kim.email)
    assert client.get("/anmelden/")["Location"] == EINGABE
    client.post("/abmelden/")
    assert client.get("/anmelden/").status_code == 200
    assert client.get(EINGABE)["Location"] == "/anmelden/"


# --- Recovery codes -------------------------------------------------------------------


def test_recovery_codes_are_shown_once_and_each_counts_once(client, kim, uhr):
    melde_an(client, kim.email)
    richte_app_ein(client, uhr.jetzt)
    seite = client.get(CODES).content.decode()
    codes = re.findall(r"<code>(\d+)</code>", seite)
    assert len(codes) == 10
    assert 'href="data:text/plain;charset=utf-8,' in seite
    assert all(einer in seite.split("data:text/plain")[1] for einer in codes)
    assert notfallcodes(client) == []
    for erwartet in (True, False):
        anderer = Client()
        melde_an(anderer, kim.email)
        anderer.post(EINGABE, {"code": codes[0]})
        assert ist_angemeldet(anderer) is erwartet
        if erwartet:
            assert "Es bleiben Ihnen 9." in anderer.get("/konto/").content.decode()


def test_new_recovery_codes_replace_the_old_ones(client, kim, uhr):
    melde_an(client, kim.email)
    richte_app_ein(client, uhr.jetzt)
    alt = notfallcodes(client)
    assert client.post(f"{CODES}neu/")["Location"] == CODES
    neu = notfallcodes(client)
    assert len(neu) == 10
    assert not set(neu) & set(alt)
    assert Eintrag.objects.filter(handlung="konto.notfallcodes_erzeugt", durch=kim).exists()


def test_without_a_factor_there_are_no_recovery_codes(client, kim):
    melde_an(client, kim.email)
    assert client.get(CODES).status_code == 404
    assert client.post(f"{CODES}neu/").status_code == 200
    assert not Authenticator.objects.exists()


# --- Removing, and proving that it is still you ------------------------------------------


def test_the_last_one_stays_while_it_is_demanded(client, uhr):
    konto = make_konto(email="lpr@example.org", password=PASSWORT, is_staff=True)
    melde_an(client, konto.email)
    client.post(EINGABE, {"code": code(uhr.jetzt)})
    antwort = client.post(f"{APP}entfernen/")
    assert "Ihre Rolle verlangt einen zweiten Faktor" in antwort.content.decode()
    assert zweitfaktor.ist_eingerichtet(konto)


def test_who_need_not_have_one_may_remove_it_and_other_sessions_end(client, kim, uhr):
    melde_an(client, kim.email)
    geheimnis, _ = richte_app_ein(client, uhr.jetzt)
    andere = Client()
    uhr.stelle(30)
    melde_an(andere, kim.email)
    andere.post(EINGABE, {"code": totp(geheimnis, uhr.jetzt)})
    assert client.post(f"{APP}entfernen/")["Location"] == "/konto/zweiter-faktor/"
    assert not Authenticator.objects.exists()  # the recovery codes go with it
    assert andere.get("/konto/").status_code == 302
    assert Eintrag.objects.filter(handlung="konto.zweitfaktor_entfernt", durch=kim).exists()


def test_changes_ask_again_five_minutes_after_the_sign_in(client, kim, uhr):
    melde_an(client, kim.email)
    uhr.stelle(299)
    assert client.get(APP).status_code == 200
    uhr.stelle(2)
    antwort = client.get(APP)
    assert antwort["Location"].startswith("/konto/bestaetigen/?next=")
    falsch = client.post(antwort["Location"], {"password": "falsch"})
    assert "Prüfen Sie Ihr Passwort" in falsch.content.decode()
    assert client.post(antwort["Location"], {"password": PASSWORT})["Location"] == APP
    assert client.get(APP).status_code == 200


def test_with_a_factor_the_password_is_not_proof_enough(client, kim, uhr):
    make_zweitfaktor(kim)
    melde_an(client, kim.email)
    client.post(EINGABE, {"code": code(uhr.jetzt)})
    uhr.stelle(330)
    assert client.get(f"{APP}entfernen/")["Location"].startswith("/konto/bestaetigen/code/")
    umweg = client.post("/konto/bestaetigen/", {"password": PASSWORT})
    assert umweg["Location"].startswith("/konto/bestaetigen/code/")
    assert client.get(f"{APP}entfernen/").status_code == 302
    client.post("/konto/bestaetigen/code/", {"code": code(uhr.jetzt)})
    assert client.get(f"{APP}entfernen/").status_code == 200


# --- Lost ------------------------------------------------------------------------------------


def test_one_of_two_administrators_gets_back_in_with_a_third_person():
    """As the README says."""
    verloren, andere = (make_konto(rollen=["Administration"]) for _ in range(2))
    verlust = make_zweitfaktorverlust(konto=verloren, vorgeschlagen_von=andere)
    for wer in (verloren, andere):
        with pytest.raises(SchrittNichtMoeglich):
            verfahren.genehmige_zuruecksetzen(verlust, durch=wer, um=timezone.now())
    with pytest.raises(CommandError):
        call_command("richte_administration_ein", "dritte@example.org")
    verfahren.setze_rollen(verloren, [], durch=andere)
    call_command("richte_administration_ein", "dritte@example.org")
    dritte = Konto.objects.get(email="dritte@example.org")
    verfahren.nimm_an(
        dritte.einladungen.get(), um=timezone.now(), name="Dritte", passwort="noch-ein-langes"
    )
    dritte.refresh_from_db()
    verfahren.genehmige_zuruecksetzen(verlust, durch=dritte, um=timezone.now())
    assert not Authenticator.objects.filter(user=verloren).exists()
    rolle = Group.objects.get(name="Administration")
    vergabe = make_rollenvergabe(
        konto=verloren, gruppe=rolle, vorgeschlagen_von=andere, ergebnis="offen"
    )
    verfahren.genehmige_rolle(vergabe, durch=dritte, um=timezone.now())
    assert Konto.objects.administration().count() == 3


# --- Passkeys without a browser -------------------------------------------------------------


KAPUTT = [
    "", "null", "1", "[]", "{}", '"x"', '{"response": 1}', '{"response": {}}',
    '{"id": "x", "rawId": "x", "type": "public-key", "response": {"clientDataJSON": "x"}}',
    '{"id": 1, "rawId": [], "type": {}, "response": {"userHandle": 7}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {}, "response":'
    ' {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {}, "response":'
    ' {"clientDataJSON": "e30", "attestationObject": "AA"}}',
    "[" * 5000, '{"response":' * 5000, "1" * 5000, '{"response": {"x": "%s"}}' % ("x" * 40_000),
]  # fmt: skip


@pytest.mark.parametrize("antwort", KAPUTT)
def test_nonsense_instead_of_a_passkey_is_no_error_page(client, kim, antwort):
    client.get("/anmelden/passkey/", HTTP_ACCEPT="application/json")
    assert client.post("/anmelden/passkey/", {"credential": antwort})["Location"] == "/anmelden/"
    melde_an(client, kim.email)
    assert client.get("/konto/zweiter-faktor/passkey/").status_code == 200
    seite = client.post("/konto/zweiter-faktor/passkey/", {"name": "x", "credential": antwort})
    assert seite.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("antwort", KAPUTT)
def test_nonsense_instead_of_a_passkey_is_no_second_factor(client, kim, antwort):
    make_zweitfaktor(kim)
    melde_an(client, kim.email)
    client.get(EINGABE)
    assert client.post(EINGABE, {"credential": antwort}).status_code == 200
    assert not ist_angemeldet(client)


@pytest.mark.parametrize("antwort", KAPUTT)
def test_nonsense_instead_of_a_passkey_confirms_nothing(client, kim, uhr, antwort):
    Authenticator.objects.create(
        user=kim, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    client.force_login(kim)
    uhr.stelle(330)
    antwort = client.post("/konto/bestaetigen/passkey/", {"credential": antwort})
    assert antwort["Location"] == "/konto/bestaetigen/passkey/"


def test_demo_code_and_clock_agree():
    """The demo accounts' code is what allauth expects."""
    jetzt = time.time()
    assert totp(beispielcode.GEHEIMNIS, jetzt) == code(jetzt)
