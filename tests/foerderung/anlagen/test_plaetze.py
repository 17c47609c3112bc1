"""Which documents a case needs, and what it lacks."""

import pytest

from foerderung.anlagen import verfahren
from foerderung.anlagen.plaetze import fuer_fassung, maengel, plaetze
from foerderung.models import Anlage
from tests.factories import make_regelwerk

from .hilfen import PERSONAL, UM, make_anlage, make_bearbeitung, make_fall

pytestmark = pytest.mark.django_db


def zeilen(**gruppen):
    return {"plan": {"zeilen": gruppen}}


@pytest.mark.parametrize(
    ("eingaben", "pflicht"),
    [
        ({}, []),
        (zeilen(personal=[]), []),
        (zeilen(personal=[{"aufgabe": " ", "betrag": ""}]), []),
        (zeilen(personal=[{"aufgabe": "", "jahr": "2027"}]), []),
        (PERSONAL, ["bildungsabschluss"]),
        (zeilen(sach=[{"wofuer": "Flyer", "art": "material"}]), []),
        (zeilen(sach=[{"wofuer": "", "art": "weiterleitung"}]), ["vereinbarung_dritte"]),
        (
            zeilen(personal=[{"betrag": "1"}], sach=[{"art": "weiterleitung"}]),
            ["bildungsabschluss", "vereinbarung_dritte"],
        ),
    ],
)
def test_the_plan_says_which_documents_are_needed(eingaben, pflicht):
    antrag = make_fall(eingaben=eingaben)
    assert [p.art.schluessel for p in plaetze(antrag) if p.ist_pflicht] == pflicht
    assert [mangel.anker for mangel in maengel(antrag)] == [f"anlage-{art}" for art in pflicht]


def test_a_file_fills_its_slot_until_it_is_removed():
    antrag = make_fall(eingaben=PERSONAL)
    kim = make_bearbeitung(antrag)
    make_anlage(antrag, durch=kim)
    assert len(maengel(antrag)) == 1
    anlage = make_anlage(antrag, durch=kim, schluessel="bildungsabschluss")
    assert maengel(antrag) == []
    verfahren.entferne(antrag, anlage, durch=kim, um=UM)
    assert maengel(antrag)[0].text == "Nachweis des Berufsabschlusses: Laden Sie die Datei hoch."


def test_with_a_scanner_unchecked_files_keep_the_application_back(settings):
    antrag = make_fall()
    make_anlage(antrag)
    assert maengel(antrag) == []
    settings.CLAMD = "127.0.0.1:1"
    assert [mangel.anker for mangel in maengel(antrag)] == ["anlage-ratsbeschluss"]
    Anlage.objects.update(pruefstand=Anlage.Pruefstand.SAUBER)
    assert maengel(antrag) == []


def test_the_file_the_scanner_took_is_named_until_another_comes():
    antrag = make_fall()
    anlage = make_anlage(antrag)
    Anlage.objects.update(pruefstand=Anlage.Pruefstand.BEFALLEN, entfernt_um=UM)

    def platz():
        return plaetze(antrag)[2]

    assert (platz().befallen, platz().anlagen) == (anlage, ())
    make_anlage(antrag)
    assert platz().befallen is None


def test_files_of_a_slot_the_rule_set_no_longer_has_can_be_seen():
    antrag = make_fall()
    anlage = make_anlage(antrag)
    antrag.runde.regelwerk = make_regelwerk()
    (platz,) = plaetze(antrag)
    assert platz.anlagen == (anlage,)
    assert not platz.ist_frei


def test_a_version_names_the_present_files_only():
    antrag = make_fall()
    alte = make_anlage(antrag)
    neue = make_anlage(antrag, ersetzt=alte.pk)
    assert fuer_fassung(antrag) == [
        {
            "id": str(neue.pk),
            "art": "ratsbeschluss",
            "dateiname": "Beschluss.pdf",
            "groesse": neue.groesse,
            "sha256": neue.sha256,
        }
    ]


@pytest.mark.parametrize("anzahl", [1, 3])
def test_the_slots_cost_three_queries(anzahl, django_assert_num_queries):
    antrag = make_fall(eingaben=PERSONAL)
    for _ in range(anzahl):
        make_anlage(antrag, schluessel="bildungsabschluss")
    with django_assert_num_queries(3):
        plaetze(antrag)
