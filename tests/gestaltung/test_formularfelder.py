"""Amounts, rates, counts and days are read in one spelling, and nothing is guessed."""

import re
from datetime import date, time
from decimal import Decimal

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from asskomm import formularfelder
from asskomm.formularfelder import DatumFeld, GanzzahlFeld, GeldFeld, ProzentFeld, UhrzeitFeld

NBSP, SCHMAL = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("eingabe", "betrag"),
    [
        ("1234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        (f"1{NBSP}234,56{NBSP}€", "1234.56"),
        (f"1{SCHMAL}234{SCHMAL}567,8", "1234567.80"),
        ("1.234", "1234.00"),
        ("€ 5", "5.00"),
        (" 5 EUR ", "5.00"),
        ("0", "0.00"),
        ("007,5", "7.50"),
        ("999.999.999,99", "999999999.99"),
    ],
)
def test_money_as_people_write_it(eingabe, betrag):
    gelesen = GeldFeld().clean(eingabe)
    assert str(gelesen) == betrag


@pytest.mark.parametrize(
    ("eingabe", "satz"),
    [
        ("1234.56", formularfelder.GELD_PUNKT),
        ("1.23", formularfelder.GELD_PUNKT),
        ("1,234.56", formularfelder.GELD_PUNKT),
        ("1.234.56", formularfelder.GELD_PUNKT),
        ("1,234", "Geben Sie höchstens 2 Stellen nach dem Komma an."),
        ("0,001", "Geben Sie höchstens 2 Stellen nach dem Komma an."),
        ("-5", formularfelder.OHNE_MINUS),
        ("\u22125,00 €", formularfelder.OHNE_MINUS),
        ("1e9", formularfelder.GELD),
        ("viel", formularfelder.GELD),
        ("", formularfelder.GELD),
        ("   ", formularfelder.GELD),
        ("12 34", formularfelder.GELD),
        ("1.2345,00", formularfelder.GELD),
        ("5,-", formularfelder.GELD),
        (",50", formularfelder.GELD),
        ("NaN", formularfelder.GELD),
        ("Infinity", formularfelder.GELD),
        ("=1+1", formularfelder.GELD),
        ("1\x002", formularfelder.GELD),
        ("1\n2", formularfelder.GELD),
        ("9" * 10_000_000, formularfelder.GELD),
        ("１２", formularfelder.ZIFFERN),
        ("١٢", formularfelder.ZIFFERN),
        ("½", formularfelder.ZIFFERN),
        ("1.000.000.000", "Geben Sie höchstens 999.999.999,99 an."),
        ("999999999,995", "Geben Sie höchstens 2 Stellen nach dem Komma an."),
    ],
    ids=lambda wert: wert[:20],
)
def test_money_in_another_spelling_is_explained(eingabe, satz):
    with pytest.raises(forms.ValidationError) as fehler:
        GeldFeld().clean(eingabe)
    assert fehler.value.messages == [satz]


@pytest.mark.parametrize(
    ("eingabe", "anteil"), [("50", "50"), ("12,5 %", "12.5"), ("100%", "100"), ("0,01", "0.01")]
)
def test_rate(eingabe, anteil):
    assert ProzentFeld().clean(eingabe) == Decimal(anteil)


@pytest.mark.parametrize(
    ("eingabe", "satz"),
    [
        ("100,01", "Geben Sie höchstens 100 an."),
        ("0,5", "Geben Sie mindestens 1 an."),
        ("-5", "Geben Sie mindestens 1 an."),
        ("12.5", formularfelder.KOMMA),
        ("ganz", formularfelder.ANTEIL),
    ],
)
def test_rate_outside_its_bounds(eingabe, satz):
    with pytest.raises(forms.ValidationError) as fehler:
        ProzentFeld(min_value=1).clean(eingabe)
    assert fehler.value.messages == [satz]


@pytest.mark.parametrize(("eingabe", "anzahl"), [("12", 12), ("2.000", 2000), ("2 000", 2000)])
def test_count(eingabe, anzahl):
    gelesen = GanzzahlFeld(min_value=12, max_value=2000).clean(eingabe)
    assert gelesen == anzahl
    assert type(gelesen) is int


@pytest.mark.parametrize(
    ("eingabe", "satz"),
    [
        ("1,5", formularfelder.ANZAHL),
        ("1.5", formularfelder.ANZAHL),
        ("1e1", formularfelder.ANZAHL),
        ("", formularfelder.ANZAHL),
        ("0", "Geben Sie mindestens 1 an."),
        ("13", "Geben Sie höchstens 12 an."),
        ("１２", formularfelder.ZIFFERN),
    ],
)
def test_count_that_is_none(eingabe, satz):
    with pytest.raises(forms.ValidationError) as fehler:
        GanzzahlFeld(min_value=1, max_value=12).clean(eingabe)
    assert fehler.value.messages == [satz]


