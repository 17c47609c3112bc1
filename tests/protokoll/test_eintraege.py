"""What may be written into the log, and how it names people and things."""

import pytest

from asskomm.protokoll.handlungen import DoppelteHandlung, Handlung
from asskomm.protokoll.models import Eintrag, Grund
from asskomm.protokoll.verfahren import protokolliere
from tests.factories import make_konto

from .hilfen import GETAN

pytestmark = pytest.mark.django_db


def test_an_entry_refers_to_its_object_and_people():
    anna, berta, kunde = make_konto(name="Anna"), make_konto(name="Berta"), make_konto()
    protokolliere(GETAN, kunde, durch=anna, fuer=berta, angaben={"rolle": "Prüfung", "anzahl": 3})
    eintrag = Eintrag.objects.get()
    assert (eintrag.gegenstand_art, eintrag.gegenstand_nummer) == ("konten.konto", str(kunde.pk))
    assert (eintrag.durch_wort, eintrag.fuer_wort) == ("Anna", "Berta")
    assert (eintrag.handlung_wort, eintrag.gegenstand_wort) == (
        "Probe getan",
        f"Konto {kunde.pk}",
    )
    assert eintrag.angaben == {"rolle": "Prüfung", "anzahl": 3}


def test_entries_outlive_accounts_and_words():
    anna = make_konto(name="Anna")
    protokolliere(GETAN, durch=anna)
    nummer = anna.pk
    anna.delete()
    eintrag = Eintrag.objects.select_related("durch", "fuer").get()
    assert (eintrag.durch_id, eintrag.durch_wort) == (nummer, f"gelöschtes Konto {nummer}")
    eintrag.handlung, eintrag.gegenstand_art, eintrag.gegenstand_nummer = "alt.weg", "alt.ding", "3"
    assert (eintrag.handlung_wort, eintrag.gegenstand_wort) == ("alt.weg", "alt.ding 3")


def test_the_deleted_account_is_named_without_the_help_of_a_join():
    anna = make_konto(name="Anna")
    protokolliere(GETAN, durch=anna)
    anna.delete()
    assert Eintrag.objects.get().durch_wort.startswith("gelöschtes Konto")


def test_without_a_person_it_was_the_system():
    protokolliere(GETAN, durch=None)
    eintrag = Eintrag.objects.get()
    assert (eintrag.durch_wort, eintrag.fuer_wort, eintrag.gegenstand_wort) == ("System", "", "")


def test_a_reason_stands_apart_and_the_entry_holds_its_hash():
    protokolliere(GETAN, durch=None, grund="  Weil es so ist \n")
    protokolliere(GETAN, durch=None, grund="Weil es so ist")
    eins, zwei = Grund.objects.order_by("eintrag")
    assert eins.text == zwei.text == "Weil es so ist"
    assert eins.eintrag.grund_pruefwert != zwei.eintrag.grund_pruefwert, "the salt differs"


def test_blank_reasons_are_none():
    protokolliere(GETAN, durch=None, grund=" \n")
    assert Eintrag.objects.get().grund_pruefwert == ""
    assert not Grund.objects.exists()


@pytest.mark.parametrize(
    "wert",
    [
        "Anna Müller",
        "anna@example.org",
        "Ein Satz.",
        "a\nb",
        "x" * 101,
        1.5,
        None,
        {"a": 1},
        ["a b"],
    ],
)
def test_free_text_is_no_detail(wert):
    with pytest.raises(ValueError, match="Keine Angabe"):
        protokolliere(GETAN, durch=None, angaben={"was": wert})
    assert not Eintrag.objects.exists()


@pytest.mark.parametrize("wert", ["", "konten.konto", "2026-11-22", "a" * 64, 7, True, [1, "b"]])
def test_codes_counts_and_hashes_are_details(wert):
    protokolliere(GETAN, durch=None, angaben={"was": wert})
    assert Eintrag.objects.get().angaben == {"was": wert}


def test_what_is_not_saved_cannot_be_an_object():
    with pytest.raises(ValueError, match="nicht gespeichert"):
        protokolliere(GETAN, Eintrag(), durch=None)


def test_a_key_belongs_to_one_act():
    with pytest.raises(DoppelteHandlung):
        Handlung(GETAN.schluessel, "Etwas anderes")
