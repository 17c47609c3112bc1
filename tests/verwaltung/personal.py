"""Staff with one role each."""

from django.test import Client

from asskomm.konten import sitzung
from asskomm.konten.rollen import ROLLEN
from asskomm.konten.zweitfaktor import EINGERICHTET
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
    # What the first click after a real sign-in finds, so that pages cost the same every time.
    sitzung_ = client.session
    sitzung_[EINGERICHTET] = True
    sitzung.verlaengere(sitzung_)
    sitzung_.save()
    return client
