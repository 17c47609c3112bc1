"""Deletion runs: what is due by which rule, and from which day on."""

from datetime import UTC, date, datetime

import pytest

from asskomm.datenschutz.fristen import faellige, gueltige_fristen
from asskomm.datenschutz.models import Aufbewahrungsfrist
from asskomm.personendaten import regeln
from asskomm.schritt import SchrittNichtMoeglich
from fortbildung.models import Nachholung
from tests.factories import make_anmeldung, make_konto, make_kurs

from .loeschen import Stand, fuehre_aus, make_kommentar, schlage_vor, spaeter
from .loeschregeln import FAELLIG
from .person import HEUTE, JETZT

pytestmark = pytest.mark.thorough


def test_every_rule_has_an_example():
    assert set(FAELLIG) == set(regeln())


@pytest.mark.parametrize("regel", FAELLIG)
def test_what_is_due_by_a_rule_is_gone_after_the_run(regel, leitung, zweite):
    mache, ist_weg = FAELLIG[regel]
    zeile = mache()
    lauf = fuehre_aus(leitung, zweite, spaeter(regel))
    posten = lauf.posten.get(regel=regel, nummer=str(zeile.pk))
    assert (posten.stand, posten.auslassung) == (Stand.ERLEDIGT, "")
    assert ist_weg(zeile)


@pytest.mark.parametrize("regel", FAELLIG)
def test_a_run_finds_nothing_of_it_a_second_time(regel, leitung, zweite):
    zeile = FAELLIG[regel][0]()
    am = fuehre_aus(leitung, zweite, spaeter(regel)).am
    frist = gueltige_fristen(am)[regel]
    assert not faellige(regeln()[regel], frist, am).filter(pk=zeile.pk).exists()


@pytest.mark.parametrize(
    ("am", "faellig"),
    [(date(2026, 11, 21), False), (date(2026, 11, 22), False), (date(2026, 11, 23), True)],
)
def test_a_period_of_years_ends_with_its_last_day(am, faellig, db):
    """§ 188 Abs. 2 BGB: three years from 22.11.2023 are over at the end of 22.11.2026."""
    make_kommentar(datetime(2023, 11, 22, 8, tzinfo=UTC))
    frist = gueltige_fristen(am)["portal.kommentar"]
    assert faellige(regeln()["portal.kommentar"], frist, am).exists() is faellig


def test_the_day_is_that_of_berlin(db):
    """23:30 UTC on the 22nd is the 23rd in Berlin."""
    make_kommentar(datetime(2023, 11, 22, 23, 30, tzinfo=UTC))
    frist = gueltige_fristen(HEUTE)["portal.kommentar"]
    regel = regeln()["portal.kommentar"]
    assert not faellige(regel, frist, date(2026, 11, 23)).exists()
    assert faellige(regel, frist, date(2026, 11, 24)).exists()


def test_a_month_that_lacks_the_day_ends_the_period_with_its_last(db):
    Aufbewahrungsfrist.objects.filter(regel="portal.kommentar").update(anzahl=1, einheit="monate")
    make_kommentar(datetime(2026, 1, 31, 12, tzinfo=UTC))
    regel, frist = regeln()["portal.kommentar"], gueltige_fristen(HEUTE)["portal.kommentar"]
    assert not faellige(regel, frist, date(2026, 2, 28)).exists()
    assert faellige(regel, frist, date(2026, 3, 1)).exists()


def test_without_a_period_nothing_becomes_due(leitung):
    make_kommentar()
    Aufbewahrungsfrist.objects.all().delete()
    with pytest.raises(SchrittNichtMoeglich):
        schlage_vor(leitung)


@pytest.mark.parametrize(
    ("tage", "nachgeholt", "faellig"),
    [
        ((), (), False),
        (("2025-11-20",), (), True),
        (("2025-11-20", "2026-12-04"), (), False),
        (("2025-11-20",), ("2026-12-04",), False),
    ],
    ids=["undated", "over", "running", "made up later"],
)
def test_a_registration_stays_until_its_last_day_is_over(tage, nachgeholt, faellig, db):
    anmeldung = make_anmeldung(make_kurs(tage=tage))
    if nachgeholt:
        spaeterer = make_kurs(tage=nachgeholt)
        Nachholung.objects.create(
            anmeldung=anmeldung, durchgang=spaeterer, modul=spaeterer.kurstage.get().modul,
            vereinbart_um=JETZT, vereinbart_von=make_konto(),
        )  # fmt: skip
    regel, frist = regeln()["fortbildung.anmeldung"], gueltige_fristen(HEUTE)
    assert faellige(regel, frist["fortbildung.anmeldung"], HEUTE).exists() is faellig
