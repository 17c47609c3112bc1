"""Staff with one role each."""

from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import make_konto


def make_personal(rolle=None, **felder):
    """A member of staff; without a role one who may do everything."""
    felder.setdefault("name", rolle or "Vera Muster")
    konto = make_konto(is_staff=True, is_superuser=rolle is None, **felder)
    if rolle:
        konto.groups.add(Group.objects.get(name=rolle))
    return konto


def angemeldet(konto):
    """The client of somebody who has signed in; `client.konto` is the account."""
    client = Client()
    client.konto = konto
    client.force_login(konto)
    return client
