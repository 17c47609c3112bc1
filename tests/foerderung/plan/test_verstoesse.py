"""Each rule of the directive: kept at the edge, broken one Cent or one step past it."""

from dataclasses import replace

import pytest

from asskomm.formate import FEST
from foerderung.plan.rechnung import Planregeln, rechne
from foerderung.plan.verstoesse import hinweise

from .plaene import (
    REGELN,
    ausgeglichen,
    drittmittel,
    eigenleistung,
    eingaben,
    gelesen,
    personal,
    sach,
    verletzt,
)

MIT_GRUND = {"ausnahmegrund": "bedarf", "ausnahmebegruendung": "Weil es eilt."}


def regeln_und_orte(*args, **kwargs):
    return [(nummer, ort) for nummer, ort, _ in verletzt(*args, **kwargs)]


def test_a_plan_that_keeps_every_rule():
    assert verletzt(ausgeglichen("20.000,00", "2.000,00", "18.000,00")) == []


def test_rate_and_own_share_at_the_limit_and_one_cent_past_it():
    assert verletzt(ausgeglichen("100.000,00", "10.000,00", "90.000,00")) == []
    assert regeln_und_orte(ausgeglichen("100.000,00", "9.999,99", "90.000,01")) == [
        ("R7", "zuwendung_2027"),
        ("R8", "eigenmittel_2027"),
    ]


def test_rate_of_9001_in_words():
    saetze = [satz for _, _, satz in verletzt(ausgeglichen("20.000,00", "1.998,00", "18.002,00"))]
    assert saetze == [
        f"Regel R7: Die Zuwendung beträgt 90,01{FEST}% der Ausgaben. Möglich sind höchstens "
        f"90{FEST}%, hier 18.000,00{FEST}€.",
        f"Regel R8: Ihr Eigenanteil beträgt 9,99{FEST}% der Ausgaben. Nötig sind mindestens "
        f"10{FEST}%, hier 2.000,00{FEST}€.",
    ]


def test_a_rate_that_only_rounding_would_keep_is_broken():
    """90 % of 20,000.03 are 18,000.027: 18,000.03 is too much although it is 90,0 %."""
    assert regeln_und_orte(ausgeglichen("20.000,03", "2.000,00", "18.000,03")) == [
        ("R7", "zuwendung_2027"),
        ("R8", "eigenmittel_2027"),
    ]
    assert verletzt(ausgeglichen("20.000,03", "2.000,01", "18.000,02")) == []


def test_own_work_counts_as_own_share():
    angaben = eingaben(
        {
            "sach": [sach(einzelbetrag="19.000,00")],
            "eigenleistung": [eigenleistung(betrag="1.000,00")],
        },
        eigenmittel="1.000,00",
        zuwendung="18.000,00",
    )
    assert verletzt(angaben) == []
    angaben["zeilen"]["eigenleistung"] = []
    assert [nummer for nummer, _, _ in verletzt(angaben)] == ["R7", "R8"]


@pytest.mark.parametrize(
    ("eigen", "satz"),
    [
        ("550,00", f"Es fehlen 1.450,00{FEST}€."),
        ("2.200,00", f"Es sind 200,00{FEST}€ zu viel."),
        ("2.000,01", f"Es sind 0,01{FEST}€ zu viel."),
    ],
)
def test_both_sides_are_equal(eigen, satz):
    gefunden = verletzt(ausgeglichen("20.000,00", eigen, "18.000,00"))
    assert gefunden[0] == (
        "R6",
        "eigenmittel_2027",
        f"Regel R6: Ausgaben und Finanzierung stimmen nicht überein. {satz}",
    )


def test_each_year_is_equal_on_its_own():
    angaben = eingaben(
        {"sach": [sach(einzelbetrag="20.000,00"), sach(einzelbetrag="20.000,00", jahr="2028")]},
        eigenmittel="2.000,00",
        zuwendung="19.000,00",
        eigenmittel_2028="2.000,00",
        zuwendung_2028="17.000,00",
    )
    assert [(ort, satz) for _, ort, satz in verletzt(angaben, (2027, 2028))] == [
        (
            "eigenmittel_2027",
            "Regel R6: Ausgaben und Finanzierung stimmen im Jahr 2027 nicht überein. "
            f"Es sind 1.000,00{FEST}€ zu viel.",
        ),
        (
            "eigenmittel_2028",
            "Regel R6: Ausgaben und Finanzierung stimmen im Jahr 2028 nicht überein. "
            f"Es fehlen 1.000,00{FEST}€.",
        ),
    ]


@pytest.mark.parametrize("zuwendung", ["10.000,00", "9.999,99", "0,01"])
def test_small_grant_needs_a_case_and_a_reason(zuwendung):
    betrag = ausgeglichen("20.000,00", "10.000,00", zuwendung)
    orte = [ort for nummer, ort in regeln_und_orte(betrag) if nummer == "R9"]
    assert orte == ["ausnahmegrund", "ausnahmebegruendung"]
    for feld in MIT_GRUND:
        betrag["felder"] |= {**MIT_GRUND, feld: ""}
        assert [o for n, o in regeln_und_orte(betrag) if n == "R9"] == [feld]
    betrag["felder"] |= {**MIT_GRUND, "ausnahmegrund": "erfunden"}
    assert [o for n, o in regeln_und_orte(betrag) if n == "R9"] == ["ausnahmegrund"]


