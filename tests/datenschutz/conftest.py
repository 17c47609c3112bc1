"""The two people of a deletion run."""

import pytest


@pytest.fixture
def leitung(db):
    from tests.factories import make_konto

    return make_konto(["Leitung"], name="Lena Leitung")


@pytest.fixture
def zweite(db):
    from tests.factories import make_konto

    return make_konto(["Administration"], name="Adi Administration")
