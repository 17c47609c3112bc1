"""Two administrators, and one of the four kinds of proposals."""

import pytest


@pytest.fixture(params=["rollenvergabe", "zweitfaktorverlust", "vertretung", "bestellung"])
def art(request):
    from .arten import ARTEN

    return next(art for art in ARTEN if str(art) == request.param)


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
