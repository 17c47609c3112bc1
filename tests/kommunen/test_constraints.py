"""What must never be in the database: each rule at its edge and one step past it."""

import threading
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from kommunen.models import (
    Gremium,
    Kartenflaeche,
    Kommune,
    Kooperationsvereinbarung,
    Praeventionsrat,
    Ratssitzung,
    Ratszustand,
    Verbundmitgliedschaft,
)
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_analyse,
    make_coaching,
    make_kommune,
    make_kreis,
    make_modellkommune,
    make_rat,
    make_ratszustand,
    make_vereinbarung,
)

pytestmark = pytest.mark.django_db
Art = Kommune.Art
Zustand = Ratszustand.Zustand


@contextmanager
def verletzt(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        yield


# --- Kreis and Kommune ----------------------------------------------------------


@pytest.mark.parametrize("ags", ["1452", "14a24", "15524", ""])
def test_a_kreis_key_has_five_digits_and_begins_with_14(ags):
    make_kreis(ags="14000")
    make_kreis(ags="14999")
    with verletzt("kreis_ags_fuenf_ziffern"):
        make_kreis(ags=ags)


@pytest.mark.parametrize("ags", ["1452433", "15524330", "1452433a", "14 24330", ""])
def test_an_ags_has_eight_digits_and_begins_with_14(ags):
    make_kommune(ags="14000000")
    make_kommune(ags="14999999")
    with verletzt("kommune_ags_acht_ziffern"):
        make_kommune(ags=ags)


@pytest.mark.parametrize("schluessel", ["14521540", "155215405", "14521540a"])
def test_a_verbandsschluessel_has_nine_digits_and_begins_with_14(schluessel):
    make_kommune(art=Art.VERWALTUNGSVERBAND, verbandsschluessel="140000000")
    with verletzt("kommune_verbandsschluessel_neun_ziffern"):
        make_kommune(art=Art.VERWALTUNGSVERBAND, verbandsschluessel=schluessel)


@pytest.mark.parametrize(
    "felder",
    [
        {"art": Art.GEMEINDE, "ags": None},
        {"art": Art.LANDKREIS, "ags": None, "kuerzel": "lk"},
        {"art": Art.STADT, "kuerzel": "auch-das"},
        {"art": Art.STADT, "verbandsschluessel": "140000001"},
        {"art": Art.VERWALTUNGSVERBAND, "ags": "14000001"},
        {"art": Art.VERWALTUNGSGEMEINSCHAFT, "verbandsschluessel": None},
        {"art": Art.STAEDTEBUND, "kuerzel": None, "ags": "14000001"},
        {"art": "bundesland"},
    ],
)
def test_the_kind_decides_which_key_a_kommune_has(felder):
    with verletzt("kommune_kennung_passt_zur_art"):
        make_kommune(**felder)


def test_every_kind_can_be_kept_and_has_a_kennung():
    for art in Art.values:
        kommune = make_kommune(art=art)
        kommune.refresh_from_db()
        assert kommune.kennung == (kommune.ags or kommune.verbandsschluessel or kommune.kuerzel)


@pytest.mark.parametrize("feld", ["ags", "verbandsschluessel", "kuerzel"])
def test_a_key_exists_once(feld):
    art, wert = {
        "ags": (Art.STADT, "14524330"),
        "verbandsschluessel": (Art.VERWALTUNGSVERBAND, "145215405"),
        "kuerzel": (Art.STAEDTEBUND, "silberberg"),
    }[feld]
    make_kommune(art=art, **{feld: wert})
    with verletzt(feld):
        make_kommune(art=art, **{feld: wert})


def test_only_a_staedtebund_may_span_kreise():
    make_kommune(art=Art.STAEDTEBUND, kreis=None)
    with verletzt("kommune_mit_kreis"):
        make_kommune(art=Art.STADT, kreis=None)


def test_the_last_day_of_a_kommune_is_not_before_its_first():
    erbe, tag = make_kommune(), date(2023, 1, 1)
    make_kommune(gueltig_von=tag, gueltig_bis=tag, nachfolger=erbe)
    with verletzt("kommune_ende_nach_beginn"):
        make_kommune(gueltig_von=tag, gueltig_bis=date(2022, 12, 31), nachfolger=erbe)


def test_a_merged_kommune_has_a_last_day_and_a_successor():
    make_kommune(gueltig_bis=date(2022, 12, 31), nachfolger=make_kommune())
    with verletzt("kommune_erloschen_mit_nachfolge"):
        make_kommune(gueltig_bis=date(2022, 12, 31))
    with verletzt("kommune_erloschen_mit_nachfolge"):
        make_kommune(nachfolger=make_kommune())


def test_successors_form_no_circle():
    """However long: A to B to C is a chain, C to A would close it."""
    ende = {"gueltig_bis": date(2022, 12, 31)}
    c = make_kommune()
    b = make_kommune(nachfolger=c, **ende)
    a = make_kommune(nachfolger=b, **ende)
    for erbe in (a, b):
        with verletzt("kommune_nicht_eigener_nachfolger"):
            Kommune.objects.filter(pk=c.pk).update(nachfolger=erbe, **ende)
    Kommune.objects.filter(pk=a.pk).update(nachfolger=c)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_that_close_a_circle_one_is_refused():
    a, b = make_kommune(), make_kommune()
    start, ergebnisse = threading.Barrier(2), []

    def beerbt(alt, neu):
        start.wait()
        try:
            Kommune.objects.filter(pk=alt.pk).update(nachfolger=neu, gueltig_bis=date(2022, 12, 31))
            ergebnisse.append("ja")
        except IntegrityError:
            ergebnisse.append("nein")
        finally:
            connection.close()

    faeden = [threading.Thread(target=beerbt, args=paar) for paar in ((a, b), (b, a))]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert sorted(ergebnisse) == ["ja", "nein"]


def test_the_successor_of_a_day_is_the_living_end_of_the_chain():
    c = make_kommune()
    b = make_kommune(gueltig_bis=date(2022, 12, 31), nachfolger=c)
    a = make_kommune(gueltig_bis=date(2020, 12, 31), nachfolger=b)
    assert a.rechtsnachfolge(date(2020, 12, 31)) == a
    assert a.rechtsnachfolge(date(2021, 1, 1)) == b
    assert a.rechtsnachfolge(date(2023, 1, 1)) == c
    for tag in (date(2020, 12, 31), date(2021, 1, 1), date(2023, 1, 1)):
        assert set(Kommune.objects.erloschen(tag)) == {k for k in (a, b) if k.ist_erloschen(tag)}


def test_a_kommune_ended_no_earlier_than_the_freistaat_began():
    erbe = make_kommune()
    make_kommune(gueltig_bis=date(1990, 1, 1), nachfolger=erbe)
    with verletzt("kommune_gueltig_bis_spanne"):
        make_kommune(gueltig_bis=date(1989, 12, 31), nachfolger=erbe)


def test_a_kommune_does_not_succeed_itself():
    kommune = make_kommune()
    with verletzt("kommune_nicht_eigener_nachfolger"):
        Kommune.objects.filter(pk=kommune.pk).update(
            nachfolger=kommune.pk, gueltig_bis=date(2022, 12, 31)
        )


def test_a_population_has_a_day():
    make_kommune(einwohner=0, zahlen_stand=date(2024, 12, 31))
    with verletzt("kommune_einwohner_mit_stand"):
        make_kommune(einwohner=0)


@pytest.mark.parametrize("plz", ["0472", "0472a", "04 20"])
def test_a_postcode_has_five_digits_or_is_missing(plz):
    make_kommune(plz="")
    make_kommune(plz="04720")
    with verletzt("kommune_plz_fuenf_ziffern"):
        make_kommune(plz=plz)


def test_a_kommune_has_a_source():
    with verletzt("kommune_hat_quelle"):
        make_kommune(quelle="")


# --- Verbünde and map -----------------------------------------------------------


def mitgliedschaft(verbund, mitglied, **felder):
    return Verbundmitgliedschaft.objects.create(verbund=verbund, mitglied=mitglied, **felder)


def test_a_kommune_is_in_a_verbund_once_at_a_time():
    verbund, mitglied = make_kommune(art=Art.STAEDTEBUND), make_kommune()
    mitgliedschaft(verbund, mitglied, von="2019", bis="2020")
    mitgliedschaft(verbund, mitglied, von="2021")
    with verletzt("verbundmitgliedschaft_einmal_offen"):
        mitgliedschaft(verbund, mitglied, von="2022")


def test_a_verbund_is_no_member_of_itself():
    verbund = make_kommune(art=Art.STAEDTEBUND)
    with verletzt("verbundmitgliedschaft_nicht_selbst"):
        mitgliedschaft(verbund, verbund)


def test_an_area_is_of_a_kommune_or_of_a_kreis():
    mass = dict.fromkeys(["x", "y", "radius", "links", "oben", "rechts", "unten"], 1)
    Kartenflaeche.objects.create(kreis=make_kreis(), pfad="M0 0z", **mass)
    Kartenflaeche.objects.create(kommune=make_kommune(), pfad="M0 0z", **mass)
    with verletzt("kartenflaeche_kommune_oder_kreis"):
        Kartenflaeche.objects.create(pfad="M0 0z", **mass)
    with verletzt("kartenflaeche_kommune_oder_kreis"):
        Kartenflaeche.objects.create(
            kommune=make_kommune(), kreis=make_kreis(ags="14511"), pfad="M0 0z", **mass
        )


# --- Facts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (make_vereinbarung, "vereinbarung"),
        (make_modellkommune, "modellkommune"),
        (make_rat, "praeventionsrat"),
    ],
)
def test_a_fact_has_a_source_and_only_a_confirmed_one_is_published(make, name):
    make(erschlossen=True, veroeffentlicht=False)
    make(erschlossen=False, veroeffentlicht=True)
    with verletzt(f"{name}_hat_quelle"):
        make(quelle="")
    with verletzt(f"{name}_erschlossen_unveroeffentlicht"):
        make(erschlossen=True, veroeffentlicht=True)


