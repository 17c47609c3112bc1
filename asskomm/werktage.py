"""Working days in Saxony. A day is a calendar day there (Europe/Berlin)."""

from datetime import date, timedelta
from functools import cache

import holidays

TAG = timedelta(days=1)
SAMSTAG = 5  # date.weekday()


@cache
def _feiertage(jahr: int) -> frozenset[date]:
    """Public holidays of the whole of Saxony in a year (§ 1 SächsSFG), computed, not fetched.

    Fronleichnam is one in some places only and does not count.
    """
    return frozenset(holidays.Germany(subdiv="SN", years=jahr))


def ist_feiertag(tag: date) -> bool:
    return tag in _feiertage(tag.year)


def ist_werktag(tag: date) -> bool:
    """Monday to Friday and no public holiday in Saxony (the days of § 193 BGB left over)."""
    return tag.weekday() < SAMSTAG and not ist_feiertag(tag)


def naechster_werktag(tag: date) -> date:
    """`tag` itself, or the first working day after it."""
    while not ist_werktag(tag):
        tag += TAG
    return tag


def werktage_vor(tag: date, anzahl: int) -> date:
    """The working day that lies `anzahl` working days before `tag`; 1 is the last one before."""
    for _ in range(anzahl):
        tag -= TAG
        while not ist_werktag(tag):
            tag -= TAG
    return tag


def werktage_nach(tag: date, anzahl: int) -> date:
    """The working day that lies `anzahl` working days after `tag`; 1 is the next one."""
    for _ in range(anzahl):
        tag = naechster_werktag(tag + TAG)
    return tag
