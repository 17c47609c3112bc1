"""A draft with a plan, and who works on it."""

import pytest

# Models are imported in the fixtures: pytest reads this file before Django is set up.


@pytest.fixture
def kommune(db):
    from tests.factories import make_kommune

    return make_kommune()


@pytest.fixture
def bearbeitung(kommune):
    from kommunen.models import Rolle
    from tests.factories import make_mitglied

    return make_mitglied(kommune, Rolle.BEARBEITUNG)


@pytest.fixture
def antrag(kommune):
    """Its plan keeps every rule."""
    from tests.factories import make_antrag

    from .plaene import ausgeglichen

    plan = ausgeglichen("30.000,00", "3.000,00", "27.000,00")
    return make_antrag(kommune=kommune, eingaben={"plan": plan})


@pytest.fixture
def seite(client, bearbeitung, antrag):
    """The address of the plan, with somebody signed in who may change it."""
    client.force_login(bearbeitung)
    return f"/antraege/{antrag.pk}/plan/"
