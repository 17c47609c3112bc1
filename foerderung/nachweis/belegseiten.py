"""The receipt list of a case: pages, one receipt, the spreadsheet with its preview (F22)."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.dokumente.abruf import xlsx_datei
from asskomm.formate import zahl
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import blaettere
from kommunen.befugnisse import Befugnis

from ..anlagen.annahme import nimmt_dateien
from ..befugnisse import verlangt_antrag
from ..plan.ausgabenarten import ARTEN, art_wort
from ..verfahren import belege as verfahren
from ..verfahren.belege import Belegangaben
from ..verfahren.entscheidung import Unzulaessig
from .fassung import eingabe
from .forms import Belegaenderung, Belegformular, Loeschformular, Tabellenformular
from .maengel import BELEGE
from .rahmen import rahmen, umfeld_von
from .tabelle import SPALTEN, ZU_GROSS, lies_datei, schreibe
from .zahlen import zahlen

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
SALZ = "foerderung.nachweis.belege"
VORSCHAU_GILT_S = 12 * 60 * 60
VORSCHAU_ZEIGT = 50
ABGELAUFEN = "Die Vorschau gilt nicht mehr. Laden Sie die Tabelle noch einmal hoch."


# --- The list ----------------------------------------------------------------------


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def belege(request, antrag):
    umfeld = umfeld_von(antrag)
    wahl = blaettere(_belege(antrag), request.GET.get("seite"))
    for beleg in wahl.seite:
        beleg.art_wort, beleg.gesperrt = art_wort(beleg.ausgabenart), verfahren.gesperrt(beleg)
    stand = zahlen(umfeld, eingabe(umfeld).werte)
    return _zeige(
        request,
        umfeld,
        "foerderung/nachweis/belege.html",
        page_obj=wahl.seite,
        seitenhinweis=wahl.hinweis,
        anzahl=umfeld.beleganzahl,
        stand=stand,
    )


def _belege(antrag):
    return antrag.belege.select_related("auszahlung", "kuerzung").order_by("bezahlt_am", "pk")


# --- One receipt -------------------------------------------------------------------


@FORMULAR
@verlangt_antrag(Befugnis.BEARBEITEN)
def neu(request, antrag):
    umfeld = umfeld_von(antrag)
    if request.method != "POST" and verfahren.hindernis(antrag, umfeld.am):
        return redirect("foerderung:nachweis-belege", antrag.pk)
    formular = Belegformular(daten(request))

    def tu(angaben):
        verfahren.erfasse(antrag, angaben, durch=request.user, um=timezone.now())

    return _bearbeite(
        request, umfeld, formular, tu, titel="Beleg erfassen", danach="Der Beleg ist erfasst."
    )


@FORMULAR
@verlangt_antrag(Befugnis.BEARBEITEN)
def beleg(request, antrag, nummer):
    umfeld = umfeld_von(antrag)
    vorhanden = get_object_or_404(_belege(antrag), pk=nummer)
    vorhanden.antrag = antrag
    satz = verfahren.hindernis(antrag, umfeld.am) or verfahren.gesperrt(vorhanden)
    if request.method != "POST" and satz:
        messages.info(request, satz)
        return redirect("foerderung:nachweis-belege", antrag.pk)
    angaben = Belegangaben.von(vorhanden)
    formular = Belegaenderung(daten(request), initial=asdict(angaben) | {"stand": angaben.stand})

    def tu(neue):
        verfahren.aendere(
            vorhanden,
            neue,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.cleaned_data["stand"],
        )

    return _bearbeite(
        request,
        umfeld,
        formular,
        tu,
        titel=f"Beleg {vorhanden.belegnummer} ändern",
        danach="Der Beleg ist geändert.",
        beleg=vorhanden,
    )


def _bearbeite(request, umfeld, formular, tu, *, titel, danach, beleg=None):
    """Show or send the form of one receipt."""
    status = 200
    if request.method == "POST" and formular.is_valid():
        werte = formular.cleaned_data
        try:
            tu(Belegangaben(**{name: werte[name] for name in SPALTEN}))
        except Unzulaessig as fehler:
            for feld, satz in fehler.felder.items():
                formular.add_error(feld, satz)
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
            if beleg and (jetzt := umfeld.antrag.belege.filter(pk=beleg.pk).first()):
                formular.setze("stand", Belegangaben.von(jetzt).stand)
        else:
            messages.success(request, danach)
            if "noch_einer" in request.POST:
                return redirect("foerderung:nachweis-beleg-neu", umfeld.antrag.pk)
            return redirect("foerderung:nachweis-belege", umfeld.antrag.pk)
    return _zeige(
        request,
        umfeld,
        "foerderung/nachweis/beleg.html",
        titel=titel,
        status=status,
        form=formular,
        beleg=beleg,
    )


@FORMULAR
@verlangt_antrag(Befugnis.BEARBEITEN)
def loeschen(request, antrag, nummer):
    umfeld = umfeld_von(antrag)
    vorhanden = get_object_or_404(_belege(antrag), pk=nummer)
    vorhanden.antrag = antrag
    angaben = Belegangaben.von(vorhanden)
    formular, status = Loeschformular(daten(request), initial={"stand": angaben.stand}), 200
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.loesche(
                vorhanden,
                durch=request.user,
                um=timezone.now(),
                gesehen=formular.cleaned_data["stand"],
            )
        except SchrittNichtMoeglich as fehler:
            formular.setze("stand", angaben.stand)
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, f"Der Beleg {angaben.belegnummer} ist gelöscht.")
            return redirect("foerderung:nachweis-belege", antrag.pk)
    return _zeige(
        request,
        umfeld,
        "foerderung/nachweis/beleg_loeschen.html",
        titel=f"Beleg {angaben.belegnummer} löschen",
        status=status,
        form=formular,
        beleg=vorhanden,
        art=art_wort(vorhanden.ausgabenart),
    )


# --- The spreadsheet -----------------------------------------------------------------


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def herunterladen(request, antrag):
    umfeld_von(antrag)
    return xlsx_datei(schreibe(_belege(antrag)), f"belege-{antrag.nummer.lower()}.xlsx")


@verlangt_antrag(Befugnis.BEARBEITEN)
def _zu_gross(request, antrag):
    formular = Tabellenformular({}, {})
    formular.errors.clear()
    formular.add_error("datei", ZU_GROSS)
    return _tabellenseite(request, umfeld_von(antrag), formular, 413)


@FORMULAR
@nimmt_dateien(zu_gross=_zu_gross)
@verlangt_antrag(Befugnis.LESEN)
def tabelle(request, antrag):
    """GET explains; POST reads the file and shows what would be taken over. Nothing is saved."""
    umfeld = umfeld_von(antrag)
    if request.method != "POST":
        return _tabellenseite(request, umfeld, Tabellenformular())
    if not request.zugang.darf(Befugnis.BEARBEITEN):
        raise PermissionDenied
    formular = Tabellenformular(request.POST, request.FILES)
    if not formular.is_valid():
        return _tabellenseite(request, umfeld, formular, 422)
    if satz := verfahren.hindernis(antrag, umfeld.am):
        formular.add_error("datei", satz)
        return _tabellenseite(request, umfeld, formular, 409)
    datei = formular.cleaned_data["datei"]
    try:
        if datei.fehler:
            raise ValidationError(datei.fehler)
        einlesung = lies_datei(
            datei, datei.name, list(antrag.belege.all()), umfeld.bewilligung, umfeld.am
        )
    except ValidationError as fehler:
        formular.add_error("datei", fehler)
        return _tabellenseite(request, umfeld, formular, 422)
    if einlesung.fehler:
        formular.add_error("datei", "Nichts ist übernommen. Berichtigen Sie die Zellen der Liste.")
        return _tabellenseite(request, umfeld, formular, 422, einlesung)
    return _zeige(
        request,
        umfeld,
        "foerderung/nachweis/vorschau.html",
        titel="Vorschau der Belegliste",
        einlesung=einlesung,
        gezeigte=[(b, art_wort(b.ausgabenart)) for b in einlesung.neue[:VORSCHAU_ZEIGT]],
        weitere=max(len(einlesung.neue) - VORSCHAU_ZEIGT, 0),
        nach_art=[
            (wort, summe)
            for art, wort in ARTEN.items()
            if (summe := sum(b.betrag_euro for b in einlesung.neue if b.ausgabenart == art))
        ],
        inhalt=signing.dumps(
            {"antrag": str(antrag.pk), "belege": [_als_text(b) for b in einlesung.neue]},
            salt=SALZ,
            compress=True,
        ),
    )


def _als_text(angaben):
    return [str(wert) for wert in asdict(angaben).values()]


def _aus_text(werte):
    """The signed text as the form's fields read it: it was written by `_als_text`."""
    felder = Belegformular.base_fields
    texte = dict(zip(SPALTEN, werte, strict=True))
    texte["betrag_euro"] = texte["betrag_euro"].replace(".", ",")
    return Belegangaben(**{name: felder[name].clean(text) for name, text in texte.items()})


