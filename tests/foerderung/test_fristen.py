"""Days that the law counts, at their edges."""

from datetime import date

import pytest

from asskomm import werktage
from foerderung import fristen


@pytest.mark.parametrize(
    "tag",
    [
        date(2026, 1, 1),
        date(2026, 4, 3),  # Karfreitag
        date(2026, 4, 6),  # Ostermontag
        date(2026, 5, 14),  # Christi Himmelfahrt
        date(2026, 5, 25),  # Pfingstmontag
        date(2026, 10, 31),  # Reformationstag
        date(2026, 11, 18),  # Buß- und Bettag
        date(2027, 11, 17),
        date(2026, 12, 26),
    ],
)
def test_saxon_holidays(tag):
    assert werktage.ist_feiertag(tag)
    assert not werktage.ist_werktag(tag)


@pytest.mark.parametrize(
    "tag",
    [
        date(2026, 1, 6),  # Heilige Drei Könige: Saxony-Anhalt, not here
        date(2026, 6, 4),  # Fronleichnam: in some places only
        date(2026, 11, 11),  # a week before Buß- und Bettag
        date(2026, 11, 25),
        date(2026, 12, 24),
        date(2026, 12, 31),
    ],
)
def test_days_that_are_no_saxon_holidays(tag):
    assert werktage.ist_werktag(tag)


def test_a_weekend_is_no_working_day():
    assert werktage.ist_werktag(date(2026, 10, 16))
    assert not werktage.ist_werktag(date(2026, 10, 17))
    assert not werktage.ist_werktag(date(2026, 10, 18))


@pytest.mark.parametrize(
    ("tag", "anzahl", "vorher"),
    [
        (date(2026, 10, 15), 0, date(2026, 10, 15)),
        (date(2026, 10, 15), 2, date(2026, 10, 13)),
        (date(2026, 10, 15), 7, date(2026, 10, 6)),
        (date(2026, 10, 15), 14, date(2026, 9, 25)),  # a fortnight and two weekends
        (date(2026, 10, 19), 1, date(2026, 10, 16)),  # Monday: the Friday before
        (date(2026, 10, 18), 1, date(2026, 10, 16)),  # from a Sunday as well
        (date(2026, 11, 19), 1, date(2026, 11, 17)),  # over Buß- und Bettag
        (date(2026, 11, 2), 1, date(2026, 10, 30)),  # over Reformationstag on a Saturday
        (date(2027, 1, 4), 2, date(2026, 12, 30)),  # over New Year
    ],
)
def test_working_days_before_a_day(tag, anzahl, vorher):
    assert werktage.werktage_vor(tag, anzahl) == vorher


def test_a_fetched_notice_is_known_the_next_day_even_on_a_holiday():
    assert fristen.bekannt_am(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("benachrichtigung", "letzter"),
    [
        (date(2026, 11, 23), date(2026, 12, 3)),
        (date(2026, 11, 24), date(2026, 12, 4)),  # a Friday
        (date(2026, 11, 25), date(2026, 12, 7)),  # Saturday moves to Monday
        (date(2026, 11, 26), date(2026, 12, 7)),  # Sunday as well
        (date(2026, 11, 8), date(2026, 11, 19)),  # Buß- und Bettag moves to Thursday
    ],
)
def test_retrieval_ends_on_the_tenth_day_or_the_working_day_after(benachrichtigung, letzter):
    assert fristen.abruf_bis(benachrichtigung, 10) == letzter


@pytest.mark.parametrize(("tage", "bekannt"), [(3, date(2026, 11, 26)), (4, date(2026, 11, 27))])
def test_a_letter_is_known_some_days_after_posting(tage, bekannt):
    assert fristen.zugegangen_am(date(2026, 11, 23), tage) == bekannt


def test_the_day_a_letter_counts_as_known_may_be_a_sunday():
    assert fristen.zugegangen_am(date(2026, 11, 25), 4) == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("bekannt", "bis"),
    [
        (date(2026, 12, 3), date(2027, 1, 4)),  # 3 January is a Sunday
        (date(2026, 12, 4), date(2027, 1, 4)),
        (date(2026, 12, 1), date(2027, 1, 4)),  # New Year on a Friday, then the weekend
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), date(2028, 2, 29)),  # leap year, a Tuesday
        (date(2029, 1, 31), date(2029, 2, 28)),
        (date(2029, 2, 28), date(2029, 3, 28)),  # not the end of March
        (date(2027, 3, 31), date(2027, 4, 30)),
        (date(2027, 9, 30), date(2027, 11, 1)),  # 30 October is a Saturday
    ],
)
def test_the_objection_period_ends_a_month_later(bekannt, bis):
    assert fristen.rechtsbehelf_bis(bekannt, 1) == bis


def test_a_year_is_twelve_months():
    assert fristen.rechtsbehelf_bis(date(2028, 2, 29), 12) == date(2029, 2, 28)


BEKANNT, BIS = date(2026, 12, 3), date(2027, 1, 4)


@pytest.mark.parametrize(
    ("verzicht", "am"),
    [
        (None, date(2027, 1, 5)),
        (date(2026, 12, 2), BEKANNT),  # on the day of retrieval: not known before tomorrow
        (BEKANNT, BEKANNT),
        (date(2026, 12, 10), date(2026, 12, 10)),
        (BIS, BIS),
        (date(2027, 1, 5), date(2027, 1, 5)),
        (date(2027, 1, 6), date(2027, 1, 5)),  # too late to change anything
    ],
)
def test_bestandskraft_comes_after_the_period_or_with_the_waiver(verzicht, am):
    assert fristen.bestandskraft_am(BEKANNT, BIS, verzicht) == am
