"""News: the list, one Meldung with its comments, and the way a comment comes in."""

from pathlib import PurePosixPath

from django.db.models.functions import ExtractYear
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from asskomm import begrenzung, eingang
from asskomm.oeffentlich import oeffentlich
from asskomm.quellen import lies_quellen
from asskomm.seitenzahlen import blaettere
from kommunen.zeitangabe import ErsterTag

from ..markdown import rechnername, rendere
from ..models import Kommentar, Meldung
from .forms import KommentarFormular


def _pfad(*weitere):
    return [("Aktuelles", reverse("portal:meldungen")), *weitere]


@oeffentlich
@require_safe
def meldungen(request):
    """All Meldungen, newest first, or those of one year (`?jahr=2021`)."""
    alle = Meldung.objects.oeffentlich()
    jahre = list(
        alle.annotate(jahr=ExtractYear(ErsterTag("datum")))
        .values_list("jahr", flat=True)
        .distinct()
        .order_by("-jahr")
    )
    gewaehlt = request.GET.get("jahr", "")
    jahr = next((jahr for jahr in jahre if str(jahr) == gewaehlt), None)
    if jahr:
        alle = alle.filter(datum__erster_tag__year=jahr)
    wahl = blaettere(alle, request.GET.get("seite"))
    return render(
        request,
        "portal/aktuelles/meldungen.html",
        {
            "pfad": _pfad((str(jahr), "")) if jahr else _pfad(),
            "jahr": jahr,
            "jahre": jahre,
            "unbekanntes_jahr": bool(gewaehlt) and not jahr,
            "page_obj": wahl.seite,
            "hinweis": wahl.hinweis,
        },
    )


@oeffentlich
@require_safe
def meldung(request, pk):
    meldung = get_object_or_404(Meldung.objects.oeffentlich(), pk=pk)
    return render(
        request,
        "portal/aktuelles/meldung.html",
        {
            "pfad": _pfad((meldung.titel, "")),
            "meldung": meldung,
            "text": rendere(meldung.text),
            "bild": _bild(meldung),
            "original": rechnername(meldung.adresse),
            "quellen": [] if meldung.quelle == meldung.adresse else lies_quellen([meldung.quelle]),
            "kommunen": meldung.kommunen.all(),
            "kommentare": meldung.kommentare.freigegeben(),
        },
    )


def _bild(meldung):
    """Address and size of the picture; None when there is none or its file is missing."""
    if not meldung.bild:
        return None
    try:
        breite, hoehe = meldung.bild.width, meldung.bild.height
    except OSError:
        return None
    kennung = PurePosixPath(meldung.bild.name).stem
    return {
        "url": reverse("portal:meldung-bild", args=[meldung.pk, kennung]),
        "breite": str(breite),
        "hoehe": str(hoehe),
    }


@oeffentlich
@require_safe
def bild(request, pk, kennung):
    """The picture of a public Meldung. A new picture has a new address, so it is kept for a year."""
    meldung = get_object_or_404(
        Meldung.objects.oeffentlich(), pk=pk, bild__endswith=f"/{kennung}.webp"
    )
    try:
        datei = meldung.bild.open()
    except FileNotFoundError as fehler:
        raise Http404("Die Bilddatei fehlt.") from fehler
    antwort = FileResponse(datei, content_type="image/webp")
    antwort["Cache-Control"] = "public, max-age=31536000, immutable"
    antwort["X-Content-Type-Options"] = "nosniff"
    return antwort


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def kommentieren(request, pk):
    """Write a comment without an account. It appears only after somebody has read it."""
    meldung = get_object_or_404(_kommentierbar(), pk=pk)
    formular = KommentarFormular(
        request.POST if request.method == "POST" else None, meldung=meldung, um=timezone.now()
    )
    if formular.is_valid():
        try:
            if not formular.ist_falle:
                _nimm_an(request, meldung, formular)
        except begrenzung.ZuVieleAnfragen:
            return eingang.zu_viele_anfragen(request, formular)
        except eingang.SchonAbgesendet:
            formular.erneuere_marke()
            formular.add_error(
                None,
                "Einen Kommentar aus diesem Formular haben Sie schon abgesendet. "
                "Ist dieser Text ein weiterer Kommentar, senden Sie ihn noch einmal ab.",
            )
        if not formular.errors:
            return eingang.weiter(reverse("portal:kommentar-eingegangen", args=[pk]))
    return render(
        request,
        "portal/aktuelles/kommentieren.html",
        {
            "pfad": _pfad((meldung.titel, meldung.get_absolute_url()), ("Kommentar schreiben", "")),
            "meldung": meldung,
            "form": formular,
        },
    )


def _kommentierbar():
    return Meldung.objects.oeffentlich().filter(kommentare_erlaubt=True)


def _nimm_an(request, meldung, formular):
    felder = {name: formular.cleaned_data[name] for name in ("name", "text")}
    eingang.nimm_an(
        request, formular, Kommentar, {"meldung": meldung, **felder}, heute=timezone.localdate()
    )


@oeffentlich
@require_safe
def eingegangen(request, pk):
    meldung = get_object_or_404(_kommentierbar(), pk=pk)
    return render(
        request,
        "portal/aktuelles/eingegangen.html",
        {
            "pfad": _pfad(
                (meldung.titel, meldung.get_absolute_url()), ("Kommentar eingegangen", "")
            ),
            "meldung": meldung,
        },
    )
