"""Pages on which the members of a Kommune are seen, invited, changed and reviewed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich

from .. import bereich
from ..befugnisse import Befugnis, verlangt
from ..models import Mitgliedschaft
from . import verfahren
from .forms import Einladungsformular, Pruefungsformular, Rollenformular
from .personen import personen, zu_pruefen

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@verlangt(Befugnis.LESEN)
def liste(request, kommune):
    jetzt = timezone.now()
    alle = personen(kommune, request.user, jetzt)
    return _zeige(
        request,
        "mitglieder/liste.html",
        personen=alle,
        eigenes_konto=request.user,
        verwaltet=request.zugang.darf(Befugnis.MITGLIEDER_VERWALTEN),
        faellig=zu_pruefen(alle, jetzt),
    )


@FORMULAR
@verlangt(Befugnis.MITGLIEDER_VERWALTEN)
def einladen(request, kommune):
    """The answer never tells whether the address had an account."""
    jetzt, status = timezone.now(), 200
    formular = Einladungsformular(daten(request))
    if request.method == "POST" and formular.is_valid():
        werte = formular.cleaned_data
        try:
            verfahren.lade_ein(
                kommune,
                werte["email"],
                werte["rollen"],
                durch=request.user,
                um=jetzt,
                marke=werte["marke"],
            )
        except SchrittNichtMoeglich as fehler:
            feld = "email" if isinstance(fehler, verfahren.EigeneRollen) else None
            formular.add_error(feld, str(fehler))
            formular.erneuere_marke()
            status = 409
        else:
            messages.success(request, "Die Einladung ist unterwegs. Sie gilt 14 Tage.")
            return redirect("mitglieder:liste", kommune.kennung)
    return _zeige(
        request,
        "mitglieder/einladen.html",
        status,
        titel="Mitglied einladen",
        form=formular,
        erloschen=kommune.ist_erloschen(timezone.localdate(jetzt)),
    )


@FORMULAR
@verlangt(Befugnis.MITGLIEDER_VERWALTEN)
def rollen(request, kommune, nummer):
    """Change the roles of one person, and from here send again, withdraw, end."""
    jetzt, status = timezone.now(), 200
    person = _person(request, kommune, nummer, jetzt)
    if person is None:
        return _nicht_mehr_da(request, kommune)
    if request.method == "POST" and "erneut" in request.POST:
        return _lade_erneut_ein(request, kommune, person, jetzt)
    formular = Rollenformular(
        daten(request),
        initial={"rollen": person.rollenwerte, "gesehen": person.gesehen},
    )
    if request.method == "POST" and formular.is_valid():
        werte = formular.cleaned_data
        try:
            verfahren.setze_rollen(
                kommune,
                person.konto,
                werte["rollen"],
                durch=request.user,
                um=jetzt,
                gesehen=werte["gesehen"],
            )
        except SchrittNichtMoeglich as fehler:
            person = _person(request, kommune, nummer, jetzt)
            if person is None:
                return _nicht_mehr_da(request, kommune)
            formular.add_error(None, str(fehler))
            formular.setze("gesehen", person.gesehen)
            status = 409
        else:
            messages.success(request, "Die Rollen sind gespeichert.")
            return redirect("mitglieder:liste", kommune.kennung)
    return _zeige(
        request,
        "mitglieder/rollen.html",
        status,
        titel=person.name,
        person=person,
        form=formular,
        eigene=person.konto == request.user,
    )


def _lade_erneut_ein(request, kommune, person, jetzt):
    try:
        verfahren.lade_erneut_ein(kommune, person.konto, durch=request.user, um=jetzt)
    except SchrittNichtMoeglich as fehler:
        messages.error(request, str(fehler))
        return redirect("mitglieder:rollen", kommune.kennung, person.nummer)
    messages.success(request, "Die Einladung ist noch einmal unterwegs. Sie gilt 14 Tage.")
    return redirect("mitglieder:liste", kommune.kennung)


@FORMULAR
@verlangt(Befugnis.MITGLIEDER_VERWALTEN)
def beenden(request, kommune, nummer):
    """All roles of a person end in one step, or the invitation is withdrawn."""
    jetzt, status, fehler = timezone.now(), 200, ""
    person = _person(request, kommune, nummer, jetzt)
    if person is None:
        return _nicht_mehr_da(request, kommune)
    if request.method == "POST":
        try:
            verfahren.setze_rollen(
                kommune,
                person.konto,
                [],
                durch=request.user,
                um=jetzt,
                gesehen=request.POST.get("gesehen", ""),
            )
        except SchrittNichtMoeglich as grund:
            person = _person(request, kommune, nummer, jetzt)
            if person is None:
                return _nicht_mehr_da(request, kommune)
            fehler, status = str(grund), 409
        else:
            ende = (
                "Die Mitgliedschaft ist beendet."
                if person.ist_mitglied
                else "Die Einladung ist zurückgezogen."
            )
            messages.success(request, ende)
            return redirect("mitglieder:liste", kommune.kennung)
    return _zeige(
        request,
        "mitglieder/beenden.html",
        status,
        titel="Mitgliedschaft beenden" if person.ist_mitglied else "Einladung zurückziehen",
        person=person,
        eigene=person.konto == request.user,
        fehler=fehler,
    )


@FORMULAR
@verlangt(Befugnis.LESEN)
def verlassen(request, kommune):
    """A member ends the own membership; the last of the Verwaltung is warned first."""
    letzte, status, fehler = verfahren.ist_letzte_verwaltung(kommune, request.user), 200, ""
    if request.method == "POST":
        try:
            verfahren.verlasse(
                kommune,
                durch=request.user,
                um=timezone.now(),
                auch_letzte="auch_letzte" in request.POST,
            )
        except SchrittNichtMoeglich as grund:
            letzte, fehler, status = True, str(grund), 409
        else:
            messages.success(request, f"Ihre Mitgliedschaft in {kommune} ist beendet.")
            return redirect("bereich:start")
    return _zeige(
        request,
        "mitglieder/verlassen.html",
        status,
        titel="Eigene Mitgliedschaft beenden",
        letzte=letzte,
        fehler=fehler,
    )


@FORMULAR
@verlangt(Befugnis.MITGLIEDER_VERWALTEN)
def pruefen(request, kommune):
    """Yearly review. What is decided is saved; what is not stays on the list for later."""
    jetzt, status = timezone.now(), 200
    faellig = zu_pruefen(personen(kommune, request.user, jetzt), jetzt)
    formular = Pruefungsformular(
        daten(request),
        zu_pruefen=faellig,
        eigenes_konto=request.user,
    )
    if request.method == "POST" and formular.is_valid():
        erledigt = 0
        for feld, person, wahl, gesehen in formular.entscheidungen():
            try:
                _pruefe(kommune, person, wahl, gesehen, durch=request.user, um=jetzt)
                erledigt += 1
            except SchrittNichtMoeglich as fehler:
                formular.add_error(feld, str(fehler))
        if not formular.errors:
            if erledigt:
                messages.success(request, f"Gespeichert: {_personen_in_worten(erledigt)} geprüft.")
            else:
                messages.info(request, "Sie haben noch nichts ausgewählt.")
            return redirect("mitglieder:pruefen", kommune.kennung)
        # Those that are done leave the page, those that failed are shown as they are now.
        gescheitert = formular.errors
        faellig = zu_pruefen(personen(kommune, request.user, jetzt), jetzt)
        neu = request.POST.copy()
        for person in faellig:
            neu[f"gesehen_{person.nummer}"] = person.gesehen
        formular = Pruefungsformular(neu, zu_pruefen=faellig, eigenes_konto=request.user)
        formular.is_valid()
        for feld, texte in gescheitert.items():
            formular.add_error(feld if feld in formular.fields else None, texte)
        status = 409
    return _zeige(request, "mitglieder/pruefen.html", status, titel="Rollen prüfen", form=formular)


def _pruefe(kommune, person, wahl, gesehen, *, durch, um):
    if wahl == Pruefungsformular.BESTAETIGEN:
        verfahren.bestaetige(kommune, person.konto, durch=durch, um=um, gesehen=gesehen)
    else:
        verfahren.setze_rollen(kommune, person.konto, [], durch=durch, um=um, gesehen=gesehen)


def _personen_in_worten(anzahl):
    return "eine Person" if anzahl == 1 else f"{anzahl} Personen"


def _person(request, kommune, nummer, um):
    """The person with this Mitgliedschaft, as they are now; None once they have left.

    A number that never belonged to the Kommune is a 404, like one that does not exist.
    """
    frueher = Mitgliedschaft.objects.sichtbar_fuer(request.user).filter(kommune=kommune, pk=nummer)
    konto = frueher.values_list("konto", flat=True).first()
    if konto is None:
        raise Http404
    alle = personen(kommune, request.user, um)
    return next((person for person in alle if person.konto.pk == konto), None)


def _nicht_mehr_da(request, kommune):
    messages.warning(request, "Diese Person gehört nicht mehr zu Ihrer Kommune.")
    return redirect("mitglieder:liste", kommune.kennung)


def _zeige(request, vorlage, status=200, *, titel="", **weiteres):
    kommune = request.zugang.kommune
    liste = reverse("mitglieder:liste", args=[kommune.kennung])
    pfad = bereich.pfad(kommune, ("Mitglieder", liste))
    if titel:
        pfad.append((titel, ""))
    return render(
        request,
        vorlage,
        {
            "kommune": kommune,
            "andere": request.zugang.andere,
            "pfad": pfad,
            "titel": titel,
            **weiteres,
        },
        status=status,
    )
