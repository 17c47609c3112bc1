"""The receipt list: every rule with its refusal, what locks a receipt, what happens twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from foerderung.models import Auszahlung, Beleg, Belegkuerzung, Foerderantrag, Status
from foerderung.verfahren import belege
from foerderung.verfahren.belege import DOPPELT, Belegangaben
from foerderung.verfahren.entscheidung import Unzulaessig
from tests.factories import make_kommune, make_mitglied

from .faelle import JETZT, angaben

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("anders", "feld", "satz"),
    [
        ({"bezahlt_am": date(2026, 12, 31)}, "bezahlt_am", "Bewilligungszeitraum vom 01.01.2027"),
        ({"bezahlt_am": date(2028, 1, 1)}, "bezahlt_am", "bis zum 31.12.2027"),
        ({"bezahlt_am": date(2028, 2, 2)}, "bezahlt_am", "in der Zukunft"),
        ({"rechnung_am": date(2028, 2, 2)}, "rechnung_am", "in der Zukunft"),
        ({"betrag_euro": Decimal("0.00")}, "betrag_euro", "über 0 Euro"),
        ({"betrag_euro": Decimal("-5.00")}, "betrag_euro", "über 0 Euro"),
        ({"ausgabenart": "investiv"}, "ausgabenart", "nicht zuwendungsfähig"),
        ({"ausgabenart": "sach"}, "ausgabenart", "nicht zuwendungsfähig"),
    ],
)
def test_a_receipt_that_breaks_a_rule_is_refused_at_its_field(fall, anders, feld, satz):
    with pytest.raises(Unzulaessig) as fehler:
        fall.erfasse(**anders)
    assert satz in fehler.value.felder[feld]
    assert not Beleg.objects.exists()


@pytest.mark.parametrize("tag", [date(2027, 1, 1), date(2027, 12, 31)])
def test_first_and_last_day_of_the_period_count(fall, tag):
    assert fall.erfasse(bezahlt_am=tag).pk


def test_a_number_stands_once_in_a_case_however_it_is_written(fall):
    fall.erfasse("R-1")
    with pytest.raises(Unzulaessig) as fehler:
        fall.erfasse("r-1", betrag_euro=Decimal("5.00"))
    assert fehler.value.felder == {"belegnummer": DOPPELT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Beleg.objects.create(
            antrag=fall.antrag, erfasst_um=JETZT, erfasst_von=fall.bearbeitung,
            **angaben("R-1").__dict__,
        )  # fmt: skip


def test_the_same_form_twice_is_one_receipt(fall):
    assert fall.erfasse() == fall.erfasse()
    assert Eintrag.objects.filter(handlung="beleg.erfasst").count() == 1


def test_another_person_with_the_same_receipt_is_told_that_it_is_there(fall):
    fall.erfasse()
    with pytest.raises(Unzulaessig):
        fall.erfasse(durch=fall.zweite)


def test_who_may_write(fall):
    for konto in (fall.lesen, make_mitglied(make_kommune(), "bearbeitung"), fall.sachbearbeitung):
        with pytest.raises(KeinRecht):
            fall.erfasse(durch=konto)


def test_the_list_is_open_while_the_project_runs(fall):
    beleg = fall.erfasse()
    for status in (Status.BESTANDSKRAEFTIG, Status.NACHWEIS_EINGEREICHT, Status.ABGESCHLOSSEN):
        Foerderantrag.objects.filter(pk=fall.antrag.pk).update(status=status)
        with pytest.raises(SchrittNichtMoeglich):
            fall.erfasse("R-2")
        with pytest.raises(SchrittNichtMoeglich):
            belege.loesche(
                beleg, durch=fall.bearbeitung, um=JETZT, gesehen=Belegangaben.von(beleg).stand
            )


def aendere(fall, beleg, **anders):
    belege.aendere(
        beleg,
        angaben(**anders),
        durch=fall.bearbeitung,
        um=JETZT,
        gesehen=anders.pop("gesehen", Belegangaben.von(beleg).stand),
    )


def test_a_change_is_checked_logged_and_done_once(fall):
    beleg = fall.erfasse()
    aendere(fall, beleg, betrag_euro=Decimal("12.34"))
    aendere(fall, beleg, betrag_euro=Decimal("12.34"))
    assert Beleg.objects.get().betrag_euro == Decimal("12.34")
    assert Eintrag.objects.filter(handlung="beleg.geaendert").count() == 1
    with pytest.raises(Unzulaessig):
        aendere(fall, Beleg.objects.get(), bezahlt_am=date(2026, 1, 1))


def test_a_change_of_a_receipt_somebody_else_has_changed_is_refused(fall):
    beleg = fall.erfasse()
    Beleg.objects.update(zweck="Anders")
    with pytest.raises(Ueberholt):
        aendere(fall, beleg, betrag_euro=Decimal("12.34"))
    with pytest.raises(Ueberholt):
        belege.loesche(
            beleg, durch=fall.bearbeitung, um=JETZT, gesehen=Belegangaben.von(beleg).stand
        )


def test_deleted_it_is_gone_and_logged_without_its_text(fall):
    beleg = fall.erfasse()
    belege.loesche(beleg, durch=fall.bearbeitung, um=JETZT, gesehen=Belegangaben.von(beleg).stand)
    assert not Beleg.objects.exists()
    eintrag = Eintrag.objects.get(handlung="beleg.geloescht")
    assert "Vermietung" not in str(eintrag.angaben)


def test_a_claimed_receipt_stays(fall):
    beleg = fall.erfasse()
    beleg.auszahlung = Auszahlung(nummer=3, stand="angefordert")
    assert belege.gesperrt(beleg) == ("Dieser Beleg ist mit der Auszahlung 3 geltend gemacht.")
    beleg.auszahlung.stand = "abgelehnt"
    assert belege.gesperrt(beleg) == ""


def test_a_receipt_that_the_lpr_has_cut_stays(fall):
    beleg = fall.erfasse()
    Belegkuerzung.objects.create(
        beleg=beleg, betrag_euro=1, grund="Skonto", gekuerzt_um=JETZT,
        gekuerzt_von=fall.sachbearbeitung,
    )  # fmt: skip
    with pytest.raises(SchrittNichtMoeglich):
        aendere(fall, Beleg.objects.get(), zweck="Anders")


def test_many_are_taken_over_together_and_twice_is_once(fall):
    fall.erfasse("R-1")
    alle = [angaben(f"R-{n}") for n in range(1, 6)]
    tu = {"durch": fall.bearbeitung, "um": JETZT}
    assert belege.uebernimm(fall.frisch, alle, **tu) == 4
    assert belege.uebernimm(fall.frisch, alle, **tu) == 0
    assert Beleg.objects.count() == 5
    assert Eintrag.objects.filter(handlung="beleg.uebernommen").count() == 1


@pytest.mark.parametrize(
    "falsch",
    [
        [angaben("R-1", betrag_euro=Decimal("1.00"))],  # another receipt has this number by now
        [angaben("R-7"), angaben("r-7")],
        [angaben("R-8", bezahlt_am=date(2026, 1, 1))],
    ],
)
def test_one_wrong_row_and_nothing_is_taken_over(fall, falsch):
    fall.erfasse("R-1")
    with pytest.raises(Unzulaessig):
        belege.uebernimm(fall.frisch, [angaben("R-9"), *falsch], durch=fall.bearbeitung, um=JETZT)
    assert Beleg.objects.count() == 1
