"""Daily jobs: once a day over all workers, from six o'clock on, whatever the clocks do."""

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from asskomm.post import tagesaufgaben as register
from asskomm.post.models import Nachricht, Tageslauf
from asskomm.post.tageslauf import fuehre_aus

from .nachrichten import make_nachricht

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def aufgaben(monkeypatch):
    """The register, with nothing but what the test puts into it."""
    eigene = {}
    monkeypatch.setattr(register, "_aufgaben", eigene)
    return eigene


def zwoelf_mal_taeglich(von, tage):
    """Every second hour of so many days, as moments in UTC."""
    beginn = von.astimezone(UTC)
    return [beginn + timedelta(hours=2 * nummer) for nummer in range(12 * tage)]


@pytest.mark.django_db
@pytest.mark.parametrize("umstellung", [date(2026, 3, 29), date(2026, 10, 25)])
def test_once_a_day_across_the_change_of_clocks(aufgaben, umstellung):
    gelaufen = []
    aufgaben["test.eins"] = gelaufen.append
    mitternacht = datetime(umstellung.year, umstellung.month, umstellung.day, tzinfo=BERLIN)
    for jetzt in zwoelf_mal_taeglich(mitternacht - timedelta(days=1), 3):
        fuehre_aus(jetzt)
    assert gelaufen == [umstellung + timedelta(days=n) for n in (-1, 0, 1)]


@pytest.mark.django_db
def test_not_before_six_in_berlin(aufgaben):
    gelaufen = []
    aufgaben["test.eins"] = gelaufen.append
    for jetzt in (
        datetime(2026, 7, 1, 5, 59, 59, tzinfo=BERLIN),
        datetime(2026, 7, 1, 6, 0, tzinfo=BERLIN),
        datetime(2026, 7, 1, 23, 59, tzinfo=BERLIN),
        datetime(2026, 7, 2, 0, 1, tzinfo=BERLIN),
    ):
        fuehre_aus(jetzt)
    assert gelaufen == [date(2026, 7, 1)]
    assert Tageslauf.objects.get().fertig_um == datetime(2026, 7, 1, 6, 0, tzinfo=BERLIN)


@pytest.mark.django_db
def test_a_job_that_fails_leaves_nothing_stops_no_other_and_comes_again_in_an_hour(aufgaben):
    gelaufen, kaputt = [], [True]

    def scheitert(heute):
        make_nachricht()
        if kaputt:
            raise ZeroDivisionError

    aufgaben |= {"test.scheitert": scheitert, "test.andere": gelaufen.append}
    jetzt = datetime(2026, 7, 1, 6, 0, tzinfo=BERLIN)
    fuehre_aus(jetzt)
    fuehre_aus(jetzt + timedelta(minutes=59))
    lauf = Tageslauf.objects.get(aufgabe="test.scheitert")
    assert (lauf.fertig_um, lauf.versuche, lauf.fehler) == (None, 1, "ZeroDivisionError")
    assert len(gelaufen) == 1
    assert not Nachricht.objects.exists()
    kaputt.clear()
    fuehre_aus(jetzt + timedelta(hours=1))
    lauf.refresh_from_db()
    assert (lauf.versuche, lauf.fehler) == (2, "")
    assert lauf.fertig_um == jetzt + timedelta(hours=1)
    assert Nachricht.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_run_a_job_once(aufgaben):
    gelaufen, start = [], threading.Barrier(4)
    for nummer in range(5):
        aufgaben[f"test.{nummer}"] = lambda heute, nummer=nummer: gelaufen.append(nummer)

    def arbeiter():
        try:
            start.wait()
            fuehre_aus(datetime(2026, 7, 1, 9, 0, tzinfo=BERLIN))
        finally:
            connection.close()

    faeden = [threading.Thread(target=arbeiter) for _ in range(4)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert sorted(gelaufen) == [0, 1, 2, 3, 4]


def test_a_key_is_taken_once(aufgaben):
    register.tagesaufgabe("test.eins")(print)
    with pytest.raises(register.DoppelteAufgabe):
        register.tagesaufgabe("test.eins")(print)
