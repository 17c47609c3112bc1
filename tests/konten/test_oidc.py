"""The central account is optional, so its tests need a process with other settings."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ORDNER = Path(__file__).parent / "oidc"
pytestmark = pytest.mark.slow


EIGENES = ("PYTEST_", "DJANGO_SETTINGS_MODULE", "TEST_DATABASE")


def umgebung(**werte):
    """As for a run of its own: what tests/conftest.py sets is left to the one of that run."""
    ohne = {name: wert for name, wert in os.environ.items() if not name.startswith(EIGENES)}
    return ohne | werte


def test_sign_in_with_a_central_account():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    lauf = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", str(ORDNER)],
        cwd=settings.BASE_DIR,
        env=umgebung(
            OIDC_SERVER_URL=f"http://127.0.0.1:{port}",
            OIDC_CLIENT_ID="asskomm",
            OIDC_CLIENT_SECRET="geheim",
            OIDC_ZWEITFAKTOR="hoch,mfa",
        ),
        capture_output=True,
        text=True,
    )
    assert lauf.returncode == 0, lauf.stdout
    assert "skipped" not in lauf.stdout


def test_half_a_provider_stops_the_start():
    lauf = subprocess.run(
        [sys.executable, "-c", "import asskomm.settings"],
        cwd=settings.BASE_DIR,
        env=umgebung(OIDC_SERVER_URL="https://anmeldung.example"),
        capture_output=True,
        text=True,
    )
    assert "OIDC_CLIENT_SECRET alle drei oder keines" in lauf.stderr


def test_without_a_provider_there_is_no_button_and_no_way(client, db):
    assert "zentral" not in client.get("/anmelden/").content.decode()
    assert client.get("/anmelden/zentral/").status_code == 404
