"""A case whose proof is checked; 12.000 euros were paid to it on 16 May 2025."""

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
def geprueft(bewilligt):  # noqa: F811
    from .faelle import Rueckfall

    return Rueckfall(bewilligt)
