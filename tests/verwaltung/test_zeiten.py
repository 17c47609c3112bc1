"""Times of dates: the two days on which the clock changes, and what is no day at all."""

from datetime import UTC, datetime

import pytest

from asskomm.portal.models import Veranstaltung
from tests.factories import make_veranstaltung

from .formulare import fehler, sende

pytestmark = pytest.mark.thorough


def termin(client, tag, uhrzeit, ende_tag="31.12.2030"):
    return sende(
        client, Veranstaltung, make_veranstaltung().pk,
        beginn_0=tag, beginn_1=uhrzeit, ende_0=ende_tag, ende_1="23:00",
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("uhrzeit", ["02:00", "02:30", "02:59:59"])
def test_an_hour_that_does_not_exist_is_explained(redaktion, uhrzeit):
    assert fehler(termin(redaktion, "29.03.2026", uhrzeit)) == {
        "beginn": [
            "Diese Uhrzeit gibt es am 29.03.2026 nicht: Die Uhr springt von 02:00 auf 03:00. "
            "Geben Sie eine Uhrzeit vor 02:00 oder ab 03:00 an."
        ]
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tag", "uhrzeit", "moment"),
    [
        ("29.03.2026", "01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("29.03.2026", "03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("25.10.2026", "01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("25.10.2026", "02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("25.10.2026", "03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_of_the_doubled_hour_the_first_is_meant(redaktion, tag, uhrzeit, moment):
    assert termin(redaktion, tag, uhrzeit).status_code == 302
    assert Veranstaltung.objects.get().beginn == moment


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tag", "uhrzeit", "satz"),
    [
        ("01.09.2026", "25:00", "Geben Sie eine Uhrzeit an, zum Beispiel 14:30."),
        ("01.09.2026", "", "Geben Sie Tag und Uhrzeit an, zum Beispiel 01.09.2026 und 14:30."),
    ],
)
def test_what_is_no_time_is_named(redaktion, tag, uhrzeit, satz):
    assert fehler(termin(redaktion, tag, uhrzeit))["beginn"] == [satz]
