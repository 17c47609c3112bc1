"""Sums, shares and rates of a plan."""

from decimal import Decimal

import pytest

from asskomm.formate import FEST
from foerderung.plan.verstoesse import differenz_satz, satz_text

from .plaene import REGELN, drittmittel, eigenleistung, eingaben, gelesen, gerechnet, personal, sach


def test_plan_of_the_reference_page():
    """Own work of 800 Euro counts on both sides."""
    rechnung = gerechnet(
        eingaben(
            {
                "personal": [personal()],
                "sach": [
                    sach(anzahl="12", einzelbetrag="viel"),
                    sach(wofuer="", einzelbetrag="850,00"),
                    sach(anzahl="2.000", einzelbetrag="0,18"),
                ],
                "eigenleistung": [eigenleistung(betrag="800,00")],
            },
            eigenmittel="1.500,00",
            zuwendung="28.910,00",
        )
    )
    gesamt = rechnung.gesamt
    assert gesamt.sach == Decimal("1210.00")
    assert gesamt.ausgaben == Decimal("33460.00")
    assert gesamt.finanzierung == Decimal("31210.00")
    assert differenz_satz(gesamt.differenz) == f"Es fehlen 2.250,00{FEST}€"
    assert rechnung.betraege["sach", 2] == Decimal("360.00")
    assert ("sach", 0) not in rechnung.betraege


def test_rows_left_out_of_a_sum_are_named():
    angaben = eingaben({"sach": [sach(einzelbetrag="viel"), sach(), {}, sach(art="investiv")]})
    plan = gelesen(angaben).plan
    rechnung = gerechnet(angaben)
    assert rechnung.ohne(plan, "sach") == (1, 4)
    assert rechnung.gesamt.sach == Decimal("1000.00")


def test_sums_by_year_and_by_kind():
    rechnung = gerechnet(
        eingaben(
            {
                "personal": [personal(jahr="2028", betrag="100,00")],
                "sach": [
                    sach(einzelbetrag="10,00"),
                    sach(einzelbetrag="5,00", jahr="2028"),
                    sach(einzelbetrag="7,00", art="honorare"),
                ],
                "eigenleistung": [eigenleistung(jahr="2028", betrag="2,00")],
                "drittmittel": [drittmittel(betrag="3,00")],
            },
            eigenmittel="4,00",
            eigenmittel_2028="5,00",
            zuwendung="10,00",
            zuwendung_2028="90,00",
        ),
        (2027, 2028),
    )
    erstes, zweites = rechnung.jahre
    assert (erstes.ausgaben, erstes.finanzierung) == (Decimal(17), Decimal(17))
    assert (zweites.ausgaben, zweites.finanzierung) == (Decimal(107), Decimal(97))
    assert rechnung.gesamt.ausgaben == Decimal(124)
    assert rechnung.gesamt.zuwendung == Decimal(100)
    assert rechnung.nach_art == {
        "Personalausgaben": Decimal(100),
        "Honorare": Decimal(7),
        "Miete": Decimal(15),
        "Eigenleistung": Decimal(2),
    }


@pytest.mark.parametrize(
    ("anzahl", "einzelbetrag", "summe"),
    [
        ("1,5", "0,33", "0.50"),
        ("0,5", "0,01", "0.01"),
        ("0,5", "0,03", "0.02"),
        ("3", "0,33", "0.99"),
    ],
)
def test_products_are_rounded_half_up(anzahl, einzelbetrag, summe):
    rechnung = gerechnet(eingaben({"sach": [sach(anzahl=anzahl, einzelbetrag=einzelbetrag)]}))
    assert rechnung.gesamt.sach == Decimal(summe)


def test_hours_are_valued_by_the_rule_set():
    rechnung = gerechnet(
        eingaben({"eigenleistung": [eigenleistung(art="arbeit", stunden="10,5", betrag="")]})
    )
    assert rechnung.gesamt.eigenleistung == Decimal("153.30")


def test_hours_without_a_value_in_the_rule_set_count_nothing():
    regeln = type(REGELN)()
    angaben = eingaben({"eigenleistung": [eigenleistung(art="arbeit", stunden="10", betrag="")]})
    assert gerechnet(angaben, regeln=regeln).gesamt.eigenleistung == 0


def test_ceiling_goes_by_share_and_months_and_is_never_rounded_up():
    rechnung = gerechnet(eingaben({"personal": [personal(stellenanteil="33,33", monate="7")]}))
    assert rechnung.obergrenzen == {0: Decimal("14387.45")}
    rechnung = gerechnet(eingaben({"personal": [personal(stellenanteil="10", monate="1")]}))
    assert rechnung.obergrenzen == {0: Decimal("616.66")}


def test_rates_are_those_of_the_expenditure():
    gesamt = gerechnet(
        eingaben({"sach": [sach(einzelbetrag="3,00")]}, eigenmittel="1,00", zuwendung="2,00")
    ).gesamt
    assert satz_text(gesamt.satz_zuwendung) == f"66,7{FEST}%"
    assert satz_text(gesamt.satz_eigenanteil) == f"33,3{FEST}%"


def test_without_expenditure_there_is_no_rate():
    gesamt = gerechnet(eingaben(zuwendung="5,00")).gesamt
    assert gesamt.satz_zuwendung is None
    assert gesamt.satz_eigenanteil is None


@pytest.mark.parametrize(
    ("anteil", "text"),
    [
        ("90", "90,0"),
        ("90.01", "90,01"),
        ("89.996", "89,996"),
        ("95", "95,0"),
        ("90.000001", "mehr als 90"),
        ("89.9999999", "weniger als 90"),
    ],
)
def test_a_rate_beside_its_limit_shows_the_difference(anteil, text):
    assert satz_text(Decimal(anteil), Decimal(90)) == f"{text}{FEST}%"
