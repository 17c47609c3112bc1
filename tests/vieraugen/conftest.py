"""Two administrators, and one of the kinds of proposals."""

import pytest

IM_ADMIN = ["rollenvergabe", "zweitfaktorverlust", "vertretung", "bestellung"]


def _art(name):
    from .arten import ARTEN

    return next(art for art in ARTEN if str(art) == name)


@pytest.fixture(params=IM_ADMIN)
def art(request):
    """A kind that is proposed and decided in the admin."""
    return _art(request.param)


@pytest.fixture(params=[*IM_ADMIN, "entscheidung"])
def jede_art(request):
    """Any kind: what the database holds everybody to."""
    return _art(request.param)


@pytest.fixture
def administration(db):
    from tests.factories import make_konto
    from tests.verwaltung.personal import angemeldet

    return lambda name: angemeldet(make_konto(["Administration"], name=name))


@pytest.fixture
def erste(administration):
    return administration("Erste Person")


@pytest.fixture
def zweite(administration):
    return administration("Zweite Person")
