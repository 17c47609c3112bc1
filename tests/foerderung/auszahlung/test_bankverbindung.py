"""Bank data: two people, a waiting time, mails to all members, no number in log or mail."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, Ueberholt
from foerderung.models import Bankverbindung
from foerderung.verfahren import bankverbindung
from foerderung.verfahren.bankverbindung import gueltige
from tests.factories import make_kommune, make_mitglied

from .faelle import ANDERE_IBAN, BIC, IBAN, JETZT, UM, Zahlfall

pytestmark = pytest.mark.django_db


@pytest.fixture
def ohne_bank(regelwerk, ansatz):
    return Zahlfall(regelwerk, ansatz, mit_bank=False)


def test_two_people_and_a_waiting_time_make_an_account_usable(ohne_bank):
    neu = ohne_bank.trage_bank_ein(um=UM)  # Tuesday
    assert gueltige(ohne_bank.kommune, date(2027, 1, 1)) is None
    bankverbindung.bestaetige(neu, durch=ohne_bank.zeichnung, um=UM)
    assert neu.nutzbar_ab == date(2026, 12, 2)
    assert gueltige(ohne_bank.kommune, date(2026, 12, 1)) is None
    assert gueltige(ohne_bank.kommune, date(2026, 12, 2)) == neu
    assert Eintrag.objects.filter(handlung__startswith="bankverbindung.").count() == 2


def test_until_a_new_account_is_usable_the_old_one_counts(fall):
    alt = gueltige(fall.kommune, date(2027, 1, 1))
    neu = fall.richte_bank_ein(ANDERE_IBAN, JETZT)
    assert gueltige(fall.kommune, date(2027, 2, 1)) == alt
    assert gueltige(fall.kommune, neu.nutzbar_ab) == neu


def test_who_entered_it_does_not_confirm_it_and_the_attempt_is_logged(ohne_bank):
    neu = ohne_bank.trage_bank_ein(durch=ohne_bank.zeichnung)
    with pytest.raises(EigeneFreigabe):
        bankverbindung.bestaetige(neu, durch=ohne_bank.zeichnung, um=UM)
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Bankverbindung.objects.filter(pk=neu.pk).update(
            stand="bestaetigt", bestaetigt_um=UM, bestaetigt_von=ohne_bank.zeichnung,
            nutzbar_ab=UM.date(),
        )  # fmt: skip


def test_who_may_enter_and_confirm(ohne_bank):
    with pytest.raises(KeinRecht):
        ohne_bank.trage_bank_ein(durch=ohne_bank.lesen)
    with pytest.raises(KeinRecht):
        ohne_bank.trage_bank_ein(durch=make_mitglied(make_kommune(), "zeichnung"))
    neu = ohne_bank.trage_bank_ein()
    with pytest.raises(KeinRecht):
        bankverbindung.bestaetige(neu, durch=ohne_bank.lesen, um=UM)
    with pytest.raises(KeinRecht):
        bankverbindung.bestaetige(neu, durch=ohne_bank.bearbeitung, um=UM)


def test_one_waits_at_a_time_and_a_discarded_one_is_never_used(ohne_bank):
    neu = ohne_bank.trage_bank_ein()
    with pytest.raises(Ueberholt):
        ohne_bank.trage_bank_ein(ANDERE_IBAN)
    bankverbindung.verwirf(neu, durch=ohne_bank.bearbeitung, um=UM)
    bankverbindung.verwirf(neu, durch=ohne_bank.bearbeitung, um=UM)  # a double click
    with pytest.raises(Ueberholt):
        bankverbindung.bestaetige(neu, durch=ohne_bank.zeichnung, um=UM)
    assert gueltige(ohne_bank.kommune, date(2027, 1, 1)) is None
    ohne_bank.trage_bank_ein(ANDERE_IBAN)


def test_the_same_form_twice_is_one_account(ohne_bank):
    felder = {
        "kontoinhaber": "Stadtkasse", "iban": IBAN, "bic": BIC, "durch": ohne_bank.bearbeitung,
        "um": UM, "marke": uuid.uuid4(),
    }  # fmt: skip
    erste = bankverbindung.trage_ein(ohne_bank.kommune, **felder)
    assert bankverbindung.trage_ein(ohne_bank.kommune, **felder) == erste


def test_all_members_are_told_and_no_number_is_written_anywhere(fall):
    fall.richte_bank_ein(ANDERE_IBAN, JETZT)
    post = Nachricht.objects.filter(vorlage__startswith="bankdaten")
    empfaenger = set(post.filter(vorlage="bankdaten_eingetragen").values_list("konto", flat=True))
    assert empfaenger == {fall.lesen.pk, fall.bearbeitung.pk, fall.zeichnung.pk}
    geschrieben = "".join(f"{n.betreff}{n.text}{n.angaben}" for n in post) + "".join(
        f"{e.angaben}{e.gegenstand_nummer}" for e in Eintrag.objects.all()
    )
    for iban in (IBAN, ANDERE_IBAN):
        assert iban not in geschrieben
        assert iban[-4:] not in "".join(n.text for n in post)


def test_a_confirmed_account_stays_as_it_was_entered(fall):
    with pytest.raises(IntegrityError), transaction.atomic():
        Bankverbindung.objects.update(iban=ANDERE_IBAN)
