"""A case with a grant of 27.000 euros, as the decision leaves it."""

from tests.foerderung.entscheidung.conftest import (  # noqa: F401
    akte,
    ansatz,
    bewilligt,
    regelwerk,
    reif,
)
