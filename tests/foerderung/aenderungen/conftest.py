"""A project that runs, with and without money passed on."""

import pytest

from tests.foerderung.entscheidung.conftest import ansatz, regelwerk  # noqa: F401

# Models are imported in the fixtures: pytest reads this file before Django is set up.


@pytest.fixture
def fall(regelwerk, ansatz):  # noqa: F811
    from .faelle import Laufend

    return Laufend(regelwerk, ansatz)
