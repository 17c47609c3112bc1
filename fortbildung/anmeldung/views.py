"""Registering, the personal page, and the page on which the employer agrees."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from asskomm import begrenzung, eingang
from asskomm.persoenlich import mit_persoenlichem_link
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt, gesehene_version

from ..kurse.angebot import angebot
from ..kurse.rahmen import pfad, sichtbare
from ..models import BEENDET, Anmeldung
from ..verfahren import anmeldung as verfahren
from . import lage, link, seite
from .forms import AnmeldungFormular

JE_KONTO_AM_TAG = 5
HEUTE_GENUG = (
    "Mit Ihrem Konto haben Sie sich heute schon fünfmal zu Lehrgängen angemeldet. Morgen können "
    "Sie sich wieder anmelden. Wenn es eilt, wenden Sie sich an die Koordination."
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def anmelden(request, pk):
    """Its own mark protects the form, so that it needs no cookie (`asskomm.formularmarke`)."""
    durchgang, um = get_object_or_404(sichtbare(), pk=pk), timezone.now()
    konto = request.user if request.user.is_authenticated else None
    formular = AnmeldungFormular(
        request.POST if request.method == "POST" else None,
        initial={"name": konto.name} if konto else None,
        durchgang=durchgang,
        konto=konto,
        heute=timezone.localdate(um),
        um=um,
    )
    if formular.is_valid():
        antwort = _melde_an(request, durchgang, formular, konto, um)
        if antwort:
            return antwort
    return render(
        request,
        "fortbildung/anmeldung/anmelden.html",
        {
            "pfad": pfad((durchgang.bezeichnung, durchgang.get_absolute_url()), ("Anmeldung", "")),
            "durchgang": durchgang,
            "angebot": angebot(durchgang, timezone.localdate(um)),
            "form": formular,
            "konto": konto,
        },
    )


def _melde_an(request, durchgang, formular, konto, um):
    """Where to go on; None where the form is shown again and says why."""
    unterwegs = reverse("fortbildung:anmeldung-unterwegs", args=[durchgang.pk])
    if formular.ist_falle:
        return eingang.weiter(unterwegs)
    try:
        with transaction.atomic():  # over the limit nothing is stored and nobody is mailed
            ergebnis = verfahren.melde_an(
                durchgang, formular.angaben, formular=formular.kennung, konto=konto, um=um
            )
            if ergebnis.zaehlt:
                _zaehle(request, konto, timezone.localdate(um))
    except begrenzung.ZuVieleAnfragen:
        if konto is None:
            return eingang.zu_viele_anfragen(request, formular)
        formular.add_error(None, HEUTE_GENUG)
        return None
    except eingang.SchonAbgesendet:
        formular.erneuere_marke()
        formular.add_error(
            None,
            "Dieses Formular haben Sie schon abgesendet. Haben Sie seitdem etwas geändert, "
            "senden Sie es noch einmal ab.",
        )
        return None
    except SchrittNichtMoeglich as fehler:
        formular.add_error(None, str(fehler))
        return None
    if konto:
        return eingang.weiter(reverse("fortbildung:anmeldung", args=[ergebnis.anmeldung.pk]))
    return eingang.weiter(unterwegs)


def _zaehle(request, konto, heute):
    """By connection in an hour, by account on a day: each asks an employer by mail."""
    if konto is None:
        begrenzung.zaehle(request, "kursanmeldung", heute=heute)
    else:
        begrenzung.zaehle_am_tag(konto, "kursanmeldung", heute=heute, hoechstens=JE_KONTO_AM_TAG)


@require_safe
def unterwegs(request, pk):
    """The same for everybody, so that nobody learns who is registered."""
    durchgang = get_object_or_404(sichtbare(), pk=pk)
    return render(
        request,
        "fortbildung/anmeldung/unterwegs.html",
        {
            "pfad": pfad((durchgang.bezeichnung, durchgang.get_absolute_url()), ("Anmeldung", "")),
            "durchgang": durchgang,
        },
    )


@require_safe
@login_required
def meine(request):
    um = timezone.now()
    eigene = (
        Anmeldung.objects.von(request.user)
        .select_related("durchgang__lehrgang", "teilnahme")
        .prefetch_related("teilnahme__zertifikate", "durchgang__kurstage")
    )
    return render(
        request,
        "fortbildung/anmeldung/meine.html",
        {
            "pfad": pfad(("Meine Lehrgänge", "")),
            "anmeldungen": [
                (anmeldung, lage.lage(anmeldung, um))
                for anmeldung in eigene.order_by("-eingegangen_um")
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def eigene(request, pk):
    menge = Anmeldung.objects.von(request.user).prefetch_related("teilnahme__zertifikate")
    anmeldung = get_object_or_404(
        menge.select_related("durchgang__lehrgang", "kommune", "teilnahme"), pk=pk
    )
    weg = pfad(("Meine Lehrgänge", reverse("fortbildung:meine")), ("Anmeldung", ""))
    zertifikat = reverse("fortbildung:zertifikat", args=[pk])
    zugang = seite.Zugang(request.user, weg, zertifikat)
    return seite.zeige(request, anmeldung, zugang, um=timezone.now())


@mit_persoenlichem_link
@require_http_methods(["GET", "HEAD", "POST"])
def mit_link(request, zeichen):
    """Opening it changes nothing: mail scanners open links, too."""
    try:
        anmeldung = link.lies(zeichen)
    except link.LinkGiltNicht as fehler:
        return _gilt_nicht(request, fehler)
    weg = pfad(("Ihre Anmeldung", ""))
    zertifikat = reverse("fortbildung:zertifikat-link", args=[zeichen])
    return seite.zeige(request, anmeldung, seite.Zugang(None, weg, zertifikat), um=timezone.now())


@require_safe
def geloescht(request):
    """After somebody deleted their data: there is no page of the registration any more."""
    return render(
        request,
        "fortbildung/anmeldung/geloescht.html",
        {"pfad": pfad(("Angaben gelöscht", ""))},
    )


@mit_persoenlichem_link
@require_http_methods(["GET", "HEAD", "POST"])
def zustimmung(request, zeichen):
    """Whom the employer agrees for is told here and not in the mail."""
    try:
        anmeldung = link.lies_zustimmung(zeichen)
    except link.LinkGiltNicht as fehler:
        return _gilt_nicht(request, fehler)
    ueberholt = ""
    if request.method == "POST":
        gesehen = gesehene_version(request.POST.get("version", ""))
        try:
            verfahren.stimme_zu(anmeldung, um=timezone.now(), gesehen=gesehen)
        except Ueberholt as fehler:
            anmeldung.refresh_from_db()
            ueberholt = str(fehler)
        except SchrittNichtMoeglich:  # the page says so
            return redirect(f"{request.path}#inhalt")
        else:
            return redirect(f"{request.path}#inhalt")
    return render(
        request,
        "fortbildung/anmeldung/zustimmung.html",
        {
            "pfad": pfad(("Zustimmung", "")),
            "anmeldung": anmeldung,
            "beendet": anmeldung.stand in BEENDET,
            "ueberholt": ueberholt,
        },
        status=Ueberholt.status if ueberholt else 200,
    )


def _gilt_nicht(request, fehler):
    return render(
        request,
        "fortbildung/anmeldung/link_gilt_nicht.html",
        {"pfad": pfad(), "veraltet": fehler.veraltet},
        status=410 if fehler.veraltet else 404,
    )
