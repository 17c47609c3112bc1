"""The public check, and the paper for those who may have it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from asskomm import begrenzung, eingang
from asskomm.dokumente.abruf import pdf_datei
from asskomm.persoenlich import mit_persoenlichem_link

from ..anmeldung import link
from ..befugnisse import verlangt_koordination
from ..models import Zertifikat
from . import code, papier
from .forms import PruefFormular

# F43: wrong code ten times → slowed.
FALSCHE_HOECHSTENS = 10


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def pruefen(request):
    """Whether a code belongs to a valid certificate; changes nothing, so it needs no cookie.

    Wrong codes and wrong names count towards a limit of the connection, right ones do not. Whoever has used it up
    learns nothing more for an hour, whatever they type.
    """
    formular = PruefFormular(request.POST if request.method == "POST" else None)
    ergebnis = None
    if formular.is_valid():
        heute = timezone.localdate()
        try:
            begrenzung.verlange_rest(
                request, "zertifikat", heute=heute, hoechstens=FALSCHE_HOECHSTENS
            )
            ergebnis = _ergebnis(formular.cleaned_data)
            if ergebnis.get("name") == "falsch" or not ergebnis["bekannt"]:
                begrenzung.zaehle(request, "zertifikat", heute=heute, hoechstens=FALSCHE_HOECHSTENS)
        except begrenzung.ZuVieleAnfragen:
            return eingang.zu_viele_anfragen(request, formular)
    return render(
        request,
        "fortbildung/zertifikat/pruefen.html",
        {
            "pfad": [
                ("Fortbildung", reverse("portal:seite", args=["fortbildung"])),
                ("Zertifikat prüfen", ""),
            ],
            "form": formular,
            "ergebnis": ergebnis,
        },
    )


def _ergebnis(angaben):
    zertifikat = Zertifikat.objects.filter(code=angaben["code"]).first()
    if zertifikat is None:
        return {"bekannt": False}
    return {
        "bekannt": True,
        "gueltig": zertifikat.gilt,
        "zertifikat": zertifikat,
        "name": _name(zertifikat, angaben["name"].strip()),
    }


def _name(zertifikat, getippt):
    """Whether the typed name is "richtig" or "falsch", or deleted for good; "" without one."""
    if not getippt:
        return ""
    if not zertifikat.namenspruefwert:
        return "geloescht"
    return "richtig" if code.ist_name(zertifikat.namenspruefwert, getippt) else "falsch"


@require_safe
@login_required
def eigenes(request, pk):
    return _pdf(
        get_object_or_404(
            _gueltige(), teilnahme__anmeldung__konto=request.user, teilnahme__anmeldung=pk
        )
    )


@mit_persoenlichem_link
@require_safe
def mit_link(request, zeichen):
    """By the link of the mails, for people without an account, as long as it opens their page."""
    try:
        anmeldung = link.lies(zeichen)
    except link.LinkGiltNicht:
        raise Http404 from None
    if anmeldung.ist_geloescht:
        raise Http404
    return _pdf(get_object_or_404(_gueltige(), teilnahme__anmeldung=anmeldung))


@require_safe
@verlangt_koordination
def fuer_koordination(request, pk):
    """As long as the name is kept: also a copy for people whose registration is deleted by now."""
    return _pdf(get_object_or_404(_gueltige(), teilnahme__anmeldung=pk))


def _gueltige():
    """Those of which there is a paper: not revoked, and the name not deleted."""
    return Zertifikat.objects.filter(widerrufen_um__isnull=True).exclude(name="")


def _pdf(zertifikat):
    return pdf_datei(papier.pdf(zertifikat), f"zertifikat-{zertifikat.code}.pdf")
