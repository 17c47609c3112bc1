"""Attendance by day, modules over two cohorts (F42)."""

from datetime import UTC, datetime

import pytest

from asskomm.schritt import SchrittNichtMoeglich
from fortbildung.models import Anwesenheit, Lehrgang, Modul, Teilnahme
from fortbildung.verfahren import anwesenheit, zulassung
from kommunen.zeitangabe import Zeitangabe
from tests.factories import make_konto, make_kurs

from .hilfen import UM, angemeldet, koordination

pytestmark = pytest.mark.django_db
DA, ENTSCHULDIGT, GEFEHLT = "anwesend", "entschuldigt", "gefehlt"
ERSTER = datetime(2026, 3, 6, 17, tzinfo=UTC)
ZWEITER = datetime(2026, 3, 7, 17, tzinfo=UTC)


@pytest.fixture
def leitung():
    return koordination()


def zugelassen(durchgang, leitung, **angaben):
    anmeldung = angemeldet(durchgang, **angaben)
    return zulassung.lasse_zu(anmeldung, "Platz", durch=leitung, um=UM, gesehen=anmeldung.version)


def erfasse(kurstag, anmeldung, stand, leitung, um=ERSTER, **weiteres):
    return anwesenheit.erfasse(kurstag, {anmeldung.pk: stand}, durch=leitung, um=um, **weiteres)


def test_the_first_day_there_begins_the_teilnahme(leitung):
    durchgang = make_kurs()
    erster, zweiter = durchgang.kurstage.all()
    anmeldung = zugelassen(durchgang, leitung, gruppe="polizei")
    erfasse(erster, anmeldung, GEFEHLT, leitung)
    assert not Teilnahme.objects.exists()
    erfasse(zweiter, anmeldung, DA, leitung, um=ZWEITER)
    teilnahme = Teilnahme.objects.get()
    assert (teilnahme.begonnen_am, teilnahme.gruppe) == (Zeitangabe(2026, 3, 7), "polizei")
    erfasse(erster, anmeldung, DA, leitung)
    teilnahme.refresh_from_db()
    assert teilnahme.begonnen_am == Zeitangabe(2026, 3, 6)


def test_a_corrected_entry_corrects_the_beginning(leitung):
    durchgang = make_kurs()
    erster, zweiter = durchgang.kurstage.all()
    anmeldung = zugelassen(durchgang, leitung)
    for tag in (erster, zweiter):
        erfasse(tag, anmeldung, DA, leitung, um=ZWEITER)
    erfasse(erster, anmeldung, GEFEHLT, leitung, um=ZWEITER)
    assert Teilnahme.objects.get().begonnen_am == Zeitangabe(2026, 3, 7)
    erfasse(zweiter, anmeldung, GEFEHLT, leitung, um=ZWEITER)
    assert not Teilnahme.objects.exists()


def test_an_entry_before_the_day_is_refused(leitung):
    durchgang = make_kurs()
    anmeldung = zugelassen(durchgang, leitung)
    vorabend = datetime(2026, 3, 5, 22, 59, 59, tzinfo=UTC)
    with pytest.raises(SchrittNichtMoeglich, match="erst am 06.03.2026"):
        erfasse(durchgang.kurstage.first(), anmeldung, DA, leitung, um=vorabend)
    assert (
        erfasse(durchgang.kurstage.first(), anmeldung, DA, leitung, um=vorabend.replace(hour=23))
        == 1
    )


def test_nobody_who_is_not_admitted_is_on_the_list(leitung):
    durchgang = make_kurs()
    with pytest.raises(SchrittNichtMoeglich, match="nicht zugelassen"):
        erfasse(durchgang.kurstage.first(), angemeldet(durchgang), DA, leitung)


def test_only_coordinators_write_it_down(leitung):
    durchgang = make_kurs()
    anmeldung = zugelassen(durchgang, leitung)
    with pytest.raises(zulassung.KeinRecht):
        erfasse(durchgang.kurstage.first(), anmeldung, DA, make_konto(["Leitung"]))


