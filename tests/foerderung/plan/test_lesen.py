"""What was typed, with an error at each field that is missing or cannot be read."""

from decimal import Decimal

import pytest

from asskomm import formularfelder
from asskomm.fehlertexte import AUSWAHL
from foerderung.plan import lesen
from foerderung.plan.lesen import lies

from .plaene import drittmittel, eigenleistung, eingaben, fehler, gelesen, personal, sach


def test_a_complete_plan_has_no_errors():
    angaben = eingaben(
        {
            "personal": [personal()],
            "sach": [sach()],
            "eigenleistung": [
                eigenleistung(),
                eigenleistung(art="arbeit", stunden="40", betrag="", bewertung=""),
            ],
            "drittmittel": [drittmittel()],
        }
    )
    assert fehler(angaben) == {}
    plan = gelesen(angaben).plan
    assert plan.personal[0].stellenanteil == Decimal(50)
    assert plan.personal[0].jahr == 2027
    assert plan.sach[0].betrag == Decimal("1000.00")
    assert plan.zuwendung == {2027: Decimal("1.00")}


@pytest.mark.parametrize(
    ("eingabe", "satz"),
    [
        ("1234.56", formularfelder.GELD_PUNKT),
        ("1,234.56", formularfelder.GELD_PUNKT),
        ("-5", "Geben Sie mindestens 0,01 an."),
        ("0,00", "Geben Sie mindestens 0,01 an."),
        ("1e9", formularfelder.GELD),
        ("１２", formularfelder.ZIFFERN),
        ("1,005", "Geben Sie höchstens 2 Stellen nach dem Komma an."),
        ("=cmd()", formularfelder.GELD),
        ("", formularfelder.GELD),
    ],
)
def test_amounts_in_another_spelling(eingabe, satz):
    angaben = eingaben({"sach": [sach(einzelbetrag=eingabe)]})
    assert fehler(angaben) == {"sach-0-einzelbetrag": satz}


def test_german_amounts_are_read():
    for eingabe in ("1.234,56", "1234,56", "1 234,56", "1.234,56 €"):
        plan = gelesen(eingaben({"sach": [sach(einzelbetrag=eingabe)]})).plan
        assert plan.sach[0].einzelbetrag == Decimal("1234.56")


@pytest.mark.parametrize(
    ("feld", "eingabe", "satz"),
    [
        ("aufgabe", "", "Geben Sie die Aufgabe der Stelle an."),
        ("aufgabe", "x" * 201, "Kürzen Sie den Text auf höchstens 200 Zeichen. Jetzt sind es 201."),
        ("aufgabe", "\u2800", "Schreiben Sie den Text mit Buchstaben oder Ziffern."),
        ("qualifikation", "", "Wählen Sie die Ausbildung."),
        ("qualifikation", "meister", AUSWAHL),
        ("entgeltgruppe", "16", AUSWAHL),
        ("stufe", "7", AUSWAHL),
        ("stellenanteil", "100,01", "Geben Sie höchstens 100 an."),
        ("stellenanteil", "0,5", "Geben Sie mindestens 1 an."),
        ("monate", "13", "Geben Sie höchstens 12 an."),
        ("monate", "0", "Geben Sie mindestens 1 an."),
        ("monate", "1,5", formularfelder.ANZAHL),
    ],
)
def test_staff_rows(feld, eingabe, satz):
    angaben = eingaben({"personal": [personal(**{feld: eingabe})]})
    assert fehler(angaben) == {f"personal-0-{feld}": satz}


@pytest.mark.parametrize(
    ("anders", "erwartet"),
    [
        ({"betrag": ""}, {"betrag": lesen.WERT_FEHLT}),
        ({"bewertung": ""}, {"bewertung": lesen.BEWERTUNG_FEHLT}),
        ({"stunden": "5"}, {"stunden": lesen.OHNE_STUNDEN}),
        ({"art": "arbeit", "betrag": "", "bewertung": ""}, {"stunden": lesen.STUNDEN_FEHLEN}),
        (
            {"art": "arbeit", "stunden": "5", "bewertung": ""},
            {"betrag": lesen.ARBEIT_OHNE_WERT},
        ),
        ({"art": "", "betrag": ""}, {"art": "Wählen Sie die Art der Eigenleistung."}),
    ],
)
def test_own_work_is_valued_by_hours_or_by_a_reason(anders, erwartet):
    angaben = eingaben({"sach": [sach()], "eigenleistung": [eigenleistung(**anders)]})
    assert fehler(angaben) == {f"eigenleistung-0-{feld}": s for feld, s in erwartet.items()}


