"""The base rates: what is delivered, what the table refuses, and who keeps them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from foerderung.models import Basiszins
from tests.verwaltung.formulare import sende
from tests.verwaltung.personal import angemeldet, make_personal


@pytest.fixture
def geliefert(db):
    call_command("importiere_regelwerk", verbosity=0)


def test_delivered_half_years_have_no_gap_and_a_source(geliefert):
    saetze = {zins.ab: zins for zins in Basiszins.objects.order_by("ab")}
    tage = list(saetze)
    assert (tage[0], tage[-1]) == (date(2018, 1, 1), date(2026, 1, 1))
    assert len(tage) == 17
    assert saetze[date(2022, 7, 1)].prozent == Decimal("-0.88")
    assert saetze[date(2023, 7, 1)].prozent == Decimal("3.12")
    assert all(zins.quelle for zins in saetze.values())
    assert not saetze[date(2024, 7, 1)].bestaetigt


def test_what_staff_changed_stays_with_the_next_delivery(geliefert):
    client = angemeldet(make_personal("Sachbearbeitung"))
    zins = Basiszins.objects.get(ab=date(2025, 1, 1))
    assert sende(client, Basiszins, zins.pk, prozent="2,28", bestaetigt="on").status_code == 302
    call_command("importiere_regelwerk", verbosity=0)
    zins.refresh_from_db()
    assert (zins.prozent, zins.bestaetigt) == (Decimal("2.28"), True)


@pytest.mark.parametrize(
    ("ab", "prozent", "satz"),
    [
        (date(2026, 7, 2), "1.00", "1. Januar oder 1. Juli"),
        (date(2026, 4, 1), "1.00", "1. Januar oder 1. Juli"),
        (date(2026, 7, 1), "127.00", "20"),
    ],
)
def test_what_is_no_base_rate_is_refused(db, ab, prozent, satz):
    zins = Basiszins(ab=ab, prozent=Decimal(prozent), quelle="Test")
    with pytest.raises(ValidationError, match=satz):
        zins.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        zins.save()


def test_a_half_year_has_one_rate(geliefert):
    with pytest.raises(ValidationError, match="schon ein Basiszinssatz"):
        Basiszins(ab=date(2025, 1, 1), prozent=1, quelle="Test").full_clean()


def test_the_list_says_what_no_source_confirmed(geliefert):
    client = angemeldet(make_personal("Leitung"))
    seite = client.get(reverse("admin:foerderung_basiszins_changelist")).content.decode()
    assert "nicht bestätigt" in seite
    assert "-0,88" in seite or "−0,88" in seite
