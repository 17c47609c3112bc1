"""The frozen content: the same bytes for the same input, in words and as it was typed."""

import json
from datetime import date

import pytest

from foerderung.antrag.fassung import gruppen, inhalt
from foerderung.antrag.umfeld import Umfeld
from foerderung.kanonisch import pruefsumme
from foerderung.models import Abschnitt

from .eingaben import PLAN, VORHABEN, make_vollstaendig, mit

pytestmark = pytest.mark.django_db
AM = date(2026, 9, 15)


def stand(antrag):
    return inhalt(Umfeld(antrag, AM))


def test_the_content_is_the_same_each_time_and_after_a_round_through_the_database():
    antrag = make_vollstaendig()
    erster = stand(antrag)
    assert pruefsumme(stand(antrag)) == pruefsumme(erster)
    assert pruefsumme(json.loads(json.dumps(erster))) == pruefsumme(erster)


def test_every_change_of_the_text_changes_the_hash():
    antrag = make_vollstaendig()
    vorher = pruefsumme(stand(antrag))
    Abschnitt.objects.filter(antrag=antrag, schluessel="vorhaben").update(
        eingaben=mit(VORHABEN, ort="Altstadt")
    )
    assert pruefsumme(stand(antrag)) != vorher


def test_people_read_words_not_keys():
    gelesen = dict(gruppen(stand(make_vollstaendig())))
    vorhaben = dict(gelesen["Vorhaben im Überblick"])
    assert vorhaben["Titel des Vorhabens"] == "Nachtwanderer in der Innenstadt"
    assert vorhaben["Beginn der Durchführung"] == "01.02.2027"
    assert vorhaben["Zu welchem Präventionsrat gehört das Vorhaben?"] == "Zu keinem"
    assert vorhaben["Zielgruppe 1"] == "Jugendliche; 250 im Jahr; Unmittelbar"
    assert vorhaben["Partner"] == "keine Angabe"
    assert "Beccaria-Standard 1: Problembeschreibung" in gelesen


def test_the_plan_is_there_as_typed_and_as_computed():
    fest = stand(make_vollstaendig())
    assert fest["abschnitte"]["plan"] == PLAN
    assert fest["plan"]["gesamt"]["ausgaben"] == "20000.00"
    ((_, plan),) = gruppen(fest, "plan")
    assert dict(plan)["Anteil der Zuwendung"].startswith("90,0")
    assert dict(plan)["Sachausgaben, Zeile 1"].startswith("Wofür: Schulung und Ausrüstung; ")


def test_amounts_are_read_in_one_way_however_they_were_typed():
    plan = mit(PLAN, eigenmittel_2027="2000", zuwendung_2027="viel")
    gelesen = dict(dict(gruppen(stand(make_vollstaendig(plan=plan))))["Ausgaben und Finanzierung"])
    assert gelesen["Eigenmittel der Kommune 2027"] == "2.000,00\N{NO-BREAK SPACE}€"
    assert gelesen["Beantragte Zuwendung 2027"] == "viel"


def test_declarations_are_frozen_with_their_text():
    erklaerungen = stand(make_vollstaendig())["erklaerungen"]
    assert [(e["text"], e["antwort"]) for e in erklaerungen] == [
        ("Wortlaut von beginn.", "Ja"),
        ("Wortlaut von andere_foerderung.", "Nein"),
        ("Wortlaut von elektronische_bekanntgabe.", "Nein"),
    ]


def test_an_unfinished_draft_has_a_content_too():
    antrag = make_vollstaendig(vorhaben={}, plan={}, erklaerungen={})
    assert dict(gruppen(stand(antrag)))["Vorhaben im Überblick"][0][1] == "keine Angabe"


def test_consultations_are_those_up_to_the_day():
    antrag = make_vollstaendig()
    assert inhalt(Umfeld(antrag, date(2026, 5, 31)))["beratungen"] == []
    assert len(inhalt(Umfeld(antrag, date(2026, 6, 1)))["beratungen"]) == 1
