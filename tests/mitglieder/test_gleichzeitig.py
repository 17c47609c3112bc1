"""Two people of the Verwaltung at the same moment, on real connections."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from asskomm.konten.models import Einladung
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.mitglieder import verfahren
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_kommune, make_mitglied

from .hilfen import UM, rollen_von

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kommune():
    return make_kommune()


@pytest.fixture
def zwei(kommune):
    return [make_mitglied(kommune, Rolle.VERWALTUNG) for _ in range(2)]


def zugleich(*schritte):
    """Run the steps at once; the answer holds what each ended with: None or its refusal."""
    start, ausgang = threading.Barrier(len(schritte)), [None] * len(schritte)

    def laufe(platz, schritt):
        start.wait()
        try:
            schritt()
        except Exception as fehler:  # noqa: BLE001  the test looks at it
            ausgang[platz] = type(fehler)
        finally:
            connection.close()

    faeden = [threading.Thread(target=laufe, args=paar) for paar in enumerate(schritte)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    return ausgang


def test_of_two_who_end_each_other_exactly_one_succeeds(kommune, zwei):
    eine, andere = zwei
    ausgang = zugleich(
        lambda: verfahren.setze_rollen(kommune, andere, [], durch=eine, um=UM),
        lambda: verfahren.setze_rollen(kommune, eine, [], durch=andere, um=UM),
    )
    assert set(ausgang) == {None, SchrittNichtMoeglich}
    assert len(rollen_von(eine, kommune) | rollen_von(andere, kommune)) == 1


def test_two_who_leave_at_once_do_not_both_leave_without_warning(kommune, zwei):
    ausgang = zugleich(*(lambda k=k: verfahren.verlasse(kommune, durch=k, um=UM) for k in zwei))
    assert set(ausgang) == {None, verfahren.LetzteVerwaltung}


def test_one_address_invited_by_two_people_at_once_gets_one_invitation(kommune, zwei):
    ausgang = zugleich(
        *(
            lambda k=k: verfahren.lade_ein(
                kommune, "neu@example.org", [Rolle.LESEN], durch=k, um=UM, marke=uuid4()
            )
            for k in zwei
        )
    )
    assert set(ausgang) == {None, SchrittNichtMoeglich}
    assert Einladung.objects.count() == 1


def test_one_form_sent_four_times_at_once_is_one_invitation(kommune, zwei):
    marke = uuid4()
    ausgang = zugleich(
        *(
            lambda: verfahren.lade_ein(
                kommune, "neu@example.org", [Rolle.LESEN], durch=zwei[0], um=UM, marke=marke
            )
            for _ in range(4)
        )
    )
    assert ausgang == [None] * 4
    assert Mitgliedschaft.objects.filter(konto__email="neu@example.org").count() == 1


def test_two_kommunen_inviting_the_same_new_person_at_once_both_succeed(kommune, zwei):
    andere = make_kommune()
    chefin = make_mitglied(andere, Rolle.VERWALTUNG)
    ausgang = zugleich(
        *(
            lambda k=k, v=v: verfahren.lade_ein(
                k, "neu@example.org", [Rolle.LESEN], durch=v, um=UM, marke=uuid4()
            )
            for k, v in [(kommune, zwei[0]), (andere, chefin)]
        )
    )
    assert ausgang == [None, None]
    assert Einladung.objects.count() == 2
