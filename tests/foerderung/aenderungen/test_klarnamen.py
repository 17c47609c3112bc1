"""What looks like a person where an organisation is meant, and what does not."""

import pytest

from foerderung.klarnamen import nennt_person


@pytest.mark.parametrize(
    ("text", "stelle"),
    [
        ("Frau Muster", "Frau Muster"),
        ("Verein, Herrn Kim Muster", "Herrn Kim Muster"),
        ("Prof. Dr. Kim Muster", "Prof. Dr. Kim Muster"),
        ("Praxis Dr. Muster", "Dr. Muster"),
        ("kim.muster@example.org", "kim.muster@example.org"),
        ("Verein, Tel. 0351 1234567", "0351 1234567"),
        ("Verein +49 351 123456", "+49 351 123456"),
        ("Druckerei Muster e. K.", "e. K."),
        ("Malerbetrieb, Inhaber Muster", "Inhaber"),
    ],
)
def test_persons_are_found_at_their_place(text, stelle):
    fund = nennt_person(text)
    assert text[fund.von : fund.bis] == fund.stelle
    assert stelle in (fund.stelle, text[fund.von :])
    assert f"„{fund.stelle}“" in fund.satz


@pytest.mark.parametrize(
    "text",
    [
        "Jugendring Musterstadt e. V.", "Frauenhaus Pirna e. V.", "Frau und Beruf gGmbH",
        "Dr.-Külz-Stiftung", "Herrenhof 3 e. V.", "Az. 51.2-7", "Verein 2000 e. V.",
        "Herrnhuter Brüdergemeine", "Musterstadt", "",
    ],
)  # fmt: skip
def test_organisations_are_none(text):
    assert nennt_person(text) is None
