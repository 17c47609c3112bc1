"""Nachforderung, notes, and who works on a case when (F12, F13, F58)."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich

from ...abschnitte import OEFFENBAR
from ...befugnisse import Handelnde, verlangt_akte
from ...models import Regel, Status
from ...regelwerk.werte import regeln
from ...verfahren import aktenfuehrung, nachforderungen
from ..forms import (
    Aktenformular,
    Grundformular,
    Nachforderungsformular,
    Vermerkformular,
    Wiedervorlageformular,
    Zuweisungsformular,
)
from ..lage import rechte
from ..rahmen import zeige
from .akte import zeige_uebersicht
from .versuch import FORMULAR, nimm_entgegen

SACHBEARBEITEN = "foerderung.sachbearbeiten"


# --- Nachforderung -------------------------------------------------------------


@FORMULAR
@verlangt_akte()
def nachforderung(request, antrag):
    """What was asked for so far, and for the Sachbearbeitung the form to ask for more."""
    darf = Handelnde.SACHBEARBEITUNG in rechte(request.user)
    eingaben = daten(request)
    if request.method == "POST" and not darf:
        raise PermissionDenied
    if not darf or (antrag.status != Status.EINGEREICHT and eingaben is None):
        return _nachforderung(request, antrag)
    jetzt = timezone.now()
    heute = timezone.localdate(jetzt)
    formular = Nachforderungsformular(
        eingaben,
        heute=heute,
        initial={"gesehen": antrag.version, "frist": _uebliche_frist(antrag, heute)},
    )
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: nachforderungen.fordere_nach(
            antrag,
            formular.cleaned_data["abschnitte"],
            formular.cleaned_data["text"],
            formular.cleaned_data["frist"],
            durch=request.user,
            um=jetzt,
            gesehen=formular.version,
            marke=formular.cleaned_data["marke"],
        ),
        "Die Nachforderung ist gestellt. Die Kommune erhält eine E-Mail.",
    )
    if status is None:
        return redirect("foerderung:fallakte-nachforderung", antrag.pk)
    return _nachforderung(request, antrag, formular=formular, status=status)


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def nachforderung_zuruecknehmen(request, antrag):
    formular = _zuruecknehmen(antrag, daten(request))
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: nachforderungen.nimm_nachforderung_zurueck(
            antrag,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.version,
            grund=formular.cleaned_data["grund"],
        ),
        "Die Nachforderung ist zurückgenommen. Die Kommune erhält eine E-Mail.",
    )
    if status is None:
        return redirect("foerderung:fallakte-nachforderung", antrag.pk)
    return _nachforderung(request, antrag, zuruecknehmen=formular, status=status)


def _zuruecknehmen(antrag, eingaben=None):
    return Grundformular(
        eingaben,
        knopf="Nachforderung zurücknehmen",
        ziel=reverse("foerderung:fallakte-nachforderung-zuruecknehmen", args=[antrag.pk]),
        hinweis="Steht im Verlauf der Akte. Die Kommune sieht ihn nicht.",
        prefix="zurueck",
        initial={"gesehen": antrag.version},
    )


def _uebliche_frist(antrag, heute):
    """As the rule set says; where it says nothing, the day is typed."""
    schluessel = Regel.Schluessel.NACHFORDERUNG_TAGE
    regel = regeln(antrag.regelwerk, schluessel).get(schluessel)
    return heute + timedelta(days=int(regel.wert)) if regel else None


def _nachforderung(request, antrag, *, formular=None, zuruecknehmen=None, status=200):
    darf = Handelnde.SACHBEARBEITUNG in rechte(request.user)
    if zuruecknehmen is None and darf and antrag.status == Status.NACHFORDERUNG:
        zuruecknehmen = _zuruecknehmen(antrag)
    alle = antrag.nachforderungen.select_related("gestellt_von").order_by("-gestellt_um")
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/nachforderung.html",
        titel="Nachforderung",
        status=status,
        mit_formular=formular is not None,
        form=next((f for f in (formular, zuruecknehmen) if f and f.is_bound), None),
        formular=formular,
        zuruecknehmen=zuruecknehmen,
        nachforderungen=[(n, [OEFFENBAR.get(a, a) for a in n.abschnitte]) for n in alle],
        heute=timezone.localdate(),
    )


# --- Notes ---------------------------------------------------------------------


@FORMULAR
@verlangt_akte()
def vermerke(request, antrag):
    formular, status = None, 200
    if rechte(request.user):
        formular = Vermerkformular(daten(request))
        status = nimm_entgegen(
            request,
            antrag,
            formular,
            lambda: aktenfuehrung.schreibe_vermerk(
                antrag,
                formular.cleaned_data["text"],
                durch=request.user,
                um=timezone.now(),
                marke=formular.cleaned_data["marke"],
            ),
            "Der Vermerk ist gespeichert.",
        )
        if status is None:
            return redirect("foerderung:fallakte-vermerke", antrag.pk)
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/vermerke.html",
        titel="Vermerke",
        status=status,
        mit_formular=formular is not None,
        form=formular,
        vermerke=antrag.vermerke.select_related("von"),
    )


# --- Who works on it, and when -------------------------------------------------


@FORMULAR
@verlangt_akte()
def zustaendigkeit(request, antrag):
    if not rechte(request.user) & {Handelnde.SACHBEARBEITUNG, Handelnde.LEITUNG}:
        raise PermissionDenied
    formular = Zuweisungsformular(
        daten(request),
        personen=aktenfuehrung.personal(Handelnde.SACHBEARBEITUNG, antrag),
        initial={"gesehen": antrag.zustaendig_id or "", "konto": antrag.zustaendig_id},
    )
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: aktenfuehrung.weise_zu(
            antrag,
            formular.cleaned_data["konto"],
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.version or None,
        ),
        "Die Zuständigkeit ist gespeichert.",
    )
    if status is None:
        return redirect("foerderung:fallakte", antrag.pk)
    if status == 409:
        formular.setze("gesehen", antrag.zustaendig_id or "")
    return _formularseite(
        request, antrag, formular, "Zuständigkeit", status,
        "Die zuständige Person hat den Vorgang in ihrer Liste. Sie erhält eine E-Mail.",
    )  # fmt: skip


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def uebernehmen(request, antrag):
    """From the worklist: nobody is responsible yet, and now the person who clicks is.

    Whoever comes back here from the login has not clicked yet.
    """
    if request.method != "POST":
        return redirect("foerderung:fallakte", antrag.pk)
    formular = Aktenformular(request.POST)
    formular.is_valid()
    try:
        aktenfuehrung.weise_zu(
            antrag,
            request.user,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.version or None,
        )
    except SchrittNichtMoeglich as fehler:
        return zeige_uebersicht(request, antrag, fehler=str(fehler), status=fehler.status)
    messages.success(request, "Sie sind jetzt zuständig.")
    return redirect("foerderung:fallakte", antrag.pk)


@FORMULAR
@verlangt_akte()
def wiedervorlage(request, antrag):
    if not rechte(request.user):
        raise PermissionDenied
    jetzt = timezone.now()
    gesehen = antrag.wiedervorlage_am
    formular = Wiedervorlageformular(
        daten(request),
        heute=timezone.localdate(jetzt),
        initial={
            "gesehen": gesehen.isoformat() if gesehen else "",
            "am": gesehen,
            "grund": antrag.wiedervorlage_grund,
        },
    )
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: aktenfuehrung.lege_wieder_vor(
            antrag,
            formular.cleaned_data["am"],
            formular.cleaned_data["grund"],
            durch=request.user,
            um=jetzt,
            gesehen=_tag(formular.cleaned_data["gesehen"]),
        ),
        "Die Wiedervorlage ist gespeichert.",
    )
    if status is None:
        return redirect("foerderung:fallakte", antrag.pk)
    if status == 409:
        jetzt_gilt = antrag.wiedervorlage_am
        formular.setze("gesehen", jetzt_gilt.isoformat() if jetzt_gilt else "")
    return _formularseite(
        request, antrag, formular, "Wiedervorlage", status,
        "An diesem Tag steht der Vorgang unter „Überfällig“, bis Sie die Wiedervorlage beenden.",
    )  # fmt: skip


@FORMULAR
@verlangt_akte()
def befangenheit(request, antrag):
    if not rechte(request.user):
        raise PermissionDenied
    formular = Grundformular(
        daten(request),
        knopf="Befangenheit erklären",
        ziel="",
        hinweis="Steht im Verlauf der Akte. Die Kommune sieht ihn nicht.",
        initial={"gesehen": antrag.version},
    )
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: aktenfuehrung.erklaere_befangenheit(
            antrag, durch=request.user, um=timezone.now(), grund=formular.cleaned_data["grund"]
        ),
        f"Sie haben zum Antrag {antrag.nummer} Befangenheit erklärt. Die Akte sehen Sie nicht mehr.",
    )
    if status is None:
        return redirect("foerderung:arbeitsvorrat")
    return _formularseite(
        request, antrag, formular, "Befangenheit erklären", status,
        "Sie verlieren sofort jeden Zugriff auf diese Akte. Ihre fachliche Prüfung zählt dann "
        "nicht mehr. Die Leitung wird gebeten, den Vorgang neu zuzuweisen.",
    )  # fmt: skip


def _tag(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _formularseite(request, antrag, formular, titel, status, einleitung):
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/formular.html",
        titel=titel,
        status=status,
        mit_formular=True,
        form=formular,
        einleitung=einleitung,
    )
