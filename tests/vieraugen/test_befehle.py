"""The first two administrators, and the way back after a loss."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from asskomm.konten.models import Einladung, Konto
from asskomm.post.models import Nachricht
from tests.factories import make_konto

pytestmark = pytest.mark.django_db


def richte_ein(email, **optionen):
    ausgabe = StringIO()
    call_command("richte_administration_ein", email, stdout=ausgabe, **optionen)
    return ausgabe.getvalue()


def test_the_first_is_invited_and_told_that_a_second_is_needed():
    ausgabe = richte_ein("Anna@Example.org")
    konto = Konto.objects.get(email="anna@example.org")
    assert konto.eingeladen
    assert konto.is_staff
    assert [g.name for g in konto.groups.all()] == ["Administration"]
    assert Nachricht.objects.filter(konto=konto, vorlage="einladung").exists()
    assert "manage.py arbeiter sendet sie" in ausgabe
    assert "kann sich zurzeit: 0. Nötig sind zwei" in ausgabe
    assert "http" not in ausgabe, "the link opens the account, so it is shown only on demand"


def test_the_link_is_shown_on_demand_and_opens_the_page(client):
    ausgabe = richte_ein("anna@example.org", zeige_link=True)
    link = re.search(r"http://testserver(/\S+)", ausgabe)[1]
    assert client.get(link, follow=True).status_code == 200


def test_an_address_with_a_slip_is_no_obstacle_for_the_next():
    for email in ("ana@example.org", "anna@example.org", "anna@example.org", "bert@example.org"):
        richte_ein(email)
    assert Einladung.objects.count() == 4


@pytest.mark.parametrize("weg", ["deaktiviert", "ohne Rolle"])
def test_one_of_two_may_be_replaced_after_a_loss(weg):
    eine, andere = make_konto(["Administration"]), make_konto(["Administration"])
    with pytest.raises(CommandError, match="hat zwei Personen"):
        richte_ein("carla@example.org")
    assert not Konto.objects.filter(email="carla@example.org").exists()
    if weg == "deaktiviert":
        Konto.objects.filter(pk=eine.pk).update(is_active=False, deaktiviert_um="2026-01-01 12:00Z")
    else:
        andere.groups.clear()
    assert "kann sich zurzeit: 1." in richte_ein("carla@example.org")


def test_a_colleague_with_an_account_gets_the_role_at_once():
    kollegin = make_konto(["Redaktion"], email="rita@example.org")
    assert "hat jetzt die Rolle Administration" in richte_ein("rita@example.org")
    assert {g.name for g in kollegin.groups.all()} == {"Redaktion", "Administration"}


def test_mistakes_are_said_and_leave_nothing():
    make_konto(email="weg@example.org", is_active=False, deaktiviert_um="2026-01-01 12:00Z")
    for email in ("keine Adresse", "weg@example.org"):
        with pytest.raises(CommandError):
            richte_ein(email)
    assert not Einladung.objects.exists()


def test_createsuperuser_names_the_right_command(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Regenschirm-im-Mai")
    with pytest.raises(CommandError, match="richte_administration_ein"):
        call_command("createsuperuser", email="chef@example.org", interactive=False)
    assert not Konto.objects.exists()
