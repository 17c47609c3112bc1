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


@pytest.fixture
def bescheid(fall):
    """Issued and provided on 23 November 2026, with the consent of the Kommune."""
    from foerderung.verfahren.bekanntgabe import stelle_bereit

    from .faelle import UM

    bescheid = fall.erlasse()
    stelle_bereit(bescheid, um=UM)
    return bescheid


@pytest.fixture
def abgerufen(fall, bescheid):
    """Fetched on 24 November: known on the 25th, to be taken to court until 28 December."""
    from foerderung.verfahren.bekanntgabe import rufe_ab

    from .faelle import ABRUF

    rufe_ab(bescheid, durch=fall.bearbeitung, um=ABRUF)
    return bescheid


@pytest.fixture
def per_post(regelwerk):
    """A case without consent, and its notice that staff have to post."""
    from foerderung.verfahren.bekanntgabe import stelle_bereit

    from .faelle import UM, Fall

    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    fall.bescheid = fall.erlasse()
    stelle_bereit(fall.bescheid, um=UM)
    return fall
