"""How often one connection may send a form, and whose connection it is."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection

from asskomm.begrenzung import HOECHSTENS, ZuVieleAnfragen, zaehle, zaehle_am_tag
from asskomm.herkunft import absender

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 22)


@pytest.fixture
def anfrage(rf):
    def baue(adresse="203.0.113.7", weitergeleitet=None):
        kopf = {"REMOTE_ADDR": adresse}
        if weitergeleitet is not None:
            kopf["HTTP_X_FORWARDED_FOR"] = weitergeleitet
        return rf.post("/", **kopf)

    return baue


def test_five_are_allowed_and_the_sixth_is_not(anfrage):
    for _ in range(HOECHSTENS):
        zaehle(anfrage(), "kommentar", heute=HEUTE)
    with pytest.raises(ZuVieleAnfragen):
        zaehle(anfrage(), "kommentar", heute=HEUTE)


def test_an_account_is_counted_for_the_day_from_wherever_it_comes():
    konto, anderes = SimpleNamespace(pk=1), SimpleNamespace(pk=2)
    for _ in range(2):
        zaehle_am_tag(konto, "kommentar", heute=HEUTE, hoechstens=2)
    with pytest.raises(ZuVieleAnfragen):
        zaehle_am_tag(konto, "kommentar", heute=HEUTE, hoechstens=2)
    zaehle_am_tag(anderes, "kommentar", heute=HEUTE, hoechstens=2)
    zaehle_am_tag(konto, "kommentar", heute=HEUTE + timedelta(days=1), hoechstens=2)


def test_other_connections_and_other_forms_are_counted_apart(anfrage):
    for _ in range(HOECHSTENS):
        zaehle(anfrage(), "kommentar", heute=HEUTE)
    zaehle(anfrage("203.0.113.8"), "kommentar", heute=HEUTE)
    zaehle(anfrage(), "rueckmeldung", heute=HEUTE)


def test_a_place_is_free_again_when_it_has_run_out(anfrage):
    for _ in range(HOECHSTENS):
        zaehle(anfrage(), "kommentar", heute=HEUTE)
    with connection.cursor() as zeiger:
        zeiger.execute(
            "UPDATE portal_zwischenspeicher SET expires = now() - interval '1 second'"
            " WHERE cache_key LIKE '%%:kommentar:%%:0'"
        )
    zaehle(anfrage(), "kommentar", heute=HEUTE)
    with pytest.raises(ZuVieleAnfragen):
        zaehle(anfrage(), "kommentar", heute=HEUTE)


def test_no_place_lasts_longer_than_an_hour(anfrage):
    zaehle(anfrage(), "kommentar", heute=HEUTE)
    with connection.cursor() as zeiger:
        zeiger.execute(
            "SELECT max(expires) <= now() + interval '1 hour' FROM portal_zwischenspeicher"
            " WHERE cache_key LIKE '%%:kommentar:%%'"
        )
        assert zeiger.fetchone() == (True,)


def test_what_has_run_out_is_deleted_with_the_next_use_by_anybody(anfrage):
    zaehle(anfrage(), "kommentar", heute=HEUTE)
    with connection.cursor() as zeiger:
        zeiger.execute("UPDATE portal_zwischenspeicher SET expires = now() - interval '1 second'")
        zaehle(anfrage("203.0.113.8"), "rueckmeldung", heute=HEUTE)
        zeiger.execute(
            "SELECT count(*) FROM portal_zwischenspeicher WHERE cache_key LIKE '%%:kommentar:%%'"
        )
        assert zeiger.fetchone() == (0,)


def test_no_address_is_stored(anfrage):
    zaehle(anfrage("203.0.113.7"), "kommentar", heute=HEUTE)
    with connection.cursor() as zeiger:
        zeiger.execute("SELECT cache_key, value FROM portal_zwischenspeicher")
        assert "203.0.113" not in str(zeiger.fetchall())


def test_the_salt_is_another_one_every_day(anfrage):
    zaehle(anfrage(), "kommentar", heute=HEUTE)
    zaehle(anfrage(), "kommentar", heute=date(2026, 11, 23))
    salze = [cache.get(f"begrenzung:salz:2026-11-{tag}") for tag in (22, 23)]
    assert None not in salze
    assert len(set(salze)) == 2


def test_a_forwarded_address_counts_only_behind_a_trusted_proxy(anfrage, settings):
    gefaelscht = anfrage("203.0.113.7", "198.51.100.1")
    settings.TRUSTED_PROXIES = 0
    assert absender(gefaelscht) == "203.0.113.7"
    settings.TRUSTED_PROXIES = 1
    assert absender(gefaelscht) == "198.51.100.1"


@pytest.mark.parametrize(
    ("proxys", "kopf", "erwartet"),
    [
        (1, "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        (2, "10.9.9.9, 198.51.100.1, 192.0.2.4", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.7"),
        (1, "", "203.0.113.7"),
        (1, "unsinn", "203.0.113.7"),
        (1, "198.51.100.1:5123", "198.51.100.1"),
        (1, "[2001:db8:1:2:3::4]:5123", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_entries_left_of_the_trusted_ones_are_forgeries(anfrage, settings, proxys, kopf, erwartet):
    settings.TRUSTED_PROXIES = proxys
    assert absender(anfrage(weitergeleitet=kopf)) == erwartet


def test_an_ipv6_connection_is_its_network(anfrage):
    assert absender(anfrage("2001:db8:1:2:aaaa::1")) == absender(anfrage("2001:db8:1:2:bbbb::2"))
    assert absender(anfrage("2001:db8:1:2::1")) != absender(anfrage("2001:db8:1:3::1"))


def test_a_socket_without_address_is_counted_too(anfrage):
    for _ in range(HOECHSTENS):
        zaehle(anfrage(""), "kommentar", heute=HEUTE)
    with pytest.raises(ZuVieleAnfragen):
        zaehle(anfrage(""), "kommentar", heute=HEUTE)
