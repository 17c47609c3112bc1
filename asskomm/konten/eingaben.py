"""Typed text survives the end of a session (F4).

A form view of a private page is decorated with `@bewahrt_eingaben` instead of
`@login_required` and reads its data with `daten(request)`:

    @bewahrt_eingaben
    def bearbeiten(request):
        form = EntwurfForm(daten(request))
        if request.method == "POST" and form.is_valid():
            ...

The form names its account in a signed hidden field, which `{% crispy form %}` writes by itself
and a form written by hand with `{% include "kern/eingabemarke.html" %}`. When such a form arrives
without a session, the text waits on the server for an hour. It is given back on the same page
after the sign-in to the same account. Passwords and files are never kept.

Whoever has such a field can store text without a session. So it runs out, and there is one text
for each account, the newest.
"""

from __future__ import annotations

import re
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from .anmeldung import darf_sich_anmelden
from .models import Konto

MARKE = "eingabemarke"
WIEDER = "eingaben"
SALZ = "konten.eingaben"
AUFBEWAHRT_S = 60 * 60
# People leave a form open over the day; the session ends long before.
MARKE_GILT_S = 12 * 60 * 60
HOECHSTENS_ZEICHEN = 100_000
NIE = re.compile(r"passw|csrfmiddlewaretoken|credential|^code$", re.IGNORECASE)
ZURUECK = (
    "Ihre Sitzung war abgelaufen. Was Sie eingegeben haben, steht wieder im Formular. "
    "Gespeichert ist es noch nicht."
)
ZU_LANG = (
    "Ihre Sitzung war abgelaufen. Ihre Eingaben waren zu lang, um sie aufzubewahren. "
    "Gehen Sie im Browser zurück und kopieren Sie Ihren Text, bevor Sie sich anmelden."
)


def bewahrt_eingaben(view):
    """Like `login_required`, for views with a form; see the module."""

    @wraps(view)
    def geprueft(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return _zur_anmeldung(request)
        request.eingabemarke = signing.dumps(request.user.pk, salt=SALZ)
        request.wiedergebrachte_eingaben = None
        if WIEDER in request.GET:
            _bringe_zurueck(request)
        return view(request, *args, **kwargs)

    geprueft.bewahrt_eingaben = True
    return geprueft


def daten(request: HttpRequest) -> QueryDict | None:
    """What to bind the form to: what was sent, what was kept, or nothing."""
    return request.POST if request.method == "POST" else request.wiedergebrachte_eingaben


def rette(request: HttpRequest) -> HttpResponse | None:
    """Keep the text of a form that failed the CSRF check, and lead back to it.

    That happens when somebody signs in again in one window and sends the form from another.
    Nothing is done but shown again, and only to the account the form was made for. None for
    a form without a valid mark, and for an address that gives nothing back.
    """
    if not getattr(request.resolver_match.func, "bewahrt_eingaben", False):
        return None
    konto = _konto_der_marke(request)
    if konto is None:
        return None
    ziel = _bewahre(request, konto)
    return redirect(ziel) if request.user.is_authenticated else redirect_to_login(ziel)


def _zur_anmeldung(request):
    konto = _konto_der_marke(request) if request.method == "POST" else None
    return redirect_to_login(_bewahre(request, konto) if konto else request.get_full_path())


def _bewahre(request, konto):
    """Store the typed text; returns the address at which it comes back."""
    ziel = request.get_full_path()
    text = _ohne_geheimnisse(request.POST).urlencode()
    if len(text) > HOECHSTENS_ZEICHEN:
        messages.error(request, ZU_LANG)
        return ziel
    cache.set(_schluessel(konto), (request.path, text), AUFBEWAHRT_S)
    if WIEDER in request.GET:
        return ziel
    return f"{ziel}{'&' if request.GET else '?'}{WIEDER}=1"


def _bringe_zurueck(request):
    schluessel = _schluessel(request.user.pk)
    pfad, text = cache.get(schluessel, ("", ""))
    if pfad != request.path:
        return
    if request.method == "POST":
        cache.delete(schluessel)
    else:
        request.wiedergebrachte_eingaben = QueryDict(text)
        messages.info(request, ZURUECK)


def _konto_der_marke(request):
    """Number of the account whose form this is; None without a valid mark of one in use."""
    gilt = settings.SESSION_COOKIE_AGE + MARKE_GILT_S
    try:
        nummer = signing.loads(request.POST.get(MARKE, ""), salt=SALZ, max_age=gilt)
    except signing.BadSignature:
        return None
    konto = Konto.objects.filter(pk=nummer).first()
    return nummer if konto and darf_sich_anmelden(konto) else None


def _ohne_geheimnisse(post):
    behalten = QueryDict(mutable=True)
    for name, werte in post.lists():
        if name != MARKE and not NIE.search(name):
            behalten.setlist(name, werte)
    return behalten


def _schluessel(konto):
    return f"{SALZ}:{konto}"
