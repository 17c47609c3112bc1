"""Passwords: change the own one, ask for a link to a new one, type it."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from asskomm import mailadresse
from asskomm.persoenlich import mit_persoenlichem_link
from asskomm.post.verfahren import stelle_ein

from .. import handlungen, passwortlink, vorlagen, zugang
from ..adapter import KontoAdapter
from ..forms import NeuesPasswort, PasswortAendern, PasswortVergessen
from ..models import Konto

ANMELDEN = ("Anmelden", reverse_lazy("account_login"))
VERGESSEN = [ANMELDEN, ("Passwort vergessen", "")]
NEU = [ANMELDEN, ("Neues Passwort", "")]
AENDERN = [("Mein Konto", reverse_lazy("konten:konto")), ("Passwort ändern", "")]
lesen_und_senden = require_http_methods(["GET", "HEAD", "POST"])


@lesen_und_senden
def vergessen(request):
    """Whether the address has an account is looked up by the worker, never here."""
    form = PasswortVergessen(request.POST or None)
    if not form.is_valid():
        return render(request, "konten/passwort_vergessen.html", {"form": form, "pfad": VERGESSEN})
    email = Konto.objects.normalize_email(form.cleaned_data["email"])
    if zu_viele := ratelimit.consume_or_429(request, action="reset_password", key=email):
        return zu_viele
    if mailadresse.gilt(email):
        stelle_ein(vorlagen.PASSWORT_VERGESSEN, an=email)
    return render(request, "konten/passwort_unterwegs.html", {"pfad": VERGESSEN})


@sensitive_post_parameters()
@mit_persoenlichem_link
@rate_limit(action="reset_password_from_key")
@lesen_und_senden
def neu(request, zeichen):
    """Opening the link uses nothing up; the form does."""
    konto = passwortlink.lies(zeichen)
    if konto is None:
        return render(request, "konten/link_gilt_nicht.html", {"pfad": NEU}, status=410)
    form = NeuesPasswort(request.POST or None, konto=konto)
    if not form.is_valid():
        return render(request, "konten/passwort_neu.html", {"form": form, "pfad": NEU})
    zugang.setze_passwort(
        konto, form.cleaned_data["passwort"], handlung=handlungen.PASSWORT_ZURUECKGESETZT
    )
    KontoAdapter().vergiss_fehlversuche(request, konto.email)
    messages.success(request, "Ihr neues Passwort gilt. Melden Sie sich damit an.")
    return redirect("account_login")


@sensitive_post_parameters()
@login_required
@rate_limit(action="change_password")
@lesen_und_senden
def aendern(request):
    form = PasswortAendern(request.POST or None, konto=request.user)
    if not form.is_valid():
        return render(request, "konten/passwort_aendern.html", {"form": form, "pfad": AENDERN})
    zugang.setze_passwort(
        request.user, form.cleaned_data["passwort"], handlung=handlungen.PASSWORT_GEAENDERT
    )
    update_session_auth_hash(request, request.user)
    record_authentication(request, request.user, method="password", reauthenticated=True)
    messages.success(request, "Ihr Passwort ist geändert. Andere Sitzungen sind beendet.")
    return redirect("konten:konto")