def test_empty_rows_are_left_out_and_keep_the_numbers_of_the_others():
    angaben = eingaben({"sach": [{"jahr": "2027"}, {}, sach(wofuer="")]})
    assert [zeile.nummer for zeile in gelesen(angaben).plan.sach] == [2]
    assert list(fehler(angaben)) == ["sach-2-wofuer"]


def test_a_single_year_need_not_be_chosen():
    zeile = sach()
    del zeile["jahr"]
    assert fehler(eingaben({"sach": [zeile]})) == {}
    assert fehler(eingaben({"sach": [sach(jahr="2026")]})) == {}  # as a copied case brings it
    assert fehler(eingaben({"sach": [sach(jahr="2026")]}), (2027, 2028)) == {"sach-0-jahr": AUSWAHL}
    assert fehler(eingaben({"sach": [zeile]}), (2027, 2028)) == {
        "sach-0-jahr": "Wählen Sie das Jahr."
    }


def test_a_plan_without_expenditure_lacks_one():
    assert fehler(eingaben()) == {"neu_sach": lesen.KEINE_AUSGABE}


def test_an_empty_section_names_what_is_missing():
    assert list(fehler({})) == ["neu_sach", "eigenmittel_2027", "zuwendung_2027"]
    assert all(eintrag.fehlt for eintrag in lies({}, (2027,)).fehler)


def test_amounts_of_a_year_are_needed_where_something_happens_in_it():
    angaben = eingaben({"sach": [sach()]})
    assert fehler(angaben, (2027, 2028)) == {}
    angaben = eingaben({"sach": [sach(), sach(jahr="2028")]})
    assert list(fehler(angaben, (2027, 2028))) == ["eigenmittel_2028", "zuwendung_2028"]
    angaben = eingaben({"sach": [sach()]}, zuwendung_2028="5,00")
    assert list(fehler(angaben, (2027, 2028))) == ["eigenmittel_2028"]


@pytest.mark.parametrize(
    "unsinn",
    [
        None,
        [],
        {"felder": [], "zeilen": "x"},
        {"felder": {"eigenmittel_2027": ["1"]}, "zeilen": {"sach": {"0": "x"}}},
        {"zeilen": {"sach": ["x", None, {"wofuer": 5, "art": ["miete"]}], "fremd": [{}]}},
    ],
)
def test_anything_in_the_section_is_survived(unsinn):
    assert lies(unsinn, (2027,)).fehler


def test_more_rows_than_a_plan_needs():
    zeilen = [sach() for _ in range(301)]
    assert fehler(eingaben({"sach": zeilen})) == {"neu_sach": lesen.ZU_VIELE_ZEILEN}
    assert fehler(eingaben({"sach": zeilen[:300]})) == {}


def test_a_plan_asks_for_something():
    angaben = eingaben({"sach": [sach()]}, zuwendung="0,00")
    assert fehler(angaben) == {"zuwendung_2027": lesen.KEINE_ZUWENDUNG}
    angaben["felder"] |= {"eigenmittel_2028": "0,00", "zuwendung_2028": "1,00"}
    assert fehler(angaben, (2027, 2028)) == {}


def test_all_expenditure_together_fits_into_the_case():
    angaben = eingaben({"sach": [sach(anzahl="999.999", einzelbetrag="999.999.999,99")]})
    assert fehler(angaben) == {"neu_sach": lesen.ZU_HOCH}
    halb = [sach(einzelbetrag="499.999.999,99"), sach(einzelbetrag="500.000.000,00")]
    assert fehler(eingaben({"sach": halb})) == {}
    assert fehler(eingaben({"sach": [*halb, sach(einzelbetrag="0,01")]})) == {
        "neu_sach": lesen.ZU_HOCH
    }
