"""Known devices: a mail tells the person of a sign-in with a browser we have not seen before."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from asskomm.post.verfahren import stelle_ein

from . import vorlagen
from .models import BekanntesGeraet, Konto

NAME = "__Host-geraet" if settings.HTTPS else "geraet"
SALZ = "konten.geraet"
GILT = timedelta(days=400)  # browsers keep a cookie no longer


def merke_ob_erste_anmeldung(request: HttpRequest, konto: Konto) -> None:
    """Called before the sign-in is stored: the very first device is no news."""
    request.erste_anmeldung = konto.last_login is None


@transaction.atomic
def erkenne(request: HttpRequest, antwort: HttpResponse, konto: Konto) -> None:
    """Remember the browser with a cookie, and write a mail if the account has not seen it.

    The same browser has another hash with every account, so the rows tell nothing about
    people who share one.
    """
    wert = _wert(request) or secrets.token_urlsafe(32)
    geraet, neu = BekanntesGeraet.objects.update_or_create(
        konto=konto,
        pruefwert=_pruefwert(wert, konto),
        defaults={"zuletzt_am": timezone.localdate()},
    )
    if neu and not request.erste_anmeldung:
        zeit = timezone.localtime()
        stelle_ein(
            vorlagen.NEUES_GERAET,
            an=konto,
            gegenstand=konto,
            angaben={"tag": f"{zeit:%d.%m.%Y}", "uhrzeit": f"{zeit:%H:%M}"},
        )
    antwort.set_signed_cookie(
        NAME,
        wert,
        salt=SALZ,
        max_age=GILT,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def behalte(request: HttpRequest, konto: Konto) -> None:
    """Know the browser at hand again after all others were forgotten."""
    if wert := _wert(request):
        BekanntesGeraet.objects.update_or_create(
            konto=konto,
            pruefwert=_pruefwert(wert, konto),
            defaults={"zuletzt_am": timezone.localdate()},
        )


def unbenutzte(heute: date) -> QuerySet[BekanntesGeraet]:
    """Devices whose cookie has run out."""
    return BekanntesGeraet.objects.filter(zuletzt_am__lt=heute - GILT)


def _wert(request):
    return request.get_signed_cookie(NAME, default="", salt=SALZ, max_age=GILT)


def _pruefwert(wert, konto):
    return hashlib.sha256(f"{wert}|{konto.pk}".encode()).hexdigest()
