"""After the notice: change and revocation, each a decision of its own; figures of any day stay."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from asskomm.schritt import SchrittNichtMoeglich
from foerderung import haushalt
from foerderung.models import Bescheid, Foerderantrag, Status, Zuwendung
from foerderung.verfahren import entscheidung as verfahren
from tests.factories import make_ansatz, make_zuwendung

from .akten import UM, Art

pytestmark = pytest.mark.django_db

SPAETER = datetime(2027, 5, 3, 9, tzinfo=UTC)
NOCH_SPAETER = datetime(2027, 9, 6, 9, tzinfo=UTC)
GANZ, MEHR, WENIGER = Decimal("27000.00"), Decimal("27000.00"), Decimal("15000.00")


@pytest.fixture
def teilweise(reif):
    """20.000 of 27.000 euros."""
    reif.schlage_vor(Art.TEILBEWILLIGUNG, betrag_euro=Decimal("20000.00"))
    reif.genehmige()
    return reif


def aendere(akte, betrag, um=SPAETER, **felder):
    felder.setdefault("angehoert_am", date(2027, 4, 1))
    akte.schlage_vor(Art.AENDERUNG, betrag_euro=betrag, um=um, **felder)
    return akte.genehmige(um=um)


def widerrufe(akte, um=SPAETER):
    akte.schlage_vor(Art.WIDERRUF, um=um)
    return akte.genehmige(um=um)


def summe(am, menge=None):
    return (menge or Zuwendung.objects).bewilligt(am).summe_euro()


# --- Change ---------------------------------------------------------------------------


def test_a_change_is_a_notice_that_points_to_the_old_one(teilweise):
    alt = Bescheid.objects.get()
    neu = aendere(teilweise, MEHR)
    assert (neu.art, neu.ersetzt, neu.nummer) == (Art.AENDERUNG, alt, 2)
    assert teilweise.status == Status.BEWILLIGT, "the case goes on where it was"


@pytest.mark.parametrize("betrag", [MEHR, WENIGER])
def test_a_change_binds_or_releases_the_difference(teilweise, betrag):
    assert teilweise.gebunden == Decimal("20000.00")
    aendere(teilweise, betrag)
    assert teilweise.gebunden == betrag
    assert not haushalt.abweichende().exists()


def test_a_change_moves_money_between_years(teilweise):
    naechstes = make_ansatz(haushaltsjahr=2028)
    aendere(
        teilweise,
        Decimal("20000.00"),
        mittel={teilweise.ansatz.pk: Decimal("12000.00"), naechstes.pk: Decimal("8000.00")},
    )
    naechstes.refresh_from_db()
    assert (teilweise.gebunden, naechstes.gebunden_euro) == (Decimal("12000"), Decimal("8000"))
    aendere(teilweise, Decimal("12000.00"), um=NOCH_SPAETER)
    naechstes.refresh_from_db()
    assert (teilweise.gebunden, naechstes.gebunden_euro) == (Decimal("12000"), 0)
    assert not haushalt.abweichende().exists()


def test_what_the_case_binds_already_counts_as_free_for_its_change(teilweise):
    type(teilweise.ansatz).objects.update(betrag_euro=MEHR)
    aendere(teilweise, MEHR)
    assert teilweise.gebunden == MEHR


def test_a_change_takes_no_more_than_is_free(teilweise):
    type(teilweise.ansatz).objects.update(betrag_euro=Decimal("26999.99"))
    with pytest.raises(verfahren.Unzulaessig):
        aendere(teilweise, MEHR)
    assert teilweise.gebunden == Decimal("20000.00")


def test_less_money_needs_a_hearing_more_does_not(teilweise):
    with pytest.raises(verfahren.Unzulaessig) as fehler:
        aendere(teilweise, WENIGER, angehoert_am=None)
    assert "angehoert_am" in fehler.value.felder
    aendere(teilweise, MEHR, angehoert_am=None)


def test_figures_know_the_amount_of_every_day(teilweise):
    aendere(teilweise, MEHR)
    aendere(teilweise, WENIGER, um=NOCH_SPAETER)
    davor = timedelta(days=1)
    for um, vorher, danach in (
        (UM, Decimal("0.00"), Decimal("20000.00")),
        (SPAETER, Decimal("20000.00"), MEHR),
        (NOCH_SPAETER, MEHR, WENIGER),
    ):
        assert summe(um.date() - davor) == vorher
        assert summe(um.date()) == danach
        assert Zuwendung.objects.bewilligt(um.date()).count() == 1
    assert {str(z.bewilligt_am) for z in Zuwendung.objects.all()} == {"01.12.2026"}


def test_a_published_grant_stays_published_when_it_changes(teilweise):
    Zuwendung.objects.update(veroeffentlicht=True)
    aendere(teilweise, MEHR)
    assert summe(SPAETER.date(), Zuwendung.objects.oeffentlich()) == MEHR
    assert summe(UM.date(), Zuwendung.objects.oeffentlich()) == Decimal("20000.00")


def test_an_unpublished_one_is_not_published_by_a_change(teilweise):
    aendere(teilweise, MEHR)
    assert not Zuwendung.objects.filter(veroeffentlicht=True).exists()


def test_who_saw_the_case_before_the_change_is_told_so(teilweise):
    gesehen = teilweise.version
    aendere(teilweise, MEHR)
    with pytest.raises(SchrittNichtMoeglich, match="hat sich geändert"):
        teilweise.schlage_vor(Art.WIDERRUF, gesehen=gesehen, um=NOCH_SPAETER)


# --- Revocation -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", [Status.BEWILLIGT, Status.BESTANDSKRAEFTIG, Status.IN_DURCHFUEHRUNG]
)
def test_a_revocation_ends_the_case_and_releases_the_money(bewilligt, status):
    Foerderantrag.objects.filter(pk=bewilligt.antrag.pk).update(status=status)
    bescheid = widerrufe(bewilligt)
    assert bescheid.art == Art.WIDERRUF
    assert bescheid.ersetzt.art == Art.BEWILLIGUNG
    assert bewilligt.status == Status.WIDERRUFEN
    assert bewilligt.antrag.beendet_um == SPAETER
    assert bewilligt.antrag.entschieden_um == UM, "when it was granted stays"
    assert bewilligt.gebunden == 0
    assert not haushalt.abweichende().exists()


def test_money_that_is_not_bound_cannot_be_released(bewilligt):
    """Somebody has written past the procedure: said in words, and nothing half done."""
    type(bewilligt.ansatz).objects.update(gebunden_euro=Decimal("26999.99"))
    with pytest.raises(verfahren.MittelReichenNicht, match="Abweichung im Haushalt"):
        widerrufe(bewilligt)
    assert bewilligt.status == Status.BEWILLIGT
    assert bewilligt.gebunden == Decimal("26999.99")


def test_a_revoked_grant_counts_until_the_day_before(bewilligt):
    Zuwendung.objects.update(veroeffentlicht=True)
    widerrufe(bewilligt)
    oeffentlich = Zuwendung.objects.oeffentlich()
    assert summe(SPAETER.date() - timedelta(days=1), oeffentlich) == GANZ
    assert summe(SPAETER.date(), oeffentlich) == 0


def test_after_a_change_the_revocation_releases_what_is_bound_then(teilweise):
    aendere(teilweise, WENIGER)
    widerrufe(teilweise, um=NOCH_SPAETER)
    assert teilweise.gebunden == 0
    assert summe(SPAETER.date()) == WENIGER
    assert summe(NOCH_SPAETER.date()) == 0


def test_after_the_revocation_nothing_is_changed_or_revoked_again(bewilligt):
    widerrufe(bewilligt)
    for art in (Art.AENDERUNG, Art.WIDERRUF):
        with pytest.raises(SchrittNichtMoeglich):
            bewilligt.schlage_vor(art, um=NOCH_SPAETER)


def test_a_revoked_grant_is_not_found_by_the_search(bewilligt, client):
    Zuwendung.objects.update(veroeffentlicht=True, titel="Nachtwanderer im Park")
    assert "im Park" in client.get("/suche/?q=Nachtwanderer").content.decode()
    widerrufe(bewilligt)
    assert "im Park" not in client.get("/suche/?q=Nachtwanderer").content.decode()


# --- Published figures --------------------------------------------------------------------


def test_grants_known_from_sources_count_as_before():
    make_zuwendung(bewilligt_am="2020-07-15", betrag_euro=Decimal("21150.00"))
    assert summe(date(2020, 7, 14)) == 0
    assert summe(date(2020, 7, 15)) == Decimal("21150.00")
    assert summe(date(2199, 1, 1)) == Decimal("21150.00")
