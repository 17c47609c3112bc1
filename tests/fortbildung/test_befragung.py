"""Anonymous feedback after each module (F45)."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from asskomm.post.models import Nachricht
from asskomm.schritt import SchrittNichtMoeglich
from fortbildung.anmeldung import link
from fortbildung.models import Antwort, Befragungszugang
from fortbildung.verfahren import anwesenheit, befragung, zulassung
from tests.factories import make_kurs

from .hilfen import UM, angemeldet, koordination

pytestmark = pytest.mark.django_db
NACH = datetime(2026, 3, 8, 9, tzinfo=UTC)
GUT = {"inhalt": 1, "vermittlung": 2, "organisation": 3}


@pytest.fixture
def leitung():
    return koordination()


def besucht(durchgang, leitung, stand="anwesend"):
    person = angemeldet(durchgang)
    zulassung.lasse_zu(person, "Platz", durch=leitung, um=UM, gesehen=person.version)
    for tag in durchgang.kurstage.all():
        anwesenheit.erfasse(tag, {person.pk: stand}, durch=leitung, um=NACH)
    return person


def test_whoever_was_there_is_asked_once_after_the_last_day(leitung):
    durchgang = make_kurs(plaetze=3)
    da = besucht(durchgang, leitung)
    besucht(durchgang, leitung, "gefehlt")
    assert befragung.frage(date(2026, 3, 7)) == 0
    assert befragung.frage(date(2026, 3, 8)) == 1
    assert befragung.frage(date(2026, 3, 9)) == 0
    assert Nachricht.objects.get(vorlage="kurs_befragung").adresse == da.email


def test_a_module_of_long_ago_is_not_asked_about(leitung):
    durchgang = make_kurs()
    besucht(durchgang, leitung)
    assert befragung.frage(date(2026, 4, 5)) == 0
    assert befragung.frage(date(2026, 4, 4)) == 1


def test_nothing_leads_from_an_answer_to_the_person(leitung):
    besucht(make_kurs(), leitung)
    befragung.frage(date(2026, 3, 8))
    befragung.antworte(Befragungszugang.objects.get(), GUT, "")
    felder = {feld.name for feld in Antwort._meta.get_fields()}
    assert felder == {
        "id", "durchgang", "modul", "inhalt", "vermittlung", "organisation", "freitext",
    }  # fmt: skip
    assert not [f for f in Befragungszugang._meta.get_fields() if "Date" in type(f).__name__]


def test_results_are_shown_from_five_answers_on(client, leitung):
    durchgang = make_kurs(plaetze=5)
    for _ in range(5):
        besucht(durchgang, leitung)
    befragung.frage(date(2026, 3, 8))
    client.force_login(leitung)
    seite = reverse("fortbildung:koordination-durchgang", args=[durchgang.pk])
    *vier, fuenfter = Befragungszugang.objects.all()
    for zugang in vier:
        befragung.antworte(zugang, GUT, "Mehr Pausen")
    inhalt = client.get(seite).content.decode()
    assert "4 Antworten, noch zu wenige." in inhalt
    assert "Mehr Pausen" not in inhalt
    befragung.antworte(fuenfter, {**GUT, "inhalt": 5}, "")
    inhalt = client.get(seite).content.decode()
    assert "Mehr Pausen" in inhalt
    assert "<dd>1,8</dd>" in inhalt


def test_a_second_answer_is_refused_politely(client, leitung):
    besucht(make_kurs(), leitung)
    befragung.frage(date(2026, 3, 8))
    zugang = Befragungszugang.objects.get()
    adresse = link.adresse_der_befragung(zugang)
    falsch = client.post(adresse, {"inhalt": "9", "vermittlung": "1", "freitext": "Gut so"})
    assert "Wählen Sie eine der Antworten." in falsch.content.decode()
    assert "Gut so" in falsch.content.decode()
    for _ in range(2):
        assert client.post(adresse, GUT).status_code == 302
    assert Antwort.objects.count() == 1
    assert "Vielen Dank für Ihre Antwort." in client.get(adresse).content.decode()
    with pytest.raises(SchrittNichtMoeglich, match="schon geantwortet"):
        befragung.antworte(zugang, GUT, "")


def test_a_forged_link_leads_nowhere(client):
    assert client.get(reverse("fortbildung:befragung", args=["x:y"])).status_code == 404
