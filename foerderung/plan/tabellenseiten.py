"""The plan as spreadsheet: download, upload, preview, take over (F8)."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.dokumente.abruf import xlsx_datei
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis

from ..anlagen.annahme import nimmt_dateien
from ..antrag.getippt import namen
from ..antrag.rahmen import pfad
from ..befugnisse import verlangt_antrag
from ..verfahren import antragstellung
from ..verfahren.antragstellung import offene_abschnitte
from .ansicht import Planansicht
from .forms import Tabellenformular
from .lesen import lies
from .rechnung import rechne
from .regeln import planjahre, planregeln
from .tabelle import ZU_GROSS, lies_datei, schreibe
from .views import ABSCHNITT

SALZ = "foerderung.plan.tabelle"
VORSCHAU_GILT_S = 12 * 60 * 60
TITEL = "Plan als Tabelle bearbeiten"
ABGELAUFEN = "Die Vorschau gilt nicht mehr. Laden Sie die Tabelle noch einmal hoch."


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def herunterladen(request, antrag):
    eingaben = antrag.abschnitte.get(schluessel=ABSCHNITT).eingaben
    jahre = planjahre(antrag)
    rechnung = rechne(lies(eingaben, jahre).plan, planregeln(antrag.geltendes_regelwerk))
    name = f"plan-{antrag.nummer or antrag.runde.jahr_von}.xlsx"
    return xlsx_datei(schreibe(eingaben, jahre, rechnung), name)


@verlangt_antrag(Befugnis.BEARBEITEN)
def _zu_gross(request, antrag):
    formular = Tabellenformular({}, {})
    formular.errors.clear()
    formular.add_error("datei", ZU_GROSS)
    return _seite(request, antrag, formular, 413)


@require_http_methods(["GET", "HEAD", "POST"])
@nimmt_dateien(zu_gross=_zu_gross)
@verlangt_antrag(Befugnis.LESEN)
def tabelle(request, antrag):
    """GET explains; POST reads the file and shows what would be taken over. Nothing is saved."""
    if request.method != "POST":
        return _seite(request, antrag, Tabellenformular())
    if not request.zugang.darf(Befugnis.BEARBEITEN):
        raise PermissionDenied
    formular = Tabellenformular(request.POST, request.FILES)
    if not formular.is_valid():
        return _seite(request, antrag, formular, 422)
    datei = formular.cleaned_data["datei"]
    abschnitt = antrag.abschnitte.get(schluessel=ABSCHNITT)
    jahre = planjahre(antrag)
    try:
        if datei.fehler:
            raise ValidationError(datei.fehler)
        einlesung = lies_datei(datei, datei.name, abschnitt.eingaben, jahre)
    except ValidationError as fehler:
        formular.add_error("datei", fehler)
        return _seite(request, antrag, formular, 422)
    if einlesung.fehler:
        formular.add_error("datei", "Nichts ist übernommen. Berichtigen Sie die Zellen der Liste.")
        return _seite(request, antrag, formular, 422, einlesung=einlesung)
    inhalt = {
        "antrag": str(antrag.pk),
        "gesehen": abschnitt.version,
        "eingaben": einlesung.eingaben,
    }
    return render(
        request,
        "foerderung/plan/vorschau.html",
        {
            **_kontext(antrag, "Vorschau der Tabelle"),
            "plan": Planansicht(einlesung.eingaben, jahre, planregeln(antrag.geltendes_regelwerk)),
            "einlesung": einlesung,
            "inhalt": signing.dumps(inhalt, salt=SALZ, compress=True),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_antrag(Befugnis.BEARBEITEN)
def uebernehmen(request, antrag):
    """Replace the plan by what the preview showed, unless somebody has changed it since.

    Whoever comes back here from the login has no preview any more.
    """
    zurueck = redirect("foerderung:plan-tabelle", antrag.pk)
    try:
        inhalt = signing.loads(request.POST.get("inhalt", ""), salt=SALZ, max_age=VORSCHAU_GILT_S)
    except signing.BadSignature:
        inhalt = {}
    if inhalt.get("antrag") != str(antrag.pk):
        messages.error(request, ABGELAUFEN)
        return zurueck
    try:
        antragstellung.speichere(
            antrag,
            ABSCHNITT,
            inhalt["eingaben"],
            durch=request.user,
            um=timezone.now(),
            gesehen=inhalt["gesehen"],
            bestaetigt=tuple(namen(inhalt["eingaben"])),
        )
    except SchrittNichtMoeglich as fehler:
        messages.error(request, f"{fehler} Die Tabelle ist nicht übernommen.")
        return zurueck
    messages.success(request, "Die Tabelle ist übernommen.")
    return redirect(f"{reverse('foerderung:antrag-plan', args=[antrag.pk])}#inhalt")


def _seite(request, antrag, formular, status=200, einlesung=None):
    aendert = request.zugang.darf(Befugnis.BEARBEITEN) and ABSCHNITT in offene_abschnitte(antrag)
    kontext = {"form": formular, "aendert": aendert, "einlesung": einlesung}
    return render(
        request,
        "foerderung/plan/tabelle.html",
        {**_kontext(antrag, TITEL), **kontext},
        status=status,
    )


def _kontext(antrag, titel):
    return {
        "antrag": antrag,
        "kommune": antrag.kommune,
        "titel": titel,
        "pfad": _pfad(antrag, titel),
    }


def _pfad(antrag, titel):
    weg = pfad(antrag, "Ausgaben und Finanzierung", titel)
    weg[-2] = (weg[-2][0], reverse("foerderung:antrag-plan", args=[antrag.pk]))
    return weg
