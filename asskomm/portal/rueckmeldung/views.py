"""Report a barrier without an account, and get a number to quote."""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from asskomm import begrenzung, eingang

from ..models import Rueckmeldung
from . import verfahren
from .forms import BarriereFormular


def _pfad(titel):
    erklaerung = reverse("portal:seite", args=["barrierefreiheit"])
    return [("Erklärung zur Barrierefreiheit", erklaerung), (titel, "")]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def melden(request):
    formular = BarriereFormular(
        request.POST if request.method == "POST" else None,
        initial={"adresse": eigene_adresse(request.GET.get("seite", ""))},
        um=timezone.now(),
    )
    if formular.is_valid():
        try:
            rueckmeldung = verfahren.nimm_an(request, formular, heute=timezone.localdate())
        except begrenzung.ZuVieleAnfragen:
            return eingang.zu_viele_anfragen(request, formular)
        except eingang.SchonAbgesendet:
            formular.erneuere_marke()
            formular.add_error(
                None,
                "Eine Meldung aus diesem Formular haben Sie schon abgesendet. "
                "Ist dies eine weitere Meldung, senden Sie sie noch einmal ab.",
            )
        else:
            ziel = reverse("portal:barriere-eingegangen", args=[rueckmeldung.formular])
            return eingang.weiter(ziel)
    return render(
        request,
        "portal/rueckmeldung/melden.html",
        {"pfad": _pfad("Barriere melden"), "form": formular},
    )


def eigene_adresse(adresse):
    """The path of a page of this portal; empty for anything else, so no foreign words get in."""
    try:
        teile = urlsplit(adresse)
    except ValueError:
        return ""
    if teile.netloc and f"{teile.scheme}://{teile.netloc}" != settings.BASE_URL:
        return ""
    hoechstens = Rueckmeldung._meta.get_field("adresse").max_length
    if teile.scheme and not teile.netloc or not teile.path.startswith("/"):
        return ""
    pfad = teile.path + (f"?{teile.query}" if teile.query else "")
    return pfad if len(pfad) <= hoechstens and pfad.isprintable() else ""


@require_safe
def eingegangen(request, formular):
    rueckmeldung = get_object_or_404(Rueckmeldung, formular=formular)
    return render(
        request,
        "portal/rueckmeldung/eingegangen.html",
        {"pfad": _pfad("Meldung eingegangen"), "nummer": rueckmeldung.nummer},
    )
