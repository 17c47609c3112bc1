"""At once: budgets are never overspent, and of two who decide one wins."""

from collections import Counter
from decimal import Decimal

import pytest

from asskomm.konten.vieraugen import SCHON_ENTSCHIEDEN
from asskomm.schritt import SchrittNichtMoeglich
from foerderung import haushalt
from foerderung.models import Bescheid, Empfehlung, Entscheidung, Foerderantrag, Status, Zuwendung
from foerderung.verfahren import entscheidung as verfahren
from tests.factories import make_ansatz, make_konto
from tests.protokoll.hilfen import zugleich

from .akten import UM, Akte, Art

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]


def frisch(entscheidung):
    """As another request reads it."""
    return Entscheidung.objects.select_related("antrag").get(pk=entscheidung.pk)


def test_twenty_awards_at_once_against_a_budget_for_ten_give_ten(regelwerk):
    """Over two years, entered in both orders: nobody waits for ever and nothing is half bound."""
    erstes = make_ansatz(betrag_euro=Decimal("170000.00"))
    zweites = make_ansatz(haushaltsjahr=2028, betrag_euro=Decimal("100000.00"))
    mittel = {erstes.pk: Decimal("17000.00"), zweites.pk: Decimal("10000.00")}
    akten = []
    for nummer in range(20):
        akte = Akte(regelwerk, erstes, nummer=f"KP-2027-{nummer:04}")
        akte.empfiehl()
        akte.schlage_vor(mittel=mittel if nummer % 2 else dict(reversed(mittel.items())))
        akten.append(akte)

    def bewillige(akte):
        vorschlag = frisch(akte.offen)
        verfahren.genehmige(vorschlag, durch=akte.leitung, um=UM, gesehen=vorschlag.antrag.version)

    gescheitert = zugleich(*(lambda a=akte: bewillige(a) for akte in akten))
    assert Counter(type(f) for f in gescheitert) == {verfahren.MittelReichenNicht: 10}
    assert Foerderantrag.objects.filter(status=Status.BEWILLIGT).count() == 10
    assert Bescheid.objects.count() == Zuwendung.objects.count() == 10
    assert Entscheidung.objects.offen().count() == 10, "the others wait, as they were"
    for ansatz in (erstes, zweites):
        ansatz.refresh_from_db()
        assert ansatz.frei_euro == 0
    assert not haushalt.abweichende().exists()


def test_of_several_who_decide_at_once_one_wins(reif):
    vorschlag = reif.schlage_vor()
    personen, gesehen = [make_konto(["Leitung"]) for _ in range(4)], reif.version

    def genehmige(person):
        verfahren.genehmige(frisch(vorschlag), durch=person, um=UM, gesehen=gesehen)

    gescheitert = zugleich(*(lambda p=p: genehmige(p) for p in personen))
    assert {str(f) for f in gescheitert} == {SCHON_ENTSCHIEDEN}
    assert len(gescheitert) == 3
    assert reif.gebunden == Decimal("27000.00")
    assert Bescheid.objects.count() == 1


def test_approval_and_refusal_at_once_are_one_of_them(reif):
    vorschlag, gesehen = reif.schlage_vor(), reif.version
    andere = make_konto(["Leitung"])
    gescheitert = zugleich(
        lambda: verfahren.genehmige(frisch(vorschlag), durch=reif.leitung, um=UM, gesehen=gesehen),
        lambda: verfahren.lehne_vorschlag_ab(frisch(vorschlag), durch=andere, um=UM, grund="Nein"),
    )
    assert [type(f) for f in gescheitert] == [SchrittNichtMoeglich]
    vorschlag.refresh_from_db()
    bewilligt = vorschlag.ergebnis == "genehmigt"
    assert (reif.status == Status.BEWILLIGT) == bewilligt
    assert reif.gebunden == (Decimal("27000.00") if bewilligt else 0)


def test_withdrawal_and_award_at_once_are_one_of_them(reif):
    from foerderung.verfahren.schritte import gehe

    vorschlag, gesehen = reif.schlage_vor(), reif.version
    antrag = Foerderantrag.objects.get(pk=reif.antrag.pk)
    gescheitert = zugleich(
        lambda: verfahren.genehmige(frisch(vorschlag), durch=reif.leitung, um=UM, gesehen=gesehen),
        lambda: gehe(
            antrag, "zurueckziehen", durch=reif.zeichnung, um=UM, gesehen=gesehen, grund="Aus"
        ),
    )
    assert len(gescheitert) == 1
    if reif.status == Status.BEWILLIGT:
        assert reif.gebunden == Decimal("27000.00")
    else:
        assert reif.status == Status.ZURUECKGEZOGEN
        assert reif.gebunden == 0
        assert not Bescheid.objects.exists()


def test_the_same_form_sent_many_times_at_once_is_one_proposal(reif):
    vorlage, gesehen = reif.vorschlag(), reif.version

    def sende():
        vorschlag = reif.vorschlag(marke=vorlage.marke)
        verfahren.schlage_vor(
            vorschlag,
            {reif.ansatz.pk: vorschlag.betrag_euro},
            durch=reif.sachbearbeitung,
            um=UM,
            gesehen=gesehen,
        )

    assert zugleich(*[sende] * 5) == []
    assert Entscheidung.objects.count() == 1


def test_two_recommendations_at_once_are_one(akte):
    gesehen = akte.version
    andere = make_konto(["Sachbearbeitung"])
    gescheitert = zugleich(
        *(
            lambda p=p: akte.empfiehl(durch=p, gesehen=gesehen)
            for p in (andere, akte.sachbearbeitung)
        )
    )
    assert len(gescheitert) == 1
    assert Empfehlung.objects.count() == 1


def test_two_proposals_at_once_are_one(reif):
    gesehen = reif.version
    gescheitert = zugleich(
        lambda: reif.schlage_vor(gesehen=gesehen),
        lambda: reif.schlage_vor(
            Art.ABLEHNUNG, gesehen=gesehen, durch=make_konto(["Sachbearbeitung"])
        ),
    )
    assert len(gescheitert) == 1
    assert Entscheidung.objects.offen().count() == 1
