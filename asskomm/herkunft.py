"""Whose connection a request came from, for limits against abuse."""

import ipaddress

from django.conf import settings

# An IPv6 connection usually owns a whole /64; counting single addresses would be no limit.
IPV6_NETZ = 64


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