@FORMULAR
@verlangt_antrag(Befugnis.BEARBEITEN)
def uebernehmen(request, antrag):
    """Add what the preview showed, all of it or nothing; twice is once.

    Whoever comes back here from the login has no preview any more.
    """
    umfeld_von(antrag)
    zurueck = redirect("foerderung:nachweis-belegtabelle", antrag.pk)
    try:
        inhalt = signing.loads(request.POST.get("inhalt", ""), salt=SALZ, max_age=VORSCHAU_GILT_S)
    except signing.BadSignature:
        inhalt = {}
    if inhalt.get("antrag") != str(antrag.pk):
        messages.error(request, ABGELAUFEN)
        return zurueck
    try:
        anzahl = verfahren.uebernimm(
            antrag,
            [_aus_text(werte) for werte in inhalt["belege"]],
            durch=request.user,
            um=timezone.now(),
        )
    except Unzulaessig:
        messages.error(
            request,
            "Die Belegliste hat sich inzwischen geändert. Nichts ist übernommen. Laden Sie die "
            "Tabelle noch einmal hoch.",
        )
        return zurueck
    except SchrittNichtMoeglich as fehler:
        messages.error(request, f"{fehler} Nichts ist übernommen.")
        return zurueck
    wort = "1 Beleg ist" if anzahl == 1 else f"{zahl(anzahl)} Belege sind"
    messages.success(request, f"{wort} neu in der Liste.")
    return redirect(f"{reverse('foerderung:nachweis-belege', args=[antrag.pk])}#inhalt")


def _tabellenseite(request, umfeld, formular, status=200, einlesung=None):
    return _zeige(
        request,
        umfeld,
        "foerderung/nachweis/tabelle.html",
        titel="Belege als Tabelle hochladen",
        status=status,
        form=formular,
        einlesung=einlesung,
        spalten=SPALTEN.values(),
        arten=ARTEN.values(),
    )


def _zeige(request, umfeld, vorlage, *, titel="", status=200, **kontext):
    return render(
        request, vorlage, {**rahmen(request, umfeld, BELEGE, titel), **kontext}, status=status
    )
