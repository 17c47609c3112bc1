"""Money is asked for within the grant, the period, the budget; each rule with its refusal."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from foerderung import kasse
from foerderung.models import Auszahlung, Entscheidung, Foerderantrag, Status
from foerderung.verfahren import auszahlung as verfahren
from foerderung.verfahren.auszahlungsende import NEU_ENTSCHIEDEN
from foerderung.verfahren.entscheidung import Unzulaessig
from tests.factories import make_ansatz

from .faelle import HEUTE, JETZT, UM, Zahlfall, frisch

pytestmark = pytest.mark.django_db


def test_the_amount_is_the_spending_times_the_rate_and_is_booked_at_once(fall):
    eine = fall.fordere_an("10000.01")
    assert eine.betrag_euro == Decimal("9000.01")
    assert (eine.referenz, eine.nummer) == ("KP-2027-0042-A1", 1)
    assert eine.ansatz == fall.ansatz
    assert fall.summen() == ("9000.01", "0.00", "0.00", "0.00")
    assert not kasse.abweichende().exists()
    assert Eintrag.objects.filter(handlung="auszahlung.angefordert").count() == 1
    an = set(Nachricht.objects.filter(vorlage="auszahlung_wartet").values_list("konto", flat=True))
    assert an == {fall.sachbearbeitung.pk}


@pytest.mark.parametrize(
    ("ausgaben", "satz", "betrag"),
    [
        ("100.00", "90.00", "90.00"),
        ("0.01", "90.00", "0.01"),
        ("0.05", "50.00", "0.03"),
        ("33450.00", "89.69", "30001.31"),
    ],
)
def test_the_share_is_rounded_half_up(ausgaben, satz, betrag):
    assert verfahren.anteil(Decimal(ausgaben), Decimal(satz)) == Decimal(betrag)


@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        ({"ausgaben": "30000.01"}, "ausgaben", "27.000,01"),
        ({"ausgaben": "0"}, "ausgaben", "über 0 Euro"),
        ({"ausgaben": "-5"}, "ausgaben", "über 0 Euro"),
        ({"ausgaben": None}, "ausgaben", "über 0 Euro"),
        ({"bedarf_bis": None}, "bedarf_bis", "Geben Sie den Tag an"),
        ({"bedarf_bis": date(2027, 1, 31)}, "bedarf_bis", "Vergangenheit"),
        ({"bedarf_bis": date(2027, 4, 2)}, "bedarf_bis", "bis zum 01.04.2027"),
        ({"erlaeuterung": " "}, "erlaeuterung", "welche Zahlungen"),
    ],
)
def test_what_is_refused_with_a_sentence_at_its_field(fall, felder, feld, satz):
    with pytest.raises(Unzulaessig) as fehler:
        fall.fordere_an(**felder)
    assert list(fehler.value.felder) == [feld]
    assert satz in fehler.value.felder[feld]
    assert not Auszahlung.objects.exists()
    assert fall.summen()[0] == "0.00"


def test_the_last_day_of_the_need_is_within_the_rule(fall):
    assert fall.fordere_an(bedarf_bis=date(2027, 4, 1))


def test_the_need_lies_within_the_approved_period(fall):
    with pytest.raises(Unzulaessig, match="31.12.2027"):
        fall.fordere_an(bedarf_bis=date(2028, 1, 3), um=datetime(2027, 12, 1, 9, tzinfo=UTC))


def test_too_much_is_refused_with_the_calculation_and_what_would_fit(fall):
    eine = fall.freigegeben("10000.00")
    assert eine.betrag_euro == Decimal("9000.00")
    with pytest.raises(Unzulaessig) as fehler:
        fall.fordere_an("20000.01")
    for betrag in ("18.000,01", "18.000,00", "20.000,00"):
        assert betrag in str(fehler.value)
    assert fall.fordere_an("20000.00").betrag_euro == Decimal("18000.00")


def test_only_who_signs_asks_for_money(fall):
    for konto in (fall.bearbeitung, fall.lesen, fall.sachbearbeitung):
        with pytest.raises(KeinRecht):
            fall.fordere_an(durch=konto)


@pytest.mark.parametrize(
    "status",
    [Status.BEWILLIGT, Status.NACHWEIS_EINGEREICHT, Status.WIDERRUFEN, Status.ABGESCHLOSSEN],
)
def test_in_other_states_nothing_can_be_asked_for(fall, status):
    Foerderantrag.objects.filter(pk=fall.antrag.pk).update(status=status)
    with pytest.raises(SchrittNichtMoeglich) as fehler:
        fall.fordere_an()
    assert ("bestandskräftig" in str(fehler.value)) == (status == Status.BEWILLIGT)


def test_without_a_usable_account_nothing_can_be_asked_for(regelwerk, ansatz):
    fall = Zahlfall(regelwerk, ansatz, mit_bank=False)
    with pytest.raises(SchrittNichtMoeglich, match="keine nutzbare Bankverbindung"):
        fall.fordere_an()
    fall.richte_bank_ein(um=JETZT)  # confirmed today, usable tomorrow
    with pytest.raises(SchrittNichtMoeglich, match="keine nutzbare Bankverbindung"):
        fall.fordere_an()


def test_one_request_at_a_time(fall):
    erste = fall.fordere_an("100.00")
    with pytest.raises(SchrittNichtMoeglich, match="noch nicht entschieden"):
        fall.fordere_an("100.00")
    with pytest.raises(IntegrityError), transaction.atomic():
        Auszahlung.objects.create(
            antrag=fall.antrag, nummer=2, verfahren="abruf", referenz="X", ansatz=fall.ansatz,
            bankverbindung=erste.bankverbindung, ausgaben_euro=1, foerdersatz=90, betrag_euro=1,
            bedarf_bis=HEUTE, angefordert_um=JETZT, angefordert_von=fall.zeichnung,
        )  # fmt: skip
    fall.ziehe_zurueck(erste)
    assert fall.fordere_an("100.00").nummer == 2


def test_the_same_form_twice_is_one_request(fall):
    marke = uuid.uuid4()
    assert fall.fordere_an(marke=marke) == fall.fordere_an(marke=marke)
    assert fall.summen()[0] == "9000.00"


def test_while_a_notice_is_unknown_to_the_kommune_nothing_can_be_asked_for(fall):
    """The sums would tell what it does not know yet."""
    fall.schlage_vor(
        Entscheidung.Art.AENDERUNG, betrag_euro=Decimal("20000.00"), angehoert_am=UM.date()
    )
    fall.genehmige()
    with pytest.raises(SchrittNichtMoeglich, match="noch nicht kennt"):
        fall.fordere_an()


# --- Reimbursement -----------------------------------------------------------------


def test_a_reimbursement_claims_receipts_and_gives_them_back(erstattung):
    einer, anderer = erstattung.beleg("100.00", "1"), erstattung.beleg("200.50", "2")
    erstattung.beleg("50.00", "3")
    eine = erstattung.fordere_an(None, belege=[einer.pk, anderer.pk], bedarf_bis=None)
    assert (eine.ausgaben_euro, eine.betrag_euro) == (Decimal("300.50"), Decimal("270.45"))
    assert {b.belegnummer for b in eine.belege.all()} == {"1", "2"}
    assert eine.bedarf_bis is None
    erstattung.lehne_ab(eine)
    assert not eine.belege.exists()
    assert erstattung.fordere_an(None, belege=[einer.pk]).ausgaben_euro == Decimal("100.00")


def test_no_reimbursement_without_receipts_or_with_claimed_ones(erstattung, regelwerk, ansatz):
    with pytest.raises(Unzulaessig, match="Ohne Belegliste"):
        erstattung.fordere_an(None)
    einer = erstattung.beleg("100.00", "1")
    erstattung.pruefe(eine := erstattung.fordere_an(None, belege=[einer.pk]))
    erstattung.genehmige_auszahlung(eine)
    erstattung.gib_frei(eine)
    with pytest.raises(Unzulaessig, match="Ohne Belegliste"):
        erstattung.fordere_an(None, belege=[einer.pk])


def test_after_the_proof_is_in_only_reimbursement_goes_on(erstattung):
    Foerderantrag.objects.filter(pk=erstattung.antrag.pk).update(status=Status.NACHWEIS_EINGEREICHT)
    beleg = erstattung.beleg("100.00", "1")
    assert erstattung.fordere_an(None, belege=[beleg.pk])


# --- Budget ------------------------------------------------------------------------


def test_the_oldest_budget_goes_first_and_a_later_one_not_before_its_year(regelwerk, ansatz):
    spaeter = make_ansatz(haushaltsjahr=2028)
    fall = Zahlfall.__new__(Zahlfall)
    mittel = {ansatz.pk: Decimal("9000.00"), spaeter.pk: Decimal("18000.00")}
    schlage_vor = Zahlfall.schlage_vor
    fall.schlage_vor = lambda: schlage_vor(fall, mittel=mittel, bewilligung_bis=date(2028, 12, 31))
    fall.__init__(regelwerk, ansatz)
    with pytest.raises(Unzulaessig, match="Haushaltsjahr 2027 sind noch 9.000,00"):
        fall.fordere_an("20000.00")
    assert fall.freigegeben("10000.00").ansatz == ansatz
    with pytest.raises(Unzulaessig, match="Haushaltsjahr 2028"):
        fall.fordere_an("100.00")
    eine = fall.fordere_an(
        "100.00", um=datetime(2027, 12, 20, 9, tzinfo=UTC), bedarf_bis=date(2028, 1, 15)
    )
    assert eine.ansatz == spaeter


# --- Taken back, overtaken -----------------------------------------------------------


def test_the_kommune_withdraws_while_nobody_has_decided(fall):
    eine = fall.fordere_an()
    fall.pruefe(eine, "5000.00", kuerzung="Nur die Hälfte ist fällig.")
    assert fall.summen()[0] == "4500.00"
    with pytest.raises(KeinRecht):
        fall.ziehe_zurueck(eine, durch=fall.bearbeitung)
    fall.ziehe_zurueck(eine)
    fall.ziehe_zurueck(eine)  # a double click
    assert fall.summen() == ("0.00",) * 4
    andere = fall.freigegeben()
    with pytest.raises(Ueberholt):
        fall.ziehe_zurueck(andere)


def test_a_revocation_ends_what_is_not_ordered_without_telling_before_the_notice(fall):
    angeordnet, frei = fall.freigegeben("1000.00"), None
    fall.ordne_an(angeordnet)
    frei = fall.freigegeben("2000.00")
    offen = fall.fordere_an("3000.00")
    Nachricht.objects.all().delete()
    fall.schlage_vor(Entscheidung.Art.WIDERRUF, angehoert_am=UM.date())
    fall.genehmige()
    assert [frisch(a).stand for a in (angeordnet, frei, offen)] == [
        "angeordnet", "abgelehnt", "abgelehnt",
    ]  # fmt: skip
    assert frisch(frei).grund == NEU_ENTSCHIEDEN
    assert "Widerruf" not in NEU_ENTSCHIEDEN
    assert fall.summen() == ("900.00", "900.00", "900.00", "0.00")
    assert not Nachricht.objects.filter(vorlage__startswith="auszahlung").exists()
    assert not kasse.abweichende().exists()


def test_a_lowered_grant_ends_what_exceeds_it_the_newest_first(fall):
    frei = fall.freigegeben("10000.00")
    offen = fall.fordere_an("20000.00")
    fall.schlage_vor(
        Entscheidung.Art.AENDERUNG, betrag_euro=Decimal("20000.00"), angehoert_am=UM.date()
    )
    fall.genehmige()
    assert [frisch(a).stand for a in (frei, offen)] == ["freigegeben", "abgelehnt"]
    assert fall.konto.verfuegbar == Decimal("11000.00")
    assert not kasse.abweichende().exists()
