"""The page of the payments: order them, take what the treasury reports, settle what fits nothing (F20)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import wraps

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.formate import euro
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import blaettere
from kommunen.tatsachen import Herkunft

from .. import kasse
from ..anlagen.annahme import nimmt_dateien
from ..befugnisse import Handelnde, verlangt_foerderung
from ..fallakte.lage import rechte
from ..models import Auszahlung, Auszahlungsstand, Foerderantrag, Zahlungsdatei, Zahlungszeile
from ..verfahren import zahlung as verfahren
from . import zahlungsdatei
from .forms import Anordnungsformular, Klaerungsformular, Rueckmeldungsformular
from .rueckmeldung import DATEI_HOECHSTENS, SPALTEN, ZU_GROSS, Lesung, Zahlung, lies

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
TITEL = "Zahlungen"
SALZ = "foerderung.zahlung.rueckmeldung"
VORSCHAU_GILT_S = 12 * 60 * 60
ABGELAUFEN = "Die Vorschau gilt nicht mehr. Laden Sie die Datei noch einmal hoch."
LIEST = {Handelnde.HAUSHALT, Handelnde.LEITUNG}


def verlangt_zahlungen(view):
    """For Haushalt and Leitung; other staff of the funding get a 403. Only the Haushalt changes things."""

    @verlangt_foerderung
    @wraps(view)
    def geprueft(request, **argumente):
        als = rechte(request.user)
        if not LIEST & als:
            raise PermissionDenied
        request.ist_haushalt = Handelnde.HAUSHALT in als
        if request.method == "POST" and not request.ist_haushalt:
            raise PermissionDenied
        return view(request, **argumente)

    return geprueft


@require_safe
@verlangt_zahlungen
def zahlungen(request):
    return _seite(request)


@FORMULAR
@verlangt_zahlungen
def anordnen(request):
    """Each of the two lists is a form of its own: real and invented payments never mix."""
    if request.method != "POST":
        return redirect("foerderung:zahlungen")
    ist_beispiel = request.POST.get("beispiel") == "1"
    formular = _anordnung(request.user, ist_beispiel, daten(request))
    if not formular.is_valid():
        # Sent twice, what it asks for is not released any more but ordered.
        if verfahren.schon_angeordnet(formular.cleaned_data.get("marke"), request.user):
            return redirect("foerderung:zahlungen")
        return _seite(request, gesendet={ist_beispiel: formular})
    try:
        datei = verfahren.ordne_an(
            formular.cleaned_data["auszahlungen"],
            durch=request.user,
            um=timezone.now(),
            marke=formular.cleaned_data["marke"],
        )
    except SchrittNichtMoeglich as fehler:
        formular.add_error(None, str(fehler))
        return _seite(request, gesendet={ist_beispiel: formular}, status=fehler.status)
    messages.success(request, f"Angeordnet mit der Zahlungsdatei {datei.nummer}.")
    return redirect("foerderung:zahlungen")


@FORMULAR
@verlangt_zahlungen
def datei(request, nummer):
    """The download is an act of its own, so it takes a click and not a link."""
    gesucht = get_object_or_404(Zahlungsdatei, nummer=nummer)
    if request.method != "POST":
        return redirect("foerderung:zahlungen")
    try:
        inhalt = verfahren.lade(gesucht, durch=request.user)
    except SchrittNichtMoeglich as fehler:
        messages.error(request, str(fehler))
        return redirect("foerderung:zahlungen")
    marke = "-beispieldaten" if gesucht.ist_beispiel else ""
    return HttpResponse(
        inhalt,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{gesucht.nummer}{marke}.csv"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


# --- What the treasury reports ------------------------------------------------------


@verlangt_zahlungen
def _zu_gross(request):
    formular = Rueckmeldungsformular({}, {})
    formular.errors.clear()
    formular.add_error("datei", ZU_GROSS)
    return _einleseseite(request, formular, status=413)


@FORMULAR
@nimmt_dateien(zu_gross=_zu_gross)
@verlangt_zahlungen
def einlesen(request):
    """GET explains; POST reads the file and shows what would happen. Nothing is saved."""
    if request.method != "POST":
        if not request.ist_haushalt:
            return redirect("foerderung:zahlungen")
        return _einleseseite(request, Rueckmeldungsformular())
    formular = Rueckmeldungsformular(request.POST, request.FILES)
    if not formular.is_valid():
        return _einleseseite(request, formular, status=422)
    gesendet = formular.cleaned_data["datei"]
    try:
        if gesendet.fehler:
            raise ValidationError(gesendet.fehler)
        gesendet.seek(0)
        lesung = lies(gesendet.read(DATEI_HOECHSTENS + 1), timezone.localdate())
    except ValidationError as fehler:
        formular.add_error("datei", fehler)
        return _einleseseite(request, formular, status=422)
    if lesung.fehler:
        formular.add_error("datei", "Nichts ist eingelesen. Berichtigen Sie die Zeilen der Liste.")
        return _einleseseite(request, formular, status=422, fehler=lesung.fehler)
    inhalt = {
        "name": gesendet.name,
        "sha256": lesung.sha256,
        "zeilen": [
            (z.nummer, z.referenz, str(z.betrag_euro), z.gezahlt_am.isoformat())
            for z in lesung.zahlungen
        ],
    }
    return render(
        request,
        "foerderung/auszahlung/vorschau.html",
        {
            **_kontext("Vorschau der Rückmeldung"),
            "zuordnungen": verfahren.ordne_zu(lesung.zahlungen),
            "inhalt": signing.dumps(inhalt, salt=SALZ, compress=True),
        },
    )


@FORMULAR
@verlangt_zahlungen
def uebernehmen(request):
    """Take over what the preview showed; matched again, because things may have moved on."""
    zurueck = redirect("foerderung:zahlungen-einlesen")
    try:
        inhalt = signing.loads(request.POST.get("inhalt", ""), salt=SALZ, max_age=VORSCHAU_GILT_S)
    except signing.BadSignature:
        messages.error(request, ABGELAUFEN)
        return zurueck
    lesung = Lesung(inhalt["sha256"], tuple(_zahlung(*z) for z in inhalt["zeilen"]), ())
    try:
        rueckmeldung = verfahren.lies_ein(
            lesung, inhalt["name"], durch=request.user, um=timezone.now()
        )
    except SchrittNichtMoeglich as fehler:
        messages.error(request, str(fehler))
        return zurueck
    offen = rueckmeldung.zeilen.zu_klaeren().count()
    messages.success(
        request,
        "Die Rückmeldung ist eingelesen."
        + (f" Zu klärende Zeilen: {offen}." if offen else " Alle Zeilen sind zugeordnet."),
    )
    return redirect("foerderung:zahlungen")


def _zahlung(nummer, referenz, betrag, am):
    return Zahlung(nummer, referenz, Decimal(betrag), date.fromisoformat(am))


@FORMULAR
@verlangt_zahlungen
def klaeren(request, nummer):
    """A reported payment that fitted nothing, and the note that settles it."""
    zeile = get_object_or_404(
        Zahlungszeile.objects.select_related("rueckmeldung", "auszahlung__antrag__kommune"),
        pk=nummer,
    )
    offen = zeile.stand in Zahlungszeile.ZU_KLAEREN
    formular, status = Klaerungsformular(daten(request)), 200
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.klaere(
                zeile, formular.cleaned_data["vermerk"], durch=request.user, um=timezone.now()
            )
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Die Zeile ist als geklärt vermerkt.")
            return redirect("foerderung:zahlungen")
    elif request.method != "POST" and not offen:
        return redirect("foerderung:zahlungen")
    titel = "Gemeldete Zahlung klären"
    return render(
        request,
        "foerderung/auszahlung/klaeren.html",
        {
            **_kontext(titel),
            "zeile": zeile,
            "form": formular if request.ist_haushalt else None,
        },
        status=status,
    )


# --- The pages ------------------------------------------------------------------------


def _anordnung(konto, ist_beispiel, eingaben=None):
    """The form for one of the two kinds; None where nothing waits and nothing was sent."""
    art = Herkunft.BEISPIEL
    menge = verfahren.anzuordnen(konto).select_related("antrag__kommune", "bankverbindung")
    menge = (
        menge.filter(antrag__herkunft=art) if ist_beispiel else menge.exclude(antrag__herkunft=art)
    )
    auswahl = [
        (
            str(a.pk),
            f"{a.referenz}, {a.antrag.kommune}: {euro(a.gilt_euro)} auf {a.bankverbindung.kurz}",
        )
        for a in menge
    ]
    if not auswahl and eingaben is None:
        return None
    alle = {"auszahlungen": [nummer for nummer, _ in auswahl]}
    return Anordnungsformular(
        eingaben, auszahlungen=auswahl, initial=alle, prefix="beispiel" if ist_beispiel else "echt"
    )


def _seite(request, *, gesendet=None, status=200):
    formulare = []
    if request.ist_haushalt:
        for ist_beispiel in (False, True):
            formular = (gesendet or {}).get(ist_beispiel) or _anordnung(request.user, ist_beispiel)
            if formular is not None:
                formulare.append((ist_beispiel, formular))
    dateien = blaettere(
        Zahlungsdatei.objects.select_related("erstellt_von"), request.GET.get("seite")
    )
    unterwegs = (
        Auszahlung.objects.filter(stand=Auszahlungsstand.ANGEORDNET)
        .filter(antrag__in=Foerderantrag.objects.fuer_lpr(request.user))
        .count()
    )
    return render(
        request,
        "foerderung/auszahlung/zahlungen.html",
        {
            "titel": TITEL,
            "pfad": [("Vorgänge", reverse("foerderung:arbeitsvorrat")), (TITEL, "")],
            "ist_haushalt": request.ist_haushalt,
            "formulare": formulare,
            "form": next(iter(gesendet.values())) if gesendet else None,
            "page_obj": dateien.seite,
            "seitenhinweis": dateien.hinweis,
            "unterwegs": unterwegs,
            "zu_klaeren": Zahlungszeile.objects.zu_klaeren().select_related("rueckmeldung"),
            "abweichende": kasse.abweichende().select_related("antrag"),
            "format": zahlungsdatei.FORMAT,
        },
        status=status,
    )


def _einleseseite(request, formular, *, status=200, fehler=()):
    return render(
        request,
        "foerderung/auszahlung/einlesen.html",
        {
            **_kontext("Rückmeldung der Kasse einlesen"),
            "form": formular,
            "fehler": fehler,
            "spalten": list(SPALTEN.values()),
        },
        status=status,
    )


def _kontext(titel):
    return {
        "titel": titel,
        "pfad": [
            ("Vorgänge", reverse("foerderung:arbeitsvorrat")),
            (TITEL, reverse("foerderung:zahlungen")),
            (titel, ""),
        ],
    }
