"""Payouts in the Fallakte: the list, and each with the one step that is next (F19)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .. import kasse
from ..befugnisse import Handelnde, handelt_als, verlangt_akte
from ..fallakte.forms import Abschlussformular, Grundformular
from ..fallakte.rahmen import zeige
from ..models import Auszahlungsstand
from ..verfahren import auszahlungspruefung
from ..verfahren.auszahlungsende import LEHNT_AB, lehne_ab
from ..verfahren.auszahlungspruefung import WER, beteiligte, hat_gueltige_bank
from ..verfahren.entscheidung import Unzulaessig
from .forms import Pruefformular

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
S = Auszahlungsstand
TITEL = "Auszahlungen"
GELESEN = Handlung("auszahlung.bankdaten_gelesen", "Bankdaten gelesen")
# Who needs the whole number for their work.
LIEST_BANKDATEN = {Handelnde.SACHBEARBEITUNG, Handelnde.HAUSHALT}


@dataclass(frozen=True)
class Schritt:
    """A form of the page of a payout: in which states it is there, who sends it, what it does."""

    aus: tuple[S, ...]
    wer: Callable[[S], tuple[Handelnde, ...]]
    handeln: Callable
    erfolg: str
    knopf: str = ""
    mit_grund: bool = False
    hinweis: str = ""


def _naechste(stand):
    return (WER[stand],)


def _jede_rolle(stand):
    return tuple(WER.values())


def _ablehnende(stand):
    return LEHNT_AB[stand]


SCHRITTE = {
    "pruefen": Schritt(
        (S.ANGEFORDERT,), _naechste, auszahlungspruefung.pruefe,
        "Die Auszahlung ist geprüft. Jetzt entscheidet die Leitung.",
    ),
    "genehmigen": Schritt(
        (S.GEPRUEFT,), _naechste, auszahlungspruefung.genehmige,
        "Die Auszahlung ist genehmigt. Jetzt gibt sie der Haushalt frei.", "Genehmigen",
    ),
    "freigeben": Schritt(
        (S.GENEHMIGT,), _naechste, auszahlungspruefung.gib_frei,
        "Die Auszahlung ist freigegeben. Ordnen Sie sie unter Zahlungen an.", "Freigeben",
    ),
    "zurueckgeben": Schritt(
        (S.GEPRUEFT, S.GENEHMIGT), _jede_rolle, auszahlungspruefung.gib_zurueck,
        "Die Auszahlung ist noch einmal zu prüfen.", "Zur Prüfung zurückgeben", mit_grund=True,
        hinweis="Steht im Verlauf der Akte. Die Kommune sieht ihn nicht.",
    ),
    "ablehnen": Schritt(
        tuple(LEHNT_AB), _ablehnende, lehne_ab,
        "Die Auszahlung ist beendet. Die Kommune erhält eine E-Mail.", "Auszahlung ablehnen",
        mit_grund=True, hinweis="Die Kommune liest ihn. Nennen Sie keine Personen.",
    ),
}  # fmt: skip
ANHALTEN = "Auszahlung anhalten und beenden"


@require_safe
@verlangt_akte()
def auszahlungen(request, antrag):
    return zeige(
        request,
        antrag,
        "foerderung/auszahlung/akte.html",
        titel=TITEL,
        konto=kasse.konto(antrag),
        auszahlungen=antrag.auszahlungen.select_related("zahlungsdatei").order_by("-nummer"),
    )


@require_safe
@verlangt_akte()
def auszahlung(request, antrag, auszahlung):
    return _seite(request, antrag, _auszahlung(antrag, auszahlung))


@FORMULAR
@verlangt_akte()
def bankdaten(request, antrag, auszahlung):
    """The whole number; that somebody read it stands in the log."""
    gesucht = _auszahlung(antrag, auszahlung)
    if not LIEST_BANKDATEN & handelt_als(request.user, antrag):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(_adresse(gesucht))
    with transaction.atomic():
        protokolliere(
            GELESEN, antrag, durch=request.user, angaben={"auszahlung": gesucht.nummer}
        )  # fmt: skip
    return _seite(request, antrag, gesucht, mit_bankdaten=True)


@FORMULAR
@verlangt_akte()
def schritt(request, antrag, auszahlung, schritt):
    """Takes the step, or shows the page again with the reason and what was typed."""
    if schritt not in SCHRITTE:
        raise Http404
    gesucht = _auszahlung(antrag, auszahlung)
    eingaben = daten(request)
    if eingaben is None:
        return redirect(_adresse(gesucht))
    formular, status = _formular(schritt, gesucht, eingaben), 200
    if request.method == "POST" and formular.is_valid():
        werte = {n: w for n, w in formular.cleaned_data.items() if n != "gesehen"}
        try:
            SCHRITTE[schritt].handeln(
                gesucht, **werte, durch=request.user, um=timezone.now(), gesehen=formular.version
            )
        except Unzulaessig as fehler:
            for feld, satz in fehler.felder.items():
                formular.add_error(feld, satz)
        except SchrittNichtMoeglich as fehler:
            gesucht = _auszahlung(antrag, auszahlung)
            formular.add_error(None, str(fehler))
            formular.setze("gesehen", gesucht.version)
            status = fehler.status
        else:
            messages.success(request, SCHRITTE[schritt].erfolg)
            return redirect(_adresse(gesucht))
    return _seite(request, antrag, gesucht, gesendet={schritt: formular}, status=status)


def _auszahlung(antrag, nummer):
    gesucht = get_object_or_404(
        antrag.auszahlungen.select_related(
            "ansatz", "bankverbindung", "zahlungsdatei", "angefordert_von", "geprueft_von",
            "geprueft_fuer", "genehmigt_von", "genehmigt_fuer", "freigegeben_von",
            "freigegeben_fuer", "beendet_von",
        ),
        pk=nummer,
    )  # fmt: skip
    gesucht.antrag = antrag
    return gesucht


def _adresse(auszahlung):
    return reverse("foerderung:akte-auszahlung", args=[auszahlung.antrag_id, auszahlung.pk])


def _formular(name, auszahlung, eingaben=None):
    art = SCHRITTE[name]
    ziel = reverse(
        "foerderung:akte-auszahlung-schritt", args=[auszahlung.antrag_id, auszahlung.pk, name]
    )
    wahl = {"prefix": name, "initial": {"gesehen": auszahlung.version}}
    if name == "pruefen":
        wahl["initial"]["anerkannt"] = auszahlung.ausgaben_euro
        formular = Pruefformular(eingaben, **wahl)
        formular.ziel = ziel
        return formular
    knopf = ANHALTEN if name == "ablehnen" and auszahlung.stand == S.FREIGEGEBEN else art.knopf
    if art.mit_grund:
        return Grundformular(eingaben, knopf=knopf, ziel=ziel, hinweis=art.hinweis, **wahl)
    return Abschlussformular(eingaben, knopf=knopf, ziel=ziel, **wahl)


def _seite(request, antrag, auszahlung, *, gesendet=None, mit_bankdaten=False, status=200):
    als, stand = handelt_als(request.user, antrag), S(auszahlung.stand)
    beteiligt = request.user.pk in beteiligte(auszahlung)
    formulare = {}
    for name, art in SCHRITTE.items():
        if stand not in art.aus or not als.intersection(art.wer(stand)):
            continue
        if beteiligt and not art.mit_grund:
            continue
        formulare[name] = _formular(name, auszahlung)
    formulare |= gesendet or {}
    gebunden = next(iter(gesendet.values())) if gesendet else None
    titel = str(auszahlung)
    return zeige(
        request,
        antrag,
        "foerderung/auszahlung/akte_auszahlung.html",
        titel=titel,
        status=status,
        mit_formular=bool(formulare),
        auszahlung=auszahlung,
        belege=auszahlung.belege.all(),
        formulare=[(name, formular) for name, formular in formulare.items()],
        form=gebunden,
        personen=_personen(auszahlung),
        beteiligt=beteiligt and stand in WER,
        bank_gewechselt=stand in (*WER, S.FREIGEGEBEN)
        and not hat_gueltige_bank(auszahlung, timezone.now()),
        liest_bankdaten=bool(LIEST_BANKDATEN & als),
        mit_bankdaten=mit_bankdaten,
        wer=WER[stand].value if stand in WER else "",
    )


def _personen(auszahlung):
    """Who did what when, in its order."""
    zeilen = (
        ("Angefordert", auszahlung.angefordert_um, auszahlung.angefordert_von, None),
        ("Geprüft", auszahlung.geprueft_um, auszahlung.geprueft_von, auszahlung.geprueft_fuer),
        ("Genehmigt", auszahlung.genehmigt_um, auszahlung.genehmigt_von, auszahlung.genehmigt_fuer),
        (
            "Freigegeben",
            auszahlung.freigegeben_um,
            auszahlung.freigegeben_von,
            auszahlung.freigegeben_fuer,
        ),
        ("Zur Zahlung angeordnet", auszahlung.angeordnet_um, None, None),
        (
            auszahlung.get_stand_display().capitalize(),
            auszahlung.beendet_um,
            auszahlung.beendet_von,
            None,
        ),
    )
    return [zeile for zeile in zeilen if zeile[1]]
