"""Claims and repayments in the Fallakte (F24): what is owed, what came in, and recording it."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich

from .. import kasse
from ..befugnisse import verlangt_akte
from ..fallakte.forms import Grundformular
from ..fallakte.rahmen import zeige
from ..models import Rueckforderung
from ..verfahren import rueckzahlung as verfahren
from ..verfahren.entscheidung import Unzulaessig
from ..verfahren.rueckforderung import hoechstens
from .forms import Rueckzahlungsformular

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@FORMULAR
@verlangt_akte()
def rueckforderung(request, antrag):
    """The sums and the payments; the Haushalt records here what came in."""
    darf, status = request.user.has_perm(verfahren.RECHT), 200
    formular = Rueckzahlungsformular(daten(request)) if darf else None
    if request.method == "POST" and not darf:
        return redirect("foerderung:akte-rueckforderung", antrag.pk)
    if request.method == "POST" and formular.is_valid():
        werte = formular.cleaned_data
        try:
            verfahren.erfasse(
                antrag,
                am=werte["am"],
                betrag=werte["betrag_euro"],
                referenz=werte["referenz"],
                marke=werte["marke"],
                durch=request.user,
                um=timezone.now(),
            )
        except Unzulaessig as fehler:
            for feld, satz in fehler.felder.items():
                formular.add_error(feld, satz)
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Die Rückzahlung ist erfasst.")
            return redirect("foerderung:akte-rueckforderung", antrag.pk)
    konto = kasse.konto(antrag)
    alle = Rueckforderung.objects.filter(
        entscheidung__antrag=antrag, entscheidung__ergebnis="genehmigt"
    )
    return zeige(
        request,
        antrag,
        "foerderung/rueckforderung/akte.html",
        titel="Rückforderung",
        status=status,
        mit_formular=formular is not None,
        form=formular,
        konto=konto,
        hoechstens=hoechstens(antrag),
        forderungen=alle.select_related("entscheidung__bescheid"),
        rueckzahlungen=antrag.rueckzahlungen.order_by("-am", "-pk"),
        darf_erfassen=darf,
    )


@FORMULAR
@verlangt_akte(verfahren.RECHT)
def stornieren(request, antrag, marke):
    zahlung = get_object_or_404(antrag.rueckzahlungen.gueltig(), marke=marke)
    zahlung.antrag = antrag
    formular = Grundformular(
        daten(request),
        knopf="Rückzahlung zurückbuchen",
        ziel=request.path,
        hinweis="Steht bei der Zahlung und im Verlauf der Akte. Nennen Sie keine Personen.",
    )
    status = 200
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.storniere(
                zahlung,
                grund=formular.cleaned_data["grund"],
                durch=request.user,
                um=timezone.now(),
            )
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Die Rückzahlung ist zurückgebucht.")
            return redirect("foerderung:akte-rueckforderung", antrag.pk)
    return zeige(
        request,
        antrag,
        "foerderung/rueckforderung/stornieren.html",
        titel="Rückzahlung zurückbuchen",
        status=status,
        mit_formular=True,
        form=formular,
        zahlung=zahlung,
    )
