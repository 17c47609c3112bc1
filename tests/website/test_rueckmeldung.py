"""Reports of barriers."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from asskomm import begrenzung
from asskomm.portal.models import Rueckmeldung
from asskomm.portal.rueckmeldung.views import eigene_adresse
from tests.factories import make_konto

from .formulare import marke

pytestmark = pytest.mark.django_db
ADRESSE = "/barrierefreiheit/melden/"
Zustand = Rueckmeldung.Zustand


@pytest.fixture
def sende(client):
    def _sende(**daten):
        daten.setdefault("text", "Die Karte ist mit der Tastatur nicht erreichbar.")
        daten.setdefault("marke", marke("barriere"))
        return client.post(ADRESSE, daten)

    return _sende


def inhalt(antwort):
    return antwort.content.decode()


def test_a_report_is_stored_and_gets_a_number(client, sende):
    antwort = sende(adresse="/kommunen/", kontakt="kim@example.org")
    rueckmeldung = Rueckmeldung.objects.get()
    ziel = reverse("portal:barriere-eingegangen", args=[rueckmeldung.formular])
    assert (antwort.status_code, antwort["Location"]) == (302, f"{ziel}#inhalt")
    assert rueckmeldung.zustand == Zustand.NEU
    assert (rueckmeldung.adresse, rueckmeldung.kontakt) == ("/kommunen/", "kim@example.org")
    beleg = inhalt(client.get(ziel))
    assert rueckmeldung.nummer in beleg
    assert "kim@example.org" not in beleg
    assert "Tastatur" not in beleg


def test_the_receipt_is_kept_nowhere_and_unknown_ones_do_not_exist(client, sende):
    antwort = client.get(sende()["Location"])
    assert "no-store" in antwort["Cache-Control"]
    assert client.get(f"{ADRESSE}{uuid.uuid4()}/").status_code == 404
    assert client.get(f"{ADRESSE}1/").status_code == 404


def test_only_the_description_is_required(sende):
    assert sende(adresse="", kontakt="").status_code == 302


@pytest.mark.parametrize(
    ("daten", "fehler"),
    [
        ({"text": ""}, "Beschreiben Sie, was nicht funktioniert."),
        ({"text": "x" * 4001}, "Kürzen Sie den Text auf höchstens 4000 Zeichen."),
        ({"text": "a\x00b"}, "Steuerzeichen"),
        ({"kontakt": "kim"}, "Geben Sie eine E-Mail-Adresse an"),
        ({"kontakt": "kim@example.org\x00"}, "unsichtbares Steuerzeichen"),
        ({"adresse": "x" * 301}, "Kürzen Sie den Text auf höchstens 300 Zeichen."),
        ({"marke": "x"}, "Das Formular ist abgelaufen."),
    ],
)
def test_errors_say_what_to_do_and_keep_what_was_typed(sende, daten, fehler):
    antwort = sende(**{"text": "Mein Text", "adresse": "/zahlen/"} | daten)
    assert antwort.status_code == 200
    assert fehler in inhalt(antwort)
    for name in {"text", "adresse"} - set(daten):
        assert {"text": "Mein Text", "adresse": "/zahlen/"}[name] in inhalt(antwort)
    assert not Rueckmeldung.objects.exists()


@pytest.mark.parametrize(
    ("zweck", "vor", "fehler"),
    [
        ("barriere", timedelta(), "Das ging sehr schnell."),
        ("barriere", timedelta(hours=25), "länger als 24 Stunden offen"),
        ("kommentar-1", timedelta(minutes=1), "Das Formular ist abgelaufen."),
    ],
)
def test_a_mark_of_the_wrong_age_or_form_keeps_what_was_typed(sende, zweck, vor, fehler):
    antwort = sende(text="Mein Text", marke=marke(zweck, vor=vor))
    assert fehler in inhalt(antwort)
    assert "Mein Text" in inhalt(antwort)
    assert not Rueckmeldung.objects.exists()


@pytest.mark.parametrize(
    ("text", "zustand"),
    [
        ("https://a.example und https://b.example", Zustand.NEU),
        ("https://a.example http://b.example www.c.example", Zustand.ZURUECKGEHALTEN),
        ("<a href=x> <A HREF=y> [URL=z]", Zustand.ZURUECKGEHALTEN),
    ],
)
def test_what_looks_like_advertising_is_held_and_not_lost(client, sende, text, zustand):
    antwort = sende(text=text)
    rueckmeldung = Rueckmeldung.objects.get()
    assert (rueckmeldung.zustand, rueckmeldung.text) == (zustand, text)
    # The receipt is the same either way.
    assert rueckmeldung.nummer in inhalt(client.get(antwort["Location"]))


def test_what_falls_into_the_trap_is_held_and_not_lost(sende):
    assert sende(falle="x").status_code == 302
    assert Rueckmeldung.objects.get().zustand == Zustand.ZURUECKGEHALTEN


def test_the_same_form_twice_gives_one_report_and_one_number(sende):
    gleiche = marke("barriere")
    ziele = {sende(marke=gleiche)["Location"] for _ in range(3)}
    assert len(ziele) == Rueckmeldung.objects.count() == 1


def test_a_second_report_under_a_used_mark_is_not_lost(sende):
    gleiche = marke("barriere")
    sende(marke=gleiche)
    antwort = sende(marke=gleiche, text="Und noch etwas anderes.")
    assert "haben Sie schon abgesendet" in inhalt(antwort)
    assert "Und noch etwas anderes." in inhalt(antwort)


def test_a_report_that_staff_work_on_still_answers_a_repeat(sende):
    gleiche = marke("barriere")
    sende(marke=gleiche)
    Rueckmeldung.objects.update(zustand=Zustand.ERLEDIGT, bemerkung="behoben")
    assert sende(marke=gleiche).status_code == 302


def test_the_sixth_in_an_hour_waits(sende):
    for nummer in range(begrenzung.HOECHSTENS):
        sende(text=f"Barriere {nummer}")
    antwort = sende(text="Noch eine Barriere")
    assert antwort.status_code == 429
    assert "Noch eine Barriere" in inhalt(antwort)


def test_staff_who_report_stay_nameless(client, sende):
    client.force_login(make_konto(is_staff=True))
    sende()
    assert Rueckmeldung.history.get().history_user is None


@pytest.mark.parametrize(
    ("adresse", "erwartet"),
    [
        ("/kommunen/?q=Zittau", "/kommunen/?q=Zittau"),
        ("http://testserver/zahlen/", "/zahlen/"),
        ("https://testserver/zahlen/", ""),
        ("https://example.org/zahlen/", ""),
        ("//example.org/", ""),
        ("javascript:alert(1)", ""),
        ("http:/zahlen/", ""),
        ("kommunen", ""),
        ("/" + "x" * 300, ""),
        ("/a\x00b", ""),
        ("http://[kaputt", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_portal_are_filled_in(client, adresse, erwartet):
    assert eigene_adresse(adresse) == erwartet
    formular = client.get(ADRESSE, {"seite": adresse}).context["form"]
    assert (formular["adresse"].value() or "") == erwartet


def test_the_form_shows_no_error_before_it_is_sent(client):
    seite = inhalt(client.get(ADRESSE))
    assert 'id="fehler"' not in seite
    assert "kern-error" not in seite
