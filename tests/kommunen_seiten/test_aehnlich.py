"""Near names for what was not found."""

from datetime import date

import pytest

from asskomm.portal.kommunen.aehnlich import aehnliche
from tests.factories import make_kommune

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 22)


@pytest.fixture
def kommunen():
    for name, sorbisch, plz in (
        ("Döbeln", "", "04720"),
        ("Bautzen", "Budyšin", "02625"),
        ("Hoyerswerda", "Wojerecy", "02977"),
        ("Limbach-Oberfrohna", "", "09212"),
        ("Aue-Bad Schlema", "", "08280"),
    ):
        make_kommune(name=name, name_sorbisch=sorbisch, plz=plz)


@pytest.mark.parametrize(
    ("eingabe", "gemeint"),
    [
        ("Doebelnn", "Döbeln"), ("dobelln", "Döbeln"), ("Budyschin", "Bautzen"),
        ("Wojerecz", "Hoyerswerda"), ("limbach oberfrona", "Limbach-Oberfrohna"),
        ("Limbachh", "Limbach-Oberfrohna"), ("aue", "Aue-Bad Schlema"), ("04721", "Döbeln"),
        ("026", "Bautzen"),
    ],
)  # fmt: skip
def test_the_nearest_name_comes_first(kommunen, eingabe, gemeint):
    assert aehnliche(eingabe, HEUTE)[0]["titel"] == gemeint


@pytest.mark.parametrize("eingabe", ["", " ", "xyz", "99", "99999", "\x00", "%"])
def test_nothing_near_is_an_empty_list(kommunen, eingabe):
    assert aehnliche(eingabe, HEUTE) == []


def test_only_existing_kommunen_are_offered():
    erbe = make_kommune(name="Jahnatal")
    make_kommune(name="Ostrau", gueltig_bis=date(2022, 12, 31), nachfolger=erbe)
    assert aehnliche("Ostrauu", HEUTE) == []
    assert aehnliche("Ostrauu", date(2022, 12, 31))[0]["titel"] == "Ostrau"


def test_at_most_as_many_as_asked_for():
    for nummer in range(9):
        make_kommune(name=f"Musterstadt {nummer}")
    assert len(aehnliche("Musterstadt", HEUTE)) == 5
    assert len(aehnliche("Musterstadt", HEUTE, hoechstens=2)) == 2
