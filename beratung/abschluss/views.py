"""More days for an engagement, another coach, and the end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from ..befugnisse import sicht as sicht_von
from ..befugnisse import verlangt_begleitung
from ..begleitung.rahmen import leitung, namen, pfad, zur_begleitung, zurueck
from ..models import Einsatzrolle, Mandatsstand
from ..verfahren import kontingent
from ..verfahren.abschluss import schliesse_ab
from ..verfahren.wechsel import wechsle
from ..vermittlung.pool import freie, pool
from ..vierteltage import kontingentsatz
from .forms import (
    Ablehnung,
    Abschlussformular,
    Bitte,
    Erweiterungsvorschlag,
    Wechselformular,
    zeige_fehler,
)

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


def _zurueck(request, sicht, satz, art=messages.SUCCESS):
    """To the engagement; to the list where the person can no longer open it."""
    messages.add_message(request, art, satz)
    if sicht_von(request.user, sicht.mandat, sicht.am) is None:
        return zurueck(reverse("beratung:begleitungen"))
    return zurueck(zur_begleitung(sicht.mandat))


def _vorbei(request, sicht):
    return _zurueck(request, sicht, "Diese Begleitung ist abgeschlossen.", messages.INFO)


def _laeuft(sicht):
    return sicht.mandat.stand == Mandatsstand.LAUFEND


# --- More days ---------------------------------------------------------------------


@FORMULAR
@verlangt_begleitung
def erweiterung(request, sicht):
    """The coach asks for more days; the coordinators propose them or say no."""
    if not (sicht.koordiniert or sicht.leitet):
        raise PermissionDenied
    gesendet = request.method == "POST"
    if not (gesendet or _laeuft(sicht)):
        return _vorbei(request, sicht)
    mandat = sicht.mandat
    offen = mandat.erweiterungen.offen().select_related("vorgeschlagen_von").first()
    formular, ablehnung, tue = None, None, None
    if sicht.koordiniert and (gesendet or offen is None):
        tue = _lehne_ab if "ablehnen" in request.POST else _schlage_vor
        formular = Erweiterungsvorschlag(None if tue is _lehne_ab else daten(request))
        ablehnung = Ablehnung() if mandat.erweiterung_erbeten_um else None
    elif gesendet or (offen is None and mandat.erweiterung_erbeten_um is None):
        tue, formular = _erbitte, Bitte(daten(request))
    if gesendet and (tue is _lehne_ab or formular.is_valid()):
        try:
            satz = tue(request, mandat, formular)
        except SchrittNichtMoeglich as fehler:
            return _zurueck(request, sicht, str(fehler), messages.ERROR)
        except ValidationError as fehler:
            _uebernimm(formular, fehler)
        else:
            return _zurueck(request, sicht, satz)
    return render(
        request,
        "beratung/abschluss/erweiterung.html",
        {
            "pfad": pfad(mandat, ("Kontingent erweitern", "")),
            "kommunen": namen(mandat),
            "mandat": mandat,
            "kontingent": kontingentsatz(mandat.gebucht, mandat.kontingent),
            "offen": offen,
            "entschieden": mandat.erweiterungen.filter(entschieden_um__isnull=False),
            "form": formular,
            "ablehnung": ablehnung,
            "koordiniert": sicht.koordiniert,
            "verwaltung": _in_der_verwaltung(request.user, offen),
        },
    )


def _in_der_verwaltung(konto, vorschlag):
    """Where the proposal is decided, for those who may open it."""
    if vorschlag is None or not konto.has_perm("beratung.view_kontingenterweiterung"):
        return ""
    return reverse("admin:beratung_kontingenterweiterung_change", args=[vorschlag.pk])


def _erbitte(request, mandat, formular):
    kontingent.erbitte(mandat, durch=request.user, um=timezone.now())
    return "Die Koordination weiß, dass Sie mehr Vierteltage brauchen."


def _lehne_ab(request, mandat, formular):
    kontingent.lehne_bitte_ab(mandat, durch=request.user, um=timezone.now())
    return "Die Bitte ist abgelehnt. Der Coach bekommt eine E-Mail."


def _schlage_vor(request, mandat, formular):
    angaben = formular.cleaned_data
    kontingent.schlage_vor(
        mandat,
        angaben["viertel"],
        angaben["begruendung"],
        durch=request.user,
        um=timezone.now(),
        marke=angaben["marke"],
    )
    return "Vorgeschlagen. Jetzt muss eine zweite Person entscheiden."


def _uebernimm(formular, fehler):
    """What the table says, at its field."""
    saetze = fehler.message_dict if hasattr(fehler, "error_dict") else {None: fehler.messages}
    for feld, texte in saetze.items():
        for text in texte:
            zeige_fehler(formular, feld, text)


# --- Another coach -----------------------------------------------------------------


@FORMULAR
@verlangt_begleitung
def wechsel(request, sicht):
    """The coordinators give the engagement to another coach."""
    if not sicht.koordiniert:
        raise PermissionDenied
    if not _laeuft(sicht):
        return _vorbei(request, sicht)
    mandat, status = sicht.mandat, 200
    laufend = mandat.einsaetze.laufend().select_related("coach__konto")
    bisher = leitung(mandat, laufend)
    alle = pool(mandat.coaching.kommunen.all(), sicht.am).order_by("konto__name", "pk")
    coaches = freie(alle)
    if bisher:
        coaches = coaches.exclude(pk=bisher.coach_id)
    # A form that is sent again names who leads by now; the procedure knows whether it is the same.
    waehlbar = coaches
    if request.method == "POST" and bisher:
        waehlbar = alle.filter(Q(pk__in=coaches.order_by().values("pk")) | Q(pk=bisher.coach_id))
    formular = Wechselformular(daten(request), mandat=mandat, coaches=waehlbar, heute=sicht.am)
    if request.method == "POST" and formular.is_valid():
        try:
            wechsle(
                mandat,
                formular.cleaned_data["coach"],
                ab=formular.cleaned_data["ab"],
                durch=request.user,
                um=timezone.now(),
                gesehen=formular.gesehen,
            )
        except SchrittNichtMoeglich as fehler:
            status = _zeige(formular, mandat, fehler)
        else:
            return _zurueck(request, sicht, "Der Coach ist gewechselt. Alle bekommen eine E-Mail.")
    return render(
        request,
        "beratung/abschluss/wechsel.html",
        {
            "pfad": pfad(mandat, ("Coach wechseln", "")),
            "kommunen": namen(mandat),
            "mandat": mandat,
            "bisher": bisher,
            "moeglich": coaches.exists(),
            "form": formular,
        },
        status=status,
    )


def _zeige(formular, mandat, fehler):
    """The refusal at its field; an overtaken form carries the new version from now on."""
    zeige_fehler(formular, getattr(fehler, "feld", None), str(fehler))
    if isinstance(fehler, Ueberholt):
        mandat.refresh_from_db()
        formular.setze("version", mandat.version)
    return fehler.status


# --- The end -----------------------------------------------------------------------


@FORMULAR
@verlangt_begleitung
def abschluss(request, sicht):
    """Report, last day and effects."""
    mandat, status = sicht.mandat, 200
    leitete = sicht.einsatz is not None and sicht.einsatz.rolle == Einsatzrolle.COACH
    if not (sicht.koordiniert or sicht.leitet or (leitete and not _laeuft(sicht))):
        raise PermissionDenied
    if request.method != "POST" and not _laeuft(sicht):
        return _vorbei(request, sicht)
    formular = Abschlussformular(daten(request), mandat=mandat)
    if request.method == "POST" and formular.is_valid():
        try:
            schliesse_ab(
                mandat,
                am=formular.cleaned_data["am"],
                bericht=formular.cleaned_data["bericht"],
                wirkungen=formular.wirkungen,
                durch=request.user,
                um=timezone.now(),
                gesehen=formular.gesehen,
            )
        except SchrittNichtMoeglich as fehler:
            status = _zeige(formular, mandat, fehler)
        else:
            return _zurueck(request, sicht, "Die Begleitung ist abgeschlossen.")
    return render(
        request,
        "beratung/abschluss/abschluss.html",
        {
            "pfad": pfad(mandat, ("Abschließen", "")),
            "kommunen": namen(mandat),
            "mandat": mandat,
            "form": formular,
        },
        status=status,
    )
