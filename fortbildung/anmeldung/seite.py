"""The personal page of a registration, opened with an account or by the link of a mail."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from asskomm.konten.models import Konto
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from ..models import LAUFEND, Anmeldung, Stand
from ..verfahren import anmeldung as verfahren
from ..verfahren import zulassung
from ..verfahren.anwesenheit import abgeschlossene_module
from . import lage
from .forms import BedarfFormular

SCHRITTE = ("bestaetigen", "annehmen", "abmelden", "bedarf")


def zeige(
    request: HttpRequest,
    anmeldung: Anmeldung,
    *,
    durch: Konto | None,
    um: datetime,
    pfad: list,
    zertifikat_adresse: str,
) -> HttpResponse:
    """The page, and what its buttons do. `durch` is None for the link of a mail."""
    formular, status = None, 200
    if request.method == "POST":
        try:
            formular = _tue(request, anmeldung, durch, um)
        except Ueberholt as fehler:
            messages.error(request, str(fehler))
            status = 409
        except SchrittNichtMoeglich as fehler:
            messages.error(request, str(fehler))
        else:
            if formular is None:
                return redirect(f"{request.path}#inhalt")
        anmeldung.refresh_from_db()
    return render(
        request,
        "fortbildung/anmeldung/anmeldung.html",
        {
            "pfad": pfad,
            "anmeldung": anmeldung,
            "lage": lage.lage(anmeldung, um),
            "form": formular or _bedarf(anmeldung),
            "abmeldbar": anmeldung.stand in LAUFEND and not hasattr(anmeldung, "teilnahme"),
            "module": _module(anmeldung),
            "zertifikat": getattr(getattr(anmeldung, "teilnahme", None), "zertifikat", None),
            "zertifikat_adresse": zertifikat_adresse,
            "kurstage": anmeldung.durchgang.kurstage.select_related("modul"),
        },
        status=status,
    )


def _tue(request, anmeldung, durch, um):
    """Take the step of the button; returns the form where it holds errors."""
    schritt, gesehen = request.POST.get("schritt"), _gesehen(request)
    if schritt == "bestaetigen":
        verfahren.bestaetige(anmeldung, um=um)
        messages.success(request, "Ihre Anmeldung ist bestätigt.")
    elif schritt == "annehmen":
        verfahren.nimm_an(anmeldung, durch=durch, um=um, gesehen=gesehen)
        messages.success(request, "Der Platz ist für Sie vorgemerkt.")
    elif schritt == "abmelden":
        verfahren.melde_ab(anmeldung, durch=durch, um=um, gesehen=gesehen)
        messages.success(request, "Sie sind abgemeldet.")
    elif schritt == "bedarf":
        formular = BedarfFormular(request.POST)
        if not formular.is_valid():
            return formular
        zulassung.gib_bedarf_an(anmeldung, **formular.cleaned_data, um=um)
        messages.success(request, "Ihre Angaben sind gespeichert.")
    else:
        raise SchrittNichtMoeglich("Diesen Knopf gibt es nicht. Laden Sie die Seite neu.")
    return None


def _gesehen(request):
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def _module(anmeldung):
    """Each module of the course and whether it is done; nothing before the admission."""
    if anmeldung.stand != Stand.ZUGELASSEN:
        return []
    fertig = abgeschlossene_module(anmeldung)
    return [(modul, modul in fertig) for modul in anmeldung.durchgang.lehrgang.module.all()]


def _bedarf(anmeldung):
    if anmeldung.stand != Stand.ZUGELASSEN:
        return None
    bedarf = getattr(anmeldung, "bedarf", None)
    felder = ("verpflegung", "unterstuetzung")
    return BedarfFormular(initial={name: getattr(bedarf, name, "") for name in felder})
