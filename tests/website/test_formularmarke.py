"""The signed mark of public forms."""

from datetime import UTC, datetime, timedelta

import pytest

from asskomm import formularmarke
from asskomm.formularmarke import MarkeUngueltig

UM = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SEKUNDE = timedelta(seconds=1)


def test_a_mark_comes_back_as_it_was_made():
    marke = formularmarke.lies("barriere", formularmarke.neu("barriere", UM))
    assert marke.gezeigt_um == UM
    assert marke.kennung.version == 4


def test_no_two_marks_are_the_same():
    assert formularmarke.neu("barriere", UM) != formularmarke.neu("barriere", UM)


def test_three_seconds_are_enough_and_less_is_not():
    marke = formularmarke.lies("barriere", formularmarke.neu("barriere", UM))
    assert marke.zu_frueh(UM + 2 * SEKUNDE)
    assert not marke.zu_frueh(UM + 3 * SEKUNDE)


def test_twenty_four_hours_count_and_one_second_more_does_not():
    marke = formularmarke.lies("barriere", formularmarke.neu("barriere", UM))
    assert not marke.abgelaufen(UM + timedelta(hours=24))
    assert marke.abgelaufen(UM + timedelta(hours=24) + SEKUNDE)


@pytest.mark.parametrize("marke", ["", "x", ":::", "ä:ö", "a" * 10_000])
def test_nonsense_is_no_mark(marke):
    with pytest.raises(MarkeUngueltig):
        formularmarke.lies("barriere", marke)


def test_a_mark_holds_only_for_its_own_form():
    with pytest.raises(MarkeUngueltig):
        formularmarke.lies("kommentar-2", formularmarke.neu("kommentar-1", UM))


def test_a_changed_mark_is_refused():
    marke = formularmarke.neu("barriere", UM)
    with pytest.raises(MarkeUngueltig):
        formularmarke.lies("barriere", marke[:-1] + ("A" if marke[-1] != "A" else "B"))
