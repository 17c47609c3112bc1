"""The pages of a draft: typing, saving in between, rows, two people at once, what is refused."""

import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from foerderung.antrag.getippt import als_felder
from foerderung.models import Abschnitt, Foerderantrag, Nachforderung, Status
from kommunen.models import Rolle
from tests.factories import make_analyse, make_antrag, make_kommune, make_mitglied

from .eingaben import BECCARIA, VORHABEN, make_vollstaendig, mit

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
ABSCHNITTE = ["antragsteller", "vorhaben", "beccaria-1", "beccaria-6", "erklaerungen"]


@pytest.fixture
def antrag():
    return make_antrag()


@pytest.fixture
def bearbeitung(antrag):
    return make_mitglied(antrag.kommune, Rolle.BEARBEITUNG)


@pytest.fixture
def seite(client, bearbeitung, antrag):
    client.force_login(bearbeitung)

    def adresse(schluessel=""):
        return f"/antraege/{antrag.pk}/{schluessel}"

    return adresse


def gespeichert(antrag, schluessel="vorhaben"):
    return Abschnitt.objects.get(antrag=antrag, schluessel=schluessel)


def felder(eingaben, **weitere):
    """A section as its form would send it."""
    daten = {}
    for name, wert in als_felder(eingaben):
        daten.setdefault(name, []).append(wert)
    return {**daten, **weitere}


def versteckt(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


# --- Typing and saving -------------------------------------------------------------


@pytest.mark.parametrize(
    "schluessel", ["", "beratung/", "ansehen/", *(f"{s}/" for s in ABSCHNITTE)]
)
def test_every_page_of_an_empty_draft_opens_and_says_that_it_is_not_submitted(
    client, seite, schluessel
):
    antwort = client.get(seite(schluessel))
    assert antwort.status_code == 200
    assert "Entwurf, noch nicht eingereicht." in antwort.text
    assert "15.10.2026 um 24:00 Uhr" in antwort.text


def test_what_was_typed_is_kept_right_or_wrong(client, seite, antrag, bearbeitung):
    antwort = client.post(
        seite("vorhaben/"), {"titel": "Nachtwanderer", "beginn": "31.02.2027", "entwurf": "1"}
    )
    assert antwort["Location"] == f"/antraege/{antrag.pk}/#inhalt"
    abschnitt = gespeichert(antrag)
    assert abschnitt.eingaben["felder"]["titel"] == "Nachtwanderer"
    assert abschnitt.eingaben["felder"]["beginn"] == "31.02.2027"
    assert (abschnitt.version, abschnitt.geaendert_von) == (1, bearbeitung)
    antrag.refresh_from_db()
    assert antrag.titel == "Nachtwanderer"
    assert f"von {bearbeitung}" in client.get(seite("vorhaben/")).text


def test_saving_and_going_on_leads_to_the_next_page_even_if_something_is_missing(client, seite):
    antwort = client.post(seite("vorhaben/"), {"titel": "Nachtwanderer", "weiter": "1"})
    assert antwort["Location"].endswith("/beccaria-1/#inhalt")
    assert client.post(seite("beccaria-6/"), {})["Location"].endswith("/plan/#inhalt")


def test_saving_and_going_on_shows_what_is_wrong_with_a_way_on(client, seite, antrag):
    antwort = client.post(seite("vorhaben/"), {"beginn": "bald", "weiter": "1"})
    assert gespeichert(antrag).eingaben["felder"]["beginn"] == "bald"
    assert antwort.status_code == 200
    assert "<title>Fehler: " in antwort.text
    assert "Bitte prüfen Sie eine Angabe" in antwort.text
    assert "Trotzdem weiter zu Problembeschreibung" in antwort.text
    assert 'value="bald"' in antwort.text
    assert versteckt(antwort.text, "gesehen") == "1"


def test_nothing_is_marked_before_it_was_begun_and_everything_when_it_is_checked(client, seite):
    assert "kern-error" not in client.get(seite("vorhaben/")).text
    html = client.get(seite("vorhaben/") + "?pruefen=1").text
    assert "Geben Sie dem Vorhaben einen Titel." in html
    assert "Nennen Sie mindestens eine Zielgruppe." in html
    assert "<title>Fehler" not in html


def test_umlauts_are_stored_in_one_form(client, seite, antrag):
    getrennt = unicodedata.normalize("NFD", "Müller-Straße in Görlitz")
    client.post(seite("vorhaben/"), {"titel": getrennt})
    assert gespeichert(antrag).eingaben["felder"]["titel"] == "Müller-Straße in Görlitz"


@pytest.mark.parametrize("text", ["Nacht\x00wanderer", "Nacht\x07wanderer", "x" * 20_001])
def test_what_cannot_be_kept_is_refused_at_the_field_and_stays_on_the_page(
    client, seite, antrag, text
):
    antwort = client.post(seite("vorhaben/"), {"titel": text, "ort": "Innenstadt"})
    assert antwort.status_code == 422
    assert "Noch nicht gespeichert" in antwort.text
    assert 'id="id_titel_error"' in antwort.text
    assert 'value="Innenstadt"' in antwort.text
    assert gespeichert(antrag).version == 0


def test_a_text_over_its_length_is_kept_and_named(client, seite, antrag):
    antwort = client.post(seite("vorhaben/"), {"kurzbeschreibung": "x" * 1_501})
    assert "Kürzen Sie den Text auf höchstens 1500 Zeichen. Jetzt sind es 1501." in antwort.text
    assert len(gespeichert(antrag).eingaben["felder"]["kurzbeschreibung"]) == 1_501


def test_far_too_much_text_is_a_page_that_says_so(client, seite, antrag):
    rumpf = "titel=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    antwort = client.post(
        seite("vorhaben/"), rumpf, content_type="application/x-www-form-urlencoded"
    )
    assert antwort.status_code == 413
    assert "Das ist zu viel auf einmal" in antwort.text
    assert gespeichert(antrag).version == 0


