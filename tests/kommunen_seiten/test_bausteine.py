"""Who takes part in what: each building block from its day on, and only what is public."""

from datetime import date

import pytest

from asskomm.portal.kommunen.bausteine import BAUSTEINE, beteiligt, beteiligungen
from beratung.models import Sicherheitsanalyse
from kommunen.models import Kommune, Kooperationsvereinbarung, Ratszustand
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_analyse,
    make_beratung,
    make_coaching,
    make_kommune,
    make_modellkommune,
    make_rat,
    make_ratszustand,
    make_vereinbarung,
    make_zuwendung,
)

pytestmark = pytest.mark.django_db
TAG = date(2020, 6, 10)
DAVOR = date(2020, 6, 9)
VORVEREINBARUNG = Kooperationsvereinbarung.Art.VORVEREINBARUNG

# building block: how to make a record of 10.06.2020 for one Kommune
BELEGE = {
    "rat": lambda k, **f: make_rat(kommunen=[k], aktiv_seit="2020-06-10", **f),
    "vereinbarung": lambda k, **f: make_vereinbarung(
        kommunen=[k], unterzeichnet_am="2020-06-10", **f
    ),
    "vorvereinbarung": lambda k, **f: make_vereinbarung(
        kommunen=[k], unterzeichnet_am="2020-06-10", art=VORVEREINBARUNG, **f
    ),
    "coaching": lambda k, **f: make_coaching(kommunen=[k], beginn="2020-06-10", **f),
    "analyse": lambda k, **f: make_analyse(kommunen=[k], beginn="2020-06-10", **f),
    "projekte": lambda k, **f: make_zuwendung(kommune=k, bewilligt_am="2020-06-10", **f),
    "modell": lambda k, **f: make_modellkommune(kommune=k, seit="2020-06-10", **f),
    "beratung": lambda k, **f: make_beratung(kommune=k, am="2020-06-10", **f),
}


def schluessel(kommune, am=TAG):
    beteiligung = beteiligungen(am, [kommune.pk]).get(kommune.pk)
    return [baustein.schluessel for baustein in beteiligung.bausteine] if beteiligung else []


def nimmt_teil(kommune, am=TAG):
    return Kommune.objects.filter(beteiligt(am), pk=kommune.pk).exists()


def test_every_building_block_is_tested():
    assert list(BELEGE) == [baustein.schluessel for baustein in BAUSTEINE]


@pytest.mark.parametrize("name", BELEGE)
def test_a_building_block_is_there_from_its_day_on(name):
    kommune, andere = make_kommune(), make_kommune()
    BELEGE[name](kommune)
    baustein = next(b for b in BAUSTEINE if b.schluessel == name)
    assert schluessel(kommune) == [name]
    assert nimmt_teil(kommune)
    assert Kommune.objects.filter(pk__in=baustein.kommunen(TAG)).get() == kommune
    assert schluessel(kommune, DAVOR) == []
    assert not nimmt_teil(kommune, DAVOR)
    assert not baustein.kommunen(DAVOR).exists()
    assert schluessel(andere) == []


@pytest.mark.parametrize("name", BELEGE)
def test_what_is_not_public_is_no_building_block(name):
    kommune = make_kommune()
    BELEGE[name](kommune, veroeffentlicht=False)
    assert schluessel(kommune) == []
    assert not nimmt_teil(kommune)


@pytest.mark.parametrize("name", BELEGE)
def test_invented_records_count_in_demo_mode_only_and_are_marked(name, settings):
    kommune = make_kommune()
    BELEGE[name](kommune, herkunft=Herkunft.BEISPIEL)
    assert schluessel(kommune) == []
    settings.BEISPIELDATEN = True
    assert schluessel(kommune) == [name]
    assert beteiligungen(TAG)[kommune.pk].aus_beispielen
    assert nimmt_teil(kommune)


def test_a_kommune_with_real_records_only_is_not_marked(settings):
    settings.BEISPIELDATEN = True
    kommune = make_kommune()
    BELEGE["rat"](kommune)
    assert not beteiligungen(TAG)[kommune.pk].aus_beispielen


@pytest.mark.parametrize("make", [make_rat, make_vereinbarung, make_coaching, make_analyse])
def test_a_joint_record_counts_for_each_of_its_kommunen(make):
    zwei = [make_kommune(), make_kommune()]
    make(kommunen=zwei)
    assert beteiligungen(date(2022, 1, 1)).keys() == {kommune.pk for kommune in zwei}


def test_building_blocks_come_once_and_in_their_order():
    kommune = make_kommune()
    for make in reversed(BELEGE.values()):
        make(kommune)
    BELEGE["beratung"](kommune)
    assert schluessel(kommune) == list(BELEGE)


def test_what_has_ended_or_rests_or_is_only_announced_is_no_building_block():
    kommune = make_kommune()
    make_vereinbarung(kommunen=[kommune], unterzeichnet_am="2019", ende_am="2020-06-10")
    rat = make_rat(kommunen=[kommune], aktiv_seit=None)
    make_ratszustand(rat=rat, von="2020-01-01", zustand=Ratszustand.Zustand.RUHEND)
    make_analyse(kommunen=[kommune], beginn="2020", stand=Sicherheitsanalyse.Stand.ANGEKUENDIGT)
    assert schluessel(kommune) == []
    assert schluessel(kommune, DAVOR) == ["vereinbarung"]


def test_one_query_answers_for_any_number_of_kommunen(django_assert_num_queries):
    beteiligungen(TAG)
    for anzahl in (1, 4):
        kommunen = [make_kommune() for _ in range(anzahl)]
        for kommune in kommunen:
            BELEGE["rat"](kommune)
            BELEGE["projekte"](kommune)
        with django_assert_num_queries(1):
            assert len(beteiligungen(TAG, [k.pk for k in kommunen])) == anzahl
