"""The draw: worked by hand once, and what holds for every population, share and seed."""

import hashlib
import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foerderung.stichprobe.ziehung import Los, pruefsumme, ziehe

FAELLE = [{"nummer": f"KP-2027-{n:04}", "risiken": []} for n in range(1, 6)]


def test_a_draw_worked_by_hand():
    reihe = sorted(
        (fall["nummer"] for fall in FAELLE),
        key=lambda nummer: hashlib.sha256(f"abc|{nummer}".encode()).hexdigest(),
    )
    lose = ziehe(FAELLE, Decimal("50.00"), "abc")
    assert [los.nummer for los in lose] == reihe
    # 50 % of 5 are 2,5, so 3
    assert [los.los for los in lose] == [Los.GEZOGEN] * 3 + [Los.NICHT_GEZOGEN] * 2


def test_a_risk_comes_on_top_of_the_share():
    letzter = ziehe(FAELLE, Decimal(20), "abc")[-1].nummer
    faelle = [f | {"risiken": ["betrag"] if f["nummer"] == letzter else []} for f in FAELLE]
    lose = ziehe(faelle, Decimal(20), "abc")
    assert [los.los for los in lose] == [Los.GEZOGEN, *[Los.NICHT_GEZOGEN] * 3, Los.RISIKO]


def test_another_population_has_another_checksum():
    assert pruefsumme(FAELLE) != pruefsumme(FAELLE[1:])
    assert pruefsumme(FAELLE) == pruefsumme([dict(reversed(fall.items())) for fall in FAELLE])


NUMMERN = st.lists(st.integers(0, 9999), min_size=1, max_size=40, unique=True)


@pytest.mark.thorough
@settings(max_examples=200, deadline=None)
@given(
    nummern=NUMMERN,
    mit_risiko=st.sets(st.integers(0, 9999)),
    anteil=st.decimals(min_value="0.01", max_value=100, places=2),
    startwert=st.text(min_size=1, max_size=64),
    zufall=st.randoms(),
)
def test_what_holds_for_every_draw(nummern, mit_risiko, anteil, startwert, zufall):
    faelle = [
        {"nummer": f"KP-{n:04}", "risiken": ["betrag"] if n in mit_risiko else []} for n in nummern
    ]
    lose = ziehe(faelle, anteil, startwert)
    gemischt = faelle[:]
    zufall.shuffle(gemischt)
    assert ziehe(gemischt, anteil, startwert) == lose
    assert sorted(los.nummer for los in lose) == sorted(fall["nummer"] for fall in faelle)
    gezogen = [los for los in lose if los.los is Los.GEZOGEN]
    assert len(gezogen) == math.ceil(anteil * len(faelle) / 100)
    assert gezogen == lose[: len(gezogen)]
    assert all(not los.risiken for los in lose if los.los is Los.NICHT_GEZOGEN)
    # With another share of the same seed nobody leaves who was drawn.
    mehr = {los.nummer for los in ziehe(faelle, Decimal(100), startwert) if los.los is Los.GEZOGEN}
    assert {los.nummer for los in gezogen} <= mehr
