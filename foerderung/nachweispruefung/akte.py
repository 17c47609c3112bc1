"""The proof of use in the Fallakte: figures, receipts, and the forms of its check (F22, F23)."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.konten.eingaben import daten
from asskomm.seitenzahlen import blaettere

from ..befugnisse import RECHTE, Handelnde, handelt_als, verlangt_akte
from ..fallakte.forms import Grundformular
from ..fallakte.rahmen import zeige
from ..fallakte.views.versuch import FORMULAR, nimm_entgegen
from ..models import Status
from ..plan.ausgabenarten import art_wort
from ..verfahren import nachweispruefung as verfahren
from .ergebnis import auffaelligkeiten, fassung, positionen, stand
from .forms import Kuerzungsformular, Pruefformular, Rueckgabeformular

PRUEFEN = RECHTE[Handelnde.PRUEFUNG]
SACHBEARBEITEN = RECHTE[Handelnde.SACHBEARBEITUNG]
# What staff usually give for receipts; they type another day where it does not fit.
FRIST = timedelta(days=28)
BELEGE_ANFORDERN = (
    "Ihr Verwendungsnachweis gehört zur Stichprobe. Bitte senden Sie uns Kopien aller Belege der "
    "Belegliste mit der Post, und reichen Sie den Nachweis danach wieder ein."
)


@require_safe
@verlangt_akte()
def nachweis(request, antrag):
    """The proof as it was handed in last, and where the check stands."""
    letzte = fassung(antrag)
    belege = antrag.belege.select_related("kuerzung").order_by("bezahlt_am", "pk")
    wahl = blaettere(belege, request.GET.get("seite"))
    return zeige(
        request,
        antrag,
        "foerderung/nachweispruefung/akte.html",
        titel="Nachweis",
        fassung=letzte,
        zahlen=stand(antrag, letzte) if letzte else None,
        positionen=list(positionen(letzte)) if letzte else [],
        auffaelligkeiten=list(auffaelligkeiten(letzte)) if letzte else [],
        fall=verfahren.ziehungsfall(antrag),
        pruefung=verfahren.geltende(antrag),
        page_obj=wahl.seite,
        seitenhinweis=wahl.hinweis,
        belege=[(beleg, art_wort(beleg.ausgabenart)) for beleg in wahl.seite],
        kuerzbar=_ist_offen(antrag) and _prueft(request, antrag),
        wege=list(_wege(request, antrag)),
    )


def _ist_offen(antrag):
    return antrag.status == Status.NACHWEIS_EINGEREICHT


def _prueft(request, antrag):
    als = handelt_als(request.user, antrag)
    return Handelnde.PRUEFUNG in als and request.user.pk not in verfahren.freigebende(antrag)


def _wege(request, antrag):
    """What the person can do here: address and word."""
    als = handelt_als(request.user, antrag)
    if _ist_offen(antrag) and _prueft(request, antrag):
        yield reverse("foerderung:akte-nachweis-pruefen", args=[antrag.pk]), "Prüfung abschließen"
    if _ist_offen(antrag) and Handelnde.SACHBEARBEITUNG in als:
        yield (
            reverse("foerderung:akte-nachweis-zurueckgeben", args=[antrag.pk]),
            "Belege anfordern oder zur Ergänzung zurückgeben",
        )
    if antrag.status == Status.NACHWEIS_GEPRUEFT and Handelnde.PRUEFUNG in als:
        yield reverse("foerderung:akte-nachweis-oeffnen", args=[antrag.pk]), "Noch einmal prüfen"


@FORMULAR
@verlangt_akte(PRUEFEN)
def kuerzen(request, antrag, beleg):
    gesucht = get_object_or_404(antrag.belege.select_related("kuerzung"), pk=beleg)
    gesucht.antrag = antrag
    kuerzung = getattr(gesucht, "kuerzung", None)
    formular = Kuerzungsformular(
        daten(request),
        hoechstens=gesucht.betrag_euro,
        initial={
            "gesehen": antrag.version,
            "betrag": kuerzung.betrag_euro if kuerzung else None,
            "grund": kuerzung.grund if kuerzung else "",
        },
    )
    return _schritt(
        request,
        antrag,
        formular,
        lambda: verfahren.kuerze(
            gesucht, formular.cleaned_data["betrag"], formular.cleaned_data["grund"],
            durch=request.user, um=timezone.now(),
        ),
        titel=f"Beleg {gesucht.belegnummer} kürzen",
        erfolg="Die Kürzung ist gespeichert.",
        vorlage="foerderung/nachweispruefung/kuerzen.html",
        beleg=gesucht,
        ausgabenart=art_wort(gesucht.ausgabenart),
    )  # fmt: skip


@FORMULAR
@verlangt_akte(PRUEFEN)
def pruefen(request, antrag):
    fall, letzte = verfahren.ziehungsfall(antrag), fassung(antrag)
    if request.method != "POST" and not (_ist_offen(antrag) and letzte):
        return redirect("foerderung:akte-nachweis", antrag.pk)
    formular = Pruefformular(
        daten(request),
        mit_belegen=bool(fall and fall.mit_belegen),
        initial={"gesehen": antrag.version},
    )
    return _schritt(
        request,
        antrag,
        formular,
        lambda: verfahren.pruefe(
            antrag, formular.cleaned_data["vermerk"],
            belege_lagen_vor=formular.cleaned_data.get("belege_lagen_vor", False),
            durch=request.user, um=timezone.now(), gesehen=formular.version,
        ),
        titel="Prüfung abschließen",
        erfolg="Der Verwendungsnachweis ist geprüft. Die Kommune erhält eine E-Mail.",
        vorlage="foerderung/nachweispruefung/pruefen.html",
        fall=fall,
        zahlen=stand(antrag, letzte) if letzte else None,
    )  # fmt: skip


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def zurueckgeben(request, antrag):
    if request.method != "POST" and not _ist_offen(antrag):
        return redirect("foerderung:akte-nachweis", antrag.pk)
    fall, jetzt = verfahren.ziehungsfall(antrag), timezone.now()
    heute = timezone.localdate(jetzt)
    formular = Rueckgabeformular(
        daten(request),
        heute=heute,
        initial={
            "gesehen": antrag.version,
            "was": BELEGE_ANFORDERN if fall and fall.mit_belegen else "",
            "bis": heute + FRIST,
        },
    )
    return _schritt(
        request,
        antrag,
        formular,
        lambda: verfahren.gib_zurueck(
            antrag, formular.cleaned_data["was"], formular.cleaned_data["bis"],
            durch=request.user, um=jetzt, gesehen=formular.version,
        ),
        titel="Zur Ergänzung zurückgeben",
        erfolg="Der Nachweis ist zurückgegeben. Die Kommune erhält eine E-Mail.",
        einleitung=(
            "Die Kommune ergänzt den Nachweis oder sendet die Belege mit der Post und reicht ihn "
            "gezeichnet wieder ein. Die Belege selbst gehören in die E-Akte, nicht ins Portal."
        ),
    )  # fmt: skip


@FORMULAR
@verlangt_akte(PRUEFEN)
def oeffnen(request, antrag):
    if request.method != "POST" and antrag.status != Status.NACHWEIS_GEPRUEFT:
        return redirect("foerderung:akte-nachweis", antrag.pk)
    formular = Grundformular(
        daten(request),
        knopf="Noch einmal prüfen",
        ziel="",
        hinweis="Steht im Verlauf der Akte. Die Kommune sieht ihn nicht.",
        initial={"gesehen": antrag.version},
    )
    return _schritt(
        request,
        antrag,
        formular,
        lambda: verfahren.oeffne(
            antrag, formular.cleaned_data["grund"], durch=request.user, um=timezone.now(),
            gesehen=formular.version,
        ),
        titel="Noch einmal prüfen",
        erfolg="Die Prüfung ist wieder geöffnet. Die Kommune erhält eine E-Mail.",
        einleitung="Das Ergebnis gilt dann nicht mehr, und die Buchung wird zurückgenommen.",
    )  # fmt: skip


def _schritt(
    request, antrag, formular, handeln, *, titel, erfolg,
    vorlage="foerderung/fallakte/formular.html", **kontext,
):  # fmt: skip
    """The form, and after a refusal the form again; done, the page of the proof."""
    status = nimm_entgegen(request, antrag, formular, handeln, erfolg)
    if status is None:
        return redirect("foerderung:akte-nachweis", antrag.pk)
    return zeige(
        request, antrag, vorlage, titel=titel, status=status, mit_formular=True, form=formular,
        **kontext,
    )  # fmt: skip
