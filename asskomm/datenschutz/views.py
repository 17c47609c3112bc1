"""A signed-in person asks what is stored about them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from .auskunft import dateiname, erstelle


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def auskunft(request):
    """The page explains, its button fetches the file: a POST, because it leaves a log entry."""
    if request.method != "POST":
        return render(request, "datenschutz/auskunft_abrufen.html")
    um = timezone.now()
    return als_datei(erstelle(request.user, durch=request.user, um=um), timezone.localdate(um))


def als_datei(inhalt: bytes, am) -> HttpResponse:
    """The file to save; neither browser nor proxy keeps a copy."""
    return HttpResponse(
        inhalt,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{dateiname(am)}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
