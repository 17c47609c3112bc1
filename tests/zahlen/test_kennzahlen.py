"""The figures: what counts, from which day on, and what one unit is."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from asskomm.portal.zahlen.belege import einheiten, zeilen
from asskomm.portal.zahlen.kennzahlen import (
    KENNZAHLEN,
    letztes_volles_jahr,
    mittel_je_jahr,
    werte,
)
from beratung.models import Coaching
from foerderung.models import Zuwendung
from kommunen.models import Kooperationsvereinbarung, Ratszustand
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_analyse,
    make_beratung,
    make_coaching,
    make_durchgang,
    make_kommune,
    make_modellkommune,
    make_rat,
    make_ratszustand,
    make_teilnahme,
    make_vereinbarung,
    make_wirkung,
    make_zuwendung,
)

pytestmark = pytest.mark.django_db
STICHTAG = date(2021, 2, 6)


def wert(schluessel, stichtag=STICHTAG):
    return KENNZAHLEN[schluessel].wert(stichtag)


def test_every_figure_is_zero_without_records():
    assert {kennzahl.wert(STICHTAG) for kennzahl in KENNZAHLEN.values()} == {0}


@pytest.mark.parametrize(
    ("am", "gezaehlt"),
    [
        ("2021-02-06", 1),
        ("2021-02-07", 0),
        ("2021-01", 1),
        ("2021-02", 0),
        ("2020", 1),
        ("2021", 0),
    ],
)
def test_a_date_counts_from_the_last_day_it_can_mean(am, gezaehlt):
    make_beratung(am=am)
    assert wert("kommunen-beraten") == gezaehlt


def test_a_kommune_advised_twice_counts_once():
    kommune = make_kommune()
    make_beratung(kommune=kommune, am="2020-01-10")
    make_beratung(kommune=kommune, am="2020-09-10")
    make_beratung()
    assert wert("kommunen-beraten") == 2


def test_unpublished_and_invented_records_do_not_count(settings):
    make_beratung(veroeffentlicht=False)
    make_beratung(herkunft=Herkunft.BEISPIEL)
    assert wert("kommunen-beraten") == 0
    settings.BEISPIELDATEN = True
    assert wert("kommunen-beraten") == 1


def test_deleting_a_record_lowers_the_figure():
    beratung = make_beratung()
    make_beratung()
    assert wert("kommunen-beraten") == 2
    beratung.delete()
    assert wert("kommunen-beraten") == 1


def test_a_council_counts_while_it_is_active():
    rat = make_rat(aktiv_seit=None)
    make_ratszustand(rat=rat, zustand=Ratszustand.Zustand.IN_GRUENDUNG, bis="2020-05-04")
    make_ratszustand(rat=rat, von="2020-05-04", bis="2021-03-01")
    make_ratszustand(rat=rat, zustand=Ratszustand.Zustand.RUHEND, von="2021-03-01")
    tage = [date(2020, 5, 3), date(2020, 5, 4), date(2021, 2, 28), date(2021, 3, 1)]
    assert [wert("praeventionsraete", tag) for tag in tage] == [0, 1, 1, 0]


def test_a_joint_council_counts_once():
    make_rat(kommunen=[make_kommune(), make_kommune(), make_kommune()])
    assert wert("praeventionsraete") == 1


def test_a_joint_agreement_counts_once_and_for_all_its_kommunen():
    beide = make_kommune()
    make_vereinbarung(kommunen=[make_kommune(), make_kommune(), beide])
    make_vereinbarung(kommunen=[beide])
    assert wert("vereinbarungen") == 2
    assert wert("kommunen-mit-vereinbarung") == 3


def test_a_preliminary_or_ended_agreement_does_not_count():
    make_vereinbarung(art=Kooperationsvereinbarung.Art.VORVEREINBARUNG)
    make_vereinbarung(ende_am="2021-02-06")
    make_vereinbarung(ende_am="2021-02-07")
    assert wert("vereinbarungen") == 1


def test_granted_money_is_the_sum_of_known_amounts():
    make_zuwendung(betrag_euro=Decimal("100000.10"))
    make_zuwendung(betrag_euro=Decimal("0.25"))
    make_zuwendung(betrag_euro=Decimal("5"), bewilligt_am="2021-02-07")
    assert wert("mittel-bewilligt") == Decimal("100000.35")
    assert not KENNZAHLEN["mittel-bewilligt"].ist_mindestwert(STICHTAG)
    make_zuwendung(betrag_euro=None, herkunft=Herkunft.PROGRAMMDATEN)
    assert wert("mittel-bewilligt") == Decimal("100000.35")
    assert KENNZAHLEN["mittel-bewilligt"].ist_mindestwert(STICHTAG)


def test_granted_money_by_year_has_no_gaps():
    make_zuwendung(bewilligt_am="2019", betrag_euro=Decimal("10"))
    make_zuwendung(bewilligt_am="2021-01-05", betrag_euro=Decimal("20"))
    make_zuwendung(bewilligt_am="2021-02-07", betrag_euro=Decimal("40"))
    assert mittel_je_jahr(STICHTAG) == [
        (2019, Decimal("10.00"), False),
        (2020, Decimal("0.00"), False),
        (2021, Decimal("20.00"), False),
    ]
    for tag in ("2020-03-01", "2021-01-06", "2021-02-08"):
        make_zuwendung(bewilligt_am=tag, betrag_euro=None, herkunft=Herkunft.PROGRAMMDATEN)
    assert [mindestens for *_, mindestens in mittel_je_jahr(STICHTAG)] == [False, True, True]
    tage = [date(2019, 12, 31), date(2020, 12, 31)]
    assert KENNZAHLEN["mittel-bewilligt"].mindestwerte(tage) == [False, True]
    Zuwendung.objects.all().delete()
    assert mittel_je_jahr(STICHTAG) == []


@pytest.mark.parametrize(
    ("tag", "jahr"),
    [(date(2021, 2, 6), 2020), (date(2020, 12, 31), 2020), (date(2021, 1, 1), 2020)],
)
def test_last_full_year(tag, jahr):
    assert letztes_volles_jahr(tag) == jahr


@pytest.mark.parametrize(
    ("felder", "gezaehlt"),
    [
        ({"beginn": "2020-12-31"}, 1),
        ({"beginn": "2021-01-01"}, 0),
        ({"beginn": "2019-05"}, 1),
        ({"beginn": "2019-05", "ende": "2020-01-01"}, 1),
        ({"beginn": "2019-05", "ende": "2019-12-31"}, 0),
        ({"beginn": "2019", "zuletzt_belegt": "2019"}, 0),
        ({"beginn": "2019", "zuletzt_belegt": "2020-05"}, 1),
    ],
)
def test_coaching_counts_in_every_year_it_ran(felder, gezaehlt):
    make_coaching(**felder)
    assert wert("kommunen-im-coaching") == gezaehlt


def test_two_coachings_of_a_kommune_count_once_a_year():
    kommune = make_kommune()
    make_coaching(kommunen=[kommune])
    make_coaching(kommunen=[kommune, make_kommune()])
    assert wert("kommunen-im-coaching") == 2


def test_graduates_and_beginners():
    durchgang = make_durchgang()
    make_teilnahme(durchgang=durchgang, begonnen_am="2020-01", abgeschlossen_am="2020-11-27")
    make_teilnahme(durchgang=durchgang, begonnen_am="2020-01", abgebrochen_am="2020-06")
    make_teilnahme(durchgang=durchgang, begonnen_am="2021-01-22")
    make_teilnahme(durchgang=durchgang, begonnen_am="2021-02-07")
    make_teilnahme(durchgang=make_durchgang(veroeffentlicht=False), begonnen_am="2021-01-22")
    assert wert("fachkraefte") == 1
    assert wert("fortbildung-begonnen") == 1


def test_modellkommunen_and_analyses():
    make_modellkommune()
    make_analyse(kommunen=[make_kommune(), make_kommune()], beginn="2020-11")
    make_analyse(stand="angekuendigt", beginn="2020-11")
    assert wert("modellkommunen") == 1
    assert wert("sicherheitsanalysen") == 1


def test_an_effect_counts_from_the_day_on_which_it_was_confirmed():
    make_wirkung(bestaetigt_um=datetime(2021, 2, 6, 22, 30, tzinfo=UTC))
    make_wirkung(bestaetigt_um=datetime(2021, 2, 6, 23, 30, tzinfo=UTC))
    make_wirkung(bestaetigt_um=None)
    make_wirkung(bestaetigt_um=None, verworfen=True)
    make_wirkung(art="keine", bestaetigt_um=None)
    assert wert("wirkungen-des-coachings") == 1
    assert wert("wirkungen-des-coachings", date(2021, 2, 7)) == 2


def test_effects_of_unpublished_and_invented_coachings_do_not_count(settings):
    make_wirkung()
    Coaching.objects.update(veroeffentlicht=False)
    make_wirkung()
    Coaching.objects.filter(veroeffentlicht=True).update(herkunft=Herkunft.BEISPIEL)
    assert wert("wirkungen-des-coachings") == 0
    settings.BEISPIELDATEN = True
    assert wert("wirkungen-des-coachings") == 1


def test_the_list_of_effects_names_no_kommune(client):
    kommune = make_wirkung(beleg="Beschluss 7 von Musterstadt").mandat.coaching.kommunen.get()
    make_wirkung(art="strategie")
    kennzahl = KENNZAHLEN["wirkungen-des-coachings"]
    liste = zeilen(kennzahl, STICHTAG, einheiten(kennzahl, STICHTAG))
    assert {zeile.titel: zeile.anzahl for zeile in liste} == {
        "Präventionsrat gegründet oder wieder tätig": 1,
        "Präventionsstrategie beschlossen": 1,
    }
    for ende in ("/", ".csv", ".json"):
        adresse = f"/zahlen/wirkungen-des-coachings{ende}?stichtag=2021-02-06"
        inhalt = client.get(adresse).content.decode()
        assert "Präventionsstrategie beschlossen" in inhalt, adresse
        assert str(kommune) not in inhalt
        assert "Musterstadt" not in inhalt


def test_many_values_need_one_statement(django_assert_num_queries):
    make_beratung()
    make_zuwendung()
    anfragen = [(kennzahl, STICHTAG) for kennzahl in KENNZAHLEN.values()]
    with django_assert_num_queries(1):
        ergebnisse = werte(anfragen)
    assert ergebnisse == [kennzahl.wert(tag) for kennzahl, tag in anfragen]
    assert werte([]) == []


def test_a_yearly_figure_names_no_year_twice():
    coaching = KENNZAHLEN["kommunen-im-coaching"]
    assert [coaching.jahr(tag) for tag in coaching.jahresenden(STICHTAG)] == [2019, 2020]
    assert KENNZAHLEN["kommunen-beraten"].jahresenden(STICHTAG) == [
        date(2019, 12, 31),
        date(2020, 12, 31),
        STICHTAG,
    ]


@pytest.fixture
def von_allem_etwas():
    gemeinsam = [make_kommune(), make_kommune()]
    make_beratung(kommune=gemeinsam[0], am="2020-05")
    make_beratung(kommune=gemeinsam[0], am="2019-05")
    make_beratung()
    make_rat(kommunen=gemeinsam)
    make_rat()
    make_vereinbarung(kommunen=gemeinsam)
    make_zuwendung()
    make_wirkung()
    make_coaching(kommunen=gemeinsam)
    make_coaching(kommunen=gemeinsam[:1])
    make_analyse(beginn="2020")
    make_modellkommune(kommune=gemeinsam[0])
    durchgang = make_durchgang()
    make_teilnahme(durchgang=durchgang, abgeschlossen_am="2020-11")
    make_teilnahme(durchgang=durchgang, abgeschlossen_am="2020-11")
    make_teilnahme(begonnen_am="2021-01-22")
    return gemeinsam


@pytest.mark.sample(3)
@pytest.mark.parametrize("schluessel", KENNZAHLEN)
def test_the_list_behind_a_figure_adds_up_to_it(von_allem_etwas, schluessel):
    kennzahl = KENNZAHLEN[schluessel]
    liste = zeilen(kennzahl, STICHTAG, einheiten(kennzahl, STICHTAG))
    if kennzahl.in_euro:
        summe = sum(zeile.betrag_euro for zeile in liste)
    elif kennzahl.gezaehlt in ("durchgang", "wirkungsart"):
        summe = sum(zeile.anzahl for zeile in liste)
    else:
        summe = len(liste)
    assert summe == kennzahl.wert(STICHTAG) > 0
    assert all(zeile.quelle and zeile.titel for zeile in liste)


def test_a_kommune_is_listed_with_its_earliest_record(von_allem_etwas):
    kennzahl = KENNZAHLEN["kommunen-beraten"]
    liste = zeilen(kennzahl, STICHTAG, einheiten(kennzahl, STICHTAG))
    assert str(liste[0].datum) == "05/2019"


@pytest.mark.sample(3)
@pytest.mark.parametrize("schluessel", KENNZAHLEN)
def test_the_list_needs_the_same_queries_for_any_number_of_rows(
    von_allem_etwas, schluessel, django_assert_max_num_queries
):
    kennzahl = KENNZAHLEN[schluessel]
    with django_assert_max_num_queries(4):
        zeilen(kennzahl, STICHTAG, einheiten(kennzahl, STICHTAG))
