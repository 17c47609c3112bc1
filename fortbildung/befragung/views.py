"""The page behind the link of the mail."""

from contextlib import suppress

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asskomm.persoenlich import mit_persoenlichem_link
from asskomm.schritt import SchrittNichtMoeglich

from ..anmeldung import link
from ..verfahren.befragung import antworte, laeuft, offen_bis
from .forms import Fragebogen


@mit_persoenlichem_link
@require_http_methods(["GET", "HEAD", "POST"])
def befragung(request, zeichen):
    pfad = [
        ("Fortbildung", reverse("portal:seite", args=["fortbildung"])),
        ("Befragung", ""),
    ]
    try:
        zugang = link.lies_befragung(zeichen)
    except link.LinkGiltNicht:
        return render(
            request,
            "fortbildung/anmeldung/link_gilt_nicht.html",
            {"pfad": pfad, "veraltet": False},
            status=404,
        )
    heute, bis = timezone.localdate(), offen_bis(zugang)
    formular = Fragebogen(request.POST if request.method == "POST" else None)
    if formular.is_valid():
        # The page thanks for the first answer, or says that the survey has ended.
        with suppress(SchrittNichtMoeglich):
            antworte(zugang, formular.noten, formular.cleaned_data["freitext"], heute=heute)
        return redirect(f"{request.path}#inhalt")
    return render(
        request,
        "fortbildung/befragung/befragung.html",
        {
            "pfad": pfad,
            "zugang": zugang,
            "form": formular,
            "bis": bis,
            "beendet": not laeuft(bis, heute),
        },
    )
