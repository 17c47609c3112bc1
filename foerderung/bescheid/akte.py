"""Notices in the Fallakte: what was issued, how it becomes known, posting and objection (F18)."""

from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich

from ..befugnisse import Handelnde, verlangt_akte
from ..fallakte.lage import rechte
from ..fallakte.rahmen import zeige
from ..models import Bekanntgabe
from ..verfahren import bekanntgabe as verfahren
from .forms import Klageformular, Postformular
from .views import als_datei, anlage_als_datei, anlagen

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
SACHBEARBEITEN = "foerderung.sachbearbeiten"


@require_safe
@verlangt_akte()
def bescheide(request, antrag):
    alle = antrag.bescheide.select_related("bekanntgabe__bescheid").order_by("-nummer")
    bearbeitet = Handelnde.SACHBEARBEITUNG in rechte(request.user)
    return zeige(
        request,
        antrag,
        "foerderung/bescheid/akte.html",
        titel="Bescheide",
        bescheide=[_zeile(bescheid, bearbeitet) for bescheid in alle],
    )


@require_safe
@verlangt_akte()
def pdf(request, antrag, bescheid):
    return als_datei(get_object_or_404(antrag.bescheide, pk=bescheid))


@require_safe
@verlangt_akte()
def anlage(request, antrag, bescheid, name):
    return anlage_als_datei(get_object_or_404(antrag.bescheide, pk=bescheid), name)


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def post(request, antrag, bescheid):
    return _formularseite(
        request,
        antrag,
        bescheid,
        Postformular(daten(request)),
        lambda gesucht, werte, um: verfahren.gib_zur_post(
            gesucht, werte["am"], durch=request.user, um=um
        ),
        titel="Bescheid zur Post geben",
        satz=(
            "Drucken Sie den Bescheid mit seinen Anlagen aus und geben Sie ihn zur Post. Tragen "
            "Sie dann den Tag ein. Daraus errechnet das Portal, wann er als bekannt gegeben gilt."
        ),
        meldung="Der Tag ist eingetragen.",
    )


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def klage(request, antrag, bescheid):
    return _formularseite(
        request,
        antrag,
        bescheid,
        Klageformular(daten(request)),
        lambda gesucht, werte, um: verfahren.erfasse_klage(
            gesucht, werte["am"], werte["vermerk"], durch=request.user, um=um
        ),
        titel="Rechtsbehelf vermerken",
        satz="Der Bescheid wird dann nicht bestandskräftig, und das Vorhaben kann nicht beginnen.",
        meldung="Der Rechtsbehelf ist vermerkt.",
    )


def _formularseite(request, antrag, nummer, formular, schritt, *, titel, satz, meldung):
    gesucht = get_object_or_404(antrag.bescheide.select_related("bekanntgabe"), pk=nummer)
    status = 200
    if request.method == "POST" and formular.is_valid():
        try:
            schritt(gesucht, formular.cleaned_data, timezone.now())
        except SchrittNichtMoeglich as fehler:
            formular.add_error("am", str(fehler))
            status = 409
        else:
            messages.success(request, meldung)
            return redirect("foerderung:akte-bescheide", antrag.pk)
    return zeige(
        request,
        antrag,
        "foerderung/bescheid/akte_formular.html",
        titel=titel,
        status=status,
        mit_formular=True,
        form=formular,
        bescheid=gesucht,
        satz=satz,
    )


def _zeile(bescheid, bearbeitet):
    """One notice, what happened to it, and what staff can do now."""
    bekanntgabe, zuwendung = bescheid.bekanntgabe, bescheid.inhalt["zuwendung"]
    return {
        "bescheid": bescheid,
        "titel": bescheid.inhalt["schreiben"]["titel"],
        "aktenzeichen": bescheid.inhalt["aktenzeichen"],
        "betrag": zuwendung and Decimal(zuwendung["betrag_euro"]),
        "bekanntgabe": bekanntgabe,
        "anlagen": anlagen(bescheid),
        "ereignisse": list(verfahren.ereignisse(bekanntgabe)),
        "post": bearbeitet
        and bekanntgabe.weg == Bekanntgabe.Weg.POST
        and bekanntgabe.post_aufgegeben_am is None,
        "klage": bearbeitet
        and bekanntgabe.bekannt_am is not None
        and bekanntgabe.bestandskraft_am is None
        and bekanntgabe.rechtsbehelf_am is None,
    }
