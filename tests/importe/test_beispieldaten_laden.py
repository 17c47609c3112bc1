"""Loading and removing where no Beispieldaten are there yet."""

import pytest
from django.apps import apps
from django.core.files.storage import default_storage

from asskomm.konten.models import Konto
from asskomm.portal.beispiele.konten import KONTEN, PASSWORT
from beratung.models import Beratung
from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft
from tests.factories import make_beratung

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("programm", "demo"),
]
BEFEHL = "lade_beispieldaten"


def test_a_dry_run_keeps_everything(rufe, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ausgabe = rufe(BEFEHL, trockenlauf=True)
    assert "Trockenlauf" in ausgabe
    assert PASSWORT not in ausgabe
    assert not Beratung.objects.beispiele().exists()
    assert not Konto.objects.exists()


@pytest.mark.parametrize(
    ("datei", "alt", "neu", "satz"),
    [
        ("beratungen.csv", "kommune,am", "ags,am", "beratungen.csv, Zeile 1: Die Spalte „kommune“"),
        (
            "beratungen.csv", "14522080,", "14522081,",
            "Eine Kommune mit der Kennung 14522081 gibt es nicht.",
        ),
        (
            "ratszustaende.csv", "rat-bautzen,", "rat-bauzen,",
            "Spalte „rat“: „rat-bauzen“ steht nicht in raete.csv.",
        ),
        (
            "ratszustaende.csv", "rat-bautzen,aktiv,2019-06-19,", "rat-bautzen,aktiv,,",
            "raete.csv, Zeile 2: Geben Sie an, seit wann dieser Zustand besteht.",
        ),
        ("meldungen.csv", "abendrundgang.webp", "weg.webp", "Spalte „bild“: Die Bilddatei fehlt"),
        (
            "zuwendungen.csv", ",38400.00,", ",-1.00,",
            "zuwendungen.csv, Zeile 2: Geben Sie einen Betrag über 0 Euro an.",
        ),
    ],
)  # fmt: skip
def test_a_bad_row_changes_nothing(fehler_von, beispielordner, datei, alt, neu, satz):
    beispielordner.aendere(datei, alt, neu)
    assert satz in fehler_von(BEFEHL, ordner=beispielordner.pfad)
    assert not Beratung.objects.beispiele().exists()
    assert not Konto.objects.exists()


def test_it_refuses_where_invented_data_are_not_wanted(fehler_von, settings):
    settings.BEISPIELDATEN = False
    assert "setzen Sie BEISPIELDATEN=1" in fehler_von(BEFEHL)


def test_the_accounts_are_printed(rufe):
    ausgabe = rufe(BEFEHL)
    assert PASSWORT in ausgabe
    assert all(beispiel.email in ausgabe for beispiel in KONTEN)
    zeilen = [" ".join(zeile.split()) for zeile in ausgabe.splitlines()]
    assert "rathaus-zeichnung@example.org Zeichnung in den übrigen Beispiel-Kommunen" in zeilen


def test_removing_leaves_nothing_invented_and_everything_else(
    rufe, django_capture_on_commit_callbacks
):
    def bestand():
        """The log is never shortened; who stands in it keeps a locked account."""
        modelle = [
            modell
            for modell in apps.get_models()
            if modell._meta.managed and modell._meta.app_label != "protokoll"
        ]
        anzahlen = {modell: modell._base_manager.count() for modell in modelle}
        return anzahlen | {Konto: Konto.objects.filter(is_active=True).count()}

    eigene = make_beratung(kommune=Kommune.objects.get(ags="14522080"), herkunft=Herkunft.ERFASST)
    vorher = bestand()
    with django_capture_on_commit_callbacks(execute=True):
        rufe(BEFEHL)
    assert default_storage.exists("bilder/beispieldaten/abendrundgang.webp")
    with django_capture_on_commit_callbacks(execute=True):
        ausgabe = rufe("entferne_beispieldaten")
    assert "Beratungen: 219 entfernt" in ausgabe
    assert bestand() == vorher
    assert not default_storage.exists("bilder/beispieldaten/abendrundgang.webp")
    assert Beratung.objects.filter(pk=eigene.pk).exists()
    assert "nichts geändert" in rufe("entferne_beispieldaten")
