"""Amounts in words."""

from decimal import Decimal

import pytest

from foerderung.bescheid.zahlwort import betrag_in_worten


@pytest.mark.parametrize(
    ("betrag", "worte"),
    [
        ("0.00", "null Euro"),
        ("0.01", "ein Cent"),
        ("0.99", "neunundneunzig Cent"),
        ("1.00", "ein Euro"),
        ("1.01", "ein Euro und ein Cent"),
        ("7.12", "sieben Euro und zwölf Cent"),
        ("16.17", "sechzehn Euro und siebzehn Cent"),
        ("21.20", "einundzwanzig Euro und zwanzig Cent"),
        ("36.30", "sechsunddreißig Euro und dreißig Cent"),
        ("66.60", "sechsundsechzig Euro und sechzig Cent"),
        ("77.70", "siebenundsiebzig Euro und siebzig Cent"),
        ("100", "einhundert Euro"),
        ("101", "einhunderteins Euro"),
        ("111", "einhundertelf Euro"),
        ("999", "neunhundertneunundneunzig Euro"),
        ("1000", "eintausend Euro"),
        ("1001", "eintausendeins Euro"),
        ("10000.50", "zehntausend Euro und fünfzig Cent"),
        ("21150", "einundzwanzigtausendeinhundertfünfzig Euro"),
        ("40000", "vierzigtausend Euro"),
        ("101000", "einhunderteintausend Euro"),
        ("160000", "einhundertsechzigtausend Euro"),
        ("1000000", "eine Million Euro"),
        ("1200001.01", "eine Million zweihunderttausendeins Euro und ein Cent"),
        ("2000000", "zwei Millionen Euro"),
        ("21000000", "einundzwanzig Millionen Euro"),
        ("101000000", "einhunderteine Millionen Euro"),
        (
            "999999999.99",
            "neunhundertneunundneunzig Millionen "
            "neunhundertneunundneunzigtausendneunhundertneunundneunzig Euro "
            "und neunundneunzig Cent",
        ),
    ],
)
def test_amounts_in_words(betrag, worte):
    assert betrag_in_worten(Decimal(betrag)) == worte


@pytest.mark.parametrize("betrag", ["-0.01", "1000000000.00", "1.005", "NaN"])
def test_what_is_no_amount_has_no_words(betrag):
    with pytest.raises((ValueError, ArithmeticError)):
        betrag_in_worten(Decimal(betrag))


def test_every_number_has_its_own_word():
    worte = {betrag_in_worten(Decimal(zahl)) for zahl in range(20_000)}
    assert len(worte) == 20_000
    assert not any(teil in wort for wort in worte for teil in ("einsund", "einst", "einsh", "."))