def test_a_closed_day_changes_with_a_reason_only(leitung):
    durchgang = make_kurs()
    tag = durchgang.kurstage.first()
    anmeldung = zugelassen(durchgang, leitung)
    with pytest.raises(SchrittNichtMoeglich, match="einer Person"):
        anwesenheit.schliesse_tag(tag, durch=leitung, um=ERSTER)
    erfasse(tag, anmeldung, GEFEHLT, leitung)
    anwesenheit.schliesse_tag(tag, durch=leitung, um=ERSTER)
    with pytest.raises(SchrittNichtMoeglich, match="abgeschlossen"):
        erfasse(tag, anmeldung, DA, leitung)
    assert erfasse(tag, anmeldung, GEFEHLT, leitung) == 0
    assert erfasse(tag, anmeldung, DA, leitung, grund="Liste falsch gelesen") == 1
    assert Anwesenheit.history.count() == 2


def test_a_missed_module_is_taken_with_a_later_cohort(leitung):
    durchgang = make_kurs()
    spaeter = make_kurs(tage=["2026-09-04", "2026-09-05"], beginn="2026-09-04")
    anmeldung = zugelassen(durchgang, leitung)
    modul = Modul.objects.get()
    erfasse(durchgang.kurstage.first(), anmeldung, DA, leitung)
    assert anwesenheit.abgeschlossene_module(anmeldung) == []
    anwesenheit.vereinbare_nachholung(anmeldung, modul, spaeter, durch=leitung, um=ERSTER)
    anwesenheit.vereinbare_nachholung(anmeldung, modul, spaeter, durch=leitung, um=ERSTER)
    for tag in spaeter.kurstage.all():
        assert anmeldung in anwesenheit.erwartete(tag)
        erfasse(tag, anmeldung, DA, leitung, um=datetime(2026, 9, 5, 17, tzinfo=UTC))
    assert anwesenheit.abgeschlossene_module(anmeldung) == [modul]
    assert Teilnahme.objects.get().durchgang == durchgang
    with pytest.raises(SchrittNichtMoeglich, match="schon vollständig"):
        anwesenheit.vereinbare_nachholung(anmeldung, modul, spaeter, durch=leitung, um=ERSTER)


def test_half_a_module_here_and_half_there_is_no_module(leitung):
    durchgang = make_kurs()
    spaeter = make_kurs(tage=["2026-09-04", "2026-09-05"], beginn="2026-09-04")
    anmeldung = zugelassen(durchgang, leitung)
    anwesenheit.vereinbare_nachholung(
        anmeldung, Modul.objects.get(), spaeter, durch=leitung, um=ERSTER
    )
    erfasse(durchgang.kurstage.first(), anmeldung, DA, leitung)
    erfasse(
        spaeter.kurstage.last(), anmeldung, DA, leitung, um=datetime(2026, 9, 5, 17, tzinfo=UTC)
    )
    assert anwesenheit.abgeschlossene_module(anmeldung) == []


@pytest.mark.parametrize("fall", ["eigener", "anderer Lehrgang", "ohne Tage"])
def test_only_another_cohort_of_the_same_course_with_that_module(leitung, fall):
    durchgang = make_kurs()
    anmeldung = zugelassen(durchgang, leitung)
    modul = Modul.objects.get()
    mit = durchgang
    if fall == "anderer Lehrgang":
        lehrgang = Lehrgang.objects.create(kuerzel="anderer", name="Anderer", traeger="LPR")
        mit = make_kurs(lehrgang=lehrgang)
    elif fall == "ohne Tage":
        mit = make_kurs(tage=[])
    with pytest.raises(SchrittNichtMoeglich):
        anwesenheit.vereinbare_nachholung(anmeldung, modul, mit, durch=leitung, um=ERSTER)
    assert not anmeldung.nachholungen.exists()
