"""Dates of honest precision: how they are read, shown, ordered, and that SQL agrees with Python."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kommunen.models import Modellkommune
from kommunen.zeitangabe import Zeitangabe, ZeitangabeFormField
from tests.factories import make_modellkommune

MONATE = [f"{jahr}-{monat:02}" for jahr in (1900, 2000, 2019, 2020) for monat in range(1, 13)]
TAGE = ["2020-02-28", "2020-02-29", "2019-02-28", "2021-01-31", "2021-04-30", "2021-12-31"]
GUELTIG = ["1900", "2019", "2020", "2199", *MONATE, *TAGE, "1900-01-01", "2199-12-31"]
UNMOEGLICH = [
    "2019-02-29", "1900-02-29", "2021-04-31", "2021-01-32", "2021-01-00", "2021-13", "2021-00",
    "1899", "2200", "21", "2021-1", "2021-01-1", "05/2021", "12.05.2021", "", " 2021", "2021 ",
    "2021-01-01x", "abcd",
]  # fmt: skip


def in_sql(funktion, angabe):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {funktion}(%s)", [angabe])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("eingabe", "iso", "anzeige"),
    [
        ("2021", "2021", "2021"),
        ("2021-05", "2021-05", "05/2021"),
        ("05/2021", "2021-05", "05/2021"),
        ("5.2021", "2021-05", "05/2021"),
        ("2021-05-12", "2021-05-12", "12.05.2021"),
        ("12.05.2021", "2021-05-12", "12.05.2021"),
        ("12.5.21", "2021-05-12", "12.05.2021"),
        ("12.05.00", "2000-05-12", "12.05.2000"),
        (" 1. 9. 2026 ", "2026-09-01", "01.09.2026"),
    ],
)
def test_every_way_of_writing_a_date_is_read(eingabe, iso, anzeige):
    zeitangabe = Zeitangabe.lies(eingabe)
    assert (zeitangabe.iso, str(zeitangabe)) == (iso, anzeige)


@pytest.mark.parametrize(
    "eingabe",
    [
        "", "gestern", "2019-02-29", "31.04.2021", "13/2021", "1899", "2200", "2021-5",
        "0.5.2021", "5.0.2021", "00/2021", "2021-00", "2021-01-00", "٢٠٢١",
        "0021", "0099-05", "05/0021", "12.05.0021", "0021-05-12",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(eingabe):
    with pytest.raises(ValueError):  # noqa: PT011
        Zeitangabe.lies(eingabe)
    with pytest.raises(ValidationError):
        ZeitangabeFormField(required=True).clean(eingabe)


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="month"):
        Zeitangabe(2021, tag=5)


@pytest.mark.parametrize(
    ("iso", "erster", "letzter"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29)),
    ],
)
def test_first_and_last_day_a_date_can_mean(iso, erster, letzter):
    zeitangabe = Zeitangabe.lies(iso)
    assert (zeitangabe.erster_tag, zeitangabe.letzter_tag) == (erster, letzter)


@pytest.mark.django_db
@pytest.mark.parametrize("iso", GUELTIG)
def test_sql_and_python_mean_the_same_days(iso):
    zeitangabe = Zeitangabe.lies(iso)
    assert in_sql("zeitangabe_lesbar", iso) is True
    assert in_sql("erster_tag", iso) == zeitangabe.erster_tag
    assert in_sql("letzter_tag", iso) == zeitangabe.letzter_tag


@pytest.mark.django_db
@pytest.mark.parametrize("angabe", UNMOEGLICH)
def test_the_database_refuses_to_keep_what_is_no_date(angabe):
    assert in_sql("zeitangabe_lesbar", angabe) is False


def test_order_is_by_the_last_day_a_date_can_mean():
    gemischt = ["2021", "2020-12-31", "2020", "2020-12", "2021-01", "2020-11-05"]
    geordnet = sorted(Zeitangabe.lies(angabe) for angabe in gemischt)
    assert [z.iso for z in geordnet] == [
        "2020-11-05", "2020", "2020-12", "2020-12-31", "2021-01", "2021",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("eingabe", ["2019", "02/2019", "06.02.2019", date(2019, 2, 6)])
def test_a_date_comes_back_from_the_database_as_precise_as_it_went_in(eingabe):
    make_modellkommune(seit=eingabe)
    erwartet = eingabe if isinstance(eingabe, str) else "06.02.2019"
    assert str(Modellkommune.objects.get().seit) == erwartet


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seit", "stichtag", "zaehlt"),
    [
        ("2019-02-06", date(2019, 2, 6), True),
        ("2019-02-06", date(2019, 2, 5), False),
        ("2020-02", date(2020, 2, 29), True),
        ("2020-02", date(2020, 2, 28), False),
        ("2019", date(2019, 12, 31), True),
        ("2019", date(2019, 12, 30), False),
    ],
)
def test_a_fact_counts_from_the_last_day_its_date_can_mean(seit, stichtag, zaehlt):
    make_modellkommune(seit=seit)
    assert Modellkommune.objects.bestehend(stichtag).exists() is zaehlt


def test_the_form_shows_a_stored_date_the_german_way_and_sees_no_change_in_it():
    feld = ZeitangabeFormField()
    zeitangabe = Zeitangabe.lies("2021-05")
    assert feld.prepare_value(zeitangabe) == "05/2021"
    assert not feld.has_changed(zeitangabe, "5/2021")
    assert feld.has_changed(zeitangabe, "2021")
    assert feld.has_changed(zeitangabe, "bald")