def test_state_and_amounts_in_the_request_change_nothing(client, seite, antrag):
    geschmuggelt = {
        "status": "bewilligt", "nummer": "KP-2027-0001", "zuwendung_beantragt_euro": "1000000",
        "kommune": make_kommune().pk, "version": "99",
    }  # fmt: skip
    client.post(seite("vorhaben/"), {"titel": "Nachtwanderer", **geschmuggelt})
    jetzt = Foerderantrag.objects.get(pk=antrag.pk)
    assert (jetzt.status, jetzt.nummer, jetzt.zuwendung_beantragt_euro) == ("entwurf", None, None)
    assert (jetzt.kommune_id, jetzt.version) == (antrag.kommune_id, 2)
    assert not set(geschmuggelt) & set(gespeichert(antrag).eingaben["felder"])


def test_recommendations_of_an_analysis_are_linked(client, seite, antrag):
    make_analyse(kommunen=[antrag.kommune], bericht_url="https://example.org/bericht")
    assert 'href="https://example.org/bericht"' in client.get(seite("vorhaben/")).text


# --- Rows --------------------------------------------------------------------------


def test_rows_are_added_deleted_and_brought_back_without_a_script(client, seite, antrag):
    zeilen = [
        {"wer": "Jugendliche", "groesse": "250", "art": "direkt"},
        {"wer": "Eltern", "groesse": "500", "art": "indirekt"},
    ]
    eingaben = mit(VORHABEN, zeilen={"zielgruppen": zeilen})
    antwort = client.post(seite("vorhaben/"), felder(eingaben, neu="zielgruppen"))
    assert antwort["Location"].endswith("?neu=zielgruppen#id_zielgruppen-2-wer")
    assert 'id="id_zielgruppen-2-wer"' in client.get(antwort["Location"]).text
    antwort = client.post(
        seite("vorhaben/"), felder(eingaben, gesehen="1", loeschen="zielgruppen-0")
    )
    assert antwort["Location"].endswith("#gruppe-zielgruppen")
    assert gespeichert(antrag).eingaben["zeilen"]["zielgruppen"] == zeilen[1:]
    assert "Zielgruppe 1 ist gelöscht." in client.get(seite("vorhaben/")).text
    rest = mit(VORHABEN, zeilen={"zielgruppen": zeilen[1:]})
    client.post(seite("vorhaben/"), felder(rest, gesehen="2", rueckgaengig="zielgruppen"))
    assert gespeichert(antrag).eingaben["zeilen"]["zielgruppen"] == zeilen


