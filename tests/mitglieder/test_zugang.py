"""Who meets which answer on the pages of a Kommune."""

import pytest
from django.test import Client

from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_kommune, make_konto, make_mitglied

from .hilfen import angemeldet, lade_ein, nummer

pytestmark = pytest.mark.django_db

ALLE = ("", "mitglieder/", "mitglieder/verlassen/")
VERWALTUNG = (
    "mitglieder/einladen/",
    "mitglieder/pruefen/",
    "mitglieder/{nummer}/",
    "mitglieder/{nummer}/beenden/",
)


@pytest.fixture
def kommune():
    return make_kommune()


def _adresse(kommune, seite):
    person = nummer(make_mitglied(kommune), kommune)
    return f"/mein-bereich/{kommune.kennung}/" + seite.format(nummer=person)


@pytest.mark.parametrize("seite", ALLE + VERWALTUNG)
def test_anonymous_people_go_to_the_login_and_come_back(kommune, seite):
    adresse = _adresse(kommune, seite)
    antwort = Client().get(adresse)
    assert antwort.status_code == 302
    assert antwort.url == f"/anmelden/?next={adresse}"


@pytest.mark.parametrize("seite", ALLE + VERWALTUNG)
def test_a_foreign_kommune_is_a_404_like_an_absent_one(kommune, seite):
    fremd = angemeldet(make_mitglied(make_kommune(), *Rolle))
    assert fremd.get(_adresse(kommune, seite)).status_code == 404
    assert fremd.get(f"/mein-bereich/14999999/{seite.format(nummer=1)}").status_code == 404


@pytest.mark.parametrize("rolle", Rolle)
@pytest.mark.parametrize("seite", ALLE + VERWALTUNG)
def test_every_role_reads_and_only_the_verwaltung_changes(kommune, seite, rolle):
    erlaubt = seite in ALLE or rolle == Rolle.VERWALTUNG
    antwort = angemeldet(make_mitglied(kommune, rolle)).get(_adresse(kommune, seite))
    assert antwort.status_code == (200 if erlaubt else 403)


def test_the_number_of_a_person_elsewhere_is_a_404(kommune):
    andere = make_kommune()
    person = nummer(make_mitglied(andere), andere)
    client = angemeldet(make_mitglied(kommune, Rolle.VERWALTUNG))
    for seite in ("", "beenden/"):
        adresse = f"/mein-bereich/{kommune.kennung}/mitglieder/{person}/{seite}"
        assert client.get(adresse).status_code == 404


def test_an_invited_person_has_no_access_yet_and_an_ended_one_no_more(kommune):
    verwaltung = make_mitglied(kommune, Rolle.VERWALTUNG)
    person = make_konto()
    lade_ein(kommune, person.email, durch=verwaltung)
    assert angemeldet(person).get(f"/mein-bereich/{kommune.kennung}/").status_code == 404
    ehemalig = make_mitglied(kommune)
    Mitgliedschaft.objects.filter(konto=ehemalig).update(beendet_um="2026-08-01T08:00Z")
    assert angemeldet(ehemalig).get(f"/mein-bereich/{kommune.kennung}/").status_code == 404


def test_lists_of_memberships_hold_the_own_kommunen_only(kommune):
    eigene = make_mitglied(kommune)
    make_mitglied(make_kommune())
    assert list(Mitgliedschaft.objects.sichtbar_fuer(eigene)) == list(
        Mitgliedschaft.objects.filter(konto=eigene)
    )
    assert not Mitgliedschaft.objects.sichtbar_fuer(make_konto()).exists()
    leitung = make_konto(rollen=["Administration"])
    assert Mitgliedschaft.objects.sichtbar_fuer(leitung).count() == 2
