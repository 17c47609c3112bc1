"""The invented grant cases: enough of them, in every state, and gone without a trace."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from asskomm.portal.beispiele import antraege as faelle
from asskomm.portal.beispiele.gemeinsam import ORDNER, zeilen
from asskomm.portal.beispiele.konten import KONTEN
from asskomm.portal.zahlen.kennzahlen import KENNZAHLEN
from asskomm.post.models import Nachricht
from foerderung.haushalt import abweichende
from foerderung.models import (
    BEENDET,
    MIT_BEWILLIGUNG,
    MIT_NACHWEIS,
    Bekanntgabe,
    Bescheid,
    Fassung,
    Foerderantrag,
    Foerderrunde,
    Haushaltsansatz,
    Status,
    Zuwendung,
)
from kommunen.abgleich import Bericht
from kommunen.models import Mitgliedschaft

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("gespielt", "demo"),
]


@pytest.fixture(scope="module")
def gespielt(programm, django_db_blocker):
    """All data as `make start` loads them; every test starts from here."""
    with (
        django_db_blocker.unblock(),
        override_settings(BEISPIELDATEN=True),
        transaction.atomic(),
    ):
        call_command("importiere_regelwerk", verbosity=0)
        call_command("lade_beispieldaten", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_there_are_cases_of_three_years_in_every_state():
    antraege = Foerderantrag.objects.beispiele()
    assert antraege.count() >= 40
    assert set(antraege.values_list("status", flat=True)) == set(Status.values) - set(MIT_NACHWEIS)
    assert set(antraege.values_list("runde__jahr_von", flat=True)) >= {2025, 2026, 2027}


def test_each_reached_the_state_of_its_row_and_nothing_waits_to_be_mailed():
    for zeile in zeilen(ORDNER, "antraege.csv"):
        antrag = Foerderantrag.objects.get(marke=faelle.marke(zeile))
        assert antrag.status == zeile["ziel"], zeile["schluessel"]
        assert antrag.ist_beispiel
    assert not Nachricht.objects.filter(gegenstand_art__startswith="foerderung.").exists()


def test_demo_logins_have_the_roles_with_which_the_cases_were_played():
    for beispiel in KONTEN:
        rollen = Mitgliedschaft.objects.aktiv().filter(konto__email=beispiel.email)
        if beispiel.uebrige:
            assert rollen.count() > 10
            assert set(rollen.values_list("rolle", flat=True)) == {beispiel.uebrige}
    for fassung in Fassung.objects.select_related("gezeichnet_von"):
        assert fassung.gezeichnet_von.email in {beispiel.email for beispiel in KONTEN}


def test_grants_of_cases_feed_the_figures_by_the_same_query():
    am = timezone.localdate()
    aus_faellen = Zuwendung.objects.filter(bescheid__isnull=False)
    assert set(aus_faellen.values_list("herkunft", flat=True)) == {"beispiel"}
    bestandskraeftig = aus_faellen.filter(
        bescheid__antrag__status__in=(Status.BESTANDSKRAEFTIG, Status.IN_DURCHFUEHRUNG)
    )
    assert bestandskraeftig.count() >= 10
    gezaehlt = set(Zuwendung.objects.oeffentlich().bewilligt(am).values_list("pk", flat=True))
    assert {zuwendung.pk for zuwendung in bestandskraeftig} <= gezaehlt
    kennzahl = KENNZAHLEN["mittel-bewilligt"]
    ohne = Zuwendung.objects.oeffentlich().bewilligt(am).filter(bescheid__isnull=True)
    assert kennzahl.wert(am) > ohne.summe_euro()


def test_what_is_not_decided_or_not_final_is_not_public():
    stumm = Foerderantrag.objects.exclude(status__in=MIT_BEWILLIGUNG + BEENDET)
    assert not Zuwendung.objects.filter(bescheid__antrag__in=stumm).exists()
    noch_nicht = Zuwendung.objects.filter(bescheid__antrag__status=Status.BEWILLIGT)
    assert noch_nicht.exists()
    assert not noch_nicht.filter(veroeffentlicht=True).exists()


def test_some_wait_for_a_proposal_and_some_for_the_second_person():
    reif = Foerderantrag.objects.filter(status=Status.ENTSCHEIDUNGSREIF)
    vorgeschlagen = set(reif.values_list("entscheidungen__ergebnis", flat=True))
    assert vorgeschlagen == {None, "offen"}


def test_one_answered_a_nachforderung_so_that_there_is_something_to_compare():
    fassungen = Fassung.objects.filter(antrag__status=Status.EINGEREICHT, nummer=2)
    assert fassungen.get().art == Fassung.Art.NACHREICHUNG


def test_notices_of_past_rounds_went_out_and_those_of_the_latest_wait():
    warten = Bescheid.objects.zu_versenden().filter(antrag__herkunft="beispiel")
    assert set(warten.values_list("antrag__runde__jahr_von", flat=True)) == {2027}
    abgelehnt = Bekanntgabe.objects.filter(bescheid__art="ablehnung")
    assert abgelehnt.filter(bestandskraft_am__isnull=False).count() >= 4


def test_the_budgets_hold_what_the_grants_bind():
    assert Haushaltsansatz.objects.filter(gebunden_euro__gt=0, ist_beispiel=True).count() == 3
    assert not abweichende().exists()


def test_loading_again_changes_nothing():
    vorher = set(Foerderantrag.objects.values_list("pk", "version"))
    call_command("lade_beispieldaten", verbosity=0)
    assert set(Foerderantrag.objects.values_list("pk", "version")) == vorher


@pytest.mark.parametrize("tag", [(2026, 11, 22), (2027, 8, 30), (2027, 10, 16), (2028, 2, 29)])
def test_one_round_is_open_on_every_day(tag):
    um = datetime(*tag, 10, tzinfo=UTC)
    faelle.lade(Bericht(), ORDNER, um)
    offen = Foerderrunde.objects.offen(um).get()
    assert offen.ist_beispiel
    assert "Beispieldaten" in offen.hinweis


def test_while_a_real_round_is_open_none_is_invented():
    Foerderantrag.objects.filter(runde__ist_beispiel=True).update(
        runde=Foerderrunde.objects.get(jahr_von=2028)
    )
    Foerderrunde.objects.filter(ist_beispiel=True).delete()
    um = datetime(2027, 9, 10, 10, tzinfo=UTC)
    faelle.lade(Bericht(), ORDNER, um)
    assert not Foerderrunde.objects.filter(ist_beispiel=True).exists()


def test_removing_leaves_no_case_round_or_budget_of_them():
    call_command("entferne_beispieldaten", verbosity=0)
    assert not Foerderantrag.objects.exists()
    assert not Zuwendung.objects.filter(bescheid__isnull=False).exists()
    assert not Foerderrunde.objects.filter(ist_beispiel=True).exists()
    assert not Haushaltsansatz.objects.exists()
    assert Foerderrunde.objects.exists()
