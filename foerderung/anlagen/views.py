"""Step 5 of the application: documents come in, are looked at, replaced and removed (GESTALTUNG 6)."""

import logging
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm import formate
from asskomm.konten.eingaben import bewahrt_eingaben
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis

from ..abschnitte import ANLAGEN
from ..antrag.rahmen import rahmen
from ..befugnisse import verlangt_antrag
from ..models import Anlage, Anlagenart
from ..verfahren.antragstellung import offene_abschnitte
from . import ablage, inhaltspruefung, verfahren, virenscanner
from .annahme import nimmt_dateien
from .forms import Hochladeformular
from .plaetze import Platz, plaetze, umfang

logger = logging.getLogger(__name__)

NICHT_ANGEKOMMEN = "Die Datei ist nicht angekommen. Wählen Sie sie noch einmal aus."
WARTET = (
    "Sie wartet noch auf die Prüfung auf Schadprogramme. Versuchen Sie es in einigen Minuten "
    "noch einmal."
)
MIT_SCHADPROGRAMM = "In ihr steckte ein Schadprogramm. Die Datei ist gelöscht."
FEHLT = (
    "Sie liegt zurzeit nicht vor. Versuchen Sie es später noch einmal oder fragen Sie die "
    "Geschäftsstelle."
)
Pflicht = Anlagenart.Pflicht
# Why a document is asked for in this case, or would be in another.
GRUND = {
    (Pflicht.BEI_PERSONAL, True): "Nötig, weil Ihr Plan Personalausgaben enthält.",
    (Pflicht.BEI_PERSONAL, False): "Nur nötig, wenn Ihr Plan Personalausgaben enthält.",
    (Pflicht.BEI_WEITERLEITUNG, True): "Nötig, weil Ihr Plan Weiterleitungen enthält.",
    (Pflicht.BEI_WEITERLEITUNG, False): "Nur nötig, wenn Ihr Plan Weiterleitungen enthält.",
}
# Even opened by itself, the file runs nothing and loads nothing.
KOPF = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
# 413 too large, 507 no room on the server; everything else is about what is in the file.
STATUS = {"zu_gross": 413, "nicht_gespeichert": 507}
FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@verlangt_antrag(Befugnis.BEARBEITEN)
def _zu_gross(request, antrag):
    """The body was not read. Which slot it was for stands in the address."""
    formular = _formular_der_adresse(request, antrag, data={})
    if formular is None:
        return _seite(request, antrag, status=413, fehler=inhaltspruefung.ZU_GROSS)
    formular.errors.clear()
    formular.add_error("datei", inhaltspruefung.ZU_GROSS)
    return _seite(request, antrag, status=413, formular=formular)


@FORMULAR
@nimmt_dateien(zu_gross=_zu_gross)
@verlangt_antrag(Befugnis.LESEN)
def schritt(request, antrag):
    if request.method == "POST":
        return _lade_hoch(request, antrag)
    return _seite(request, antrag)


def _lade_hoch(request, antrag):
    if not request.zugang.darf(Befugnis.BEARBEITEN):
        raise PermissionDenied
    formular = _formular_der_adresse(request, antrag, data=request.POST, files=request.FILES)
    if formular is None:
        return _seite(request, antrag, status=409, fehler=verfahren.NICHT_MEHR_DA)
    status = 422
    if formular.is_valid():
        try:
            anlage = verfahren.lade_hoch(
                antrag,
                formular.platz.art,
                formular.cleaned_data["datei"],
                durch=request.user,
                um=timezone.now(),
                marke=formular.cleaned_data["marke"],
                ersetzt=formular.ersetzt and formular.ersetzt.pk,
            )
        except ValidationError as fehler:
            name = inhaltspruefung.dateiname(formular.cleaned_data["datei"].name)
            formular.add_error("datei", f"„{name}“: {fehler.message}")
            status = STATUS.get(fehler.code, 422)
        except SchrittNichtMoeglich as fehler:
            antrag.refresh_from_db()
            # The slot may look different now: the sentence stands above all of them.
            return _seite(request, antrag, status=fehler.status, fehler=str(fehler))
        else:
            return _zurueck(antrag, anlage, neu=anlage.pk)
    return _seite(request, antrag, status=status, formular=formular)


@FORMULAR
@verlangt_antrag(Befugnis.BEARBEITEN)
def entfernen(request, antrag, anlage):
    return _handle(request, antrag, anlage, verfahren.entferne, "entfernt")


@FORMULAR
@verlangt_antrag(Befugnis.BEARBEITEN)
def zurueckholen(request, antrag, anlage):
    return _handle(request, antrag, anlage, verfahren.hole_zurueck, "neu")


def _handle(request, antrag, kennung, tu, wort):
    anlage = get_object_or_404(Anlage, antrag=antrag, pk=kennung)
    if request.method != "POST":  # back from the login, where nothing is done yet
        return _zurueck(antrag, anlage)
    try:
        tu(antrag, anlage, durch=request.user, um=timezone.now())
    except SchrittNichtMoeglich as fehler:
        antrag.refresh_from_db()
        return _seite(request, antrag, status=fehler.status, fehler=str(fehler))
    return _zurueck(antrag, anlage, **{wort: anlage.pk})


