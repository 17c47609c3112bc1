"""The page behind the link in an invitation: opening it uses nothing up, the button does."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from asskomm.persoenlich import mit_persoenlichem_link
from asskomm.schritt import SchrittNichtMoeglich

from .. import auskunft, einladungslink, verfahren, ziele
from ..forms import EinladungAnnehmen

PFAD = [("Einladung", "")]


@sensitive_post_parameters()
@mit_persoenlichem_link
@require_http_methods(["GET", "HEAD", "POST"])
def annehmen(request, zeichen):
    um = timezone.now()
    try:
        einladung = einladungslink.lies(zeichen, um=um)
    except einladungslink.LinkGiltNicht as fehler:
        return render(
            request,
            "konten/einladung/gilt_nicht.html",
            {"grund": fehler.grund, "pfad": PFAD},
            status=fehler.grund.status,
        )
    if request.user.is_authenticated and request.user.pk != einladung.konto_id:
        return render(
            request,
            "konten/einladung/anderes_konto.html",
            {"hier": request.path, "pfad": PFAD},
            status=403,
        )
    daten = {
        "pfad": PFAD,
        "zwecke": auskunft.zwecke(einladung),
        "gueltig_bis": einladung.gueltig_bis,
    }
    if einladung.konto.eingeladen:
        return _neue_person(request, einladung, um, daten)
    if not request.user.is_authenticated:
        adresse = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        return render(request, "konten/einladung/anmelden.html", daten | {"adresse": adresse})
    return _mit_konto(request, einladung, um, daten)


def _neue_person(request, einladung, um, daten):
    konto = einladung.konto
    form = EinladungAnnehmen(request.POST or None, konto=konto, initial={"name": konto.name})
    if form.is_valid():
        try:
            verfahren.nimm_an(
                einladung,
                um=um,
                name=form.cleaned_data["name"],
                passwort=form.cleaned_data["passwort"],
            )
        except SchrittNichtMoeglich:
            return redirect(request.path)  # says why
        konto.refresh_from_db()
        record_authentication(request, konto, method="password")
        return perform_login(
            request, Login(user=konto, redirect_url=ziele.nach_der_anmeldung(konto))
        )
    return render(request, "konten/einladung/neues_konto.html", daten | {"form": form})


def _mit_konto(request, einladung, um, daten):
    if request.method == "POST":
        try:
            verfahren.nimm_an(einladung, um=um)
        except SchrittNichtMoeglich:
            return redirect(request.path)
        messages.success(request, "Sie haben die Einladung angenommen.")
        return redirect(ziele.nach_der_anmeldung(request.user))
    return render(request, "konten/einladung/annehmen.html", daten)
