"""`manage.py arbeiter`: killed, ended, cut off from the database; nothing is lost."""

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import time as time_of_day
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from asskomm.post import tagesaufgaben, versand
from asskomm.post.models import Lebenszeichen, Nachricht, Tageslauf

from .nachrichten import make_nachricht

BASE_DIR = Path(__file__).resolve().parent.parent.parent
Zustand = Nachricht.Zustand


@contextlib.contextmanager
def arbeiter(mailserver, *schalter):
    """A worker on the test database."""
    adresse = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    prozess = subprocess.Popen(
        [sys.executable, "-m", "tests.post.arbeiterprozess", *schalter],
        cwd=BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": adresse._replace(path=f"/{name}").geturl(),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mailserver.port),
            "EMAIL_USE_TLS": "0",
            "DEFAULT_FROM_EMAIL": "ASSKomm <asskomm@example.org>",
        },
        stdin=subprocess.DEVNULL,
    )
    try:
        yield prozess
    finally:
        prozess.kill()
        prozess.wait()


def warte_bis(bedingung, sekunden=30):
    ende = time.monotonic() + sekunden
    while not bedingung():
        assert time.monotonic() < ende, "Das dauert zu lange."
        time.sleep(0.01)


def wartend():
    return Nachricht.objects.filter(zustand=Zustand.WARTET).count()


@pytest.fixture
def langsam(mailserver, monkeypatch):
    """A mail server that takes its time for each mail."""

    async def handle_data(server, session, envelope):
        await asyncio.sleep(0.02)
        mailserver.mails.append(envelope)
        await asyncio.sleep(0.02)
        return "250 OK"

    monkeypatch.setattr(mailserver.empfang, "handle_DATA", handle_data)
    return mailserver


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_twenty_times_nothing_is_lost_and_repetitions_keep_their_message_id(langsam):
    """A mail goes out twice only if the worker died between the server's OK and the commit."""
    for nummer in range(100):
        make_nachricht(adresse=f"amt{nummer}@example.org")
    wuerfel, toetungen = random.Random(1), 20
    for _ in range(toetungen):
        vorher = len(langsam.mails)
        noch = wuerfel.randrange(1, 5)
        with arbeiter(langsam) as prozess:
            warte_bis(lambda ziel=vorher + noch: len(langsam.mails) >= ziel)
            time.sleep(wuerfel.random() * 0.06)
            prozess.send_signal(signal.SIGKILL)
            prozess.wait()
    assert wartend() > 0, "the last kill came before the last mail"
    with arbeiter(langsam) as prozess:
        warte_bis(lambda: not wartend())
        prozess.terminate()
        assert prozess.wait(10) == 0
    message_ids = {}
    for umschlag in langsam.mails:
        ids = message_ids.setdefault(umschlag.rcpt_tos[0], Counter())
        ids[message_from_bytes(umschlag.content)["Message-ID"]] += 1
    assert len(message_ids) == 100
    assert all(len(ids) == 1 for ids in message_ids.values())
    assert len(langsam.mails) - 100 <= toetungen
    assert set(Nachricht.objects.values_list("zustand", "versuche")) == {(Zustand.GESENDET, 1)}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("zeichen", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_after_the_mail_in_hand(langsam, zeichen):
    for nummer in range(100):
        make_nachricht(adresse=f"amt{nummer}@example.org")
    with arbeiter(langsam) as prozess:
        warte_bis(lambda: langsam.mails)
        prozess.send_signal(zeichen)
        assert prozess.wait(10) == 0
    assert len(langsam.mails) == 100 - wartend()
    assert wartend()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_survives_a_lost_connection_to_the_database(mailserver):
    make_nachricht()
    with arbeiter(mailserver) as prozess:
        warte_bis(lambda: mailserver.mails)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        make_nachricht()
        warte_bis(lambda: len(mailserver.mails) == 2)
        assert prozess.poll() is None
        lebenszeichen = Lebenszeichen.objects.get()
        assert lebenszeichen.arbeiter.endswith(f":{prozess.pid}")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_does_not_outlive_the_process_that_started_it(mailserver):
    with arbeiter(mailserver, "--solange=1") as prozess:
        assert prozess.wait(30) == 0


@pytest.mark.django_db
def test_once_deals_with_all_that_is_due_and_ends(mailserver, monkeypatch):
    gelaufen = []
    monkeypatch.setattr(tagesaufgaben, "_aufgaben", {"test.eins": gelaufen.append})
    monkeypatch.setattr("asskomm.post.tageslauf.BEGINN", time_of_day.min)
    make_nachricht()
    make_nachricht(adresse="b@example.org")
    make_nachricht(naechster_versuch_um=timezone.now() + timedelta(hours=1))
    Lebenszeichen.objects.create(arbeiter="weg", gemeldet_um=timezone.now() - timedelta(minutes=16))
    call_command("arbeiter", einmal=True)
    assert len(mailserver.mails) == 2
    assert gelaufen == [timezone.localdate()]
    assert Tageslauf.objects.get().fertig_um
    assert Lebenszeichen.objects.get().arbeiter.endswith(":einmal")
    call_command("arbeiter", "--einmal")
    assert len(mailserver.mails) == 2
    assert len(gelaufen) == 1


@pytest.mark.django_db
def test_a_server_that_is_down_shows_in_the_sign_of_life(mailserver):
    mailserver.aus()
    make_nachricht()
    call_command("arbeiter", einmal=True)
    zeichen = Lebenszeichen.objects.get()
    assert zeichen.stoerung == "ConnectionRefusedError"
    assert zeichen.pause_bis > timezone.now()


def test_a_slow_server_cannot_cost_the_lock(settings):
    """PostgreSQL ends a transaction that waits longer; then the mail would go out twice."""
    assert settings.EMAIL_TIMEOUT < 15
    assert int(versand.SENDEZEIT.rstrip("s")) >= 4 * settings.EMAIL_TIMEOUT
