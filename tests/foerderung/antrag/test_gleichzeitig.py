"""The same moment, on real connections: two clicks, two writers, two requests for advice."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from beratung.models import Beratungsanfrage
from beratung.verfahren import beratung as beratungsverfahren
from foerderung.models import Abschnitt, Foerderantrag
from foerderung.verfahren import antragstellung
from foerderung.verfahren.antragstellung import AbschnittUeberholt
from kommunen.models import Rolle
from tests.factories import make_antrag, make_kommune, make_mitglied, make_runde
from tests.mitglieder.test_gleichzeitig import zugleich

pytestmark = pytest.mark.django_db(transaction=True)
UM = datetime(2026, 9, 15, 8, tzinfo=UTC)


def test_five_clicks_at_once_begin_one_draft():
    kommune, runde, marke = make_kommune(), make_runde(), uuid4()
    durch = make_mitglied(kommune, Rolle.BEARBEITUNG)

    def klick():
        antragstellung.lege_an(kommune, runde, durch=durch, um=UM, marke=marke)

    assert zugleich(*[klick] * 5) == [None] * 5
    antrag = Foerderantrag.objects.get()
    assert antrag.abschnitte.count() == 10


def test_of_two_who_save_one_section_at_once_one_is_shown_the_other_text():
    antrag = make_antrag()
    zwei = [make_mitglied(antrag.kommune, Rolle.BEARBEITUNG) for _ in range(2)]

    def speichere(konto, text):
        eingaben = {"felder": {"frage_1a": text}}
        antragstellung.speichere(
            Foerderantrag.objects.get(pk=antrag.pk), "beccaria-1", eingaben, durch=konto, um=UM,
            gesehen=0,
        )  # fmt: skip

    ausgang = zugleich(lambda: speichere(zwei[0], "eins"), lambda: speichere(zwei[1], "zwei"))
    assert set(ausgang) == {None, AbschnittUeberholt}
    assert Abschnitt.objects.get(antrag=antrag, schluessel="beccaria-1").version == 1


def test_people_who_save_different_sections_at_once_do_not_disturb_each_other():
    antrag = make_antrag()
    konto = make_mitglied(antrag.kommune, Rolle.BEARBEITUNG)

    def speichere(nummer):
        antragstellung.speichere(
            Foerderantrag.objects.get(pk=antrag.pk), f"beccaria-{nummer}", {"felder": {"x": "y"}},
            durch=konto, um=UM, gesehen=0,
        )  # fmt: skip

    assert zugleich(*[lambda n=n: speichere(n) for n in range(1, 6)]) == [None] * 5
    antrag.refresh_from_db()
    assert antrag.version == 6


def test_one_request_for_advice_however_often_it_is_sent_at_once():
    kommune, marke = make_kommune(), uuid4()
    durch = make_mitglied(kommune, Rolle.BEARBEITUNG)

    def frage():
        beratungsverfahren.frage_an(kommune, "Worum es geht", durch=durch, um=UM, marke=marke)

    assert zugleich(*[frage] * 4) == [None] * 4
    assert Beratungsanfrage.objects.count() == 1
