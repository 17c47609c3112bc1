"""The public pages about the rules: may we apply, and what is laid down."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.oeffentlich import oeffentlich
from asskomm.quellen import lies_quellen

from . import eignung
from .auskunft import fenster, massgebend, quellen, wertangabe
from .forms import EignungForm


def _pfad(titel):
    return [("Förderung", reverse("portal:seite", args=["foerderung"])), (titel, "")]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def eignung_pruefen(request):
    """Six questions, and the answer to them on the same page (F2).

    The answers come by POST and not in the address, because addresses end up in logs, histories
    and proxies. There is no CSRF token: it would need a cookie, and a forged request would make
    nobody do anything, for nothing is stored, sent or signed in here.
    """
    jetzt = timezone.now()
    regelwerk = massgebend(jetzt)
    fragen = eignung.fragen(regelwerk, timezone.localdate(jetzt))
    form = EignungForm(request.POST if request.method == "POST" else None, fragen=fragen)
    ergebnis = None
    if form.is_valid():
        ergebnis = eignung.pruefe(form.cleaned_data, fragen, regelwerk)
    return render(
        request,
        "foerderung/eignung/pruefen.html",
        {
            "pfad": _pfad("Passt Ihr Vorhaben?"),
            "form": form,
            "ergebnis": ergebnis,
            "fenster": fenster(jetzt),
        },
    )


@oeffentlich
@require_safe
def regeln(request):
    """Everything that is laid down for whoever plans an application, with source and mark."""
    regelwerk = massgebend(timezone.now())
    zeilen, grenzen = [], []
    if regelwerk:
        zeilen = [(regel, wertangabe(regel), quellen(regel)) for regel in regelwerk.regeln.all()]
        grenzen = list(regelwerk.personalobergrenzen.all())
    return render(
        request,
        "foerderung/eignung/regeln.html",
        {
            "pfad": _pfad("Regeln"),
            "regelwerk": regelwerk,
            "zeilen": zeilen,
            "grenzen": grenzen,
            "grenzquellen": list(dict.fromkeys(grenze.quelle for grenze in grenzen)),
            "ausnahmegruende": regelwerk.ausnahmegruende.all() if regelwerk else [],
            "quellen": lies_quellen(regelwerk.quelle.splitlines()) if regelwerk else [],
        },
    )