@pytest.mark.parametrize(
    ("tabelle", "spalte", "name"),
    [
        ("kommunen_kooperationsvereinbarung", "unterzeichnet_am", "vereinbarung_unterzeichnet_am"),
        ("kommunen_kooperationsvereinbarung", "ende_am", "vereinbarung_ende_am"),
        ("kommunen_modellkommune", "seit", "modellkommune_seit"),
        ("kommunen_ratszustand", "von", "ratszustand_von"),
        ("kommunen_ratszustand", "bis", "ratszustand_bis"),
        ("kommunen_gremium", "von", "gremium_von"),
        ("kommunen_gremium", "bis", "gremium_bis"),
        ("kommunen_verbundmitgliedschaft", "von", "verbundmitgliedschaft_von"),
        ("kommunen_verbundmitgliedschaft", "bis", "verbundmitgliedschaft_bis"),
    ],
)
def test_no_table_keeps_a_date_that_does_not_exist(tabelle, spalte, name):
    make_vereinbarung()
    make_modellkommune()
    rat = make_rat()
    Gremium.objects.create(rat=rat, art=Gremium.Art.LENKUNGSGRUPPE)
    mitgliedschaft(make_kommune(art=Art.STAEDTEBUND), make_kommune())
    for unmoeglich in ("gestern", "202", "2020-1"):
        with verletzt(f"{name}_lesbar"), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {tabelle} SET {spalte} = %s", [unmoeglich])


