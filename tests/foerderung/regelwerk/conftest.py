"""The rule set that comes with the portal, and clients of staff who have signed in."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.fixture
def geliefert(db):
    """Brought in as at the first start."""
    from foerderung.models import Regelwerk

    call_command("importiere_regelwerk", verbosity=0)
    return Regelwerk.objects.get()


@pytest.fixture
def rufe():
    """Run the import and return what it printed."""

    def _rufe(**optionen):
        ausgabe = StringIO()
        call_command("importiere_regelwerk", stdout=ausgabe, **optionen)
        return ausgabe.getvalue()

    return _rufe


@pytest.fixture
def anmelden(db):
    """Sign in as somebody with the role."""
    from tests.verwaltung.personal import angemeldet, make_personal

    return lambda rolle: angemeldet(make_personal(rolle))


@pytest.fixture
def sachbearbeitung(anmelden):
    return anmelden("Sachbearbeitung")


@pytest.fixture
def leitung(anmelden):
    return anmelden("Leitung")
