"""Comments: how they come in without an account, and how staff decide about them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from asskomm import begrenzung
from asskomm.portal.aktuelles import verfahren
from asskomm.portal.aktuelles.verfahren import SCHRITTE, SchrittNichtMoeglich
from asskomm.portal.models import Kommentar, Rueckmeldung
from tests.factories import make_konto, make_meldung

from .formulare import marke

pytestmark = pytest.mark.django_db
Zustand = Kommentar.Zustand


@pytest.fixture
def meldung():
    return make_meldung()


@pytest.fixture
def sende(client, meldung):
    adresse = reverse("portal:kommentieren", args=[meldung.pk])

    def _sende(**daten):
        daten.setdefault("text", "Das ist gut.")
        if "marke" not in daten:
            daten["marke"] = marke(f"kommentar-{meldung.pk}")
        return client.post(adresse, daten)

    return _sende


def inhalt(antwort):
    return antwort.content.decode()


def test_the_form_can_be_sent_as_the_page_shows_it(client, meldung):
    adresse = reverse("portal:kommentieren", args=[meldung.pk])
    seite = inhalt(client.get(adresse))
    assert 'action="#fehler"' in seite
    assert "csrfmiddlewaretoken" not in seite
    assert 'name="marke"' in seite


def test_a_comment_waits_and_the_page_says_so(client, sende, meldung):
    antwort = sende(name=" Kim ", text="Das ist gut.")
    ziel = reverse("portal:kommentar-eingegangen", args=[meldung.pk])
    assert (antwort.status_code, antwort["Location"]) == (302, f"{ziel}#inhalt")
    assert "Ihr Kommentar ist eingegangen und wird geprüft" in inhalt(client.get(ziel))
    kommentar = Kommentar.objects.get()
    assert (kommentar.name, kommentar.text) == ("Kim", "Das ist gut.")
    assert kommentar.zustand == Zustand.WARTET


def test_no_cookie_and_no_account_are_needed(sende):
    antwort = sende()
    assert antwort.status_code == 302
    assert not antwort.cookies
    assert "Cookie" not in antwort.get("Vary", "")


def test_staff_who_comment_stay_nameless(client, sende):
    client.force_login(make_konto(is_staff=True))
    assert sende().status_code == 302
    assert Kommentar.history.get().history_user is None


def test_sending_the_same_form_twice_gives_one_comment(sende, meldung):
    gleiche = marke(f"kommentar-{meldung.pk}")
    assert [sende(marke=gleiche).status_code for _ in range(8)] == [302] * 8
    assert Kommentar.objects.count() == 1


def test_another_text_under_a_used_mark_is_not_lost(sende, meldung):
    gleiche = marke(f"kommentar-{meldung.pk}")
    sende(marke=gleiche)
    antwort = sende(marke=gleiche, text="Noch ein Gedanke.")
    assert antwort.status_code == 200
    assert "haben Sie schon abgesendet" in inhalt(antwort)
    assert "Noch ein Gedanke." in inhalt(antwort)
    assert antwort.context["form"]["marke"].value() != gleiche


@pytest.fixture
def leere_zaehler():
    """Tests that commit leave their counts behind: the cache is no table of a model."""
    cache.clear()
    yield
    cache.clear()


def sende_zugleich(meldung, alle_daten):
    """Send all of it at the same moment, each over its own connection; returns the statuses."""
    adresse = reverse("portal:kommentieren", args=[meldung.pk])
    alle_bereit = Barrier(len(alle_daten))

    def klicke(daten):
        alle_bereit.wait()
        try:
            return Client().post(adresse, daten).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(alle_daten)) as klicks:
        return list(klicks.map(klicke, alle_daten))


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_by_six_clicks_at_once_gives_one_comment_and_counts_once(
    meldung, leere_zaehler
):
    daten = {"text": "Das ist gut.", "marke": marke(f"kommentar-{meldung.pk}")}
    assert sende_zugleich(meldung, [daten] * 6) == [302] * 6
    assert Kommentar.objects.count() == 1
    frei = begrenzung.HOECHSTENS - 1
    weitere = [{"text": "Gut.", "marke": marke(f"kommentar-{meldung.pk}")} for _ in range(frei)]
    assert sende_zugleich(meldung, weitere) == [302] * frei


@pytest.mark.django_db(transaction=True)
def test_of_six_comments_at_once_five_are_stored(meldung, leere_zaehler):
    daten = [{"text": "Gut.", "marke": marke(f"kommentar-{meldung.pk}")} for _ in range(6)]
    assert sorted(sende_zugleich(meldung, daten)) == [302] * 5 + [429]
    assert Kommentar.objects.count() == begrenzung.HOECHSTENS


@pytest.mark.parametrize(
    ("daten", "fehler"),
    [
        ({"text": ""}, "Schreiben Sie Ihren Kommentar in dieses Feld."),
        ({"text": "  \n "}, "Schreiben Sie Ihren Kommentar in dieses Feld."),
        ({"text": "\u200b\u202e\u2060"}, "Schreiben Sie Ihren Kommentar in dieses Feld."),
        ({"text": "ab"}, "Schreiben Sie mindestens 3 Zeichen."),
        ({"text": "x" * 2001}, "Kürzen Sie den Text auf höchstens 2000 Zeichen."),
        ({"name": "x" * 81}, "Kürzen Sie den Text auf höchstens 80 Zeichen."),
        ({"text": "abc\x00def"}, "Steuerzeichen"),
        ({"name": "Kim\x1b"}, "Steuerzeichen"),
    ],
)
def test_errors_say_what_to_do_and_keep_what_was_typed(sende, daten, fehler):
    antwort = sende(**{"name": "Kim Muster", "text": "Mein Text"} | daten)
    seite = inhalt(antwort)
    assert antwort.status_code == 200
    assert fehler in seite
    assert "<title>Fehler: " in seite
    assert 'id="fehler"' in seite
    for wert in ({"name": "Kim Muster", "text": "Mein Text"} | daten).values():
        assert wert.strip("\x00\x1b \n") in seite
    assert not Kommentar.objects.exists()


def test_text_is_stored_in_nfc(sende):
    sende(text="Pra\u0308vention")
    assert Kommentar.objects.get().text == "Prävention"


@pytest.mark.parametrize(
    ("daten", "fehler"),
    [
        ({"marke": ""}, "Das Formular ist abgelaufen."),
        ({"marke": "gefälscht"}, "Das Formular ist abgelaufen."),
        ({"marke": "a\x00b"}, "Das Formular ist abgelaufen."),
    ],
)
def test_without_a_valid_mark_the_text_comes_back_with_a_new_one(sende, daten, fehler):
    antwort = sende(**daten)
    assert fehler in inhalt(antwort)
    assert "Das ist gut." in inhalt(antwort)
    assert antwort.context["form"]["marke"].value() not in ("", daten["marke"])
    assert not Kommentar.objects.exists()


def test_a_mark_of_another_meldung_is_refused(sende):
    assert "abgelaufen" in inhalt(sende(marke=marke(f"kommentar-{make_meldung().pk}")))


def test_a_form_sent_at_once_asks_for_patience(sende, meldung):
    frisch = marke(f"kommentar-{meldung.pk}", vor=timedelta(seconds=1))
    antwort = sende(marke=frisch)
    assert "Das ging sehr schnell." in inhalt(antwort)
    assert antwort.context["form"]["marke"].value() == frisch


def test_a_form_open_for_more_than_a_day_keeps_the_text_and_gets_a_new_mark(sende, meldung):
    alt = marke(f"kommentar-{meldung.pk}", vor=timedelta(hours=24, seconds=2))
    antwort = sende(marke=alt)
    assert "länger als 24 Stunden offen" in inhalt(antwort)
    assert "Das ist gut." in inhalt(antwort)
    assert antwort.context["form"]["marke"].value() != alt


def test_the_trap_answers_as_always_and_stores_nothing(sende, meldung):
    antwort = sende(falle="https://werbung.example")
    ziel = reverse("portal:kommentar-eingegangen", args=[meldung.pk])
    assert antwort["Location"] == f"{ziel}#inhalt"
    assert not Kommentar.objects.exists()


def test_the_trap_is_hidden_from_everybody_but_robots(client, meldung):
    seite = inhalt(client.get(reverse("portal:kommentieren", args=[meldung.pk])))
    anfang = seite.index('class="assk-honig"')
    kasten = seite[seite.rindex("<", 0, anfang) : seite.index("</div>", anfang)]
    assert 'aria-hidden="true"' in kasten
    assert 'tabindex="-1"' in seite[anfang : anfang + 800]


def test_the_sixth_in_an_hour_waits_and_keeps_its_text(sende):
    for nummer in range(begrenzung.HOECHSTENS):
        assert sende(text=f"Kommentar {nummer}").status_code == 302
    antwort = sende(text="Einer zu viel")
    assert antwort.status_code == 429
    assert antwort["Retry-After"] == "3600"
    assert "Bitte warten Sie eine Stunde" in inhalt(antwort)
    assert "Einer zu viel" in inhalt(antwort)
    assert Kommentar.objects.count() == begrenzung.HOECHSTENS


def test_a_repeat_is_not_counted(sende, meldung):
    gleiche = marke(f"kommentar-{meldung.pk}")
    for _ in range(begrenzung.HOECHSTENS + 2):
        assert sende(marke=gleiche).status_code == 302
    assert sende(text="Ein zweiter").status_code == 302


def test_errors_are_not_counted(sende):
    for _ in range(begrenzung.HOECHSTENS + 2):
        sende(text="")
    assert sende().status_code == 302


def test_other_methods_are_refused(client, meldung):
    assert client.put(reverse("portal:kommentieren", args=[meldung.pk])).status_code == 405
    assert client.post(meldung.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("schritt", SCHRITTE)
@pytest.mark.parametrize("zustand", Zustand)
def test_every_step_from_every_state(meldung, schritt, zustand):
    kommentar = Kommentar.objects.create(meldung=meldung, text="Gut so.", zustand=zustand)
    konto = make_konto()
    aus, ziel = SCHRITTE[schritt]
    gehe = getattr(verfahren, schritt)
    if zustand in aus:
        gehe(kommentar, durch=konto)
        assert kommentar.zustand == ziel
        zuletzt = kommentar.history.first()
        assert (zuletzt.zustand, zuletzt.history_user, zuletzt.history_type) == (ziel, konto, "~")
    else:
        with pytest.raises(SchrittNichtMoeglich):
            gehe(kommentar, durch=konto)
        kommentar.refresh_from_db()
        assert kommentar.zustand == zustand
        assert kommentar.history.count() == 1


def test_of_two_decisions_at_once_only_the_first_wins(meldung):
    kommentar = Kommentar.objects.create(meldung=meldung, text="Gut so.")
    derselbe = Kommentar.objects.get()
    verfahren.freigeben(kommentar, durch=make_konto())
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.freigeben(derselbe, durch=make_konto())
    assert kommentar.history.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("modell", "worte"),
    [(Kommentar, {"name", "text"}), (Rueckmeldung, {"adresse", "text", "kontakt"})],
)
def test_the_history_keeps_no_word_of_what_somebody_wrote(modell, worte):
    """Deleting a comment or a report deletes its words for good (see /datenschutz/)."""
    felder = {feld.name for feld in modell.history.model._meta.get_fields()}
    assert worte <= {feld.name for feld in modell._meta.get_fields()}
    assert not worte & felder
