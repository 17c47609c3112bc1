"""At once: requests never exceed the grant, and a payout is ordered and paid once."""

import uuid
from decimal import Decimal

import pytest

from foerderung import kasse
from foerderung.models import Auszahlung, Zahlungsdatei
from foerderung.verfahren import auszahlung as verfahren
from kommunen.models import Rolle
from tests.factories import make_konto, make_mitglied
from tests.protokoll.hilfen import zugleich

from .faelle import HEUTE, JETZT, frisch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]


def test_two_people_who_ask_at_once_never_get_more_than_the_grant(fall):
    andere = [make_mitglied(fall.kommune, Rolle.ZEICHNUNG) for _ in range(3)]
    personen = [fall.zeichnung, *andere]

    def fordere(person):
        antrag = type(fall.antrag).objects.get(pk=fall.antrag.pk)
        verfahren.fordere_an(
            antrag, durch=person, um=JETZT, marke=uuid.uuid4(), ausgaben=Decimal("20000.00"),
            bedarf_bis=HEUTE, erlaeuterung="Honorare",
        )  # fmt: skip

    gescheitert = zugleich(*(lambda p=p: fordere(p) for p in personen))
    assert len(gescheitert) == 3
    assert Auszahlung.objects.count() == 1
    assert fall.summen()[0] == "18000.00"
    assert not kasse.abweichende().exists()


def test_the_same_form_sent_many_times_at_once_is_one_request(fall):
    marke = uuid.uuid4()
    assert zugleich(*[lambda: fall.fordere_an(marke=marke)] * 4) == []
    assert Auszahlung.objects.count() == 1


def test_two_who_order_at_once_make_one_file(fall):
    eine = fall.freigegeben()
    zweite = make_konto(["Haushalt"])
    gescheitert = zugleich(lambda: fall.ordne_an(eine), lambda: fall.ordne_an(eine, durch=zweite))
    assert len(gescheitert) == 1
    assert Zahlungsdatei.objects.count() == 1
    assert frisch(eine).stand == "angeordnet"


def test_withdrawal_and_check_at_once_are_one_of_them(fall):
    eine = fall.fordere_an()
    gescheitert = zugleich(lambda: fall.ziehe_zurueck(eine), lambda: fall.pruefe(eine))
    stand = frisch(eine).stand
    # The check may come first and the withdrawal after it: both are right then.
    assert stand in ("zurueckgezogen", "geprueft")
    assert len(gescheitert) <= 1
    assert fall.summen()[0] == ("9000.00" if stand == "geprueft" else "0.00")
    assert not kasse.abweichende().exists()
