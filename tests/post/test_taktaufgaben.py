"""Jobs that run about once a minute: one that fails stops no other."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from asskomm.post import taktaufgaben
from asskomm.post.arbeiter import Arbeiter
from asskomm.post.tagesaufgaben import DoppelteAufgabe
from asskomm.post.taktaufgaben import fuehre_aus, taktaufgabe


@pytest.fixture(autouse=True)
def aufgaben(monkeypatch):
    """The register, with nothing but what the test puts into it."""
    eigene = {}
    monkeypatch.setattr(taktaufgaben, "_aufgaben", eigene)
    return eigene


def scheitere(fehler):
    def aufgabe(weiter):
        raise fehler

    return aufgabe


def test_a_key_is_taken_once():
    taktaufgabe("test.eins")(lambda weiter: None)
    with pytest.raises(DoppelteAufgabe):
        taktaufgabe("test.eins")(lambda weiter: None)


def test_a_job_that_fails_stops_no_other_and_tells_no_text(aufgaben, caplog):
    gelaufen = []
    aufgaben["test.eins"] = scheitere(ValueError("Kim Muster"))
    aufgaben["test.zwei"] = gelaufen.append
    fuehre_aus()
    assert len(gelaufen) == 1
    assert "Taktaufgabe test.eins ist gescheitert: ValueError" in caplog.text
    assert "Kim" not in caplog.text


def test_a_database_that_is_gone_is_for_the_worker_to_wait_for(aufgaben):
    aufgaben["test.eins"] = scheitere(OperationalError())
    with pytest.raises(OperationalError):
        fuehre_aus()


def test_a_worker_that_is_to_end_begins_no_other(aufgaben):
    gelaufen = []
    aufgaben["test.eins"] = aufgaben["test.zwei"] = gelaufen.append
    antworten = iter([True, False])
    fuehre_aus(lambda: next(antworten))
    assert len(gelaufen) == 1


@pytest.mark.django_db
def test_the_worker_runs_them_at_any_time_of_day(aufgaben):
    gelaufen = []
    aufgaben["test.eins"] = gelaufen.append
    nachts = datetime(2026, 9, 12, 1, tzinfo=UTC)
    Arbeiter("test", uhr=lambda: nachts).einmal()
    assert len(gelaufen) == 1
