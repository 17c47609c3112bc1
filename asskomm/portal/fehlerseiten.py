"""Error pages: what happened and where to go on. Those for a broken portal never ask the database."""

import sys

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone

from asskomm.konten import eingaben

from .suche.naehe import nahe_adressen


def csrf_fehler(request, reason=""):
    """403 of Django's CSRF check, in words that help: the form was open for too long.

    A form of a private page comes back with its text instead.
    """
    if gerettet := eingaben.rette(request):
        return gerettet
    return render(request, "403.html", {"abgelaufen": True}, status=403)


def kein_zugriff(request, exception):
    """403 for a page that needs a right."""
    return render(request, "403.html", status=403)


def nicht_gefunden(request, exception):
    """404 with names that resemble the last part of the address; without them if need be."""
    try:
        aehnliche = nahe_adressen(request.path, timezone.localdate())
    except DatabaseError:
        aehnliche = []
    return render(request, "404.html", {"aehnliche": aehnliche}, status=404)


def zu_viele_versuche(request):
    """429 of the sign-in pages, for one connection or one account."""
    antwort = render(request, "konten/zu_viele_versuche.html", status=429)
    antwort["Retry-After"] = "60"
    return antwort


def nicht_lesbar(request, exception):
    """400 for a request nobody can read, 413 for one with too much text. Static, like `stoerung`.

    Django also says so where the database was lost while the session was saved.
    """
    if _ohne_datenbank(exception):
        return stoerung(request)
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return HttpResponse(get_template(f"{status}.html").render(), status=status)


def stoerung(request):
    """500, or 503 when the database does not answer. Static: it must not fail itself."""
    status = 503 if _ohne_datenbank(sys.exc_info()[1]) else 500
    antwort = HttpResponse(get_template(f"{status}.html").render(), status=status)
    if status == 503:
        antwort["Retry-After"] = "60"
    return antwort


def _ohne_datenbank(fehler):
    """Whether the database did not answer; Django hides that behind errors of the session."""
    while isinstance(fehler, (SessionInterrupted, UpdateError)):
        fehler = fehler.__context__
    return isinstance(fehler, (OperationalError, InterfaceError))
