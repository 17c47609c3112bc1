"""The pages of an engagement: who meets what, and what nobody reads by any address (F32-F34)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from beratung.models import Sitzung
from kommunen.models import Rolle
from tests.factories import make_coach, make_kommune, make_mitglied

from ..begleitungen import coach_von, erfasse, laufendes_mandat
from .seiten import adresse, heute, inhalt, sitzungsdaten

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.mark.parametrize(
    ("person", "liest"),
    [
        ("coach", "Text für alle|Text intern|Meine Notiz"),
        ("vertretung", "Text für alle|Text intern"),
        ("koordination", "Text für alle|Text intern"),
        ("liest", "Text für alle"),
        ("bearbeitet", "Text für alle"),
        ("fremder_coach", None),
        ("leitung", None),
        ("fremde_kommune", None),
        ("niemand", None),
    ],
)
def test_nobody_reads_by_any_address_what_is_not_for_them(hole, mandat, sitzung, person, liest):
    seiten = [
        adresse(name, mandat)
        for name in ("begleitung", "kontakt", "vereinbarung", "vertretung", "sitzung-neu")
    ] + [adresse(name, sitzung) for name in ("sitzung", "sitzung-aendern", "sitzung-stornieren")]
    antworten = {seite: hole(person, seite) for seite in seiten}
    if liest is None:
        assert {antwort.status_code for antwort in antworten.values()} == {404}
    alles = "".join(map(inhalt, antworten.values()))
    for text in ("Text für alle", "Text intern", "Meine Notiz"):
        assert (text in alles) == (text in (liest or "").split("|")), text


@pytest.mark.parametrize(
    ("person", "vereinbarung", "vertretung", "erfassen"),
    [
        ("coach", 200, 403, 200),
        ("vertretung", 403, 403, 200),
        ("koordination", 200, 200, 403),
        ("liest", 403, 403, 403),
        ("bearbeitet", 403, 403, 403),
        ("fremder_coach", 404, 404, 404),
    ],
)
def test_who_opens_which_form(hole, mandat, sitzung, person, vereinbarung, vertretung, erfassen):
    assert hole(person, adresse("vereinbarung", mandat)).status_code == vereinbarung
    assert hole(person, adresse("vertretung", mandat)).status_code == vertretung
    for seite in (
        adresse("sitzung-neu", mandat),
        adresse("sitzung-aendern", sitzung),
        adresse("sitzung-stornieren", sitzung),
    ):
        assert hole(person, seite).status_code == erfassen
        if erfassen != 200:
            assert hole(person, seite, sitzungsdaten()).status_code == erfassen
    assert Sitzung.objects.count() == 1


def test_the_kommune_does_not_learn_which_internal_texts_there_are(hole, mandat, sitzung):
    seite = inhalt(hole("liest", adresse("begleitung", mandat)))
    assert "für den LPR" not in seite
    assert "eigene Notiz" not in seite
    assert "für den LPR, eigene Notiz" in inhalt(hole("coach", adresse("begleitung", mandat)))
    assert "eigene Notiz" not in inhalt(hole("koordination", adresse("begleitung", mandat)))


def test_anonymous_people_go_to_the_login(client, mandat, sitzung):
    for url in (adresse("begleitung", mandat), adresse("sitzung", sitzung), "/coaching/"):
        assert client.get(url).status_code == 302


def test_an_engagement_of_two_kommunen_is_open_to_both(client):
    eine, andere = make_kommune(name="Adorf"), make_kommune(name="Zwönitz")
    mandat = laufendes_mandat(heute(), kommunen=[andere, eine])
    client.force_login(make_mitglied(andere, Rolle.LESEN))
    assert "Adorf, Zwönitz" in inhalt(client.get(adresse("begleitung", mandat)))
    assert len(client.get("/coaching/").context["zeilen"]) == 1


def test_who_handed_over_is_not_told_that_nothing_was_shared(client, mandat):
    alt = coach_von(mandat)
    mandat.einsaetze.filter(bis=None).update(bis=heute() - timedelta(days=1))
    neu = make_coach()
    mandat.einsaetze.create(coach=neu, rolle="coach", von=heute())
    spaeter = erfasse(mandat, am=heute(), um=timezone.now())
    for konto, gesagt, kommune in (
        (alt, "kein geteilter Text für Sie", False),
        (neu.konto, "geteilt", True),
    ):
        client.force_login(konto)
        liste = inhalt(client.get(adresse("begleitung", mandat)))
        assert f"<span>{gesagt}" in liste
        seite = inhalt(client.get(adresse("sitzung", spaeter)))
        assert ("<dt>Kommune</dt>" in seite) is kommune
        assert "nichts geteilt" not in liste + seite
