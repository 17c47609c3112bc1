"""Months as the law counts them."""

import calendar
from datetime import date


def monate_nach(tag: date, monate: int) -> date:
    """The day of the same number `monate` months later, else the last of that month.

    § 188 Abs. 2 and 3 BGB for a period that an event on `tag` sets in motion (§ 187 Abs. 1).
    """
    nummer = tag.year * 12 + tag.month - 1 + monate
    jahr, monat = nummer // 12, nummer % 12 + 1
    return date(jahr, monat, min(tag.day, calendar.monthrange(jahr, monat)[1]))
