"""What is no longer needed goes by itself."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from asskomm.datenschutz.tagesaufgaben import vergiss_unbenutzte_geraete
from asskomm.konten.tagesaufgaben import leere_zwischenspeicher

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 22)


def test_devices_are_forgotten_when_their_cookie_has_run_out(kim):
    for name, tage in (("alt", 401), ("noch", 400)):
        kim.geraete.create(pruefwert=name, zuletzt_am=HEUTE - timedelta(days=tage))
    vergiss_unbenutzte_geraete(HEUTE)
    assert [geraet.pruefwert for geraet in kim.geraete.all()] == ["noch"]


def test_what_still_runs_is_never_pushed_out(kim):
    """Else somebody could end the limits of the sign-in by filling the table."""
    with connection.cursor() as zeiger:
        zeiger.execute(
            "INSERT INTO portal_zwischenspeicher (cache_key, value, expires) "
            "SELECT ':1:zzz' || n, '', now() + interval '1 day' FROM generate_series(1, 100001) n"
        )
    cache.set("aaa", 1, 3600)
    cache.set("bbb", 1, 3600)
    assert cache.get("aaa") == 1


def test_kept_text_is_deleted_when_its_hour_is_over():
    cache.set("alt", "Text", 3600)
    with connection.cursor() as zeiger:
        zeiger.execute("UPDATE portal_zwischenspeicher SET expires = now() - interval '1 second'")
    cache.set("neu", "Text", 3600)
    leere_zwischenspeicher(HEUTE)
    with connection.cursor() as zeiger:
        zeiger.execute("SELECT cache_key FROM portal_zwischenspeicher")
        assert [schluessel for (schluessel,) in zeiger.fetchall()] == [":1:neu"]
