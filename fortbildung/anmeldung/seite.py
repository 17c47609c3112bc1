"""The personal page of a registration, opened with an account or by the link of a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from asskomm.konten.models import Konto
from asskomm.schritt import SchrittNichtMoeglich, gesehene_version

from ..models import LAUFEND, Anmeldung, Stand
from ..verfahren import anmeldung as verfahren
from ..verfahren import eigene_angaben, zulassung
from ..verfahren.anwesenheit import abgeschlossene_module
from . import lage
from .forms import Angaben, BedarfFormular


@dataclass(frozen=True)
class Zugang:
    """Who looks, and where their pages are; `durch` is None for the link of a mail."""

    durch: Konto | None
    pfad: list
    zertifikat_adresse: str


def zeige(
    request: HttpRequest, anmeldung: Anmeldung, zugang: Zugang, *, um: datetime
) -> HttpResponse:
    """The page, and what its buttons do."""
    if anmeldung.ist_geloescht:
        return redirect("fortbildung:anmeldung-geloescht")
    formulare, status = {}, 200
    if request.method == "POST":
        try:
            formulare = _tue(request, anmeldung, zugang.durch, um)
        except SchrittNichtMoeglich as fehler:
            messages.error(request, str(fehler))
            formulare, status = _gesendet(request, um), fehler.status
        else:
            if request.POST["schritt"] == "loeschen":
                return redirect("fortbildung:anmeldung-geloescht")
            if not formulare:
                return redirect(f"{request.path}#inhalt")
        anmeldung.refresh_from_db()
    angaben, bedarf = _formulare(anmeldung, formulare, um)
    teilnahme = getattr(anmeldung, "teilnahme", None)
    return render(
        request,
        "fortbildung/anmeldung/anmeldung.html",
        {
            "pfad": zugang.pfad,
            "anmeldung": anmeldung,
            "lage": lage.lage(anmeldung, um),
            "formulare": [form for form in (angaben, bedarf) if form],
            "angaben": angaben,
            "bedarf": bedarf,
            "abmeldbar": anmeldung.stand in LAUFEND and teilnahme is None,
            "platz_geht_weiter": verfahren.gibt_platz_weiter(anmeldung, um),
            "bleibt": eigene_angaben.was_bleibt(anmeldung, timezone.localdate(um)),
            "loeschbar": eigene_angaben.ist_loeschbar(anmeldung),
            "module": _module(anmeldung),
            "zertifikat": anmeldung.zertifikat,
            "frist": eigene_angaben.dauer_der_anmeldung(timezone.localdate(um)),
            "zertifikat_adresse": zugang.zertifikat_adresse,
            "kurstage": anmeldung.durchgang.kurstage.select_related("modul"),
        },
        status=status,
    )


def _tue(request, anmeldung, durch, um) -> dict[str, Form]:
    """Take the step of the button; returns the form that holds errors, by its step."""
    schritt = request.POST.get("schritt")
    wer = {"durch": durch, "um": um, "gesehen": gesehene_version(request.POST.get("version", ""))}
    if schritt == "bestaetigen":
        verfahren.bestaetige(anmeldung, um=um)
        messages.success(request, "Ihre Anmeldung ist bestätigt.")
    elif schritt == "annehmen":
        verfahren.nimm_an(anmeldung, **wer)
        messages.success(request, "Der Platz ist für Sie vorgemerkt.")
    elif schritt == "abmelden":
        verfahren.melde_ab(anmeldung, **wer)
        messages.success(request, "Sie sind abgemeldet.")
    elif schritt == "angaben":
        formular = _gesendet(request, um)["angaben"]
        if not formular.is_valid():
            return {"angaben": formular}
        neu = eigene_angaben.aendere(anmeldung, formular.cleaned_data, **wer)
        gesagt = "Ihre Angaben sind berichtigt."
        if neu.arbeitgeber_folge != anmeldung.arbeitgeber_folge and neu.arbeitgeber_email:
            gesagt += " Die Stelle, die zustimmt, fragen wir dazu."
        messages.success(request, gesagt)
    elif schritt == "loeschen":
        eigene_angaben.loesche(anmeldung, **wer)
    elif schritt == "bedarf":
        formular = _gesendet(request, um)["bedarf"]
        if not formular.is_valid():
            return {"bedarf": formular}
        zulassung.gib_bedarf_an(anmeldung, **formular.cleaned_data, um=um)
        messages.success(request, "Ihre Angaben sind gespeichert.")
    else:
        raise SchrittNichtMoeglich("Diesen Knopf gibt es nicht. Laden Sie die Seite neu.")
    return {}


def _gesendet(request, um) -> dict[str, Form]:
    """The form of the button with what was typed into it, if it has one."""
    match request.POST.get("schritt"):
        case "angaben":
            return {"angaben": Angaben(request.POST, heute=timezone.localdate(um))}
        case "bedarf":
            return {"bedarf": BedarfFormular(request.POST)}
    return {}


def _formulare(anmeldung, gesendet, um):
    """The form for corrections and the one for needs; None where there is nothing to fill in."""
    return (
        gesendet.get("angaben") or _angaben(anmeldung, um),
        gesendet.get("bedarf") or _bedarf(anmeldung, um),
    )


def _angaben(anmeldung, um):
    if anmeldung.stand not in LAUFEND or anmeldung.gueltiges_zertifikat:
        return None
    anfangs = {name: getattr(anmeldung, name) for name in Angaben.base_fields}
    return Angaben(initial=anfangs, heute=timezone.localdate(um))


def _module(anmeldung):
    """Each module of the course and whether it is done; nothing before the admission."""
    if anmeldung.stand != Stand.ZUGELASSEN:
        return []
    fertig = abgeschlossene_module(anmeldung)
    return [(modul, modul in fertig) for modul in anmeldung.durchgang.lehrgang.module.all()]


def _bedarf(anmeldung, um):
    """Asked of the admitted, up to the last day."""
    kommende = anmeldung.durchgang.kurstage.filter(tag__gte=timezone.localdate(um))
    if not anmeldung.nimmt_teil or not kommende.exists():
        return None
    bedarf = getattr(anmeldung, "bedarf", None)
    felder = ("verpflegung", "unterstuetzung")
    return BedarfFormular(initial={name: getattr(bedarf, name, "") for name in felder})