def test_of_two_rows_alike_the_deleted_one_can_be_brought_back(client, seite, antrag):
    zeile = {"wer": "Jugendliche", "groesse": "250", "art": "direkt"}
    eingaben = mit(VORHABEN, zeilen={"zielgruppen": [zeile, zeile]})
    client.post(seite("vorhaben/"), felder(eingaben, loeschen="zielgruppen-1"))
    assert gespeichert(antrag).eingaben["zeilen"]["zielgruppen"] == [zeile]
    assert "Zielgruppe 2 ist gelöscht." in client.get(seite("vorhaben/")).text
    rest = mit(VORHABEN, zeilen={"zielgruppen": [zeile]})
    client.post(seite("vorhaben/"), felder(rest, gesehen="1", rueckgaengig="1"))
    assert gespeichert(antrag).eingaben["zeilen"]["zielgruppen"] == [zeile, zeile]


def test_empty_rows_are_left_out_and_enter_means_saving(client, seite, antrag):
    client.post(seite("vorhaben/"), {"zielgruppen-0-wer": " ", "zielgruppen-7-wer": "Eltern"})
    assert [z["wer"] for z in gespeichert(antrag).eingaben["zeilen"]["zielgruppen"]] == ["Eltern"]
    html = client.get(seite("vorhaben/")).text
    knoepfe = re.findall(r'<button[^>]* name="(\w+)"', html.partition("data-entwurf")[2])
    assert knoepfe[0] == "weiter"


def test_more_rows_than_possible_are_refused_at_the_place_and_none_is_lost(client, seite, antrag):
    viele = {f"partner-{n}-wer": f"Verein {n}" for n in range(32)}
    antwort = client.post(seite("vorhaben/"), viele)
    assert antwort.status_code == 422
    assert "Noch nicht gespeichert" in antwort.text
    satz = "Partner: Hier stehen 32 Zeilen, möglich sind höchstens 30. Löschen Sie 2 Zeilen"
    assert satz in antwort.text
    assert [n for n in range(32) if f'value="Verein {n}"' not in antwort.text] == []
    assert gespeichert(antrag).version == 0
    antwort = client.post(seite("vorhaben/"), viele | {"loeschen": "partner-31"})
    assert "Löschen Sie 1 Zeile, dann" in antwort.text
    assert 'value="Verein 31"' not in antwort.text
    del viele["partner-31-wer"]
    client.post(seite("vorhaben/"), viele | {"loeschen": "partner-30"})
    assert len(gespeichert(antrag).eingaben["zeilen"]["partner"]) == 30
    assert client.post(seite("vorhaben/"), viele | {"automatisch": "1"}).status_code == 422


# --- Twice, and two at once --------------------------------------------------------


def test_the_same_text_twice_is_saved_once_and_no_conflict(client, seite, antrag):
    daten = felder(VORHABEN, gesehen="0", entwurf="1")
    for _ in range(2):
        assert client.post(seite("vorhaben/"), daten).status_code == 302
    assert gespeichert(antrag).version == 1


def test_a_page_never_conflicts_with_its_own_saving(client, seite, antrag):
    html = client.get(seite("beccaria-1/")).text
    eigene = {"gesehen": "0", "marke": versteckt(html, "marke")}
    antwort = client.post(seite("beccaria-1/"), {"frage_1a": "Ein", "automatisch": "1", **eigene})
    assert (antwort.status_code, antwort["X-Stand"]) == (200, "1")
    assert antwort.text.startswith("Zuletzt gespeichert am ")
    # The answer got lost, the page still believes that it shows version 0.
    antwort = client.post(seite("beccaria-1/"), {"frage_1a": "Ein Satz", **eigene})
    assert antwort.status_code == 302
    assert gespeichert(antrag, "beccaria-1").eingaben["felder"]["frage_1a"] == "Ein Satz"


def test_a_section_that_was_saved_a_thousand_times_is_no_conflict(client, seite, antrag):
    Abschnitt.objects.filter(antrag=antrag, schluessel="vorhaben").update(version=1_234)
    gesehen = versteckt(client.get(seite("vorhaben/")).text, "gesehen")
    assert client.post(seite("vorhaben/"), {"titel": "X", "gesehen": gesehen}).status_code == 302


