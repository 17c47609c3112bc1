"""Anonymous feedback after each module (F45)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asskomm.post.models import Nachricht
from asskomm.schritt import SchrittNichtMoeglich
from fortbildung.anmeldung import link
from fortbildung.models import Antwort, Befragungszugang, Durchgang, Kurstag, Modul
from fortbildung.verfahren import anwesenheit, befragung, zulassung
from tests.factories import make_kurs

from .hilfen import UM, angemeldet, koordination

pytestmark = pytest.mark.django_db
NACH = datetime(2026, 3, 8, 9, tzinfo=UTC)
GUT = {"inhalt": 1, "vermittlung": 2, "organisation": 3}
OFFEN_BIS = date(2026, 4, 4)
TAG = timedelta(days=1)


@pytest.fixture
def leitung():
    return koordination()


def besucht(durchgang, leitung, stand="anwesend", um=NACH):
    person = angemeldet(durchgang)
    zulassung.lasse_zu(person, "Platz", durch=leitung, um=UM, gesehen=person.version)
    for tag in durchgang.kurstage.all():
        anwesenheit.erfasse(tag, {person.pk: stand}, durch=leitung, um=um)
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
    befragung.antworte(Befragungszugang.objects.get(), GUT, "", heute=OFFEN_BIS)
    felder = {feld.name for feld in Antwort._meta.get_fields()}
    assert felder == {
        "id", "durchgang", "modul", "inhalt", "vermittlung", "organisation", "freitext",
    }  # fmt: skip
    assert not [f for f in Befragungszugang._meta.get_fields() if "Date" in type(f).__name__]


def test_results_are_shown_all_at_once_when_nobody_can_answer_any_more(leitung):
    durchgang = make_kurs(plaetze=6)
    for _ in range(6):
        besucht(durchgang, leitung)
    befragung.frage(date(2026, 3, 8))
    for nummer, zugang in enumerate(Befragungszugang.objects.all(), start=1):
        befragung.antworte(
            zugang, {**GUT, "inhalt": min(nummer, 5)}, "Mehr Pausen", heute=OFFEN_BIS
        )
        (ergebnis,) = befragung.ergebnisse(durchgang, OFFEN_BIS)
        assert (ergebnis.anzahl, ergebnis.laeuft, ergebnis.bis) == (nummer, True, OFFEN_BIS)
        assert not ergebnis.noten
        assert not ergebnis.freitexte
    (ergebnis,) = befragung.ergebnisse(durchgang, OFFEN_BIS + TAG)
    assert not ergebnis.laeuft
    assert ergebnis.freitexte == ["Mehr Pausen"] * 6


def test_after_the_end_nobody_answers_any_more(leitung):
    besucht(make_kurs(), leitung)
    befragung.frage(date(2026, 3, 8))
    with pytest.raises(SchrittNichtMoeglich, match="beendet"):
        befragung.antworte(Befragungszugang.objects.get(), GUT, "", heute=OFFEN_BIS + TAG)
    assert not Antwort.objects.exists()


@pytest.mark.parametrize(("anzahl", "gezeigt"), [(4, False), (5, True)])
def test_the_page_shows_results_from_five_answers_on(client, leitung, anzahl, gezeigt):
    durchgang = make_kurs(plaetze=5)
    for _ in range(anzahl):
        besucht(durchgang, leitung)
    befragung.frage(date(2026, 3, 8))
    for zugang in Befragungszugang.objects.all():
        befragung.antworte(zugang, GUT, "Mehr Pausen", heute=OFFEN_BIS)
    client.force_login(leitung)
    seite = reverse("fortbildung:koordination-durchgang", args=[durchgang.pk])
    inhalt = client.get(seite).content.decode()
    assert ("4 Antworten, zu wenige für ein Ergebnis." in inhalt) is not gezeigt
    assert ("Mehr Pausen" in inhalt) is gezeigt
    assert ("<dd>2,0</dd>" in inhalt) is gezeigt


def gefragt(leitung, vor):
    """Somebody who is asked about a module that ended `vor` days ago."""
    tag = timezone.localdate() - vor
    durchgang = make_kurs(tage=[str(tag)])
    besucht(durchgang, leitung, um=timezone.now())
    befragung.frage(tag + TAG)
    return durchgang, link.adresse_der_befragung(Befragungszugang.objects.get())


def test_a_second_answer_is_refused_politely(client, leitung):
    durchgang, adresse = gefragt(leitung, TAG)
    falsch = client.post(adresse, {"inhalt": "9", "vermittlung": "1", "freitext": "Gut so"})
    assert "Wählen Sie eine der Antworten." in falsch.content.decode()
    assert "Gut so" in falsch.content.decode()
    for _ in range(2):
        assert client.post(adresse, GUT).status_code == 302
    assert Antwort.objects.count() == 1
    assert "Vielen Dank für Ihre Antwort." in client.get(adresse).content.decode()
    with pytest.raises(SchrittNichtMoeglich, match="schon geantwortet"):
        befragung.antworte(Befragungszugang.objects.get(), GUT, "", heute=timezone.localdate())
    client.force_login(leitung)
    seite = reverse("fortbildung:koordination-durchgang", args=[durchgang.pk])
    assert "Eine Antwort bisher." in client.get(seite).content.decode()


def test_the_page_says_until_when_and_that_it_is_over(client, leitung):
    _, adresse = gefragt(leitung, befragung.OFFEN)
    bis = f"Antworten können Sie bis zum {timezone.localdate():%d.%m.%Y}."
    assert bis in client.get(adresse).content.decode()
    Kurstag.objects.update(tag=timezone.localdate() - befragung.OFFEN - TAG)
    assert "Diese Befragung ist beendet." in client.get(adresse).content.decode()
    assert client.post(adresse, GUT).status_code == 302
    anderes = Modul.objects.create(
        lehrgang=Durchgang.objects.get().lehrgang, nummer=2, titel="Prävention"
    )
    Kurstag.objects.update(modul=anderes)
    assert "Diese Befragung ist beendet." in client.get(adresse).content.decode()
    assert not Antwort.objects.exists()


def test_a_forged_link_leads_nowhere(client):
    assert client.get(reverse("fortbildung:befragung", args=["x:y"])).status_code == 404