def test_small_grant_with_a_reason_is_allowed():
    assert verletzt(ausgeglichen("20.000,00", "10.000,00", "10.000,00", **MIT_GRUND)) == []


def test_one_cent_above_the_lower_limit_needs_no_reason():
    assert verletzt(ausgeglichen("20.000,00", "9.999,99", "10.000,01")) == []


def test_investments_are_refused_and_count_in_no_sum():
    angaben = eingaben(
        {"sach": [sach(einzelbetrag="20.000,00"), sach(art="investiv", einzelbetrag="900,00")]},
        eigenmittel="2.000,00",
        zuwendung="18.000,00",
    )
    assert regeln_und_orte(angaben) == [("R5", "sach-1-art")]


@pytest.mark.parametrize(
    ("anders", "feld"),
    [
        ({"entgeltgruppe": "12"}, "entgeltgruppe"),
        ({"entgeltgruppe": "13Ü"}, "entgeltgruppe"),
        ({"entgeltgruppe": "9b", "qualifikation": "beruf", "betrag": "1,00"}, "entgeltgruppe"),
        ({"stufe": "4"}, "stufe"),
        ({"betrag": "37.000,01"}, "betrag"),
        ({"stellenanteil": "49,99", "betrag": "37.000,00"}, "betrag"),
        ({"monate": "11", "betrag": "37.000,00"}, "betrag"),
        ({"monate": "1", "stellenanteil": "10", "betrag": "616,67"}, "betrag"),
    ],
)
def test_staff_above_the_ceiling(anders, feld):
    gefunden = regeln_und_orte(eingaben({"personal": [personal(**anders)]}))
    assert [ort for nummer, ort in gefunden if nummer == "R10"] == [f"personal-0-{feld}"]


@pytest.mark.parametrize(
    "anders",
    [
        {"betrag": "37.000,00"},
        {"entgeltgruppe": "9a", "stufe": "1"},
        {"monate": "1", "stellenanteil": "10", "betrag": "616,66"},
        {"jahr": "2028", "betrag": "38.000,00"},
        {"betrag": "viel"},
        {"monate": ""},
    ],
)
def test_staff_within_the_ceiling(anders):
    gefunden = regeln_und_orte(eingaben({"personal": [personal(**anders)]}), (2027, 2028))
    assert "R10" not in [nummer for nummer, _ in gefunden]


def test_ceiling_in_words():
    gefunden = verletzt(eingaben({"personal": [personal(betrag="40.000,00", monate="6")]}))
    assert gefunden[0][2] == (
        f"Regel R10: Möglich sind höchstens 18.500,00{FEST}€: EG 11, Stufe 3, 50{FEST}% der Stelle, "
        "6 von 12 Monaten im Jahr 2027."
    )


def test_grants_above_the_expenditure():
    angaben = eingaben(
        {"sach": [sach(einzelbetrag="20.000,00")], "drittmittel": [drittmittel(betrag="3.000,00")]},
        zuwendung="18.000,00",
    )
    assert ("R15", "drittmittel-0-betrag") in regeln_und_orte(angaben)
    angaben["zeilen"]["drittmittel"] = [drittmittel(betrag="2.000,00")]
    assert "R15" not in [nummer for nummer, _ in regeln_und_orte(angaben)]


def test_money_without_any_expenditure():
    gefunden = verletzt(eingaben(zuwendung="20.000,00"))
    assert [(nummer, ort) for nummer, ort, _ in gefunden] == [
        ("R6", "eigenmittel_2027"),
        ("R7", "zuwendung_2027"),
    ]


def test_an_empty_plan_breaks_no_rule():
    assert verletzt({}) == []


def test_rules_that_the_rule_set_does_not_have_are_not_checked():
    angaben = eingaben(
        {"personal": [personal(betrag="99.000,00")], "sach": [sach(art="investiv")]},
        zuwendung="5,00",
    )
    assert verletzt(angaben, regeln=Planregeln()) == []


def hinweise_zu(angaben, regeln=REGELN):
    plan = gelesen(angaben).plan
    return [hinweis.satz for hinweis in hinweise(plan, rechne(plan, regeln), regeln)]


@pytest.mark.parametrize(
    ("zuwendung", "anzahl"), [("20.000,00", 0), ("19.999,99", 1), ("10.000,00", 2)]
)
def test_what_small_grants_are_told(zuwendung, anzahl):
    saetze = hinweise_zu(ausgeglichen("30.000,00", "10.000,00", zuwendung))
    assert len(saetze) == anzahl
    assert all("Regel R" in satz for satz in saetze)


def test_a_missing_ceiling_is_said():
    angaben = eingaben({"personal": [personal(qualifikation="hochschule")]})
    assert "noch nicht für jede Ausbildung" in hinweise_zu(angaben)[-1]


def test_missing_value_of_an_hour_is_said():
    angaben = eingaben({"eigenleistung": [eigenleistung(art="arbeit", stunden="5", betrag="")]})
    ohne = replace(REGELN, stundensatz_eigenleistung=None)
    assert "noch kein Betrag je Stunde" in hinweise_zu(angaben, ohne)[-1]
    assert not any("Stunde" in satz for satz in hinweise_zu(angaben))
