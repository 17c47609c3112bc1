"""Kim has an account; the clock stands still where codes count."""

import time

import pytest


@pytest.fixture
def kim(db):
    from tests.factories import make_konto

    from .schritte import PASSWORT

    return make_konto(email="kim@example.org", name="Kim Muster", password=PASSWORT)


@pytest.fixture
def uhr(monkeypatch):
    """A clock that only the test moves; `uhr.stelle(sekunden)` moves it on."""

    class Uhr:
        jetzt = 1_800_000_000.0

        def stelle(self, sekunden):
            self.jetzt += sekunden

    angehalten = Uhr()
    monkeypatch.setattr(time, "time", lambda: angehalten.jetzt)
    return angehalten
