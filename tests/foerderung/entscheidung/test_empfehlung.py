"""Recommendation: what it must hold, and the way back before the notice."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.bemessung import Bemessung
from foerderung.models import Befangenheit, Empfehlung, Status
from foerderung.verfahren import entscheidung as verfahren
from foerderung.verfahren.schritte import KeinRecht
from tests.factories import make_ansatz, make_konto

from .akten import GANZ, UM

pytestmark = pytest.mark.django_db


def test_the_case_is_ready_and_the_recommendation_says_what_was_entered(akte):
    empfehlung = akte.empfiehl()
    assert akte.status == Status.ENTSCHEIDUNGSREIF
    assert empfehlung.bewilligen
    assert (empfehlung.betrag_euro, empfehlung.foerdersatz) == (GANZ.betrag_euro, GANZ.foerdersatz)
    assert verfahren.empfehlung(akte.antrag) == empfehlung


def test_a_refusal_needs_no_amount(akte):
    empfehlung = akte.empfiehl(None)
    assert akte.status == Status.ENTSCHEIDUNGSREIF
    assert not empfehlung.bewilligen
    assert empfehlung.betrag_euro is None
    assert empfehlung.haushaltsstelle == ""


@pytest.mark.parametrize(
    ("werte", "feld"),
    [
        ({"bemessung": Bemessung(Decimal("30000.01"), Decimal("90"), Decimal("27000"))},
         "zuwendungsfaehig_euro"),
        ({"bemessung": Bemessung(Decimal("30000"), Decimal("90.01"), Decimal("27000"))},
         "foerdersatz"),
        ({"bemessung": Bemessung(Decimal("30000"), Decimal("90"), Decimal("27000.01"))},
         "betrag_euro"),
        ({"haushaltsstelle": "99 99/999 99"}, "haushaltsstelle"),
        ({"haushaltsstelle": ""}, "haushaltsstelle"),
        ({"begruendung": " \n"}, "begruendung"),
        ({"bemessung": None, "begruendung": ""}, "begruendung"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_refused_at_its_field_and_nothing_happens(akte, werte, feld):
    with pytest.raises(verfahren.Unzulaessig) as fehler:
        akte.empfiehl(**werte)
    assert feld in fehler.value.felder
    assert akte.status == Status.FACHLICH_GEPRUEFT
    assert not Empfehlung.objects.exists()


def test_a_budget_of_an_earlier_year_is_none_for_this_case(akte):
    make_ansatz(haushaltsjahr=2026, haushaltsstelle="alt")
    with pytest.raises(verfahren.Unzulaessig):
        akte.empfiehl(haushaltsstelle="alt")


def test_a_real_case_binds_no_invented_budget(akte):
    make_ansatz(haushaltsstelle="erfunden", ist_beispiel=True)
    with pytest.raises(verfahren.Unzulaessig):
        akte.empfiehl(haushaltsstelle="erfunden")


def test_the_mark_of_another_form_is_refused_in_words(akte, regelwerk, ansatz):
    marke = uuid.uuid4()
    akte.empfiehl(marke=marke)
    anderer = type(akte)(regelwerk, ansatz, nummer="KP-2027-0043")
    with pytest.raises(SchrittNichtMoeglich, match="Laden Sie die Seite neu"):
        anderer.empfiehl(marke=marke)
    assert anderer.status == Status.FACHLICH_GEPRUEFT
    assert Empfehlung.objects.count() == 1


def test_the_same_form_sent_twice_is_one_recommendation(akte):
    angaben = {"marke": uuid.uuid4(), "gesehen": akte.version}
    assert akte.empfiehl(**angaben) == akte.empfiehl(**angaben)
    assert Empfehlung.objects.count() == 1
    with pytest.raises(SchrittNichtMoeglich):
        akte.empfiehl(**angaben, durch=make_konto(["Sachbearbeitung"]))


def test_who_saw_an_older_case_is_told_so(akte):
    with pytest.raises(Ueberholt):
        akte.empfiehl(gesehen=akte.version + 1)
    assert akte.status == Status.FACHLICH_GEPRUEFT


@pytest.mark.parametrize("rolle", ["Leitung", "Prüfung", "Redaktion", "Administration"])
def test_only_the_sachbearbeitung_recommends(akte, rolle):
    with pytest.raises(KeinRecht):
        akte.empfiehl(durch=make_konto([rolle]))


def test_nobody_recommends_with_a_conflict_of_interest(akte):
    Befangenheit.objects.create(antrag=akte.antrag, konto=akte.sachbearbeitung, erklaert_um=UM)
    with pytest.raises(KeinRecht):
        akte.empfiehl()


def test_a_recommendation_stays_as_it_is(reif):
    alle = Empfehlung.objects.filter(antrag=reif.antrag)
    for tat in (lambda: alle.update(betrag_euro=1), alle.delete):
        with pytest.raises(IntegrityError, match="bleibt"), transaction.atomic():
            tat()


# --- Back ------------------------------------------------------------------------


def zurueck(akte, durch=None, grund="Der Satz war falsch."):
    verfahren.nimm_empfehlung_zurueck(
        akte.antrag, durch=durch or akte.sachbearbeitung, um=UM, gesehen=akte.version, grund=grund
    )


def test_it_is_taken_back_once_however_often_it_is_sent(reif):
    gesehen = reif.version
    for _ in range(2):
        verfahren.nimm_empfehlung_zurueck(
            reif.antrag, durch=reif.sachbearbeitung, um=UM, gesehen=gesehen, grund="Verklickt"
        )
    assert (reif.status, reif.version) == (Status.FACHLICH_GEPRUEFT, gesehen + 1)


def test_it_can_be_taken_back_with_a_reason_and_given_anew(reif):
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        zurueck(reif, grund=" ")
    zurueck(reif)
    assert reif.status == Status.FACHLICH_GEPRUEFT
    zweite = reif.empfiehl(None)
    assert verfahren.empfehlung(reif.antrag) == zweite


def test_ones_own_proposal_goes_with_it(reif):
    vorschlag = reif.schlage_vor()
    zurueck(reif)
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == "zurueckgezogen"


def test_the_proposal_of_somebody_else_stands_in_the_way(reif):
    kollegin = make_konto(["Sachbearbeitung"])
    vorschlag = reif.schlage_vor(durch=kollegin)
    with pytest.raises(SchrittNichtMoeglich, match="liegt ein Vorschlag"):
        zurueck(reif)
    verfahren.lehne_vorschlag_ab(vorschlag, durch=reif.leitung, um=UM, grund="Noch einmal prüfen")
    zurueck(reif)
    assert reif.status == Status.FACHLICH_GEPRUEFT


def test_after_the_notice_there_is_no_way_back(bewilligt):
    with pytest.raises(SchrittNichtMoeglich):
        zurueck(bewilligt)
    assert bewilligt.status == Status.BEWILLIGT
