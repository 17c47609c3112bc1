"""A mail server of the tests, texts of the tests, and a clock that can be turned."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from .mailserver import Mailserver


@pytest.fixture(autouse=True)
def _vorlagen(settings):
    """The texts of the tests' own mails."""
    from .nachrichten import LINKS

    texte = Path(__file__).parent / "vorlagen"
    erste, *weitere = settings.TEMPLATES
    settings.TEMPLATES = [{**erste, "DIRS": [*erste["DIRS"], texte]}, *weitere]
    yield
    LINKS.clear()


class Uhr:
    """Stands still until it is turned."""

    def __init__(self):
        self.jetzt = timezone.now()

    def __call__(self):
        return self.jetzt

    def vor(self, **spanne):
        self.jetzt += timedelta(**spanne)


@pytest.fixture
def uhr():
    return Uhr()


@pytest.fixture
def mailserver(settings):
    server = Mailserver()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "ASSKomm <asskomm@example.org>"
    yield server
    server.aus()
