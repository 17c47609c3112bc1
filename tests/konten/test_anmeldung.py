"""Signing in with a password."""

import pytest
from django.db import IntegrityError, transaction

from asskomm.konten.models import Konto
from tests.factories import make_konto

pytestmark = pytest.mark.django_db
PASSWORT = "ein-langes-passwort"


def meldet_an(client, email):
    return client.login(username=email, password=PASSWORT)


def test_the_address_is_the_login_without_regard_to_case(client):
    make_konto(email=" Kim@Example.ORG ", password=PASSWORT)
    assert Konto.objects.get().email == "kim@example.org"
    assert meldet_an(client, "KIM@example.org")


def test_an_address_belongs_to_one_account():
    make_konto(email="kim@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Konto.objects.bulk_create([Konto(email="KIM@example.org")])


def test_without_a_password_nobody_signs_in(client):
    make_konto(email="kim@example.org")
    assert not client.login(username="kim@example.org", password="")


def test_a_locked_account_does_not_sign_in(client):
    make_konto(email="kim@example.org", password=PASSWORT, is_active=False)
    assert not meldet_an(client, "kim@example.org")


def test_demo_accounts_open_nothing_outside_the_demo_mode(client, settings):
    settings.BEISPIELDATEN = True
    make_konto(email="demo@example.org", password=PASSWORT, ist_beispiel=True, is_staff=True)
    assert meldet_an(client, "demo@example.org")
    assert client.get("/admin/").status_code == 200
    settings.BEISPIELDATEN = False
    assert client.get("/admin/").status_code == 302
    assert not meldet_an(client, "demo@example.org")