@require_safe
@bewahrt_eingaben
def herunterladen(request, pk, anlage):
    """The file, never shown by the browser within the portal; foreign and absent are the same 404."""
    gefunden = get_object_or_404(
        Anlage.objects.sichtbar_fuer(request.user).select_related("antrag"), antrag=pk, pk=anlage
    )
    if gefunden.pruefstand == Anlage.Pruefstand.BEFALLEN:
        return _nicht_zu_oeffnen(request, gefunden, MIT_SCHADPROGRAMM, 410)
    if not verfahren.darf_oeffnen(gefunden, request.user):
        return _nicht_zu_oeffnen(request, gefunden, WARTET, 409)
    try:
        strom = ablage.oeffne(gefunden.pfad)
    except OSError:
        logger.error("Die Datei der Anlage %s fehlt.", gefunden.pk)
        return _nicht_zu_oeffnen(request, gefunden, FEHLT, 503)
    antwort = FileResponse(
        strom,
        as_attachment=True,
        filename=gefunden.dateiname,
        content_type=gefunden.inhaltstyp,
    )
    for name, wert in KOPF.items():
        antwort[name] = wert
    return antwort


def _nicht_zu_oeffnen(request, anlage, grund, status):
    return render(
        request,
        "foerderung/anlagen/nicht_zu_oeffnen.html",
        {"anlage": anlage, "grund": grund},
        status=status,
    )


# --- The page --------------------------------------------------------------------


@dataclass(frozen=True)
class Zeile:
    """One file as a slot shows it; `kennzeichen` is value and word of the chip."""

    anlage: Anlage
    umfang: str
    kennzeichen: tuple[str, str]
    formular: Hochladeformular | None

    @property
    def ist_offen(self):
        """Whether the form to replace it stands open: it has an error."""
        return bool(self.formular and self.formular.errors)


@dataclass(frozen=True)
class Feld:
    """One slot as the page shows it. `hinweis` says why nothing came in after a POST was lost."""

    platz: Platz
    zeilen: list[Zeile]
    formular: Hochladeformular | None
    grund: str
    neu: Anlage | None
    entfernt: Anlage | None
    hinweis: str


def _seite(request, antrag, *, status=200, formular=None, fehler=""):
    aendert = request.zugang.darf(Befugnis.BEARBEITEN) and ANLAGEN in offene_abschnitte(antrag)
    alle = plaetze(antrag)
    return render(
        request,
        "foerderung/anlagen/schritt.html",
        {
            **rahmen(request, antrag, ANLAGEN, um=timezone.now()),
            "gespeichert": _gespeichert(alle),
            "aendert": aendert,
            "felder": [_feld(request, platz, formular, aendert) for platz in alle],
            "form": formular,
            "fehler": fehler,
        },
        status=status,
    )


def _gespeichert(alle):
    """Zuletzt gespeichert am 12.09.2026 um 14:32 Uhr von Kim Muster; empty before the first file."""
    anlagen = [anlage for platz in alle for anlage in platz.anlagen]
    if not anlagen:
        return ""
    letzte = max(anlagen, key=lambda anlage: anlage.hochgeladen_um)
    um = formate.zeitpunkt(letzte.hochgeladen_um)
    return f"Zuletzt gespeichert am {um} von {letzte.hochgeladen_von}."


def _feld(request, platz, gesendet, aendert):
    def formular(ersetzt=None):
        if not aendert:
            return None
        if gesendet and (gesendet.platz.kennung, gesendet.ersetzt) == (platz.kennung, ersetzt):
            return gesendet.mit_neuer_marke()
        return Hochladeformular(platz=platz, ersetzt=ersetzt)

    vergeblich = request.method == "GET" and request.GET.get("art") == platz.art.schluessel
    return Feld(
        platz=platz,
        zeilen=[
            Zeile(anlage, umfang(anlage.groesse), kennzeichen(anlage), formular(anlage))
            for anlage in platz.anlagen
        ],
        formular=formular() if platz.ist_frei else None,
        grund=GRUND.get((platz.art.pflicht, platz.ist_pflicht), ""),
        neu=_genannte(request, "neu", platz.anlagen),
        entfernt=_genannte(request, "entfernt", platz.entfernte) if aendert else None,
        hinweis=NICHT_ANGEKOMMEN if vergeblich and aendert else "",
    )


def kennzeichen(anlage: Anlage) -> tuple[str, str]:
    """Value and word of the chip of a file."""
    if anlage.pruefstand == Anlage.Pruefstand.SAUBER:
        return "geprueft", "geprüft"
    if anlage.pruefstand == Anlage.Pruefstand.BEFALLEN:
        return "befallen", "Schadprogramm gefunden"
    if virenscanner.ist_eingerichtet():
        return "in_pruefung", "wird geprüft"
    return "ungeprueft", "ungeprüft"


def _formular_der_adresse(request, antrag, **daten):
    """The form the address is about, with what was sent; None where there is no such slot or file."""
    platz = next((p for p in plaetze(antrag) if p.art.schluessel == request.GET.get("art")), None)
    if platz is None or not platz.art.hoechstens:
        return None
    if "ersetzt" not in request.GET:
        return Hochladeformular(platz=platz, **daten)
    ersetzt = _genannte(request, "ersetzt", platz.anlagen)
    return ersetzt and Hochladeformular(platz=platz, ersetzt=ersetzt, **daten)


def _genannte(request, name, anlagen):
    """The one of these files that the address names."""
    return next((a for a in anlagen if str(a.pk) == request.GET.get(name)), None)


def _zurueck(antrag, anlage, **angaben):
    adresse = reverse("foerderung:antrag-anlagen", args=[antrag.pk])
    frage = f"?{urlencode(angaben)}" if angaben else ""
    return redirect(f"{adresse}{frage}#anlage-{anlage.art}")
