import shutil

import pytest
from django.core.management import call_command

from asskomm.portal.models import Seite
from asskomm.portal.seiten.lieferung import TEXTE
from tests.factories import make_seite

from .conftest import Ordner

pytestmark = pytest.mark.django_db
BEFEHL = "importiere_seiten"
KOPF = """---
pfad: programm/weg
titel: Der Weg: einer Kommune
einleitung: Wie es weitergeht.
rubrik: programm
reihenfolge: 30
stand: 2026-11-22
quellen: |
  Erste Quelle, https://example.org/1
  Zweite Quelle
---
"""
TEXT = "## Anfang\n\nEin Absatz.\n"


@pytest.fixture
def seiten(tmp_path):
    ordner = Ordner(tmp_path)
    ordner.schreibe("weg.md", KOPF + TEXT)
    return ordner


def test_the_delivered_pages_come_in_and_a_second_run_changes_nothing(rufe):
    anzahl = len(list(TEXTE.glob("*.md")))
    assert f"Seiten: {anzahl} hinzugefügt" in rufe(BEFEHL)
    assert f"nichts geändert ({anzahl} Datensätze geprüft)" in rufe(BEFEHL)
    assert Seite.objects.oeffentlich().count() == anzahl


def test_head_and_text_become_a_page(rufe, seiten):
    rufe(BEFEHL, ordner=seiten.pfad)
    seite = Seite.objects.get(pfad="programm/weg")
    assert seite.titel == "Der Weg: einer Kommune"
    assert seite.quellen == "Erste Quelle, https://example.org/1\nZweite Quelle"
    assert seite.text == TEXT.strip()
    assert seite.veroeffentlicht


def test_a_newer_delivery_replaces_an_untouched_page(rufe, seiten):
    rufe(BEFEHL, ordner=seiten.pfad)
    Seite.objects.update(veroeffentlicht=False)
    seiten.aendere("weg.md", "Ein Absatz.", "Ein neuer Absatz.")
    assert "Seiten: 1 geändert" in rufe(BEFEHL, ordner=seiten.pfad)
    seite = Seite.objects.get()
    assert "Ein neuer Absatz." in seite.text
    # Whether a page is shown is up to the Redaktion.
    assert not seite.veroeffentlicht


def test_a_page_that_the_redaktion_changed_stays(rufe, seiten):
    rufe(BEFEHL, ordner=seiten.pfad)
    seite = Seite.objects.get()
    seite.einleitung = "Von der Redaktion."
    seite.save()
    seiten.aendere("weg.md", "Ein Absatz.", "Ein neuer Absatz.")
    ausgabe = rufe(BEFEHL, ordner=seiten.pfad)
    assert "Seiten – von Hand geändert, bleibt: Der Weg: einer Kommune" in ausgabe
    assert Seite.objects.get().einleitung == "Von der Redaktion."


def test_other_line_ends_are_no_change(rufe, seiten):
    rufe(BEFEHL, ordner=seiten.pfad)
    seite = Seite.objects.get()
    seite.text = seite.text.replace("\n", "\r\n")
    seite.save()
    seiten.aendere("weg.md", "Ein Absatz.", "Ein neuer Absatz.")
    assert "Seiten: 1 geändert" in rufe(BEFEHL, ordner=seiten.pfad)


def test_a_page_that_the_redaktion_wrote_at_the_same_address_stays(rufe, seiten):
    make_seite(pfad="programm/weg", titel="Eigene Seite")
    assert "von Hand geändert, bleibt: Eigene Seite" in rufe(BEFEHL, ordner=seiten.pfad)


def test_a_page_that_the_redaktion_deleted_does_not_come_back(rufe, seiten):
    rufe(BEFEHL, ordner=seiten.pfad)
    Seite.objects.get().delete()
    assert "von Hand gelöscht, bleibt weg" in rufe(BEFEHL, ordner=seiten.pfad)
    assert not Seite.objects.exists()


def test_a_page_no_longer_delivered_stays_and_is_named(rufe, seiten):
    make_seite(pfad="eigene", titel="Eigene Seite")
    rufe(BEFEHL, ordner=seiten.pfad)
    shutil.move(seiten.pfad / "weg.md", seiten.pfad / "neu.md")
    seiten.aendere("neu.md", "pfad: programm/weg", "pfad: programm/neu")
    ausgabe = rufe(BEFEHL, ordner=seiten.pfad)
    assert "steht nicht mehr in den Dateien, bleibt: Der Weg: einer Kommune" in ausgabe
    assert "Eigene Seite" not in ausgabe


@pytest.mark.parametrize(
    ("alt", "neu", "satz"),
    [
        ("titel: Der Weg", "titl: Der Weg", "weg.md, Zeile 3, Spalte „titl“: Diese Angabe ist"),
        ("titel: Der Weg: einer Kommune\n", "", "weg.md, Zeile 1, Spalte „titel“: Die Angabe fehlt."),
        ("rubrik: programm", "rubrik: sonstiges", "weg.md, Zeile 5, Spalte „rubrik“: „sonstiges“"),
        ("stand: 2026-11-22", "stand: heute", "weg.md, Zeile 7, Spalte „stand“: „heute“ ist kein Tag."),
        ("pfad: programm/weg", "pfad: /Weg/", "weg.md, Zeile 2, Spalte „pfad“: „/Weg/“ ist keine"),
        ("titel:", "rubrik: hilfe\ntitel:", "weg.md, Zeile 6, Spalte „rubrik“: Die Angabe ist doppelt."),
        (TEXT, "", "weg.md, Zeile 12, Spalte „text“: Die Angabe fehlt."),
        ("---\npfad", "pfad", "weg.md, Zeile 1: Der Kopf zwischen zwei Zeilen --- fehlt."),
        ("Ein Absatz", "Ein\0 Absatz", "Spalte „text“: Enthält ein unsichtbares Steuerzeichen."),
    ],
)  # fmt: skip
def test_a_bad_file_changes_nothing(fehler_von, seiten, alt, neu, satz):
    seiten.schreibe("gut.md", (KOPF + TEXT).replace("programm/weg", "programm/gut"))
    seiten.aendere("weg.md", alt, neu)
    assert satz in fehler_von(BEFEHL, ordner=seiten.pfad)
    assert not Seite.objects.exists()


def test_two_files_for_one_address_and_a_folder_without_pages(fehler_von, seiten, tmp_path):
    seiten.schreibe("zweite.md", KOPF + TEXT)
    satz = fehler_von(BEFEHL, ordner=seiten.pfad)
    assert "zweite.md, Zeile 1, Spalte „pfad“: Diese Adresse hat schon weg.md." in satz
    (tmp_path / "leer").mkdir()
    assert "liegen keine Seiten" in fehler_von(BEFEHL, ordner=tmp_path / "leer")


def test_verbosity_zero_is_silent(capsys):
    call_command(BEFEHL, verbosity=0)
    assert capsys.readouterr().out == ""