@pytest.mark.parametrize(
    ("beginn", "ende", "erlaubt"),
    [
        ("2021-05-12", "2021-05-12", True),
        ("2021-05-12", "2021-05-11", False),
        ("2021-05-12", "2021-05", True),
        ("2021-05-12", "2021-04", False),
        ("2021-05", "2021-05-01", True),
        ("2021-05", "2021-04-30", False),
        ("2021", "2021", True),
        ("2021", "2020", False),
        ("2021", None, True),
    ],
)
def test_an_agreement_does_not_end_wholly_before_it_was_signed(beginn, ende, erlaubt):
    felder = {"unterzeichnet_am": beginn, "ende_am": ende}
    if erlaubt:
        make_vereinbarung(**felder)
    else:
        with verletzt("vereinbarung_ende_am_nicht_vor_unterzeichnet_am"):
            make_vereinbarung(**felder)


def test_gremien_and_memberships_do_not_end_before_they_begin():
    rat = make_rat()
    Gremium.objects.create(rat=rat, art=Gremium.Art.LENKUNGSGRUPPE, von="2021", bis="2021")
    with verletzt("gremium_bis_nicht_vor_von"):
        Gremium.objects.create(rat=rat, art=Gremium.Art.LENKUNGSGRUPPE, von="2021", bis="2020")
    verbund, mitglied = make_kommune(art=Art.STAEDTEBUND), make_kommune()
    with verletzt("verbundmitgliedschaft_bis_nicht_vor_von"):
        mitgliedschaft(verbund, mitglied, von="2021", bis="2020")


