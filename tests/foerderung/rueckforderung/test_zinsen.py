"""Interest by day, against tables reckoned by hand and for any periods and amounts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foerderung.rueckforderung.zinsen import (
    CENT,
    Bewegung,
    ZinsFehlt,
    juengste,
    summe,
    zinstabelle,
)

SAETZE = {
    date(2023, 7, 1): Decimal("3.12"),
    date(2024, 1, 1): Decimal("3.62"),
    date(2025, 1, 1): Decimal("2.27"),
    date(2025, 7, 1): Decimal("1.27"),
}
FUENF = Decimal(5)


def bewegung(am, betrag):
    return Bewegung(date.fromisoformat(am), Decimal(betrag))


def tabelle(gezahlt, zurueck=(), *, bis, saetze=SAETZE, aufschlag=FUENF):
    teile = zinstabelle(
        gezahlt, zurueck, saetze=saetze, aufschlag=aufschlag, bis=date.fromisoformat(bis)
    )
    zeilen = [
        (f"{t.von:%d.%m.%Y}", f"{t.bis:%d.%m.%Y}", t.tage, *map(str, (t.betrag, t.satz, t.zinsen)))
        for t in teile
    ]
    return zeilen, str(summe(teile))


def test_over_a_change_of_the_base_rate():
    # 12.000 euros, paid on 16 May 2025, back on 1 October: five points above 2.27, then 1.27.
    # 16 to 31 May 16 days, June 30: 46 days. 12.000 x 7.27 % = 872.40 in the year;
    #   872.40 x 46 / 365 = 40 130.40 / 365 = 109.9463... = 109.95
    # July 31, August 31, September 30: 92 days. 12.000 x 6.27 % = 752.40;
    #   752.40 x 92 / 365 = 69 220.80 / 365 = 189.6460... = 189.65
    # 109.95 + 189.65 = 299.60
    assert tabelle([bewegung("2025-05-16", "12000.00")], bis="2025-09-30") == (
        [
            ("16.05.2025", "30.06.2025", 46, "12000.00", "7.27", "109.95"),
            ("01.07.2025", "30.09.2025", 92, "12000.00", "6.27", "189.65"),
        ],
        "299.60",
    )


def test_a_leap_year_has_366_days():
    # 17 to 31 December 2023: 15 days. 10.000 x 8.12 % = 812.00;
    #   812.00 x 15 / 365 = 12 180 / 365 = 33.3698... = 33.37
    # January 31, February 29: 60 days. 10.000 x 8.62 % = 862.00;
    #   862.00 x 60 / 366 = 51 720 / 366 = 141.3114... = 141.31
    assert tabelle([bewegung("2023-12-17", "10000.00")], bis="2024-02-29") == (
        [
            ("17.12.2023", "31.12.2023", 15, "10000.00", "8.12", "33.37"),
            ("01.01.2024", "29.02.2024", 60, "10000.00", "8.62", "141.31"),
        ],
        "174.68",
    )


def test_two_payouts_and_a_repayment_in_between():
    # 8.000 from 1 July, 4.000 more from 11 July, 4.000 back on 1 August 2025: 6.27 % throughout.
    # 1 to 10 July, 10 days on 8.000: 501.60 x 10 / 365 = 13.7424... = 13.74
    # 11 to 31 July, 21 days on 12.000: 752.40 x 21 / 365 = 15 800.40 / 365 = 43.2887... = 43.29
    # August 31 and September 30, 61 days on 8.000: 501.60 x 61 / 365 = 30 597.60 / 365 = 83.8290...
    # 13.74 + 43.29 + 83.83 = 140.86
    gezahlt = [bewegung("2025-07-01", "8000.00"), bewegung("2025-07-11", "4000.00")]
    assert tabelle(gezahlt, [bewegung("2025-08-01", "4000.00")], bis="2025-09-30") == (
        [
            ("01.07.2025", "10.07.2025", 10, "8000.00", "6.27", "13.74"),
            ("11.07.2025", "31.07.2025", 21, "12000.00", "6.27", "43.29"),
            ("01.08.2025", "30.09.2025", 61, "8000.00", "6.27", "83.83"),
        ],
        "140.86",
    )


def test_all_back_means_no_more_interest():
    gezahlt, zurueck = bewegung("2025-07-01", "100.00"), bewegung("2025-07-02", "100.00")
    # One day: 100 x 6.27 % / 365 = 0.0171... = 0.02
    assert tabelle([gezahlt], [zurueck], bis="2025-12-31")[1] == "0.02"


def test_a_missing_rate_stops_the_computation_and_names_the_half_year():
    with pytest.raises(ZinsFehlt, match="ab dem 01.07.2024") as fehler:
        tabelle([bewegung("2024-06-30", "100.00")], bis="2024-07-01")
    assert fehler.value.ab == date(2024, 7, 1)


def test_a_rate_that_no_day_needs_may_be_missing():
    zurueck = [bewegung("2024-06-30", "100.00")]
    zeilen, _ = tabelle([bewegung("2024-06-01", "100.00")], zurueck, bis="2024-12-31")
    assert len(zeilen) == 1


def test_a_rate_far_below_zero_makes_no_negative_interest():
    saetze = {date(2025, 1, 1): Decimal("-7.00")}
    assert tabelle([bewegung("2025-01-01", "100.00")], bis="2025-03-31", saetze=saetze)[1] == "0.00"


def test_what_is_claimed_was_paid_last():
    gezahlt = [bewegung("2025-01-10", "5000.00"), bewegung("2025-04-10", "3000.00")]
    assert juengste(gezahlt, Decimal(4000)) == [
        bewegung("2025-04-10", "3000.00"),
        bewegung("2025-01-10", "1000.00"),
    ]
    assert juengste(gezahlt, Decimal(1000), ohne=Decimal(3500)) == [bewegung("2025-01-10", "1000")]


# --- Whatever is paid and whenever ----------------------------------------------------

ALLE = {
    date(jahr, monat, 1): Decimal(satz)
    for jahr, satz in ((2022, "-0.88"), (2023, "1.62"), (2024, "3.62"), (2025, "2.27"))
    for monat in (1, 7)
}
TAGE = st.dates(date(2022, 1, 1), date(2025, 12, 31))
BETRAEGE = st.decimals(min_value="0.01", max_value=100_000, places=2)


def zinsen(betrag, von, bis):
    return summe(zinstabelle([Bewegung(von, betrag)], [], saetze=ALLE, aufschlag=FUENF, bis=bis))


@settings(deadline=None)
@given(betrag=BETRAEGE, tage=st.lists(TAGE, min_size=3, max_size=3, unique=True))
def test_splitting_a_period_changes_nothing_beyond_rounding(betrag, tage):
    von, mitte, bis = sorted(tage)
    geteilt = zinsen(betrag, von, mitte) + zinsen(betrag, mitte + timedelta(days=1), bis)
    # One part more, and each is rounded by half a cent at most.
    assert abs(geteilt - zinsen(betrag, von, bis)) <= Decimal("1.5") * CENT


@settings(deadline=None)
@given(betrag=BETRAEGE, mehr=BETRAEGE, tage=st.lists(TAGE, min_size=3, max_size=3))
def test_more_money_or_more_days_are_never_less_interest(betrag, mehr, tage):
    von, mitte, bis = sorted(tage)
    assert 0 <= zinsen(betrag, von, mitte) <= zinsen(betrag, von, bis)
    assert zinsen(betrag, von, bis) <= zinsen(betrag + mehr, von, bis)


@settings(deadline=None)
@given(betrag=BETRAEGE, tage=st.lists(TAGE, min_size=2, max_size=2, unique=True))
def test_the_parts_cover_the_period_without_gap_or_overlap(betrag, tage):
    von, bis = sorted(tage)
    teile = zinstabelle([Bewegung(von, betrag)], [], saetze=ALLE, aufschlag=FUENF, bis=bis)
    assert (teile[0].von, teile[-1].bis) == (von, bis)
    assert all(b.von - a.bis == timedelta(days=1) for a, b in zip(teile, teile[1:], strict=False))