def test_two_people_get_both_texts_side_by_side_and_save_the_chosen_ones(client, seite, antrag):
    html = client.get(seite("beccaria-1/")).text
    andere = Client()
    andere.force_login(make_mitglied(antrag.kommune, Rolle.BEARBEITUNG, name="Alex Anders"))
    andere.post(
        seite("beccaria-1/"), {"frage_1a": "Text von Alex", "frage_1b": "Nur Alex", "gesehen": "0"}
    )
    meine = {"frage_1a": "Mein Text", "frage_1c": "Nur ich", "gesehen": "0"}
    meine |= {name: versteckt(html, name) for name in ("marke", "abdruck")}
    antwort = client.post(seite("beccaria-1/"), meine)
    assert antwort.status_code == 409
    for text in ("Mein Text", "Text von Alex", "Nur Alex", "Nur ich", "Alex Anders"):
        assert text in antwort.text
    # What only one of the two has touched is chosen already.
    gewaehlt = dict(re.findall(r'name="wahl_(\w+)" value="(\w+)" checked', antwort.text))
    assert gewaehlt == {"frage_1b": "andere", "frage_1c": "meine"}
    assert gespeichert(antrag, "beccaria-1").eingaben["felder"]["frage_1a"] == "Text von Alex"

    zusammen = {
        **meine, "gesehen": "1", "strittig": ["frage_1a", "frage_1b", "frage_1c"],
        "wahl_frage_1b": "andere", "wahl_frage_1c": "meine", "entwurf": "1",
    }  # fmt: skip
    antwort = client.post(seite("beccaria-1/"), zusammen)
    assert "Wählen Sie einen Text." in antwort.text
    antwort = client.post(seite("beccaria-1/"), {**zusammen, "wahl_frage_1a": "meine"})
    assert antwort.status_code == 302
    jetzt = gespeichert(antrag, "beccaria-1").eingaben["felder"]
    assert [jetzt[f"frage_1{b}"] for b in "abc"] == ["Mein Text", "Nur Alex", "Nur ich"]


def test_rows_that_only_the_other_one_has_touched_are_chosen_already(client, seite, antrag):
    client.post(seite("vorhaben/"), felder(VORHABEN, gesehen="0"))
    html = client.get(seite("vorhaben/")).text
    meine = {name: versteckt(html, name) for name in ("gesehen", "marke", "abdruck")}
    weitere = {"wer": "Eltern", "groesse": "500", "art": "indirekt"}
    zielgruppen = [*VORHABEN["zeilen"]["zielgruppen"], weitere]
    client.post(
        seite("vorhaben/"), felder(mit(VORHABEN, zeilen={"zielgruppen": zielgruppen}), gesehen="1")
    )
    antwort = client.post(seite("vorhaben/"), felder(mit(VORHABEN, ort="Bahnhof"), **meine))
    assert antwort.status_code == 409
    gewaehlt = dict(re.findall(r'name="wahl_(\w+)" value="(\w+)" checked', antwort.text))
    assert gewaehlt == {"ort": "meine", "zielgruppen": "andere"}
    assert re.search("1. Jugendliche; 250 im Jahr; [^<]*<br>2. Eltern; 500; ", antwort.text)


def test_a_field_that_the_form_has_no_more_does_not_hold_up_two_people(client, seite, antrag):
    Abschnitt.objects.filter(antrag=antrag, schluessel="vorhaben").update(
        version=1, eingaben=mit(VORHABEN, frueheres="Text")
    )
    antwort = client.post(seite("vorhaben/"), felder(mit(VORHABEN, ort="Bahnhof"), gesehen="0"))
    assert antwort.status_code == 409
    assert re.findall(r'name="strittig" value="(\w+)"', antwort.text) == ["ort"]