def test_the_running_number_of_agreements_is_given_once():
    make_vereinbarung(laufende_nummer=30)
    make_vereinbarung(laufende_nummer=30, art=Kooperationsvereinbarung.Art.VORVEREINBARUNG)
    make_vereinbarung(laufende_nummer=None)
    make_vereinbarung(laufende_nummer=None)
    with verletzt("vereinbarung_laufende_nummer_einmal"):
        make_vereinbarung(laufende_nummer=30)


def test_an_agreement_typed_by_staff_has_its_document():
    make_vereinbarung(herkunft=Herkunft.ERFASST, dokument="vereinbarungen/a.pdf")
    make_vereinbarung(herkunft=Herkunft.PROGRAMMDATEN, dokument="")
    make_vereinbarung(herkunft=Herkunft.BEISPIEL, dokument="")
    with verletzt("vereinbarung_erfasst_mit_dokument"):
        make_vereinbarung(herkunft=Herkunft.ERFASST, dokument="")


def test_a_modellkommune_is_named_once():
    kommune = make_kommune()
    make_modellkommune(kommune=kommune)
    with verletzt("kommune_id"):
        make_modellkommune(kommune=kommune)


# --- States of a council ----------------------------------------------------------


def test_a_state_does_not_end_before_it_begins():
    make_ratszustand(rat=make_rat(aktiv_seit=None), von="2020-05-01", bis="2020-05-01")
    with verletzt("ratszustand_ende_nach_beginn"):
        make_ratszustand(rat=make_rat(aktiv_seit=None), von="2020-05-01", bis="2020-04-30")


@pytest.mark.parametrize("zustand", [Zustand.AKTIV, Zustand.RUHEND, Zustand.AUFGELOEST])
def test_only_a_council_being_founded_may_lack_a_date(zustand):
    make_ratszustand(rat=make_rat(aktiv_seit=None), zustand=Zustand.IN_GRUENDUNG, von=None)
    with verletzt("ratszustand_mit_datum"):
        make_ratszustand(rat=make_rat(aktiv_seit=None), zustand=zustand, von=None)


def test_a_dissolved_council_stays_dissolved():
    rat = make_rat(aktiv_seit=None)
    with verletzt("ratszustand_aufgeloest_bleibt"):
        make_ratszustand(rat=rat, zustand=Zustand.AUFGELOEST, von="2020", bis="2021")
    make_ratszustand(rat=rat, zustand=Zustand.AUFGELOEST, von="2020")
    with verletzt("ratszustand_"):
        make_ratszustand(rat=rat, zustand=Zustand.AKTIV, von="2021")


def test_a_council_has_one_open_state():
    rat = make_rat(aktiv_seit=None)
    make_ratszustand(rat=rat, von="2020-05-01", bis="2021-03-01")
    make_ratszustand(rat=rat, zustand=Zustand.RUHEND, von="2021-03-01")
    with verletzt("ratszustand_einer_offen"):
        make_ratszustand(rat=rat, von="2019-01-01")
    make_rat()


