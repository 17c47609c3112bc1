"""How often one internet connection may send a public form.

No address is stored: only an HMAC of it under a random salt that is replaced every day and
then forgotten. Counting goes through the cache in the database, so it holds across workers.
"""

import hmac
import ipaddress
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection

HOECHSTENS = 5
ZEITRAUM = timedelta(hours=1)
# An IPv6 connection usually owns a whole /64; counting single addresses would be no limit.
IPV6_NETZ = 64


class ZuVieleAnfragen(Exception):
    """The connection has used up its number; `ZEITRAUM` after the first it gets another."""


def zaehle(request, zweck: str, *, heute) -> None:
    """Count one use of the form `zweck`. Raises ZuVieleAnfragen when all are used up.

    Every use takes a place for one hour. `add` takes a free place in one step, so two
    requests at once never share the last one. What has run out, of anybody, is deleted.
    """
    _raeume_auf()
    schluessel = _schluessel(absender(request), zweck, heute)
    sekunden = int(ZEITRAUM.total_seconds())
    if not any(cache.add(f"{schluessel}:{platz}", 1, sekunden) for platz in range(HOECHSTENS)):
        raise ZuVieleAnfragen


def _raeume_auf():
    """Delete what no longer counts: the cache itself would keep it until it is full."""
    tabelle = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as zeiger:
        zeiger.execute(f"DELETE FROM {tabelle} WHERE expires < now()")


def absender(request) -> str:
    """The address that reached us, or that the outermost trusted proxy saw.

    TRUSTED_PROXIES says how many proxies stand before the portal; each appends one entry to
    X-Forwarded-For. Entries further left were typed by the client and are not believed.
    """
    unmittelbar = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        kette = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(kette) >= settings.TRUSTED_PROXIES:
            return _netz(kette[-settings.TRUSTED_PROXIES]) or _netz(unmittelbar)
    return _netz(unmittelbar)


def _netz(adresse):
    """The address in one spelling, IPv6 as its /64; empty when it is none."""
    adresse = adresse.strip()
    if adresse.startswith("["):
        adresse = adresse[1:].partition("]")[0]
    elif adresse.count(":") == 1:
        adresse = adresse.partition(":")[0]
    try:
        ip = ipaddress.ip_address(adresse.partition("%")[0])
    except ValueError:
        return ""
    if ip.version == 4:
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, IPV6_NETZ), strict=False))


def _schluessel(adresse, zweck, heute):
    salz = cache.get_or_set(
        f"begrenzung:salz:{heute.isoformat()}",
        lambda: secrets.token_hex(16),
        int(timedelta(hours=25).total_seconds()),
    )
    pruefwert = hmac.new(salz.encode(), f"{zweck}|{adresse}".encode(), "sha256").hexdigest()
    return f"begrenzung:{zweck}:{pruefwert}"
