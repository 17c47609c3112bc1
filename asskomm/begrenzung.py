"""How often one internet connection may send a public form, or one account a form of its own.

No address is stored: only an HMAC of it under a random salt that is replaced every day and
then forgotten. Counting goes through the cache in the database, so it holds across workers.
"""

import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from asskomm.herkunft import absender

HOECHSTENS = 5
ZEITRAUM = timedelta(hours=1)


class ZuVieleAnfragen(Exception):
    """Connection or account has used up its number; `ZEITRAUM` after the first it gets another."""


def zaehle(request, zweck: str, *, heute, hoechstens: int = HOECHSTENS) -> None:
    """Count one use of the form `zweck`. Raises ZuVieleAnfragen when all are used up.

    Every use takes a place for one hour.
    """
    _zaehle(_schluessel(absender(request), zweck, heute), hoechstens, ZEITRAUM)


def zaehle_am_tag(konto, zweck: str, *, heute, hoechstens: int) -> None:
    """Count one use by the account, from whatever connection, until the end of the day `heute`.

    Raises ZuVieleAnfragen as `zaehle`. The salt is another one tomorrow, and with it the place.
    """
    _zaehle(_schluessel(f"konto {konto.pk}", zweck, heute), hoechstens, timedelta(days=1))


def _zaehle(schluessel, hoechstens, dauer):
    """Take a place or raise ZuVieleAnfragen. `add` takes a free place in one step, so two
    requests at once never share the last one. What has run out, of anybody, is deleted.
    """
    _raeume_auf()
    sekunden = int(dauer.total_seconds())
    if not any(cache.add(f"{schluessel}:{platz}", 1, sekunden) for platz in range(hoechstens)):
        raise ZuVieleAnfragen


def verlange_rest(request, zweck: str, *, heute, hoechstens: int = HOECHSTENS) -> None:
    """Raises ZuVieleAnfragen when all are used up, without counting this one."""
    schluessel = _schluessel(absender(request), zweck, heute)
    plaetze = [f"{schluessel}:{platz}" for platz in range(hoechstens)]
    if len(cache.get_many(plaetze)) == hoechstens:
        raise ZuVieleAnfragen


def _raeume_auf():
    """Delete what no longer counts: the cache itself would keep it until it is full."""
    tabelle = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as zeiger:
        # Rows that somebody else is deleting right now are left to them.
        zeiger.execute(
            f"DELETE FROM {tabelle} WHERE cache_key IN (SELECT cache_key FROM {tabelle}"
            " WHERE expires < now() FOR UPDATE SKIP LOCKED)"
        )


def _schluessel(adresse, zweck, heute):
    salz = cache.get_or_set(
        f"begrenzung:salz:{heute.isoformat()}",
        lambda: secrets.token_hex(16),
        int(timedelta(hours=25).total_seconds()),
    )
    pruefwert = hmac.new(salz.encode(), f"{zweck}|{adresse}".encode(), "sha256").hexdigest()
    return f"begrenzung:{zweck}:{pruefwert}"
