"""Clients of staff who have signed in."""

import pytest


@pytest.fixture
def anmelden(db):
    """Sign in as somebody with the role; without a role as one who may do everything."""
    from .personal import angemeldet, make_personal

    return lambda rolle=None: angemeldet(make_personal(rolle))


@pytest.fixture
def redaktion(anmelden):
    return anmelden("Redaktion")


@pytest.fixture
def leitung(anmelden):
    return anmelden("Leitung")


@pytest.fixture
def sachbearbeitung(anmelden):
    return anmelden("Sachbearbeitung")
