"""pruefe_protokoll finds what somebody has changed who could switch the triggers off."""

import pytest
from django.core.management import CommandError, call_command

from asskomm.protokoll.models import Eintrag, Grund
from asskomm.protokoll.pruefung import Kopf, pruefe, pruefwert
from asskomm.protokoll.verfahren import Anlass, loesche_grund
from tests.factories import make_konto

from .hilfen import als_eigentuemer, als_verwalter_des_servers, schreibe, sql, verkette

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[als_eigentuemer, als_verwalter_des_servers])
def ohne_trigger(request):
    return request.param


@pytest.fixture
def fuenf():
    """Five entries; the third has a reason."""
    schreibe(2)
    schreibe(grund="Weil es so ist")
    return schreibe(2)


@pytest.mark.parametrize(
    ("eingriff", "nummer", "was"),
    [
        ("UPDATE protokoll_eintrag SET handlung = 'x' WHERE nummer = 2", 2, "Inhalt"),
        (
            "UPDATE protokoll_eintrag SET zeit = zeit - interval '1 us' WHERE nummer = 4",
            4,
            "Inhalt",
        ),
        ("UPDATE protokoll_eintrag SET durch_id = 1 WHERE nummer = 5", 5, "Inhalt"),
        ("UPDATE protokoll_eintrag SET fuer_id = 1, durch_id = 2 WHERE nummer = 1", 1, "Inhalt"),
        ("UPDATE protokoll_eintrag SET gegenstand_art = 'a.b' WHERE nummer = 1", 1, "Inhalt"),
        ("UPDATE protokoll_eintrag SET gegenstand_nummer = '7' WHERE nummer = 1", 1, "Inhalt"),
        ("UPDATE protokoll_eintrag SET angaben = '{\"a\": 1}' WHERE nummer = 1", 1, "Inhalt"),
        ("UPDATE protokoll_eintrag SET grund_pruefwert = '' WHERE nummer = 3", 3, "Inhalt"),
        ("UPDATE protokoll_eintrag SET hash = repeat('a', 64) WHERE nummer = 5", 5, "Inhalt"),
        ("UPDATE protokoll_eintrag SET hash_vorher = repeat('a', 64) WHERE nummer = 2", 2, "davor"),
        ("UPDATE protokoll_eintrag SET nummer = 8 WHERE nummer = 5", 5, "fehlen"),
        ("DELETE FROM protokoll_eintrag WHERE nummer = 1", 1, "fehlen"),
        ("DELETE FROM protokoll_eintrag WHERE nummer IN (2, 4)", 2, "fehlen"),
        ("UPDATE protokoll_grund SET text = 'Aus Versehen'", 3, "Begründung wurde geändert"),
        ("UPDATE protokoll_grund SET salz = 'x'", 3, "Begründung wurde geändert"),
        ("DELETE FROM protokoll_grund", 3, "Begründung fehlt"),
    ],
)
def test_the_first_break_is_named(fuenf, ohne_trigger, eingriff, nummer, was):
    assert pruefe().bruch is None
    with ohne_trigger():
        sql(eingriff)
    bruch = pruefe(je_seite=2).bruch
    assert bruch.nummer == nummer
    assert was in bruch.was
    assert pruefe().kopf.nummer == nummer - 1, "the head is the last sound entry"


def test_two_entries_that_changed_places_are_found(fuenf, ohne_trigger):
    with ohne_trigger():
        sql("UPDATE protokoll_eintrag SET nummer = nummer + 100 WHERE nummer IN (2, 4)")
        sql("UPDATE protokoll_eintrag SET nummer = 106 - nummer WHERE nummer > 100")
    bruch = pruefe().bruch
    assert (bruch.nummer, bruch.was) == (2, "Der Hash des Eintrags davor stimmt nicht.")


def test_two_contents_that_changed_places_are_found(ohne_trigger):
    konto = make_konto()
    schreibe(gegenstand=konto)
    schreibe()
    with ohne_trigger():
        sql(
            "UPDATE protokoll_eintrag e SET gegenstand_art = o.gegenstand_art,"
            " gegenstand_nummer = o.gegenstand_nummer"
            " FROM protokoll_eintrag o WHERE o.nummer = 3 - e.nummer"
        )
    assert pruefe().bruch.nummer == 1


