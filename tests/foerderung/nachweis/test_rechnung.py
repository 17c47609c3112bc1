"""The actual grant: by hand for each limit, and for any amounts what must always hold."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foerderung.nachweis.rechnung import Angaben, Grenze, Grundlage, rechne, rechne_ab

CENT = Decimal("0.01")
BEWILLIGT = Grundlage(Decimal("27000.00"), Decimal("90.00"), Decimal("10"), Decimal("3000.00"))


def zuwendung(belege, **weitere):
    werte = {name: Decimal(wert) for name, wert in weitere.items()}
    return rechne(BEWILLIGT, Angaben(Decimal(belege), **werte))


def test_the_rate_of_what_was_spent_is_due():
    ergebnis = zuwendung("20000.05")
    assert (ergebnis.zuwendung, ergebnis.grenze) == (Decimal("18000.04"), Grenze.FINANZIERUNG)
    assert ergebnis.nach_satz == Decimal("18000.05")  # half up; the own share is half up as well
    assert ergebnis.eigenmittel == Decimal("2000.01")


def test_never_more_than_granted():
    ergebnis = zuwendung("50000.00")
    assert (ergebnis.zuwendung, ergebnis.grenze) == (Decimal("27000.00"), Grenze.BEWILLIGT)
    assert ergebnis.eigenmittel == Decimal("23000.00")


def test_money_of_third_parties_lowers_the_grant():
    ergebnis = zuwendung("20000.00", drittmittel="5000.00")
    assert (ergebnis.zuwendung, ergebnis.grenze) == (Decimal("13000.00"), Grenze.FINANZIERUNG)
    assert ergebnis.eigenmittel == Decimal("2000.00")


def test_more_third_party_money_than_costs_leaves_nothing():
    ergebnis = zuwendung("2000.00", drittmittel="5000.00")
    assert (ergebnis.zuwendung, ergebnis.eigenmittel) == (0, 0)


def test_in_kind_work_counts_up_to_its_planned_value_and_is_never_paid_for():
    ergebnis = zuwendung("9000.00", eigenleistung="4000.00")
    assert (ergebnis.ausgaben, ergebnis.anerkannt) == (Decimal("13000.00"), Decimal("12000.00"))
    # 90 % of 12.000 are 10.800, but no more than 9.000 was paid by anybody.
    assert (ergebnis.zuwendung, ergebnis.eigenmittel) == (Decimal("9000.00"), 0)


def test_what_is_cut_is_not_recognised():
    assert zuwendung("20000.00", gekuerzt="1000.00").zuwendung == Decimal("17100.00")


def test_what_was_paid_and_is_not_due_comes_back():
    assert rechne_ab(
        Decimal("18000"), bewilligt=Decimal("27000"), gezahlt=Decimal("20000")
    ).zurueck == Decimal("2000")
    offen = rechne_ab(Decimal("18000"), bewilligt=Decimal("27000"), gezahlt=Decimal("12000.50"))
    assert (offen.zurueck, offen.offen) == (0, Decimal("5999.50"))
    assert offen.ungenutzt == Decimal("9000")


def hundertstel(hoechstens):
    return st.integers(0, hoechstens * 100).map(lambda ganze: Decimal(ganze) / 100)


euro, prozent = hundertstel(999_999), hundertstel(100)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(euro, prozent, prozent, euro, euro, euro, euro, euro)
def test_whatever_was_spent_the_bounds_hold(
    bewilligt, satz, eigenanteil, geplant, belege, eigenleistung, dritt, gekuerzt
):
    gekuerzt = min(gekuerzt, belege)
    angaben = Angaben(belege, eigenleistung, dritt, gekuerzt)
    ergebnis = rechne(Grundlage(bewilligt, satz, eigenanteil, geplant), angaben)
    gezahlt = ergebnis.zuwendung
    assert 0 <= gezahlt <= bewilligt
    assert gezahlt <= ergebnis.bezahlt <= belege
    assert ergebnis.ausgaben >= ergebnis.anerkannt >= gezahlt
    assert gezahlt * 100 <= ergebnis.anerkannt * satz + Decimal("0.5")
    assert gezahlt == gezahlt.quantize(CENT)
    # Nobody gains: grant, third parties and own money together are what was paid, or third parties more.
    if dritt <= ergebnis.bezahlt:
        assert gezahlt + dritt + ergebnis.eigenmittel == ergebnis.bezahlt
    else:
        assert (gezahlt, ergebnis.eigenmittel) == (0, 0)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(euro, euro, euro, euro)
def test_of_what_comes_back_and_what_is_due_one_is_nothing(zuwendung, mehr, gezahlt, zurueck):
    zurueck = min(zurueck, gezahlt)
    stand = rechne_ab(
        zuwendung, bewilligt=zuwendung + mehr, gezahlt=gezahlt, zurueckgezahlt=zurueck
    )
    assert min(stand.zurueck, stand.offen) == 0
    assert gezahlt - zurueck - stand.zurueck + stand.offen == zuwendung
    assert stand.ungenutzt == mehr
