"""An engagement, a session in it, and one of each kind of people in front of it."""

import pytest


@pytest.fixture
def mandat():
    from .seiten import make_begleitung

    return make_begleitung()


@pytest.fixture
def sitzung(mandat):
    from .seiten import make_sitzung

    return make_sitzung(mandat)


@pytest.fixture
def personen(mandat):
    from .seiten import make_personen

    return make_personen(mandat)


@pytest.fixture
def hole(client, personen):
    def _hole(person, url, daten=None, methode=None):
        client.force_login(personen[person])
        if daten is not None:
            return client.post(url, daten)
        return getattr(client, methode or "get")(url)

    return _hole