@pytest.mark.parametrize(
    ("von", "bis", "erlaubt"),
    [
        ("2019-01-01", "2020-05-01", True),
        ("2019-01-01", "2020-05-02", False),
        ("2020-06-30", "2020-07-31", False),
        ("2021-03-01", "2021-04-01", True),
        ("2021-02-28", "2021-04-01", False),
        (None, "2020-05-01", True),
        (None, "2020-05-02", False),
        ("2020", "2021-02", False),
    ],
)
def test_states_of_a_council_touch_but_do_not_overlap(von, bis, erlaubt):
    rat = make_rat(aktiv_seit=None)
    make_ratszustand(rat=rat, von="2020-05-01", bis="2021-03-01")
    felder = {"rat": rat, "zustand": Zustand.IN_GRUENDUNG, "von": von, "bis": bis}
    if erlaubt:
        make_ratszustand(**felder)
    else:
        with verletzt("ratszustand_ohne_ueberschneidung"):
            make_ratszustand(**felder)
    make_ratszustand(rat=make_rat(aktiv_seit=None), von="2020-06-01", bis="2020-07-01")


@pytest.mark.parametrize(
    ("tag", "zustand"),
    [
        (date(2020, 4, 30), None),
        (date(2020, 5, 30), None),
        (date(2020, 5, 31), Zustand.AKTIV),
        (date(2021, 2, 28), Zustand.AKTIV),
        (date(2021, 3, 1), Zustand.RUHEND),
        (date(2030, 1, 1), Zustand.RUHEND),
    ],
)
def test_on_the_day_a_state_ends_the_next_one_holds(tag, zustand):
    rat = make_rat(aktiv_seit=None)
    make_ratszustand(rat=rat, von="2020-05", bis="2021-03-01")
    make_ratszustand(rat=rat, zustand=Zustand.RUHEND, von="2021-03-01")
    assert list(Ratszustand.objects.am(tag).values_list("zustand", flat=True)) == (
        [zustand] if zustand else []
    )
    assert Praeventionsrat.objects.aktiv(tag).exists() is (zustand == Zustand.AKTIV)


def test_a_meeting_is_entered_once():
    rat = make_rat()
    Ratssitzung.objects.create(rat=rat, am=date(2021, 5, 1), thema="Jugend")
    Ratssitzung.objects.create(rat=rat, am=date(2021, 5, 1), thema="Sucht")
    with verletzt("ratssitzung_einmal"):
        Ratssitzung.objects.create(rat=rat, am=date(2021, 5, 1), thema="Jugend")


# --- No joint record without a Kommune ----------------------------------------------


def pruefe_jetzt():
    """The trigger waits for the end of the transaction; this asks for it at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def geprueft():
    yield
    pruefe_jetzt()


@contextmanager
def braucht_kommune():
    with pytest.raises(IntegrityError, match="keine Kommune"), transaction.atomic(), geprueft():
        yield


@pytest.mark.parametrize("make", [make_vereinbarung, make_rat, make_coaching, make_analyse])
def test_a_joint_record_keeps_at_least_one_kommune(make):
    zwei = [make_kommune(), make_kommune()]
    datensatz = make(kommunen=zwei)
    datensatz.kommunen.remove(zwei[0])
    pruefe_jetzt()
    with braucht_kommune():
        datensatz.kommunen.remove(zwei[1])
    with braucht_kommune():
        datensatz.kommunen.clear()
    with braucht_kommune():
        type(datensatz).kommunen.through.objects.filter(kommune=zwei[1]).delete()
    datensatz.delete()
    pruefe_jetzt()


def test_a_joint_record_is_not_created_without_a_kommune():
    with braucht_kommune():
        Praeventionsrat.objects.create(name="Ohne", quelle="Test")
    with braucht_kommune():
        Kooperationsvereinbarung.objects.create(
            unterzeichnet_am="2020", quelle="Test", herkunft=Herkunft.PROGRAMMDATEN
        )


def test_a_joint_record_may_be_written_before_its_kommunen():
    with geprueft():
        rat = Praeventionsrat.objects.create(name="Mit", quelle="Test")
        rat.kommunen.add(make_kommune())
