"""Two people at the same moment, on real connections: the database has the last word."""

from datetime import UTC, date, datetime

import pytest

from asskomm.schritt import SchrittNichtMoeglich
from foerderung.models import Foerderrunde, Regelwerk
from foerderung.regelwerk import verfahren
from tests.factories import make_antrag, make_konto, make_regelwerk
from tests.mitglieder.test_gleichzeitig import zugleich
from tests.verwaltung.formulare import adresse, fehler
from tests.verwaltung.personal import angemeldet, make_personal

pytestmark = pytest.mark.django_db(transaction=True)
UM = datetime(2026, 10, 20, 9, tzinfo=UTC)


def test_two_who_make_a_new_version_make_one():
    regelwerk = make_regelwerk()
    wer = make_konto(["Sachbearbeitung"])
    ausgang = zugleich(*2 * [lambda: verfahren.neue_version(regelwerk, durch=wer)])
    assert set(ausgang) == {None, SchrittNichtMoeglich}
    assert Regelwerk.objects.filter(vorgaenger=regelwerk).count() == 1


def test_two_rounds_for_the_same_weeks_are_one_and_a_sentence():
    regelwerk = make_regelwerk()
    zwei = [angemeldet(make_personal("Sachbearbeitung")) for _ in range(2)]
    daten = {
        "jahr_von": "2028", "jahr_bis": "2028", "beginn": "31.08.2027", "schluss": "15.10.2027",
        "regelwerk": regelwerk.pk, "ersatzzeichnung": "dokument", "erinnerungen": "14",
        "quelle": "Test",
    }  # fmt: skip
    antworten = []
    zugleich(
        *(lambda c=c: antworten.append(c.post(adresse(Foerderrunde, "add"), daten)) for c in zwei)
    )
    assert sorted(antwort.status_code for antwort in antworten) == [200, 302]
    verloren = next(antwort for antwort in antworten if antwort.status_code == 200)
    assert "In dieser Zeit läuft schon die Frist" in " ".join(sum(fehler(verloren).values(), []))
    assert Foerderrunde.objects.count() == 1


def test_two_extensions_to_the_same_day_are_one():
    antrag, wer = make_antrag(), make_konto(["Sachbearbeitung"])

    def verlaengere():
        verfahren.verlaengere_frist(
            antrag, bis=date(2026, 11, 10), begruendung="Hochwasser", durch=wer, um=UM
        )

    assert set(zugleich(verlaengere, verlaengere)) == {None, SchrittNichtMoeglich}
    assert antrag.verlaengerungen.count() == 1
