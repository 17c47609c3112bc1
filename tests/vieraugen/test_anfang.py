"""Somebody has to begin: the first two administrators need no approval, the third does."""

import pytest
from django.db import IntegrityError

from asskomm.konten.models import Konto
from tests.factories import make_konto
from tests.protokoll.hilfen import zugleich

from .hilfen import gruppe, verboten

pytestmark = pytest.mark.django_db


def test_until_two_can_sign_in_somebody_may_begin():
    eingeladen = make_konto(is_active=False)
    eingeladen.groups.add(gruppe("Administration"))
    for _ in range(2):
        make_konto().groups.add(gruppe("Administration"))
    verboten("rolle_zu_zweit", lambda: make_konto().groups.add(gruppe("Administration")))
    verboten("rolle_zu_zweit", lambda: make_konto().groups.add(gruppe("Leitung")))


def test_demo_accounts_are_no_administration():
    for _ in range(2):
        make_konto(ist_beispiel=True).groups.add(gruppe("Administration"))
    assert not Konto.objects.administration().exists()
    make_konto().groups.add(gruppe("Administration"))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_begin_at_once_two_do():
    konten = [make_konto() for _ in range(5)]
    rolle = gruppe("Administration")
    gescheitert = zugleich(*(lambda k=k: k.groups.add(rolle) for k in konten))
    assert [type(f) for f in gescheitert] == [IntegrityError] * 3
    assert Konto.objects.administration().count() == 2
