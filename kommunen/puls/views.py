"""Pages on which a Kommune sees, confirms and corrects what the portal says about its councils."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from .. import bereich
from ..befugnisse import Befugnis, verlangt
from ..models import Praeventionsrat
from . import angaben, verfahren
from .forms import Korrekturformular
from .lage import Lage, lagen

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
HOECHSTENS_KORREKTUREN = 5


@require_safe
@verlangt(Befugnis.LESEN)
def liste(request, kommune):
    heute = timezone.localdate()
    return _zeige(request, "puls/liste.html", lagen=lagen(kommune, heute))


@FORMULAR
@verlangt(Befugnis.LESEN)
def rat(request, kommune, nummer):
    """What the portal says in public. Whoever has the role Bearbeitung confirms it with one click."""
    jetzt, status, fehler = timezone.now(), 200, ""
    lage = _lage(kommune, nummer, timezone.localdate(jetzt))
    bearbeitet = request.zugang.darf(Befugnis.BEARBEITEN)
    if request.method == "POST":
        if not bearbeitet:
            raise PermissionDenied
        try:
            zeile = verfahren.bestaetige(
                lage.rat,
                kommune,
                durch=request.user,
                um=jetzt,
                gesehen=request.POST.get("gesehen", ""),
            )
        except SchrittNichtMoeglich as grund:
            lage = _lage(kommune, nummer, timezone.localdate(jetzt))
            fehler, status = str(grund), grund.status
        else:
            messages.success(request, f"„{lage.rat}“ ist für {zeile.jahr} bestätigt. Danke.")
            return redirect("puls:liste", kommune.kennung)
    return _zeige(
        request,
        "puls/rat.html",
        status,
        rat=lage.rat,
        lage=lage,
        stand=angaben.lies(lage.rat),
        bearbeitet=bearbeitet,
        fehler=fehler,
        korrekturen=lage.rat.korrekturen.select_related("kommune")[:HOECHSTENS_KORREKTUREN],
        nachfolge=kommune.rechtsnachfolge(lage.heute)
        if kommune.ist_erloschen(lage.heute)
        else None,
        **_weiteres(lage.rat),
    )


@FORMULAR
@verlangt(Befugnis.BEARBEITEN)
def korrigieren(request, kommune, nummer):
    """The contact is changed at once, all else waits for the LPR; the year counts as confirmed."""
    jetzt, status = timezone.now(), 200
    heute = timezone.localdate(jetzt)
    lage = _lage(kommune, nummer, heute)
    stand = angaben.lies(lage.rat)
    if request.method != "POST" and not lage.bestaetigbar:
        return redirect("puls:rat", kommune.kennung, nummer)
    formular = Korrekturformular(daten(request), stand=stand, heute=heute)
    ueberholt = False
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.korrigiere(
                lage.rat,
                kommune,
                formular.werte,
                durch=request.user,
                um=jetzt,
                gesehen=formular.cleaned_data["gesehen"],
            )
        except SchrittNichtMoeglich as grund:
            formular.add_error(None, str(grund))
            status, ueberholt = grund.status, isinstance(grund, Ueberholt)
            if ueberholt:
                stand = angaben.lies(_lage(kommune, nummer, heute).rat)
                formular.setze("gesehen", stand.gesehen)
        else:
            _danke(request, lage.rat, kommune)
            return redirect("puls:rat", kommune.kennung, nummer)
    return _zeige(
        request,
        "puls/korrigieren.html",
        status,
        rat=lage.rat,
        titel="Angaben korrigieren",
        form=formular,
        stand=stand,
        ueberholt=ueberholt,
    )


def _danke(request, rat, kommune):
    if rat.korrekturen.offen().filter(kommune=kommune).exists():
        satz = "Die Geschäftsstelle prüft, was sie eintragen muss. Das Ergebnis lesen Sie hier."
    else:
        satz = "Die Angaben stehen jetzt so auf der Website."
    messages.success(request, f"Ihre Angaben sind gespeichert. {satz}")


def _lage(kommune, nummer, heute) -> Lage:
    """The council with where it stands; one of another Kommune is a 404 like an absent one."""
    lage = next((lage for lage in lagen(kommune, heute) if lage.rat.pk == nummer), None)
    if lage is None:
        raise Http404
    return lage


def _weiteres(rat):
    """What the public reads as well and what a Kommune corrects by a hint."""
    return {
        "mitglieder": [m for m in rat.mitglieder.all() if not m.vorsitz],
        "gremien": list(rat.gremien.filter(bis__isnull=True)),
        "weitere_kommunen": list(rat.kommunen.all()),
    }


def _zeige(
    request, vorlage, status=200, *, rat: Praeventionsrat | None = None, titel="", **weiteres
):
    kommune = request.zugang.kommune
    pfad = bereich.pfad(kommune, ("Präventionsrat", reverse("puls:liste", args=[kommune.kennung])))
    if rat:
        pfad.append((rat.name, reverse("puls:rat", args=[kommune.kennung, rat.pk])))
    if titel:
        pfad.append((titel, ""))
    return render(
        request,
        vorlage,
        {
            "kommune": kommune,
            "andere": request.zugang.andere,
            "pfad": pfad,
            "titel": titel,
            "rat": rat,
            **weiteres,
        },
        status=status,
    )
