"""What the worker does about attachments: scan what waited, delete what nobody needs."""

import os
from datetime import UTC, date, datetime, timedelta
from itertools import chain, repeat

import pytest

from asskomm.post import taktaufgaben
from asskomm.post.tagesaufgaben import tagesaufgaben
from asskomm.protokoll.models import Eintrag
from foerderung.anlagen import ablage
from foerderung.anlagen.plaetze import fuer_fassung
from foerderung.anlagen.tagesaufgaben import raeume_auf
from foerderung.models import Anlage, Fassung
from tests.factories import make_konto

from . import clamd
from .hilfen import UM, make_anlage, make_fall

pytestmark = pytest.mark.django_db

HEUTE = date(2026, 9, 14)
# 24 hours before the day begins in Berlin.
GRENZE = datetime(2026, 9, 12, 22, tzinfo=UTC)


@pytest.fixture
def raeume(django_capture_on_commit_callbacks):
    """The daily job, with what it does after its commit."""

    def tu(heute=HEUTE):
        with django_capture_on_commit_callbacks(execute=True):
            raeume_auf(heute)

    return tu


@pytest.fixture
def scanne(django_capture_on_commit_callbacks):
    def tu(weiter=lambda: True):
        with django_capture_on_commit_callbacks(execute=True):
            taktaufgaben.fuehre_aus(weiter)

    return tu


def wartende(settings, antrag=None, **weiteres):
    """An attachment that came while the scanner was away."""
    adresse, settings.CLAMD = settings.CLAMD, "127.0.0.1:1"
    anlage = make_anlage(antrag or make_fall(), **weiteres)
    settings.CLAMD = adresse
    return anlage


def altere(ordner, name, um):
    os.utime(ordner / name, (um.timestamp(), um.timestamp()))


def test_the_worker_knows_the_jobs():
    assert tagesaufgaben()["anlagen.aufraeumen"] is raeume_auf


# --- Scanning --------------------------------------------------------------------------


def test_what_waited_is_scanned(scanner, settings, scanne):
    anlage = wartende(settings)
    assert anlage.pruefstand == Anlage.Pruefstand.UNGEPRUEFT
    scanne()
    anlage.refresh_from_db()
    assert anlage.pruefstand == Anlage.Pruefstand.SAUBER
    scanne()
    assert len(scanner.empfangen) == 1


def test_what_turns_out_infected_goes_and_all_else_stays(
    scanner, settings, scanne, dateien_auf_platte
):
    antrag = make_fall()
    befallen = wartende(settings, antrag)
    sauber = wartende(settings, antrag, schluessel="bildungsabschluss", um=UM + timedelta(hours=1))
    antworten = iter([clamd.BEFALLEN, clamd.SAUBER])
    scanner.antwort = lambda _inhalt: next(antworten)
    scanne()
    befallen.refresh_from_db()
    assert befallen.pruefstand == Anlage.Pruefstand.BEFALLEN
    assert befallen.entfernt_um is not None
    assert dateien_auf_platte() == [sauber.pfad]
    eintrag = Eintrag.objects.get(handlung="anlage.befallen")
    assert eintrag.durch is None
    assert eintrag.gegenstand_nummer == str(befallen.pk)


def test_a_removed_file_that_turns_out_infected_keeps_its_moment(scanner, settings, scanne):
    anlage = wartende(settings)
    Anlage.objects.update(entfernt_um=UM)
    scanner.antwort = clamd.BEFALLEN
    scanne()
    anlage.refresh_from_db()
    assert (anlage.pruefstand, anlage.entfernt_um) == (Anlage.Pruefstand.BEFALLEN, UM)


