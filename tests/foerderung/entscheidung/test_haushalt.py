"""The budgets: overview, and the check that what is bound is what was granted."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.portal.aufgaben import aufgaben
from foerderung import haushalt
from foerderung.models import Haushaltsansatz, Mittelbindung, Status
from tests.factories import make_ansatz, make_antrag, make_konto, make_runde
from tests.foerderung.fallakte.hilfen import angemeldet, text

pytestmark = pytest.mark.django_db


def test_what_is_bound_is_what_was_granted(bewilligt):
    assert not haushalt.abweichende().exists()
    Haushaltsansatz.objects.update(gebunden_euro=Decimal("26999.99"))
    (abweichend,) = haushalt.abweichungen()
    assert abweichend.soll_euro == Decimal("27000.00")


def test_money_bound_for_nothing_is_found_too(ansatz):
    Haushaltsansatz.objects.update(gebunden_euro=Decimal("0.01"))
    assert haushalt.abweichungen().get().soll_euro == 0


def test_what_does_not_add_up_is_a_task_of_the_sachbearbeitung(bewilligt):
    gerade = make_ansatz(haushaltsjahr=2028)
    titel = "Gebundene Haushaltsmittel weichen von den Bewilligungen ab"

    def aufgabe():
        alle = aufgaben(bewilligt.sachbearbeitung, datetime(2026, 12, 1, 8, tzinfo=UTC))
        return next((a for a in alle if a.titel == titel), None)

    assert aufgabe() is None
    Haushaltsansatz.objects.filter(pk=bewilligt.ansatz.pk).update(gebunden_euro=0)
    assert aufgabe().anzahl == 1
    seite = angemeldet(bewilligt.sachbearbeitung).get(aufgabe().adresse)
    gelistet = list(seite.context["cl"].result_list)
    assert gelistet == [bewilligt.ansatz]
    assert gerade not in gelistet


def test_an_open_proposal_binds_nothing(reif):
    reif.schlage_vor()
    assert not haushalt.abweichende().exists()
    assert not Mittelbindung.objects.wirksam().exists()
    assert Mittelbindung.objects.vorgeschlagen().count() == 1


def test_the_overview_adds_up_by_year_and_line(reif):
    make_ansatz(haushaltsstelle="03 02/685 02", betrag_euro=Decimal("1000.00"))
    reif.schlage_vor()
    make_antrag(status=Status.NACHFORDERUNG, zuwendung_beantragt_euro=Decimal("5000.00"))
    make_antrag(status=Status.ZURUECKGEZOGEN)
    make_antrag()
    make_antrag(status=Status.EINGEREICHT, runde=make_runde(jahr_von=2029))
    spaeter, jahr = haushalt.uebersicht()
    assert (jahr.jahr, spaeter.jahr) == (2027, 2029)
    assert (jahr.ansatz, jahr.gebunden, jahr.frei) == (Decimal("501000.00"), 0, Decimal("501000"))
    assert jahr.vorgeschlagen == Decimal("27000.00")
    assert (jahr.beantragt, jahr.antraege) == (Decimal("32000.00"), 2)
    assert (spaeter.zeilen, spaeter.antraege) == ((), 1)


def test_a_budget_is_not_lowered_below_what_is_bound(bewilligt):
    alle = Haushaltsansatz.objects.all()
    with pytest.raises(IntegrityError, match="nicht_ueberschritten"), transaction.atomic():
        alle.update(betrag_euro=Decimal("26999.99"))
    alle.update(betrag_euro=Decimal("27000.00"))


def test_the_page_shows_every_year_and_warns_where_something_is_wrong(bewilligt):
    seite = text(angemeldet(bewilligt.leitung).get("/vorgaenge/haushalt/"))
    assert "473.000,00" in seite
    assert "stimmen nicht überein" not in seite
    Haushaltsansatz.objects.update(gebunden_euro=Decimal("1.00"))
    seite = text(angemeldet(bewilligt.leitung).get("/vorgaenge/haushalt/"))
    assert "stimmen nicht überein" in seite
    assert "nach den Bewilligungen 27.000,00" in seite


def test_the_page_without_budgets_says_so(db):
    assert "noch keine Haushaltsansätze" in text(
        angemeldet(make_konto(["Prüfung"])).get("/vorgaenge/haushalt/")
    )


def test_the_page_needs_the_same_queries_for_one_budget_and_for_many(
    reif, django_assert_num_queries
):
    client = angemeldet(reif.leitung)
    client.get("/vorgaenge/haushalt/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as wenige:
        client.get("/vorgaenge/haushalt/")
    for jahr in range(2028, 2036):
        make_ansatz(haushaltsjahr=jahr)
    with django_assert_num_queries(len(wenige)):
        client.get("/vorgaenge/haushalt/")
