"""Where people start after signing in: their Kommune, a choice of several, or whom to ask."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from beratung.befugnisse import ist_coach
from kommunen.befugnisse import ERKLAERUNG, Befugnis, gemerkte_zugaenge, verlangt
from kommunen.mitglieder.personen import Zustand, personen
from kommunen.models import Rolle

from . import inhalt


@require_safe
@login_required
def start(request):
    """Straight on for everybody who has one Kommune, or is a coach, and nothing else."""
    meine, begleitet = gemerkte_zugaenge(request.user), ist_coach(request.user)
    if begleitet and not meine:
        return redirect("beratung:begleitungen")
    if len(meine) == 1 and not begleitet:
        return redirect("bereich:kommune", meine[0].kommune.kennung)
    return render(
        request,
        "bereich/auswahl.html" if meine else "bereich/ohne_kommune.html",
        {"zugaenge": meine, "begleitet": begleitet, "pfad": [("Mein Bereich", "")]},
    )


@require_safe
@verlangt(Befugnis.LESEN)
def kommune(request, kommune):
    jetzt, zugang = timezone.now(), request.zugang
    alle = personen(kommune, request.user, jetzt)
    entwuerfe, laufende = inhalt.vorgaenge(zugang, jetzt)
    return render(
        request,
        "bereich/kommune.html",
        {
            "pfad": [("Mein Bereich", reverse("bereich:start")), (kommune, "")],
            "kommune": kommune,
            "andere": zugang.andere,
            "erloschen": kommune.ist_erloschen(timezone.localdate(jetzt)),
            "faelliges": inhalt.faelliges(zugang, jetzt),
            "entwuerfe": entwuerfe,
            "laufende": laufende,
            "bearbeitet": zugang.darf(Befugnis.BEARBEITEN),
            "mitglieder": sum(p.zustand == Zustand.AKTIV for p in alle),
            "eingeladene": sum(not p.ist_mitglied for p in alle),
            "verwaltung": [
                p for p in alle if p.zustand == Zustand.AKTIV and Rolle.VERWALTUNG in p.rollenwerte
            ],
            "rollen": [(rolle.label, ERKLAERUNG[rolle]) for rolle in zugang.rollen],
        },
    )
