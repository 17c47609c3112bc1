"""The end of a case by two people, when nobody owes anything."""

import uuid

import pytest

from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich
from foerderung.models import Abschluss, Status
from foerderung.verfahren import abschluss
from tests.factories import make_konto
from tests.foerderung.auszahlung.faelle import frisch

from .faelle import UM

pytestmark = pytest.mark.django_db


@pytest.fixture
def geprueft(gezogen):
    gezogen.schliesse_pruefung_ab()
    return gezogen


def test_two_people_end_a_case_in_which_nobody_owes_anything(geprueft):
    geprueft.schlage_abschluss_vor()
    assert Nachricht.objects.filter(vorlage="abschluss_vorgeschlagen").count() == 1
    geprueft.schliesse_ab()
    assert geprueft.status == Status.ABGESCHLOSSEN
    assert geprueft.antrag.beendet_um == UM
    assert Nachricht.objects.filter(vorlage="vorgang_abgeschlossen").count() == 2


def test_who_proposes_does_not_decide_and_the_attempt_is_logged(geprueft):
    beide = make_konto(["Sachbearbeitung", "Leitung"])
    geprueft.schlage_abschluss_vor(durch=beide)
    with pytest.raises(EigeneFreigabe):
        geprueft.schliesse_ab(durch=beide)
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").count() == 1
    assert geprueft.status == Status.NACHWEIS_GEPRUEFT


@pytest.mark.parametrize("wer", ["leitung", "pruefung", "zeichnung"])
def test_only_the_sachbearbeitung_proposes(geprueft, wer):
    with pytest.raises(KeinRecht):
        geprueft.schlage_abschluss_vor(durch=getattr(geprueft, wer))


def test_only_the_leitung_decides(geprueft):
    geprueft.schlage_abschluss_vor()
    with pytest.raises(KeinRecht):
        geprueft.schliesse_ab(durch=make_konto(["Sachbearbeitung"]))


def test_before_the_check_there_is_no_end(gezogen):
    with pytest.raises(SchrittNichtMoeglich, match="Verwendungsnachweis geprüft"):
        gezogen.schlage_abschluss_vor()


def test_what_is_still_due_is_named(fall):
    fall.zahle("10000.00")
    fall.reiche_nachweis_ein("20000.00")
    fall.ziehe()
    fall.schliesse_pruefung_ab()
    with pytest.raises(SchrittNichtMoeglich, match="Noch auszuzahlen sind 9.000,00"):
        fall.schlage_abschluss_vor()


def test_what_has_to_come_back_is_named(fall):
    fall.zahle("10000.00")
    fall.reiche_nachweis_ein("5000.00")
    fall.ziehe()
    fall.schliesse_pruefung_ab()
    with pytest.raises(SchrittNichtMoeglich, match="Zurückzuzahlen sind noch 4.500,00"):
        fall.schlage_abschluss_vor()


def test_an_unpaid_payout_is_named_also_between_proposal_and_decision(fall):
    eine = fall.freigegeben("10000.00")
    fall.reiche_nachweis_ein("10000.00")
    fall.ziehe()
    fall.schliesse_pruefung_ab()
    with pytest.raises(SchrittNichtMoeglich, match="1. Auszahlung ist noch nicht erledigt"):
        fall.schlage_abschluss_vor()
    fall.ordne_an(eine)
    eine = frisch(eine)
    fall.lies_ein((eine.referenz, str(eine.gilt_euro), UM.date()))
    fall.schlage_abschluss_vor()


def test_the_same_form_twice_is_one_proposal_and_there_is_one_at_a_time(geprueft):
    marke = uuid.uuid4()
    erster = geprueft.schlage_abschluss_vor(marke=marke)
    assert geprueft.schlage_abschluss_vor(marke=marke) == erster
    with pytest.raises(SchrittNichtMoeglich, match="schon vorgeschlagen"):
        geprueft.schlage_abschluss_vor()
    assert Abschluss.objects.count() == 1


def test_a_refused_or_withdrawn_proposal_leaves_the_case_open_for_the_next(geprueft):
    geprueft.schlage_abschluss_vor()
    offen = abschluss.offener(geprueft.antrag)
    with pytest.raises(SchrittNichtMoeglich, match="Begründen"):
        abschluss.lehne_ab(offen, " ", durch=geprueft.leitung, um=UM)
    abschluss.lehne_ab(offen, "Noch nicht", durch=geprueft.leitung, um=UM)
    assert Nachricht.objects.filter(vorlage="abschluss_abgelehnt").count() == 1
    geprueft.schlage_abschluss_vor()
    abschluss.ziehe_zurueck(
        abschluss.offener(geprueft.antrag), durch=geprueft.sachbearbeitung, um=UM
    )
    assert geprueft.status == Status.NACHWEIS_GEPRUEFT


def test_while_the_end_is_proposed_the_check_stays_closed(geprueft):
    geprueft.schlage_abschluss_vor()
    with pytest.raises(SchrittNichtMoeglich, match="Abschluss ist vorgeschlagen"):
        geprueft.oeffne()
