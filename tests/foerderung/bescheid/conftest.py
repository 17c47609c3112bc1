"""Cases that are decided, with the rule set that comes with the portal."""

import pytest
from django.core.management import call_command

# Models are imported in the fixtures: pytest reads this file before Django is set up.


@pytest.fixture
def regelwerk(db):
    from foerderung.models import Regelwerk

    call_command("importiere_regelwerk", verbosity=0)
    return Regelwerk.objects.get()


@pytest.fixture
def fall(regelwerk):
    """A case of a Kommune, ready to be decided."""
    from .faelle import Fall

    return Fall(regelwerk)
