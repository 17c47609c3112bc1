"""Staff with one role each."""

from django.test import Client

from asskomm.konten.rollen import ROLLEN
from tests.factories import make_konto


def make_personal(rolle=None, **felder):
    """A member of staff; without a role one who has them all."""
    felder.setdefault("name", rolle or "Vera Muster")
    return make_konto(rollen=[rolle] if rolle else list(ROLLEN), is_staff=True, **felder)


def angemeldet(konto):
    """The client of somebody who has signed in; `client.konto` is the account."""
    client = Client()
    client.konto = konto
    client.force_login(konto)
    return client
