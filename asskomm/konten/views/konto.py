"""The own account, and how long the session lasts."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from .. import auskunft, geraete, sitzung, verfahren, zugang, zweitfaktor
from ..eingaben import bewahrt_eingaben, daten
from ..forms import NameForm


@bewahrt_eingaben
@require_http_methods(["GET", "HEAD", "POST"])
def konto(request):
    ich = request.user
    form = NameForm(daten(request), initial={"name": ich.name})
    if request.method == "POST" and form.is_valid():
        zugang.aendere_namen(ich, form.cleaned_data["name"])
        messages.success(request, "Ihr Name ist gespeichert.")
        return redirect("konten:konto")
    return render(
        request,
        "konten/konto.html",
        {
            "pfad": [("Mein Konto", "")],
            "form": form,
            "rollen": auskunft.rollen(ich),
            "zweitfaktor": zweitfaktor.ist_eingerichtet(ich),
        },
    )


@login_required
@require_POST
def ueberall_abmelden(request):
    """End all sessions but the one at hand."""
    verfahren.melde_ueberall_ab(request.user, durch=request.user)
    update_session_auth_hash(request, request.user)
    geraete.behalte(request, request.user)
    messages.success(request, "Alle anderen Sitzungen sind beendet.")
    return redirect("konten:konto")


@require_http_methods(["GET", "POST"])
def restzeit(request):
    """For the dialog before the end: ask how long the session lasts, or let it go on (POST)."""
    if not request.user.is_authenticated:
        return JsonResponse({"sekunden": 0})
    if request.method == "POST":
        sitzung.verlaengere(request.session, sofort=True)
    return JsonResponse({"sekunden": sitzung.verbleibende_sekunden(request.session)})
