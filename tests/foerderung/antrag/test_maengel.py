"""The check before the signature: what is complete, and each thing that is open."""

from datetime import date

import pytest

from foerderung.antrag.angaben import FORMULARE
from foerderung.antrag.maengel import maengel
from foerderung.antrag.umfeld import Umfeld
from tests.factories import make_beratung, make_kommune

from .eingaben import (
    ANTRAGSTELLER,
    BECCARIA,
    ERKLAERUNGEN,
    PLAN,
    VORHABEN,
    make_vollstaendig,
    mit,
)

pytestmark = pytest.mark.django_db
AM = date(2026, 9, 15)
OHNE_ZEITPLAN = {"zeitplan": []}


def alle(antrag):
    return maengel(Umfeld(antrag, AM))


def offen(antrag):
    return [(m.abschnitt, m.feld) for m in alle(antrag)]


def im_vorhaben(antrag):
    return [punkt for punkt in offen(antrag) if punkt[0] == "vorhaben"]


def test_a_complete_draft_has_no_open_points():
    assert alle(make_vollstaendig()) == []


def test_a_consultation_counts_from_its_day_on():
    antrag = make_vollstaendig()
    (zu_frueh,) = maengel(Umfeld(antrag, date(2026, 5, 31)))
    assert zu_frueh.abschnitt == "beratung"
    assert maengel(Umfeld(antrag, date(2026, 6, 1))) == []


def test_an_empty_draft_names_every_required_field_in_page_order():
    antrag = make_vollstaendig(
        beraten=False,
        antragsteller={},
        vorhaben={},
        plan={},
        erklaerungen={},
        **{schluessel.replace("-", "_"): {} for schluessel in BECCARIA},
    )
    abschnitte = list(dict.fromkeys(abschnitt for abschnitt, _ in offen(antrag)))
    assert abschnitte == [
        "beratung", "antragsteller", "vorhaben", *BECCARIA, "plan", "erklaerungen",
    ]  # fmt: skip
    assert all(m.fehlt for m in alle(antrag))
    assert ("beccaria-1", "frage_1a") in offen(antrag)
    assert ("vorhaben", "zielgruppen") in offen(antrag)


@pytest.mark.parametrize("schluessel", FORMULARE)
def test_no_field_speaks_in_the_words_of_django(schluessel):
    """The module is imported early, by the daily tasks; its fields have our texts all the same."""
    art = FORMULARE[schluessel]
    for formular in (art, *(gruppe.formular for gruppe in art.gruppen)):
        for feld in formular.base_fields.values():
            saetze = [str(feld.error_messages.get(c, "")) for c in ("required", "invalid_choice")]
            assert not [satz for satz in saetze if "zwingend" in satz or "gültige" in satz]


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        (
            {"beginn_am": "02.02.2027"},
            "Im Abschnitt Vorhaben beginnt die Durchführung schon am 01.02.2027. "
            "Ändern Sie einen der beiden Tage.",
        ),
        ({"beginn_am": "15.01.2027"}, ""),
        ({"zustimmung_am": "16.09.2026"}, "Dieser Tag liegt in der Zukunft."),
        ({"zustimmung_am": "15.09.2026", "beginn_am": "01.10.2026"}, ""),
    ],
)
def test_the_days_of_the_declaration_fit_to_the_project_and_to_today(felder, satz):
    """The first contract may come before the project begins to be carried out, never after it."""
    antrag = make_vollstaendig(erklaerungen=mit(ERKLAERUNGEN, **felder))
    saetze = [m.satz.partition(": ")[2] for m in alle(antrag)]
    assert saetze == ([satz] if satz else [])


def test_an_open_point_leads_to_its_field():
    antrag = make_vollstaendig(vorhaben=mit(VORHABEN, titel=""))
    (mangel,) = alle(antrag)
    assert mangel.satz == "Titel des Vorhabens: Geben Sie dem Vorhaben einen Titel."
    assert mangel.adresse == f"/antraege/{antrag.pk}/vorhaben/?pruefen=1#id_titel"


def test_without_a_recorded_consultation_up_to_the_day_it_is_an_open_point():
    antrag = make_vollstaendig(beraten=False)
    assert offen(antrag) == [("beratung", "")]
    make_beratung(kommune=antrag.kommune, am="2026-09-16")
    assert offen(antrag) == [("beratung", "")]
    make_beratung(kommune=antrag.kommune, am="2026-09-15")
    assert offen(antrag) == []


