"""A case that runs, with its people."""

import pytest

from tests.foerderung.entscheidung.conftest import ansatz, regelwerk  # noqa: F401

# Models are imported in the fixtures: pytest reads this file before Django is set up.


@pytest.fixture
def fall(regelwerk, ansatz):  # noqa: F811
    from .faelle import Prueffall

    return Prueffall(regelwerk, ansatz)


@pytest.fixture
def gezogen(fall):
    """9.000 euros paid, 10.000 spent and proven, drawn into the sample."""
    fall.zahle("10000.00")
    fall.reiche_nachweis_ein("6000.00", "4000.00")
    fall.ziehe()
    return fall
