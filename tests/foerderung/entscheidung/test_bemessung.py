"""How much can be granted: at the edge and one Cent past it."""

from decimal import Decimal

import pytest

from foerderung.bemessung import Bemessung, Grenzen, hoechstbetrag

GRENZEN = Grenzen(
    ausgaben_euro=Decimal("30000.00"),
    beantragt_euro=Decimal("27000.00"),
    hoechstsatz=Decimal("90"),
    hoechstsatz_nummer="R1",
    untergrenze_euro=Decimal("10000"),
    untergrenze_nummer="R3",
)


def bemessung(faehig="30000.00", satz="90.00", betrag="27000.00"):
    return Bemessung(Decimal(faehig), Decimal(satz), Decimal(betrag))


@pytest.mark.parametrize(
    "werte",
    [
        {},
        {"satz": "90"},
        {"faehig": "20000.00", "satz": "50", "betrag": "10000.00"},
        {"faehig": "0.01", "satz": "50", "betrag": "0.01"},
        {"faehig": "10000.01", "satz": "33.33", "betrag": "3333.00"},
    ],
)
def test_what_keeps_within_application_and_rules_is_in(werte):
    assert GRENZEN.verstoesse(bemessung(**werte)) == {}


@pytest.mark.parametrize(
    ("werte", "feld", "satz"),
    [
        ({"faehig": "30000.01"}, "zuwendungsfaehig_euro", "30.000,00"),
        ({"faehig": "0", "betrag": "1"}, "zuwendungsfaehig_euro", "über 0 Euro"),
        ({"satz": "90.01"}, "foerdersatz", "höchstens 90\xa0% (Regel R1)"),
        ({"satz": "0", "betrag": "1"}, "foerdersatz", "über 0 Prozent"),
        ({"betrag": "27000.01"}, "betrag_euro", "Beantragt sind 27.000,00"),
        ({"faehig": "29999.00"}, "betrag_euro", "26.999,10"),
        ({"satz": "89.99"}, "betrag_euro", "26.997,00"),
        ({"betrag": "0"}, "betrag_euro", "über 0 Euro"),
    ],
)
def test_what_is_too_much_or_nothing_is_named_at_its_field(werte, feld, satz):
    assert satz in GRENZEN.verstoesse(bemessung(**werte))[feld]


def test_without_a_rate_in_the_rule_set_nothing_can_be_granted():
    ohne = Grenzen(Decimal("30000.00"), Decimal("27000.00"), None)
    assert "keinen Höchstsatz" in ohne.verstoesse(bemessung())["foerdersatz"]


@pytest.mark.parametrize(
    ("faehig", "satz", "hoechstens"),
    [("0.05", "90", "0.05"), ("0.06", "90", "0.05"), ("33333.33", "90", "30000.00")],
)
def test_half_a_cent_is_rounded_up(faehig, satz, hoechstens):
    assert hoechstbetrag(Decimal(faehig), Decimal(satz)) == Decimal(hoechstens)


@pytest.mark.parametrize("beantragt", ["27000.00", "20000.00", "12345.67", "0.01", "26999.99"])
def test_the_form_begins_with_what_was_asked_for_and_a_rate_that_covers_it(beantragt):
    grenzen = Grenzen(Decimal("30000.00"), Decimal(beantragt), Decimal("90"))
    vorschlag = grenzen.vorschlag
    assert vorschlag.betrag_euro == Decimal(beantragt)
    assert grenzen.verstoesse(vorschlag) == {}


def test_an_application_over_the_rate_begins_with_what_the_rules_allow():
    grenzen = Grenzen(Decimal("30000.00"), Decimal("28000.00"), Decimal("90"), "R1")
    assert grenzen.vorschlag == bemessung()


def test_small_grants_are_pointed_out():
    assert not GRENZEN.hinweise(Decimal("10000.01"))
    assert "R3" in GRENZEN.hinweise(Decimal("10000.00"))[0]
    assert not GRENZEN.hinweise(None)
