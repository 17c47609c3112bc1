"""What the tests of the Fallakte share."""

import re
from datetime import UTC, datetime
from html import unescape

from django.test import Client

UM = datetime(2026, 11, 2, 9, tzinfo=UTC)


def angemeldet(konto):
    client = Client()
    client.force_login(konto, backend="asskomm.konten.anmeldung.PasswortAnmeldung")
    return client


def text(antwort, status=200):
    assert antwort.status_code == status, antwort
    return unescape(re.sub(r"\s+", " ", antwort.content.decode()))