def test_the_consultation_of_another_kommune_does_not_count():
    antrag = make_vollstaendig(beraten=False)
    make_beratung(am="2026-06-01")
    assert offen(antrag) == [("beratung", "")]


@pytest.mark.parametrize(
    ("felder", "feld"),
    [
        ({"beginn": "31.12.2026"}, "beginn"),
        ({"beginn": "01.03.2027", "ende": "28.02.2027"}, "ende"),
        ({"ende": "01.01.2028"}, "ende"),
        ({"ende": "31.02.2027"}, "ende"),
        ({"weiterleitung": "ja", "weiterleitung_an": "An den Verein."}, "weiterleitung"),
        ({"weiterleitung": "vielleicht"}, "weiterleitung"),
        ({"prioritaeten": []}, "prioritaeten"),
        ({"prioritaeten": ["9"]}, "prioritaeten"),
        ({"praeventionsrat": "4711"}, "praeventionsrat"),
        ({"kurzbeschreibung": "x" * 1_501}, "kurzbeschreibung"),
        ({"titel": "\u200b"}, "titel"),
    ],
)
def test_what_is_wrong_with_the_project(felder, feld):
    antrag = make_vollstaendig(vorhaben=mit(VORHABEN, zeilen=OHNE_ZEITPLAN, **felder))
    assert set(im_vorhaben(antrag)) == {("vorhaben", feld), ("vorhaben", "zeitplan")}


WEITERGELEITET = {"sach": [{**PLAN["zeilen"]["sach"][0], "art": "weiterleitung"}]}


@pytest.mark.parametrize(
    ("antwort", "zeilen", "felder"),
    [
        ("ja", {}, {"weiterleitung", "weiterleitung_an"}),
        ("ja", WEITERGELEITET, {"weiterleitung_an"}),
        ("nein", WEITERGELEITET, {"weiterleitung"}),
        ("nein", {}, set()),
        ("ja", {"sach": []}, {"weiterleitung_an"}),  # an empty plan says nothing yet
    ],
)
def test_passing_money_on_is_said_in_both_places_or_in_none(antwort, zeilen, felder):
    antrag = make_vollstaendig(
        vorhaben=mit(VORHABEN, weiterleitung=antwort), plan=mit(PLAN, zeilen=zeilen)
    )
    assert {feld for _, feld in im_vorhaben(antrag)} == felder
    saetze = [m.satz for m in alle(antrag) if m.feld == "weiterleitung"]
    assert all("Ausgaben und Finanzierung" in satz and "hier" in satz for satz in saetze)


@pytest.mark.parametrize("beginn", ["01.01.2027", "1.1.27", "31.12.2027"])
def test_first_and_last_day_of_the_round_are_inside(beginn):
    eingaben = mit(VORHABEN, zeilen=OHNE_ZEITPLAN, beginn=beginn)
    assert im_vorhaben(make_vollstaendig(vorhaben=eingaben)) == [("vorhaben", "zeitplan")]


@pytest.mark.parametrize(
    "zeitplan",
    [
        {"von": "31.01.2027", "bis": "28.02.2027", "was": "Schulung"},
        {"von": "01.03.2027", "bis": "28.02.2027", "was": "Schulung"},
        {"von": "01.03.2027", "bis": "", "was": "Schulung"},
        {"von": "01.03.2027", "bis": "31.03.2027", "was": ""},
    ],
)
def test_a_wrong_row_of_the_schedule(zeitplan):
    antrag = make_vollstaendig(vorhaben=mit(VORHABEN, zeilen={"zeitplan": [zeitplan]}))
    assert offen(antrag) == [("vorhaben", "zeitplan")]


def test_a_row_is_named_with_its_number():
    zeilen = [*VORHABEN["zeilen"]["zielgruppen"], {"wer": "Eltern", "groesse": "", "art": "direkt"}]
    (mangel,) = alle(make_vollstaendig(vorhaben=mit(VORHABEN, zeilen={"zielgruppen": zeilen})))
    assert mangel.satz.startswith("Zielgruppe 2, Wie viele ungefähr? ")
    assert mangel.adresse.endswith("#id_zielgruppen-1-groesse")


