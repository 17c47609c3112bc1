"""The terms that come with the portal."""

import csv

import pytest
from django.core.management.base import CommandError

from asskomm.portal.models import Begriff, Begriffsverweis
from asskomm.portal.programmdaten import ORDNER

from .conftest import Ordner

pytestmark = pytest.mark.django_db
BEFEHL = "importiere_glossar"
KOPF = "kennung,begriff,synonyme,erklaerung,verwandt,quellen\n"
ZEILEN = (
    "eigenanteil,Eigenanteil,Selbstbeteiligung | eigener Anteil,Was Sie selbst tragen.,zuwendung,\n"
    'zuwendung,Zuwendung,,Geld für einen Zweck.,eigenanteil,"§ 44 SäHO, Absatz 1 | Amt24"\n'
)


@pytest.fixture
def glossar(tmp_path):
    ordner = Ordner(tmp_path)
    ordner.schreibe("glossar.csv", KOPF + ZEILEN)
    return ordner


def verwandte(kennung):
    verweise = Begriffsverweis.objects.filter(begriff__kennung=kennung)
    return sorted(verweise.values_list("ziel__kennung", flat=True))


def test_the_delivered_terms_come_in_and_a_second_run_changes_nothing(rufe):
    with (ORDNER / "glossar.csv").open(encoding="utf-8", newline="") as datei:
        anzahl = len(list(csv.DictReader(datei)))
    assert f"Begriffe im Glossar: {anzahl} hinzugefügt" in rufe(BEFEHL)
    stand = Begriffsverweis.objects.count()
    assert f"nichts geändert ({anzahl} Datensätze geprüft)" in rufe(BEFEHL)
    assert Begriffsverweis.objects.count() == stand > anzahl
    assert Begriff.objects.oeffentlich().count() == anzahl


def test_a_row_becomes_a_term_with_its_relations(rufe, glossar):
    rufe(BEFEHL, ordner=glossar.pfad)
    begriff = Begriff.objects.get(kennung="eigenanteil")
    assert (begriff.wort, begriff.erklaerung) == ("Eigenanteil", "Was Sie selbst tragen.")
    assert begriff.andere_woerter == ["Selbstbeteiligung", "eigener Anteil"]
    assert verwandte("eigenanteil") == ["zuwendung"]
    assert Begriff.objects.get(kennung="zuwendung").quellen == "§ 44 SäHO, Absatz 1\nAmt24"


def test_a_newer_delivery_replaces_what_nobody_has_changed(rufe, glossar):
    rufe(BEFEHL, ordner=glossar.pfad)
    glossar.aendere("glossar.csv", "Was Sie selbst tragen.,zuwendung", "Ihr Teil.,")
    assert "Begriffe im Glossar: 1 geändert" in rufe(BEFEHL, ordner=glossar.pfad)
    assert Begriff.objects.get(kennung="eigenanteil").erklaerung == "Ihr Teil."
    assert verwandte("eigenanteil") == []


def test_a_term_that_the_redaktion_changed_stays(rufe, glossar):
    rufe(BEFEHL, ordner=glossar.pfad)
    begriff = Begriff.objects.get(kennung="eigenanteil")
    begriff.erklaerung = "Von der Redaktion."
    begriff.save()
    glossar.aendere("glossar.csv", "Was Sie selbst tragen.", "Ihr Teil.")
    ausgabe = rufe(BEFEHL, ordner=glossar.pfad)
    assert "Begriffe im Glossar – von Hand geändert, bleibt: Eigenanteil" in ausgabe
    assert Begriff.objects.get(kennung="eigenanteil").erklaerung == "Von der Redaktion."


def test_relations_that_the_redaktion_changed_stay(rufe, glossar):
    rufe(BEFEHL, ordner=glossar.pfad)
    Begriffsverweis.objects.get(begriff__kennung="eigenanteil").delete()
    rufe(BEFEHL, ordner=glossar.pfad)
    assert verwandte("eigenanteil") == []
    assert verwandte("zuwendung") == ["eigenanteil"]


def test_a_term_that_the_redaktion_deleted_does_not_come_back(rufe, glossar):
    rufe(BEFEHL, ordner=glossar.pfad)
    Begriff.objects.get(kennung="eigenanteil").delete()
    ausgabe = rufe(BEFEHL, ordner=glossar.pfad)
    assert "von Hand gelöscht, bleibt weg: Eigenanteil" in ausgabe
    assert [begriff.kennung for begriff in Begriff.objects.all()] == ["zuwendung"]


def test_a_term_of_the_redaktion_is_not_spoken_of(rufe, glossar):
    Begriff.objects.create(kennung="eigener", wort="Eigener Begriff", erklaerung="Text")
    assert "Eigener Begriff" not in rufe(BEFEHL, ordner=glossar.pfad)


def test_a_term_no_longer_delivered_stays_and_is_named(rufe, glossar):
    rufe(BEFEHL, ordner=glossar.pfad)
    glossar.schreibe("glossar.csv", KOPF + "zuwendung,Zuwendung,,Geld für einen Zweck.,,\n")
    ausgabe = rufe(BEFEHL, ordner=glossar.pfad)
    assert "steht nicht mehr in den Dateien, bleibt: Eigenanteil" in ausgabe


@pytest.mark.parametrize(
    ("alt", "neu", "satz"),
    [
        (",zuwendung,\n", ",zuwendng,\n", "„zuwendng“ ist kein anderer Begriff dieser Datei."),
        (",zuwendung,\n", ",eigenanteil,\n", "„eigenanteil“ ist kein anderer Begriff"),
        ("Was Sie selbst tragen.", "", "glossar.csv, Zeile 2, Spalte „erklaerung“: Die Angabe"),
        ("zuwendung,Zuwendung", "eigenanteil,Zuwendung", "Doppelt: kennung wie in Zeile 2."),
        ("zuwendung,Zuwendung", "Zu wendung,Zuwendung", "„zuwendung“ ist kein anderer Begriff"),
    ],
)
def test_a_mistake_is_named_and_nothing_changes(rufe, glossar, alt, neu, satz):
    glossar.aendere("glossar.csv", alt, neu)
    with pytest.raises(CommandError, match="nichts wurde geändert") as fehler:
        rufe(BEFEHL, ordner=glossar.pfad)
    assert satz in str(fehler.value)
    assert not Begriff.objects.exists()
