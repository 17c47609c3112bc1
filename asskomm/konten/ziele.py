"""Where people go after signing in: to own pages only."""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .models import Konto


def ist_eigene_seite(adresse: str) -> bool:
    """True for a path of this portal; never for anything that names a host or scheme.

    The path is looked at as written and with its %XX resolved, because a browser or proxy
    may do that before it follows.
    """
    return all(
        form.startswith("/")
        and "\\" not in form
        and form.isprintable()
        and url_has_allowed_host_and_scheme(form, allowed_hosts=None)
        for form in (adresse, unquote(adresse))
    )


def nach_der_anmeldung(konto: Konto) -> str:
    """Staff start with their tasks, everybody else with their own area."""
    return reverse("admin:index") if konto.is_staff else resolve_url(settings.LOGIN_REDIRECT_URL)