def test_an_entry_that_was_slipped_in_is_found(fuenf, ohne_trigger):
    with ohne_trigger():
        sql(
            "INSERT INTO protokoll_eintrag (handlung, gegenstand_art, gegenstand_nummer, angaben,"
            " grund_pruefwert, hash_vorher, hash) VALUES ('x', '', '', '{}', '', '', '')"
        )
    bruch = pruefe().bruch
    assert bruch.nummer is None
    assert "steht nicht in der Kette" in str(bruch)


@pytest.mark.parametrize("je_seite", [1, 2, 5, 1000])
def test_a_number_given_twice_is_found_wherever_the_page_ends(fuenf, je_seite):
    with als_eigentuemer():
        sql("ALTER TABLE protokoll_eintrag DROP CONSTRAINT protokoll_eintrag_nummer_key")
        sql(
            "INSERT INTO protokoll_eintrag (nummer, handlung, gegenstand_art, gegenstand_nummer,"
            " angaben, grund_pruefwert, hash_vorher, hash) SELECT nummer, 'x', '', '', '{}', '',"
            " hash_vorher, hash FROM protokoll_eintrag WHERE nummer = 5"
        )
    bruch = pruefe(je_seite=je_seite).bruch
    assert (bruch.nummer, "mehrfach" in bruch.was) == (5, True)


def test_a_cut_off_end_is_found_only_against_a_head_kept_elsewhere(fuenf, ohne_trigger):
    kopf = pruefe().kopf
    assert pruefe(kopf).bruch is None
    with ohne_trigger():
        sql("DELETE FROM protokoll_eintrag WHERE nummer > 3")
    assert pruefe().bruch is None, "a shorter chain is whole, too"
    bruch = pruefe(kopf).bruch
    assert bruch.nummer == 4
    assert bruch.was == "Das Ende fehlt: Aufbewahrt ist der Hash von Eintrag 5."


def test_a_chain_written_anew_is_found_only_against_a_head_kept_elsewhere(fuenf):
    kopf = pruefe().kopf
    with als_eigentuemer():
        sql("DELETE FROM protokoll_grund")
        sql("DELETE FROM protokoll_eintrag")
    schreibe(7)
    assert pruefe().bruch is None
    assert pruefe(kopf).bruch.nummer == 5


def test_a_trigger_that_makes_other_hashes_is_found(fuenf):
    """The check computes on its own what the trigger should have written."""
    sql(
        "CREATE OR REPLACE FUNCTION protokoll_verkette() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN NEW.nummer := 6; NEW.hash := repeat('a', 64);"
        " NEW.hash_vorher := (SELECT hash FROM protokoll_eintrag WHERE nummer = 5);"
        " RETURN NEW; END $$"
    )
    schreibe()
    assert (pruefe().bruch.nummer, pruefe().bruch.was) == (6, "Der Inhalt wurde geändert.")


def test_python_and_the_database_agree_on_every_kind_of_content():
    """Umlauts, signs of the format itself, nothing, negative and big numbers, nested order."""
    konto = make_konto()
    Eintrag.objects.create(
        handlung='ä:1,-"\\\n',
        gegenstand_art="-",
        gegenstand_nummer="2:ab,",
        durch_id=2**62,
        fuer=konto,
        angaben={"zz": [1, True, "ü€😀"], "b": {"y": -1.50, "x": None}, "": 2**70, "a": '"\t\x7f'},
    )
    verkette()
    assert pruefe().bruch is None
    assert pruefe().kopf.nummer == 1


def test_fields_cannot_run_into_each_other():
    schreibe()
    eintrag = Eintrag.objects.get()
    eintrag.angaben_text = "{}"
    werte = set()
    for art, nummer in (("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", "")):
        eintrag.gegenstand_art, eintrag.gegenstand_nummer = art, nummer
        werte.add(pruefwert(eintrag))
    for durch in (None, 0):
        eintrag.durch_id = durch
        werte.add(pruefwert(eintrag))
    assert len(werte) == 5


