"""Drawing and adding: who, from what, how much; what is refused, also by the database."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from foerderung.kanonisch import pruefsumme
from foerderung.models import (
    Befangenheit,
    Beleg,
    Belegkuerzung,
    Foerderantrag,
    Nachweisfassung,
    Status,
    Stichprobe,
    Stichprobenfall,
)
from foerderung.stichprobe.grundgesamtheit import grundgesamtheit
from foerderung.verfahren.entscheidung import Unzulaessig
from foerderung.verfahren.stichprobe import ergaenze, stimmt, wiederholung
from kommunen.tatsachen import Herkunft
from tests.factories import make_konto, make_zuwendung

from .faelle import UM, make_nachweis, ziehe

pytestmark = pytest.mark.django_db
Grund = Stichprobenfall.Grund


def gruende(stichprobe):
    return sorted(stichprobe.faelle.values_list("grund", flat=True))


def test_half_of_the_proofs_are_drawn_and_the_draw_can_be_repeated(sachbearbeitung):
    for _ in range(5):
        make_nachweis()
    stichprobe = ziehe(sachbearbeitung)
    assert gruende(stichprobe) == ["gezogen"] * 3 + ["nicht_gezogen"] * 2
    faelle = stichprobe.faelle.select_related("antrag")
    assert stimmt(stichprobe, faelle, wiederholung(Stichprobe.objects.get()))
    assert Eintrag.objects.filter(handlung="stichprobe.gezogen").count() == 1
    assert Eintrag.objects.filter(handlung="stichprobe.fall").count() == 5


def test_every_seed_is_new(sachbearbeitung):
    make_nachweis()
    erste = ziehe(sachbearbeitung)
    make_nachweis()
    zweite = ziehe(sachbearbeitung, bezeichnung="Zweite")
    assert len({erste.startwert, zweite.startwert}) == 2
    assert all(len(s.startwert) == 64 for s in (erste, zweite))


def test_a_proof_is_in_one_draw_only_and_an_empty_population_is_refused(sachbearbeitung):
    make_nachweis()
    ziehe(sachbearbeitung)
    with pytest.raises(SchrittNichtMoeglich, match="noch in keiner Stichprobe"):
        ziehe(sachbearbeitung, bezeichnung="Noch einmal")
    assert Stichprobe.objects.count() == 1


@pytest.mark.parametrize("anteil", ["49.99", "100.01"])
def test_less_than_the_rule_set_asks_for_is_refused(sachbearbeitung, anteil):
    make_nachweis()
    with pytest.raises(Unzulaessig) as fehler:
        ziehe(sachbearbeitung, anteil=anteil)
    assert set(fehler.value.felder) == {"anteil"}
    assert "zwischen 50 und 100" in str(fehler.value)


def test_a_draw_has_a_name_of_its_own(sachbearbeitung):
    make_nachweis()
    ziehe(sachbearbeitung)
    make_nachweis()
    for name in ("Nachweise 2027", " "):
        with pytest.raises(Unzulaessig) as fehler:
            ziehe(sachbearbeitung, bezeichnung=name)
        assert set(fehler.value.felder) == {"bezeichnung"}


def test_the_same_form_twice_is_one_draw_and_an_old_page_draws_nothing(sachbearbeitung):
    make_nachweis()
    marke = uuid.uuid4()
    erste = ziehe(sachbearbeitung, marke=marke)
    assert ziehe(sachbearbeitung, marke=marke) == erste
    make_nachweis()
    with pytest.raises(Ueberholt):
        ziehe(sachbearbeitung, bezeichnung="Alt", gesehen="0" * 64)


def test_real_and_invented_proofs_are_never_in_one_draw(sachbearbeitung):
    make_nachweis()
    make_nachweis(herkunft=Herkunft.BEISPIEL)
    echte = ziehe(sachbearbeitung)
    erfundene = ziehe(sachbearbeitung, bezeichnung="Beispiel", beispiele=True)
    assert [len(s.grundgesamtheit) for s in (echte, erfundene)] == [1, 1]
    assert echte.faelle.get().antrag.herkunft == Herkunft.ERFASST
    assert erfundene.faelle.get().antrag.herkunft == Herkunft.BEISPIEL


@pytest.mark.parametrize("rolle", ["Prüfung", "Haushalt", "Redaktion"])
def test_who_checks_does_not_draw(regelwerk, rolle):
    make_nachweis()
    with pytest.raises(KeinRecht):
        ziehe(make_konto([rolle]))


@pytest.mark.parametrize(
    "felder", [{"startwert": "0" * 64}, {"anteil_prozent": 60}, {"grundgesamtheit": [{}]}]
)
def test_nothing_of_a_draw_changes(sachbearbeitung, felder):
    make_nachweis()
    ziehe(sachbearbeitung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stichprobe.objects.update(**felder)


def test_a_draw_with_a_case_cannot_be_deleted_nor_the_case_leave_it(sachbearbeitung):
    make_nachweis()
    stichprobe = ziehe(sachbearbeitung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stichprobenfall.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        stichprobe.faelle.update(grund=Grund.NICHT_GEZOGEN)


# --- Risks -------------------------------------------------------------------------


def risiken(**felder):
    return grundgesamtheit(**({"beispiele": False} | felder))[0]["risiken"]


def test_a_first_grant_is_a_risk_and_an_invented_one_before_does_not_count(sachbearbeitung):
    antrag = make_nachweis(mit_vorjahr=False)
    make_zuwendung(kommune=antrag.kommune, foerderjahr=2020, herkunft=Herkunft.BEISPIEL)
    assert risiken() == ["erste"]
    make_zuwendung(kommune=antrag.kommune, foerderjahr=2020)
    assert risiken() == []


def test_a_high_grant_a_late_proof_a_cut_and_passing_on_are_risks(bewilligt):
    fall = bewilligt
    make_zuwendung(kommune=fall.kommune, foerderjahr=2020)
    beleg = Beleg.objects.create(
        antrag=fall.antrag, belegnummer="1", ausgabenart="sach", zweck="Flyer",
        zahlungsempfaenger="Druckerei", rechnung_am=UM, bezahlt_am=UM,
        betrag_euro=Decimal("100.00"), erfasst_um=UM, erfasst_von=fall.bearbeitung,
    )  # fmt: skip
    Foerderantrag.objects.update(status=Status.NACHWEIS_EINGEREICHT)
    assert risiken() == ["betrag"]  # 27.000 euros
    Belegkuerzung.objects.create(
        beleg=beleg, betrag_euro=Decimal("1.00"), grund="Skonto", gekuerzt_um=UM,
        gekuerzt_von=fall.sachbearbeitung,
    )  # fmt: skip
    Beleg.objects.update(ausgabenart="weiterleitung")
    Nachweisfassung.objects.create(
        antrag=fall.antrag, nummer=1, inhalt={}, pruefsumme=pruefsumme({}),
        eingegangen_um=UM.replace(year=2029), vorbereitet_von=fall.bearbeitung,
        gezeichnet_von=fall.zeichnung,
    )  # fmt: skip
    assert risiken() == ["betrag", "weiterleitung", "verspaetet", "kuerzung"]


def test_a_risk_that_is_not_drawn_is_in_the_sample_all_the_same(sachbearbeitung):
    for _ in range(3):
        make_nachweis(mit_vorjahr=False)
    stichprobe = ziehe(sachbearbeitung)
    assert gruende(stichprobe) == ["gezogen", "gezogen", "risiko"]


# --- Adding ------------------------------------------------------------------------


@pytest.fixture
def nicht_gezogen(sachbearbeitung):
    for _ in range(3):
        make_nachweis()
    return ziehe(sachbearbeitung).faelle.filter(grund=Grund.NICHT_GEZOGEN).get()


def test_staff_add_a_case_with_a_reason_once(nicht_gezogen, sachbearbeitung):
    with pytest.raises(SchrittNichtMoeglich, match="Begründen"):
        ergaenze(nicht_gezogen, " ", durch=sachbearbeitung, um=UM)
    for _ in range(2):
        ergaenze(nicht_gezogen, "Hinweis aus der Prüfung", durch=sachbearbeitung, um=UM)
    assert (nicht_gezogen.grund, nicht_gezogen.mit_belegen) == (Grund.ERGAENZT, True)
    assert Eintrag.objects.filter(handlung="stichprobe.ergaenzt").count() == 1
    with pytest.raises(Ueberholt):
        ergaenze(nicht_gezogen, "Ich auch", durch=make_konto(["Leitung"]), um=UM)
    # The draw still repeats: what staff added was not drawn.
    stichprobe = nicht_gezogen.stichprobe
    faelle = stichprobe.faelle.select_related("antrag")
    assert stimmt(stichprobe, faelle, wiederholung(stichprobe))


def test_who_is_biased_adds_nothing(nicht_gezogen, sachbearbeitung):
    Befangenheit.objects.create(antrag=nicht_gezogen.antrag, konto=sachbearbeitung, erklaert_um=UM)
    with pytest.raises(KeinRecht):
        ergaenze(nicht_gezogen, "Hinweis", durch=sachbearbeitung, um=UM)


def test_a_checked_case_is_not_added(nicht_gezogen, sachbearbeitung):
    nicht_gezogen.antrag.status = "nachweis_geprueft"
    nicht_gezogen.antrag.save()
    with pytest.raises(SchrittNichtMoeglich, match="noch nicht geprüft"):
        ergaenze(nicht_gezogen, "Hinweis", durch=sachbearbeitung, um=UM)
