"""What the public reads: nothing, until a confirmation is missing after all reminders."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kommunen.models import Ratsbestaetigung, Ratszustand
from tests.factories import make_ratsbestaetigung, make_ratszustand

from .hilfen import bestaetige, make_fall

pytestmark = pytest.mark.django_db
ZULETZT, NOCH_NIE = "Angaben zuletzt bestätigt am", "Angaben noch nicht von der Kommune bestätigt"


@pytest.fixture
def heute():
    return timezone.localdate()


@pytest.fixture
def fall():
    return make_fall()


def seiten(client, rat):
    """The page of the council, that of its Kommune and the list, as they are read."""
    adressen = (
        rat.get_absolute_url(),
        rat.kommunen.get().get_absolute_url(),
        "/praeventionsraete/",
    )
    for adresse in adressen:
        antwort = client.get(adresse)
        assert antwort.status_code == 200
        yield " ".join(re.sub(r"<[^>]+>", " ", antwort.content.decode()).split())


def make_offene(rat, heute, in_tagen=0, **felder):
    return make_ratsbestaetigung(
        rat=rat, am=None, jahr=heute.year, vorgemerkt_am=heute - timedelta(days=42),
        offen_ab=heute + timedelta(days=in_tagen), **felder
    )  # fmt: skip


def test_who_was_never_confirmed_reads_so_from_the_day_on(client, fall, heute):
    make_offene(fall[0], heute)
    assert all(NOCH_NIE in html and ZULETZT not in html for html in seiten(client, fall[0]))


def test_an_older_confirmation_is_named_with_its_day(client, fall, heute):
    make_ratsbestaetigung(rat=fall[0], am=heute - timedelta(days=366))
    make_offene(fall[0], heute)
    tag = f"{heute - timedelta(days=366):%d.%m.%Y}"
    assert all(f"{ZULETZT} {tag}" in html for html in seiten(client, fall[0]))


def ohne_hinweis(client, rat):
    return all(ZULETZT not in html and NOCH_NIE not in html for html in seiten(client, rat))


def test_before_that_day_there_is_nothing_to_read(client, fall, heute):
    make_offene(fall[0], heute, in_tagen=1)
    assert ohne_hinweis(client, fall[0])


def test_the_note_goes_with_the_confirmation(client, fall, heute):
    make_offene(fall[0], heute)
    bestaetige(*fall, um=timezone.now())
    assert ohne_hinweis(client, fall[0])


def test_who_was_never_asked_has_no_note(client, fall):
    assert ohne_hinweis(client, fall[0])


def test_a_note_of_last_year_stays_while_the_council_is_asked_anew(client, fall, heute):
    eine = make_offene(fall[0], heute)
    Ratsbestaetigung.objects.filter(pk=eine.pk).update(jahr=heute.year - 1)
    make_ratsbestaetigung(rat=fall[0], am=None, jahr=heute.year, vorgemerkt_am=heute)
    assert all(NOCH_NIE in html for html in seiten(client, fall[0]))
    bestaetige(*fall, um=timezone.now())
    assert ohne_hinweis(client, fall[0])


def test_a_dissolved_council_needs_no_confirmation(client, fall, heute):
    rat = fall[0]
    make_offene(rat, heute)
    rat.zustaende.update(bis="2024-12-31")
    make_ratszustand(rat=rat, zustand=Ratszustand.Zustand.AUFGELOEST, von="2024-12-31")
    assert ohne_hinweis(client, rat)