def test_staff_in_the_plan_asks_how_it_goes_on():
    stelle = {
        "aufgabe": "Koordination", "qualifikation": "beruf", "entgeltgruppe": "7", "stufe": "3",
        "stellenanteil": "50", "jahr": "2027", "monate": "12", "betrag": "20.000,00",
    }  # fmt: skip
    plan = mit(PLAN, zeilen={"personal": [stelle], "sach": []})
    assert offen(make_vollstaendig(plan=plan)) == [("vorhaben", "weiterfuehrung")]


def test_a_broken_rule_of_the_plan_comes_with_its_number():
    (mangel, *_) = alle(make_vollstaendig(plan=mit(PLAN, zuwendung_2027="18.000,01")))
    assert mangel.abschnitt == "plan"
    assert mangel.satz.startswith("Regel R")


@pytest.mark.parametrize(
    ("felder", "feld"),
    [
        ({"beginn": ""}, "beginn"),
        ({"beginn_am": ""}, "beginn_am"),
        ({"beginn_am": "31.12.2026"}, "beginn_am"),
        ({"beginn_am": "31.12.2026", "zustimmung_am": "01.01.2027"}, "zustimmung_am"),
        ({"andere_foerderung": ""}, "andere_foerderung"),
        ({"andere_foerderung": "ja"}, "andere_foerderung"),
    ],
)
def test_what_is_wrong_with_the_declarations(felder, feld):
    assert offen(make_vollstaendig(erklaerungen=mit(ERKLAERUNGEN, **felder))) == [
        ("erklaerungen", feld)
    ]


def test_an_early_start_is_possible_with_consent_and_the_consent_to_notices_is_free():
    felder = {"beginn_am": "31.12.2026", "zustimmung_am": "14.09.2026"}
    assert offen(make_vollstaendig(erklaerungen=mit(ERKLAERUNGEN, **felder))) == []


@pytest.mark.parametrize(
    ("betrag", "erwartet"),
    [("2.000,00", []), ("2.000,01", [("erklaerungen", "andere_foerderung")])],
)
def test_other_funding_must_not_lift_the_sum_over_the_expenditure(betrag, erwartet):
    dritte = {"von_wem": "Landkreis", "jahr": "2027", "stand": "beantragt", "betrag": betrag}
    antrag = make_vollstaendig(
        plan=mit(PLAN, zeilen={"drittmittel": [dritte]}),
        erklaerungen=mit(ERKLAERUNGEN, andere_foerderung="ja"),
    )
    assert [p for p in offen(antrag) if p[0] == "erklaerungen"] == erwartet


@pytest.mark.parametrize(
    ("felder", "namen", "erwartet"),
    [
        ({"gemeinsam": "ja"}, [], ["beteiligte", "federfuehrend"]),
        ({"gemeinsam": "ja", "federfuehrend": "on"}, ["Döbeln"], []),
        ({"gemeinsam": "ja", "federfuehrend": "on"}, ["döbeln"], []),
        ({"gemeinsam": "ja", "federfuehrend": "on"}, ["Dobeln"], ["beteiligte"]),
        ({"gemeinsam": "ja", "federfuehrend": "on"}, ["Döbeln", "Döbeln"], ["beteiligte"]),
        ({"gemeinsam": "nein"}, ["Döbeln"], ["beteiligte"]),
        ({"ansprech_telefon": "keins"}, [], ["ansprech_telefon"]),
        ({"ansprech_email": "kim"}, [], ["ansprech_email"]),
    ],
)
def test_who_applies(felder, namen, erwartet):
    make_kommune(name="Döbeln", name_eindeutig="Döbeln")
    eingaben = mit(ANTRAGSTELLER, zeilen={"beteiligte": [{"kommune": n} for n in namen]}, **felder)
    antrag = make_vollstaendig(antragsteller=eingaben)
    assert [feld for _, feld in offen(antrag)] == erwartet


def test_carried_over_marks_are_open_points_until_confirmed():
    antrag = make_vollstaendig()
    antrag.abschnitte.filter(schluessel="vorhaben").update(uebernommen=["titel", "ort"])
    (mangel,) = alle(antrag)
    assert (mangel.abschnitt, mangel.adresse.rpartition("#")[2]) == ("vorhaben", "uebernommen")
    assert mangel.satz.startswith("Vorhaben im Überblick: ")
