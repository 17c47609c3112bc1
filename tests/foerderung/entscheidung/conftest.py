"""A case that waits for its recommendation or its decision, with the rule set of the portal."""

import pytest

# Models are imported in the fixtures: pytest reads this file before Django is set up.


@pytest.fixture
def regelwerk(db):
    from django.core.management import call_command

    from foerderung.models import Regelwerk

    call_command("importiere_regelwerk", verbosity=0)
    return Regelwerk.objects.get()


@pytest.fixture
def ansatz(db):
    from tests.factories import make_ansatz

    return make_ansatz()


@pytest.fixture
def akte(regelwerk, ansatz):
    """Expert check done, 27.000 of 30.000 euros asked for."""
    from .akten import Akte

    return Akte(regelwerk, ansatz)


@pytest.fixture
def reif(akte):
    """Recommended as asked for."""
    akte.empfiehl()
    return akte


@pytest.fixture
def bewilligt(reif):
    reif.schlage_vor()
    reif.genehmige()
    return reif