def test_a_reason_can_go_with_an_entry_that_says_so():
    eintrag = schreibe(grund="Herr Müller hat angerufen.")[0]
    konto = make_konto()
    geloescht = loesche_grund(eintrag, durch=konto, anlass=Anlass.FREMDE_ANGABEN)
    verkette()
    geloescht.refresh_from_db()
    assert (geloescht.gegenstand_art, geloescht.gegenstand_nummer, geloescht.durch) == (
        "protokoll.eintrag",
        str(eintrag.pk),
        konto,
    )
    assert geloescht.angaben == {"anlass": "fremde_angaben"}
    assert not Grund.objects.exists()
    assert pruefe().bruch is None
    assert pruefe().kopf.nummer == 2


def test_a_reason_is_deleted_once():
    eintrag = schreibe(grund="Weil es so ist")[0]
    ohne = schreibe()[0]
    loesche_grund(eintrag, durch=None, anlass=Anlass.FRIST)
    for leer in (eintrag, ohne):
        with pytest.raises(Grund.DoesNotExist):
            loesche_grund(leer, durch=None, anlass=Anlass.FRIST)
    verkette()
    assert Eintrag.objects.count() == 3, "who has deleted nothing leaves no entry about it"


def test_a_deletion_entry_covers_its_own_reason_only():
    eintrag, anderer = (schreibe(grund="Weil es so ist")[0] for _ in range(2))
    loesche_grund(eintrag, durch=None, anlass=Anlass.FRIST)
    verkette()
    with als_eigentuemer():
        sql("DELETE FROM protokoll_grund WHERE eintrag_id = %s", anderer.pk)
    assert pruefe().bruch.nummer == 2


def test_the_command_prints_the_head(fuenf, capsys):
    letzter = fuenf[-1]
    call_command("pruefe_protokoll")
    assert capsys.readouterr().out == f"5 {letzter.hash}\n"
    call_command("pruefe_protokoll", erwartet=f"5:{letzter.hash}")


def test_the_command_names_the_break_and_exits_with_1(fuenf, capsys):
    with als_eigentuemer():
        sql(
            "UPDATE protokoll_eintrag SET handlung = 'x', zeit = '2026-11-22 12:00+00' WHERE nummer = 3"
        )
    with pytest.raises(CommandError) as fehler:
        call_command("pruefe_protokoll")
    assert fehler.value.returncode == 1
    assert str(fehler.value) == ("Eintrag 3 (22.11.2026 um 13:00 Uhr): Der Inhalt wurde geändert.")
    assert capsys.readouterr().out.startswith("2 ")


@pytest.mark.parametrize(
    "unsinn",
    ["", "5", "5:abc", "x:" + "a" * 64, "-1:" + "a" * 64, ":", "٣:" + "a" * 64, "5:" + "A" * 64],
)
def test_the_command_refuses_a_head_it_cannot_read(unsinn):
    with pytest.raises(CommandError, match="NUMMER:HASH") as fehler:
        call_command("pruefe_protokoll", erwartet=unsinn)
    assert fehler.value.returncode == 2


def test_an_empty_log_is_whole(capsys):
    call_command("pruefe_protokoll")
    assert capsys.readouterr().out == f"0 {'0' * 64}\n"
    assert pruefe(Kopf(1, "a" * 64)).bruch.nummer == 1


def test_the_queries_grow_with_the_pages_not_with_the_entries(django_assert_num_queries):
    schreibe(9, grund="Weil es so ist")
    with django_assert_num_queries(5):
        pruefe(je_seite=3)
    with django_assert_num_queries(3):
        pruefe(je_seite=100)


@pytest.mark.parametrize(
    ("erwartet", "satz"),
    [
        (f"0:{'a' * 64}", "Vor dem ersten Eintrag steht ein anderer Hash."),
        (f"3:{'a' * 64}", "Der Hash ist ein anderer als der aufbewahrte."),
        (f"6:{'a' * 64}", "Das Ende fehlt: Aufbewahrt ist der Hash von Eintrag 6."),
    ],
)
def test_a_head_that_was_never_there_is_an_error(fuenf, erwartet, satz):
    with pytest.raises(CommandError, match=satz) as fehler:
        call_command("pruefe_protokoll", erwartet=erwartet)
    assert fehler.value.returncode == 1


def test_every_chain_leads_through_the_beginning(fuenf):
    call_command("pruefe_protokoll", erwartet=f"0:{'0' * 64}")
