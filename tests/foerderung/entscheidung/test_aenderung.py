"""After the notice: change and revocation, each a decision of its own; figures of any day stay."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from asskomm.schritt import SchrittNichtMoeglich
from foerderung import haushalt
from foerderung.models import Bescheid, Foerderantrag, Status, Zuwendung
from foerderung.verfahren import bekanntgabe, rechtsbehelf
from foerderung.verfahren import entscheidung as verfahren
from tests.factories import make_ansatz, make_zuwendung

from .akten import UM, Art

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

SPAETER = datetime(2027, 5, 3, 9, tzinfo=UTC)
NOCH_SPAETER = datetime(2027, 9, 6, 9, tzinfo=UTC)
TAG = timedelta(days=1)
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


def rufe_ab(akte, bescheid, um=SPAETER):
    """Fetched at `um`; the day on which it is known is the next one."""
    weg = bekanntgabe.rufe_ab(bescheid, durch=akte.bearbeitung, um=um)
    assert weg.bekannt_am == um.date() + TAG
    return weg.bekannt_am


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
    ab_mehr = rufe_ab(teilweise, aendere(teilweise, MEHR))
    weniger = aendere(teilweise, WENIGER, um=NOCH_SPAETER)
    ab_weniger = rufe_ab(teilweise, weniger, NOCH_SPAETER)
    for ab, vorher, danach in (
        (UM.date(), Decimal("0.00"), Decimal("20000.00")),
        (ab_mehr, Decimal("20000.00"), MEHR),
        (ab_weniger, MEHR, WENIGER),
    ):
        assert summe(ab - TAG) == vorher
        assert summe(ab) == danach
        assert Zuwendung.objects.bewilligt(ab).count() == 1
    assert {str(z.bewilligt_am) for z in Zuwendung.objects.all()} == {"01.12.2026"}


def test_a_published_grant_stays_published_when_it_changes(teilweise):
    Zuwendung.objects.update(veroeffentlicht=True)
    ab = rufe_ab(teilweise, aendere(teilweise, MEHR))
    assert summe(ab, Zuwendung.objects.oeffentlich()) == MEHR
    assert summe(UM.date(), Zuwendung.objects.oeffentlich()) == Decimal("20000.00")


def test_an_unpublished_one_is_not_published_by_a_change(teilweise):
    rufe_ab(teilweise, aendere(teilweise, MEHR))
    assert Zuwendung.objects.count() == 2
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


def test_a_revoked_grant_counts_until_the_day_before_the_notice_is_known(bewilligt):
    Zuwendung.objects.update(veroeffentlicht=True)
    ab = rufe_ab(bewilligt, widerrufe(bewilligt))
    oeffentlich = Zuwendung.objects.oeffentlich()
    assert summe(ab - TAG, oeffentlich) == GANZ
    assert summe(ab, oeffentlich) == 0


def test_after_a_change_the_revocation_releases_what_is_bound_then(teilweise):
    ab_weniger = rufe_ab(teilweise, aendere(teilweise, WENIGER))
    ab_nichts = rufe_ab(teilweise, widerrufe(teilweise, um=NOCH_SPAETER), NOCH_SPAETER)
    assert teilweise.gebunden == 0
    assert summe(ab_weniger) == WENIGER
    assert summe(ab_nichts) == 0


def test_after_the_revocation_nothing_is_changed_or_revoked_again(bewilligt):
    widerrufe(bewilligt)
    for art in (Art.AENDERUNG, Art.WIDERRUF):
        with pytest.raises(SchrittNichtMoeglich):
            bewilligt.schlage_vor(art, um=NOCH_SPAETER)


# --- What the public sees, and from when on ----------------------------------------------


@pytest.fixture
def lies(client, monkeypatch):
    """All that public pages say of grants on a day."""

    def lies(kommune, am):
        with monkeypatch.context() as uhr:
            uhr.setattr(timezone, "localdate", lambda *_: am)
            seiten = (
                "/projekte/",
                f"/zahlen/mittel-bewilligt/?stichtag={am.isoformat()}",
                kommune.get_absolute_url(),
                "/suche/?q=Nachtwanderer",
            )
            return [client.get(seite).content.decode() for seite in seiten]

    return lies


@pytest.fixture
def oeffentlich(reif):
    """20.000 of 27.000 euros, final and published."""
    Foerderantrag.objects.filter(pk=reif.antrag.pk).update(titel="Nachtwanderer im Park")
    reif.schlage_vor(Art.TEILBEWILLIGUNG, betrag_euro=Decimal("20000.00"))
    bescheid = reif.genehmige()
    rufe_ab(reif, bescheid, UM)
    bekanntgabe.verzichte(bescheid, durch=reif.zeichnung, um=UM + TAG)
    assert summe(SPAETER.date(), Zuwendung.objects.oeffentlich()) == Decimal("20000.00")
    return reif


def test_a_change_is_public_from_the_day_on_which_it_is_known(oeffentlich, lies):
    am = SPAETER.date()
    vorher = lies(oeffentlich.kommune, am)
    assert all("Nachtwanderer" in seite for seite in vorher)
    bescheid = aendere(oeffentlich, WENIGER)
    assert oeffentlich.gebunden == WENIGER, "the budget follows the decision"
    for spaeter in range(30):
        assert summe(am + spaeter * TAG) == Decimal("20000.00")
    ab = rufe_ab(oeffentlich, bescheid)
    assert lies(oeffentlich.kommune, am) == vorher
    projekte, zahlen, steckbrief, suche = lies(oeffentlich.kommune, ab)
    for seite in (projekte, zahlen, steckbrief):
        assert "15.000,00" in seite
        assert "20.000,00" not in seite
    assert suche.count("Nachtwanderer im Park") == 1


def test_a_revocation_is_public_from_the_day_on_which_it_is_known(oeffentlich, lies):
    am = SPAETER.date()
    vorher = lies(oeffentlich.kommune, am)
    bescheid = widerrufe(oeffentlich)
    assert (oeffentlich.status, oeffentlich.gebunden) == (Status.WIDERRUFEN, 0)
    assert lies(oeffentlich.kommune, am) == vorher
    ab = rufe_ab(oeffentlich, bescheid)
    assert lies(oeffentlich.kommune, am) == vorher
    assert not any("Nachtwanderer im Park" in seite for seite in lies(oeffentlich.kommune, ab))


def test_a_letter_changes_the_public_grant_on_the_day_on_which_it_is_known(oeffentlich):
    Foerderantrag.objects.update(elektronische_bekanntgabe=False)
    bescheid = aendere(oeffentlich, WENIGER)
    weg = bekanntgabe.gib_zur_post(
        bescheid, SPAETER.date(), durch=oeffentlich.sachbearbeitung, um=SPAETER
    )
    assert summe(weg.bekannt_am - TAG) == Decimal("20000.00")
    assert summe(weg.bekannt_am) == WENIGER


def test_a_change_known_only_after_the_revocation_never_counts(oeffentlich):
    geaendert, widerrufen = aendere(oeffentlich, WENIGER), widerrufe(oeffentlich)
    ab = rufe_ab(oeffentlich, widerrufen)
    rufe_ab(oeffentlich, geaendert, SPAETER + TAG)
    assert summe(ab - TAG) == Decimal("20000.00")
    for spaeter in range(5):
        assert summe(ab + spaeter * TAG) == 0


def test_a_change_that_a_court_has_quashed_never_counted(oeffentlich):
    bescheid = aendere(oeffentlich, WENIGER)
    ab = rufe_ab(oeffentlich, bescheid)
    durch, urteil = oeffentlich.sachbearbeitung, ab + 40 * TAG
    um = datetime(urteil.year, urteil.month, urteil.day, 9, tzinfo=UTC)
    rechtsbehelf.erfasse_klage(bescheid, ab + TAG, "VG Leipzig", durch=durch, um=um)
    assert summe(urteil) == WENIGER
    weg = rechtsbehelf.beende_klage(
        bescheid, rechtsbehelf.Ausgang.STATTGEGEBEN, urteil, durch=durch, um=um, gesehen=2
    )
    menge = Zuwendung.objects.oeffentlich()
    assert summe(ab, menge) == summe(urteil, menge) == Decimal("20000.00")
    rechtsbehelf.streiche(
        bescheid,
        rechtsbehelf.VERMERKE["ausgang"],
        grund="Verwechselt",
        durch=durch,
        um=um,
        gesehen=weg.version,
    )
    assert summe(ab, menge) == summe(urteil, menge) == WENIGER


def test_after_a_quashed_change_the_next_one_follows_on_the_award(oeffentlich):
    bescheid = aendere(oeffentlich, WENIGER)
    ab = rufe_ab(oeffentlich, bescheid)
    durch, um = oeffentlich.sachbearbeitung, NOCH_SPAETER - TAG
    rechtsbehelf.erfasse_klage(bescheid, ab, "VG Leipzig", durch=durch, um=um)
    rechtsbehelf.beende_klage(
        bescheid, rechtsbehelf.Ausgang.STATTGEGEBEN, um.date(), durch=durch, um=um, gesehen=2
    )
    neu = rufe_ab(oeffentlich, aendere(oeffentlich, MEHR, um=NOCH_SPAETER), NOCH_SPAETER)
    menge = Zuwendung.objects.oeffentlich()
    assert summe(neu - TAG, menge) == Decimal("20000.00")
    assert summe(neu, menge) == MEHR


# --- Published figures --------------------------------------------------------------------


def test_grants_known_from_sources_count_as_before():
    make_zuwendung(bewilligt_am="2020-07-15", betrag_euro=Decimal("21150.00"))
    assert summe(date(2020, 7, 14)) == 0
    assert summe(date(2020, 7, 15)) == Decimal("21150.00")
    assert summe(date(2199, 1, 1)) == Decimal("21150.00")