def test_an_automatic_saving_that_comes_too_late_says_so_and_changes_nothing(client, seite, antrag):
    Abschnitt.objects.filter(antrag=antrag, schluessel="vorhaben").update(
        version=1, eingaben=VORHABEN
    )
    antwort = client.post(seite("vorhaben/"), {"titel": "X", "gesehen": "0", "automatisch": "1"})
    assert (antwort.status_code, antwort["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert gespeichert(antrag).eingaben == VORHABEN


def test_the_text_survives_the_end_of_the_session(client, seite, antrag, bearbeitung):
    marke = versteckt(client.get(seite("beccaria-1/")).text, "eingabemarke")
    client.logout()
    antwort = client.post(
        seite("beccaria-1/"), {"frage_1a": "Lange getippt", "eingabemarke": marke}
    )
    assert antwort["Location"].startswith("/anmelden/")
    client.force_login(bearbeitung)
    html = client.get(seite("beccaria-1/") + "?eingaben=1").text
    assert "Lange getippt" in html
    assert 'data-entwurf="offen"' in html
    assert gespeichert(antrag, "beccaria-1").version == 0


def test_text_that_comes_back_to_a_closed_section_does_not_look_saved(
    client, seite, antrag, bearbeitung
):
    marke = versteckt(client.get(seite("beccaria-1/")).text, "eingabemarke")
    client.logout()
    client.post(seite("beccaria-1/"), {"frage_1a": "Lange getippt", "eingabemarke": marke})
    Foerderantrag.objects.filter(pk=antrag.pk).update(status=Status.IN_ZEICHNUNG)
    client.force_login(bearbeitung)
    html = client.get(seite("beccaria-1/") + "?eingaben=1").text
    getippt, _, stand = html.partition('id="stand"')
    assert "Gespeichert ist es nicht." in getippt
    assert "Lange getippt" in getippt
    assert "Lange getippt" not in stand


# --- Who may what ------------------------------------------------------------------


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
@pytest.mark.parametrize("schluessel", ABSCHNITTE)
def test_other_roles_read_and_do_not_write(client, rolle, schluessel):
    antrag = make_vollstaendig()
    client.force_login(make_mitglied(antrag.kommune, rolle))
    adresse = f"/antraege/{antrag.pk}/{schluessel}/"
    html = client.get(adresse).text
    assert "data-entwurf>" not in html
    assert "assk-angaben" in html
    assert client.post(adresse, {"titel": "X"}).status_code == 403


@pytest.mark.parametrize("schluessel", ["", "ansehen/", "beratung/", "vorhaben/"])
def test_the_case_of_another_kommune_is_not_there(client, antrag, schluessel):
    client.force_login(make_mitglied(make_kommune(), Rolle.BEARBEITUNG))
    adresse = f"/antraege/{antrag.pk}/{schluessel}"
    assert client.get(adresse).status_code == 404
    if schluessel == "vorhaben/":
        assert client.post(adresse, {"titel": "X"}).status_code == 404


@pytest.mark.parametrize("status", [Status.IN_ZEICHNUNG, Status.EINGEREICHT, Status.BEWILLIGT])
def test_a_case_that_is_no_draft_any_more_cannot_be_changed_and_the_text_is_shown(client, status):
    antrag = make_antrag(status=status, eingaben={"vorhaben": VORHABEN})
    client.force_login(make_mitglied(antrag.kommune, Rolle.BEARBEITUNG))
    antwort = client.post(f"/antraege/{antrag.pk}/vorhaben/", {"titel": "Zu spät getippt"})
    assert antwort.status_code == 409
    assert "Dieser Abschnitt lässt sich nicht ändern." in antwort.text
    assert "Zu spät getippt" in antwort.text
    assert gespeichert(antrag).eingaben == VORHABEN


def test_a_nachforderung_opens_its_sections_and_no_others(client):
    antrag = make_vollstaendig()
    antrag.status, antrag.nummer = Status.NACHFORDERUNG, "KP-2027-0001"
    antrag.eingereicht_um, antrag.regelwerk = timezone.now(), antrag.runde.regelwerk
    antrag.save()
    Nachforderung.objects.create(
        antrag=antrag, abschnitte=["beccaria-1", "beccaria-3"], text="Zu knapp.",
        frist=date(2026, 12, 1), gestellt_um=timezone.now(),
    )  # fmt: skip
    client.force_login(make_mitglied(antrag.kommune, Rolle.BEARBEITUNG))
    basis = f"/antraege/{antrag.pk}"
    assert (
        "Antworten Sie bis zum 01.12.2026 um 24:00 Uhr." in client.get(f"{basis}/beccaria-1/").text
    )
    daten = felder(BECCARIA["beccaria-1"], gesehen="1", weiter="1", frage_1a="Ausführlicher")
    assert client.post(f"{basis}/beccaria-1/", daten)["Location"] == f"{basis}/beccaria-3/#inhalt"
    zu = client.post(f"{basis}/beccaria-2/", {"frage_2a": "X"})
    assert zu.status_code == 409
    assert "Die Nachforderung betrifft ihn nicht." in zu.text
    html = client.get(f"{basis}/").text
    assert "Zu knapp." in html
    assert f'href="{basis}/beccaria-3/"' in html
    antrag.refresh_from_db()
    assert antrag.titel == "Nachtwanderer in der Innenstadt"


# --- The case ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "wort", "satz"),
    [
        (Status.EINGEREICHT, "eingereicht", "ob der Antrag formal vollständig ist"),
        (Status.FORMELL_GEPRUEFT, "in Prüfung", "wird er fachlich geprüft"),
        (Status.ENTSCHEIDUNGSREIF, "in Prüfung", "Entscheidung wird vorbereitet"),
        (Status.ABGELEHNT, "entschieden", "Sie erhalten einen Bescheid"),
    ],
)
def test_after_the_submission_applicants_read_their_own_words(client, status, wort, satz):
    antrag = make_antrag(status=status)
    client.force_login(make_mitglied(antrag.kommune))
    html = client.get(f"/antraege/{antrag.pk}/").text
    assert wort in html
    assert satz in html
    for intern in ("entscheidungsreif", "formell geprüft", "noch nicht eingereicht"):
        assert intern not in html


def test_a_version_that_does_not_exist_is_not_there(client, seite):
    for nummer in ("1", "x", "-1"):
        assert client.get(seite("ansehen/") + f"?fassung={nummer}").status_code == 404


def test_the_read_view_leads_to_what_can_be_changed(client, seite, antrag):
    html = client.get(seite("ansehen/")).text
    assert f'href="/antraege/{antrag.pk}/vorhaben/"' in html
    client.force_login(make_mitglied(antrag.kommune, Rolle.LESEN))
    assert ">Ändern<" not in client.get(seite("ansehen/")).text


# --- How much the database is asked --------------------------------------------------


def test_the_pages_ask_the_same_number_of_questions_however_much_is_in_them(
    client, django_assert_num_queries
):
    zeilen = [{"wer": f"Gruppe {n}", "groesse": "5", "art": "direkt"} for n in range(20)]
    voll = make_vollstaendig(vorhaben=mit(VORHABEN, zeilen={"zielgruppen": zeilen}))
    client.force_login(make_mitglied(voll.kommune, Rolle.BEARBEITUNG))
    leer = make_antrag(kommune=voll.kommune, runde=voll.runde)
    client.get(f"/antraege/{leer.pk}/")
    for antrag in (leer, voll):
        with django_assert_num_queries(19):
            client.get(f"/antraege/{antrag.pk}/vorhaben/")
        with django_assert_num_queries(25):
            client.get(f"/antraege/{antrag.pk}/")


def test_saving_takes_four_questions_beside_session_account_and_membership(
    client, seite, antrag, django_assert_num_queries
):
    client.get(seite("beccaria-1/"))
    # Session, account, second factor (as member, as coach), case, roles, right; then lock, section
    # and two updates.
    with django_assert_num_queries(13) as abfragen:
        client.post(seite("beccaria-1/"), {"frage_1a": "X", "automatisch": "1"})
    eigene = [a["sql"] for a in abfragen if "SAVEPOINT" not in a["sql"]]
    eigene = [s for s in eigene if not re.search('session|konten_konto"|mitgliedschaft|coach', s)]
    assert len(eigene) == 4


def test_times_are_those_of_saxony(client, seite, antrag):
    Abschnitt.objects.filter(antrag=antrag, schluessel="vorhaben").update(
        version=1, geaendert_um=datetime(2026, 9, 12, 12, 32, tzinfo=UTC)
    )
    html = client.get(seite("vorhaben/")).text
    assert "Zuletzt gespeichert am 12.09.2026 um 14:32 Uhr" in html