def test_while_the_scanner_is_away_nothing_changes_and_nobody_waits_for_it(
    settings, scanne, monkeypatch
):
    for _ in range(5):
        wartende(settings)
    settings.CLAMD = "127.0.0.1:1"
    versuche = []
    from foerderung.anlagen import taktaufgaben as aufgabe

    scanne_nach = aufgabe.scanne_nach
    monkeypatch.setattr(
        aufgabe, "scanne_nach", lambda a, um: versuche.append(a) or scanne_nach(a, um=um)
    )
    scanne()
    assert len(versuche) == 3
    assert Anlage.objects.ungeprueft().count() == 5


def test_without_a_scanner_files_stay_unchecked(settings, scanne):
    settings.CLAMD = ""
    wartende(settings)
    scanne()
    assert Anlage.objects.ungeprueft().count() == 1


def test_a_file_that_is_not_there_stops_nobody_else(scanner, settings, scanne, caplog):
    antrag = make_fall()
    ohne = wartende(settings, antrag)
    mit = wartende(settings, antrag, schluessel="bildungsabschluss", um=UM + timedelta(hours=1))
    ablage.entferne(ohne.pfad)
    scanne()
    mit.refresh_from_db()
    assert mit.pruefstand == Anlage.Pruefstand.SAUBER
    assert f"Die Datei der Anlage {ohne.pk} ist nicht lesbar" in caplog.text


def test_a_worker_that_is_to_end_stops_between_two_files(scanner, settings, scanne):
    for _ in range(3):
        wartende(settings)
    antworten = chain([True, True], repeat(False))
    scanne(weiter=lambda: next(antworten))
    assert Anlage.objects.ungeprueft().count() == 2


# --- Clearing up -----------------------------------------------------------------------


def test_what_was_removed_more_than_a_day_ago_goes(raeume, dateien_auf_platte):
    antrag = make_fall()
    alt, jung, aktuell = (make_anlage(antrag, schluessel="bildungsabschluss") for _ in range(3))
    Anlage.objects.filter(pk=alt.pk).update(entfernt_um=GRENZE - timedelta(seconds=1))
    Anlage.objects.filter(pk=jung.pk).update(entfernt_um=GRENZE)
    raeume()
    assert {*Anlage.objects.all()} == {jung, aktuell}
    assert dateien_auf_platte() == sorted([jung.pfad, aktuell.pfad])


def test_what_a_signed_version_names_stays_for_good(raeume, dateien_auf_platte):
    antrag = make_fall()
    anlage = make_anlage(antrag)
    fremd = make_anlage(make_fall(kommune=antrag.kommune))
    Fassung.objects.create(
        antrag=antrag, nummer=1, art=Fassung.Art.ANTRAG, pruefsumme="0" * 64, eingegangen_um=UM,
        inhalt={"anlagen": fuer_fassung(antrag), "titel": str(fremd.pk)},
        vorbereitet_von=make_konto(), gezeichnet_von=make_konto(),
    )  # fmt: skip
    Anlage.objects.update(entfernt_um=UM)
    raeume(date(2030, 1, 1))
    assert [*Anlage.objects.all()] == [anlage]
    assert dateien_auf_platte() == [anlage.pfad]


def test_files_without_a_row_go_after_a_day(raeume, anlagenordner, dateien_auf_platte):
    anlage = make_anlage(make_fall())
    for name in ("alt", "alt.teil", "jung", "jung.teil"):
        (anlagenordner / name).write_text("x")
        altere(anlagenordner, name, GRENZE + timedelta(seconds=-1 if "alt" in name else 0))
    altere(anlagenordner, anlage.pfad, GRENZE - timedelta(days=300))
    raeume()
    assert dateien_auf_platte() == sorted([anlage.pfad, "jung", "jung.teil"])


def test_files_stay_when_the_job_fails(anlagenordner, dateien_auf_platte):
    """Its rows come back then, and they need their files."""
    anlage = make_anlage(make_fall())
    Anlage.objects.update(entfernt_um=UM)
    raeume_auf(date(2030, 1, 1))  # its transaction never commits here
    assert dateien_auf_platte() == [anlage.pfad]
