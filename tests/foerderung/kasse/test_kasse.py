"""The ledger: what an award books, what the database refuses, and what the check finds."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foerderung import kasse
from foerderung.models import Buchung, Buchungsart, Entscheidung, Foerderkonto
from tests.foerderung.entscheidung.akten import UM

Art = Buchungsart
REIHE = (Art.ANGEFORDERT, Art.FREIGEGEBEN, Art.ANGEORDNET, Art.GEZAHLT)


def buche(akte, art, betrag, **anlass):
    return kasse.buche(
        akte.antrag, art, Decimal(betrag), um=UM, durch=akte.sachbearbeitung, **anlass
    )


def stand(akte, art):
    return getattr(kasse.konto(akte.antrag), art)


def test_an_award_is_booked_once_with_its_notice(bewilligt):
    buchung = Buchung.objects.get()
    assert (buchung.art, buchung.betrag_euro) == (Art.BEWILLIGT, Decimal("27000.00"))
    assert buchung.bescheid == bewilligt.antrag.bescheide.get()
    assert buchung.am.isoformat() == "2026-12-01"
    assert stand(bewilligt, "bewilligt") == Decimal("27000.00")


def test_a_change_books_the_difference_and_a_revocation_takes_all_back(bewilligt):
    bewilligt.schlage_vor(
        Entscheidung.Art.AENDERUNG,
        betrag_euro=Decimal("20000.00"),
        angehoert_am=UM.date(),
    )
    bewilligt.genehmige()
    assert Buchung.objects.latest("pk").betrag_euro == Decimal("-7000.00")
    bewilligt.schlage_vor(Entscheidung.Art.WIDERRUF, angehoert_am=UM.date())
    bewilligt.genehmige()
    assert stand(bewilligt, "bewilligt") == 0
    assert not kasse.abweichende().exists()


@pytest.mark.parametrize("art", REIHE)
def test_money_moves_in_order_and_never_beyond_the_grant(bewilligt, art):
    for vorher in REIHE[: REIHE.index(art)]:
        buche(bewilligt, vorher, "27000.00")
    with pytest.raises(kasse.NichtGedeckt, match="27.000,01"):
        buche(bewilligt, art, "27000.01")
    assert stand(bewilligt, art) == 0
    buche(bewilligt, art, "27000.00")
    if nachher := REIHE[REIHE.index(art) + 2 :]:
        with pytest.raises(kasse.NichtGedeckt):
            buche(bewilligt, nachher[0], "0.01")


def test_after_a_lowered_grant_nothing_more_is_released_or_ordered(bewilligt):
    for art in REIHE[:2]:
        buche(bewilligt, art, "10000.00")
    buche(bewilligt, Art.BEWILLIGT, "-20000.00")
    for art in (Art.ANGEFORDERT, Art.FREIGEGEBEN, Art.ANGEORDNET):
        with pytest.raises(kasse.NichtGedeckt):
            buche(bewilligt, art, "8000.00")
    buche(bewilligt, Art.ANGEORDNET, "7000.00")


def test_what_was_paid_stays_a_fact_when_the_grant_goes(bewilligt):
    for art in REIHE[:3]:
        buche(bewilligt, art, "5000.00")
    buche(bewilligt, Art.BEWILLIGT, "-27000.00")
    buche(bewilligt, Art.GEZAHLT, "5000.00")
    assert kasse.konto(bewilligt.antrag).verfuegbar == 0
    assert kasse.konto(bewilligt.antrag).behalten == Decimal("5000.00")


@pytest.mark.parametrize(
    ("art", "betrag"),
    [
        (Art.ZURUECKGEZAHLT, "0.01"),
        (Art.GEFORDERT, "0.01"),
        (Art.ZINSEN_GEZAHLT, "0.01"),
        (Art.ANGEFORDERT, "-0.01"),
        (Art.NACHGEWIESEN, "27000.01"),
    ],
)
def test_what_the_ledger_refuses(bewilligt, art, betrag):
    with pytest.raises(kasse.NichtGedeckt):
        buche(bewilligt, art, betrag)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE foerderung_buchung SET betrag_euro = 1",
        "DELETE FROM foerderung_buchung",
        "UPDATE foerderung_foerderkonto SET gezahlt = 0, bewilligt = 99",
        "DELETE FROM foerderung_foerderkonto",
        "INSERT INTO foerderung_foerderkonto SELECT gen_random_uuid(), 0,0,0,0,0,0,0,0,0,0",
    ],
)
def test_nobody_writes_past_the_bookings(bewilligt, sql):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_ledger_that_differs_is_found(bewilligt):
    assert not kasse.abweichende().exists()
    buche(bewilligt, Art.ANGEFORDERT, "100.00")
    assert kasse.abweichende().get().antrag == bewilligt.antrag


BETRAEGE = st.decimals(min_value=-30_000, max_value=30_000, places=2)


@pytest.mark.thorough
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(schritte=st.lists(st.tuples(st.sampled_from(Art), BETRAEGE), max_size=25))
def test_whatever_is_booked_the_ledger_adds_up_and_stays_within_the_grant(bewilligt, schritte):
    with transaction.atomic():
        hoechste = stand(bewilligt, "bewilligt")
        for art, betrag in schritte:
            try:
                buche(bewilligt, art, betrag)
            except kasse.NichtGedeckt:
                continue
            konto = Foerderkonto.objects.get()
            hoechste = max(hoechste, konto.bewilligt)
            assert 0 <= konto.gezahlt <= konto.angeordnet <= konto.freigegeben
            assert konto.freigegeben <= konto.angefordert <= hoechste
            assert 0 <= konto.zurueckgezahlt <= konto.gezahlt
        konto = Foerderkonto.objects.get()
        for art in Art:
            gebucht = sum(b.betrag_euro for b in Buchung.objects.filter(art=art))
            assert getattr(konto, art) == gebucht
        transaction.set_rollback(True)
