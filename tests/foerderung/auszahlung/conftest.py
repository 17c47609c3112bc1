"""A case whose grant is final, in advance or by reimbursement."""

import pytest

from tests.foerderung.entscheidung.conftest import ansatz, regelwerk  # noqa: F401

# Models are imported in the fixtures: pytest reads this file before Django is set up.


@pytest.fixture
def fall(regelwerk, ansatz):  # noqa: F811
    from .faelle import Zahlfall

    return Zahlfall(regelwerk, ansatz)


@pytest.fixture
def erstattung(regelwerk, ansatz):  # noqa: F811
    from .faelle import Zahlfall

    return Zahlfall(regelwerk, ansatz, erstattung=True)
