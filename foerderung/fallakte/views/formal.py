"""The formal check: the list of points of the rule set, filled in bit by bit (F13)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from asskomm.konten.eingaben import daten

from ...befugnisse import Handelnde, verlangt_akte
from ...models import Formalpruefung, Status
from ...verfahren import formalpruefung
from ..forms import Formalformular, Grundformular
from ..lage import rechte
from ..rahmen import zeige
from .versuch import FORMULAR, nimm_entgegen

GESPEICHERT = "Der Zwischenstand ist gespeichert."
ABGESCHLOSSEN = "Die formale Prüfung ist abgeschlossen."


@FORMULAR
@verlangt_akte()
def formal(request, antrag):
    """Save some or all answers; the second button closes the check as well."""
    darf = Handelnde.SACHBEARBEITUNG in rechte(request.user)
    if request.method == "POST" and not darf:
        raise PermissionDenied
    eingaben = daten(request)
    if not darf or (antrag.status != Status.EINGEREICHT and eingaben is None):
        return _seite(request, antrag)
    formular = Formalformular(
        eingaben,
        punkte=antrag.regelwerk.checkliste.all(),
        antworten=_antworten(antrag)[0],
        initial={"gesehen": antrag.version},
    )
    abschluss = "abschliessen" in request.POST
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: _speichere(request, antrag, formular, abschluss),
        ABGESCHLOSSEN if abschluss else GESPEICHERT,
    )
    if status is None:
        return redirect("foerderung:fallakte-formal", antrag.pk)
    return _seite(request, antrag, formular=formular, status=status)


def _speichere(request, antrag, formular, abschluss):
    """What was answered stays, even where the check cannot be closed yet."""
    gesehen, jetzt = formular.version, timezone.now()
    anzahl = formalpruefung.speichere_formale_pruefung(
        antrag, formular.antworten(), durch=request.user, um=jetzt, gesehen=gesehen
    )
    if abschluss:
        formalpruefung.schliesse_formale_pruefung_ab(
            antrag,
            durch=request.user,
            um=jetzt,
            gesehen=antrag.version if anzahl else gesehen,
            trotzdem=formular.cleaned_data["trotzdem"],
        )


@FORMULAR
@verlangt_akte("foerderung.sachbearbeiten")
def formal_oeffnen(request, antrag):
    """A step back, with a reason (F26)."""
    formular = _oeffnen(antrag, daten(request))
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: formalpruefung.oeffne_formale_pruefung(
            antrag,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.version,
            grund=formular.cleaned_data["grund"],
        ),
        "Die formale Prüfung ist wieder offen.",
    )
    if status is None:
        return redirect("foerderung:fallakte-formal", antrag.pk)
    return _seite(request, antrag, oeffnen=formular, status=status)


def _oeffnen(antrag, eingaben=None):
    return Grundformular(
        eingaben,
        knopf="Formale Prüfung wieder öffnen",
        ziel=reverse("foerderung:fallakte-formal-oeffnen", args=[antrag.pk]),
        prefix="oeffnen",
        initial={"gesehen": antrag.version},
    )


def _antworten(antrag):
    """By number of the point: the answers to the newest version, and those from before it."""
    ab = formalpruefung.stand_vom(antrag)
    gueltig, frueher = {}, {}
    alle = Formalpruefung.objects.filter(antrag=antrag).select_related("punkt", "geprueft_von")
    for antwort in alle:
        (gueltig if antwort.geprueft_um >= ab else frueher)[antwort.punkt.nummer] = antwort
    return gueltig, frueher


def _seite(request, antrag, *, formular=None, oeffnen=None, status=200):
    gueltig, frueher = _antworten(antrag)
    darf = Handelnde.SACHBEARBEITUNG in rechte(request.user)
    if oeffnen is None and darf and antrag.status == Status.FORMELL_GEPRUEFT:
        oeffnen = _oeffnen(antrag)
    felder = {punkt.pk: paar for punkt, *paar in formular.zeilen()} if formular else {}
    punkte = formular.punkte if formular else antrag.regelwerk.checkliste.all()
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/formal.html",
        titel="Formale Prüfung",
        status=status,
        mit_formular=formular is not None,
        form=next((f for f in (formular, oeffnen) if f and f.is_bound), None),
        formular=formular,
        oeffnen=oeffnen,
        zeilen=[
            {
                "punkt": punkt,
                "felder": felder.get(punkt.pk),
                "antwort": gueltig.get(punkt.nummer),
                "frueher": frueher.get(punkt.nummer),
            }
            for punkt in punkte
        ],
        beantwortet=len(gueltig),
    )
