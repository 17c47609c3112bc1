"""The rule set of the portal, and who draws."""

import pytest

from tests.foerderung.entscheidung.conftest import (  # noqa: F401
    akte,
    ansatz,
    bewilligt,
    regelwerk,
    reif,
)

# Models are imported in the fixtures: pytest reads this file before Django is set up.


@pytest.fixture
def sachbearbeitung(regelwerk):  # noqa: F811
    from tests.factories import make_konto

    return make_konto(["Sachbearbeitung"], name="Samira Sach")