@pytest.mark.parametrize(
    "eingabe", ["1.9.26", "01.09.2026", "2026-09-01", "1. 9. 2026", " 1.9.26 "]
)
def test_day(eingabe):
    assert DatumFeld().clean(eingabe) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("eingabe", "satz"),
    [
        ("31.02.2026", formularfelder.KEIN_TAG),
        ("2026-13-01", formularfelder.KEIN_TAG),
        ("morgen", formularfelder.DATUM),
        ("09/01/2026", formularfelder.DATUM),
        ("1.9.202", formularfelder.DATUM),
        ("01.09.0026", formularfelder.DATUM),
        ("1.9.２６", formularfelder.ZIFFERN),
        ("", formularfelder.DATUM),
        ("1" * 1_000_000, formularfelder.DATUM),
    ],
    ids=lambda wert: wert[:20],
)
def test_day_that_is_none(eingabe, satz):
    with pytest.raises(forms.ValidationError) as fehler:
        DatumFeld().clean(eingabe)
    assert fehler.value.messages == [satz]


class Eingaben(forms.Form):
    betrag = GeldFeld(label="Betrag in Euro", help_text="Ohne Umsatzsteuer.")
    anteil = ProzentFeld(label="Anteil in Prozent", required=False)
    anzahl = GanzzahlFeld(label="Anzahl")
    beginn = DatumFeld(label="Beginn")


def test_values_are_shown_as_they_are_typed():
    html = render_crispy_form(
        Eingaben(
            initial={
                "betrag": Decimal("1234.5"),
                "anteil": Decimal("12.50"),
                "anzahl": 2000,
                "beginn": date(2026, 9, 1),
            }
        )
    )
    assert re.findall(r' value="([^"]*)"', html) == ["1.234,50", "12,5", "2.000", "01.09.2026"]
    assert html.count('type="text"') == 4
    assert re.findall(r'inputmode="(\w+)"', html) == ["decimal", "decimal", "numeric", "numeric"]
    assert '<span aria-hidden="true">€</span>' in html
    assert "TT.MM.JJJJ, zum Beispiel 01.09.2026" in html


def test_what_was_typed_stays_with_its_error():
    form = Eingaben({"betrag": "<b>", "anteil": "", "anzahl": "2", "beginn": "1.9.26"})
    html = render_crispy_form(form)
    assert list(form.errors) == ["betrag"]
    assert form.cleaned_data["anteil"] is None
    eingabe = re.search(r"<input[^>]*name=\"betrag\"[^>]*>", html)[0]
    assert 'value="&lt;b&gt;"' in eingabe
    assert 'aria-invalid="true"' in eingabe
    assert 'aria-describedby="id_betrag_helptext id_betrag_error"' in eingabe
    assert "kern-form-input__input--error" in eingabe


def test_own_sentence_of_a_field_wins():
    feld = GeldFeld(error_messages={"required": "Wie viel?", "invalid": "Schreiben Sie Euro."})
    for eingabe, satz in (("", "Wie viel?"), ("viel", "Schreiben Sie Euro.")):
        with pytest.raises(forms.ValidationError, match=re.escape(satz)):
            feld.clean(eingabe)


@pytest.mark.parametrize(
    ("feld", "vorher", "eingabe", "anders"),
    [
        (GeldFeld(), Decimal("1234.50"), "1.234,50 €", False),
        (GeldFeld(), Decimal("1234.50"), "1.234,51", True),
        (GeldFeld(), Decimal("1234.50"), "viel", True),
        (GeldFeld(required=False), None, "", False),
        (DatumFeld(), date(2026, 9, 1), "1.9.26", False),
    ],
)
def test_another_spelling_is_no_change(feld, vorher, eingabe, anders):
    assert feld.has_changed(vorher, eingabe) is anders


@pytest.mark.parametrize(
    ("eingabe", "zeit"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("14:05 Uhr", time(14, 5)),
        ("0:00", time(0)),
        (" 23:59 ", time(23, 59)),
    ],
)
def test_times_as_people_write_them(eingabe, zeit):
    assert UhrzeitFeld().clean(eingabe) == zeit


@pytest.mark.parametrize(
    "eingabe",
    ["24:00", "9:60", "9:5", "halb zehn", "", "9" * 1_000_000],
    ids=lambda wert: wert[:20],
)
def test_what_is_no_time_is_told_how_to_write_one(eingabe):
    with pytest.raises(forms.ValidationError) as fehler:
        UhrzeitFeld().clean(eingabe)
    assert fehler.value.messages == [formularfelder.ZEIT]
