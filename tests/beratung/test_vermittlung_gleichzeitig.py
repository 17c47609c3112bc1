"""Two at once: one place, one request, one open proposal (F31)."""

import uuid

import pytest

from asskomm.schritt import SchrittNichtMoeglich
from beratung.models import Anfragestand, Coach, Coachinganfrage, Einsatz, Mandat
from beratung.verfahren import coach as verfahren
from kommunen.models import Rolle
from tests.factories import make_coach, make_kommune, make_mitglied
from tests.fortbildung.test_gleichzeitig import zugleich

from .hilfen_vermittlung import UM, frage_an, make_koordination, sagt_ja, schlage_vor

pytestmark = pytest.mark.django_db(transaction=True)


def versuche(tue, abgewiesen):
    """`tue` for threads: what is refused is collected."""

    def versuch(stueck):
        try:
            tue(stueck)
        except SchrittNichtMoeglich as fehler:
            abgewiesen.append(str(fehler))

    return versuch


def test_of_two_who_accept_the_last_place_one_gets_it():
    coach = make_coach(kapazitaet=2)
    vorschlaege = [schlage_vor(coach=coach) for _ in range(2)]
    for vorschlag in vorschlaege:
        sagt_ja(vorschlag, "coach")
    Coach.objects.update(kapazitaet=1)
    abgewiesen = []
    zugleich(2, vorschlaege, versuche(lambda v: sagt_ja(v, "kommune"), abgewiesen))
    assert len(abgewiesen) == 1
    assert "keinen freien Platz" in abgewiesen[0]
    assert Mandat.objects.count() == Einsatz.objects.count() == 1
    staende = sorted(Coachinganfrage.objects.values_list("stand", flat=True))
    assert staende == sorted([Anfragestand.VERMITTELT, Anfragestand.OFFEN])


def test_both_sides_at_once_make_one_engagement():
    vorschlag = schlage_vor()
    zugleich(2, ["coach", "kommune"], lambda seite: sagt_ja(vorschlag, seite))
    assert Mandat.objects.count() == 1


def test_the_last_yes_sent_twice_at_once_is_one():
    vorschlag, abgewiesen = schlage_vor(), []
    sagt_ja(vorschlag, "coach")
    zugleich(4, ["kommune"] * 4, versuche(lambda seite: sagt_ja(vorschlag, seite), abgewiesen))
    assert not abgewiesen
    assert Mandat.objects.count() == 1


def test_two_proposals_for_the_last_place_are_one():
    coach, durch = make_coach(kapazitaet=1), make_koordination()
    anfragen, abgewiesen = [frage_an(), frage_an()], []
    zugleich(2, anfragen, versuche(lambda a: schlage_vor(a, coach, durch=durch), abgewiesen))
    assert len(abgewiesen) == 1
    assert "kein Platz" in abgewiesen[0]


def test_two_requests_of_a_kommune_at_once_are_one():
    kommune, abgewiesen = make_kommune(), []
    wer = [make_mitglied(kommune, Rolle.BEARBEITUNG) for _ in range(2)]
    zugleich(2, wer, versuche(lambda k: frage_an(kommune, durch=k), abgewiesen))
    assert len(abgewiesen) == 1
    assert Coachinganfrage.objects.count() == 1


def test_the_same_form_sent_twice_at_once_is_one_request():
    kommune, marke = make_kommune(), uuid.uuid4()
    durch = make_mitglied(kommune, Rolle.BEARBEITUNG)
    zugleich(2, range(2), lambda _: frage_an(kommune, durch=durch, marke=marke))
    assert Coachinganfrage.objects.count() == 1


def test_a_coach_invited_twice_at_once_is_one_coach():
    durch, abgewiesen = make_koordination(), []

    def lade_ein(marke):
        verfahren.lade_coach_ein(
            "coach@example.org", "Toni Muster", kapazitaet=2, durch=durch,
            um=UM, marke=marke,
        )  # fmt: skip

    zugleich(2, [uuid.uuid4(), uuid.uuid4()], versuche(lade_ein, abgewiesen))
    assert Coach.objects.count() == 1
