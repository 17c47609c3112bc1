"""The case of a Kommune: overview of the draft."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kommunen.befugnisse import Befugnis

from ..befugnisse import verlangt_antrag
from .rahmen import rahmen


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def antrag(request, antrag):
    jetzt = timezone.now()
    kontext = rahmen(request, antrag, "", um=jetzt, titel=antrag.titel or "Antrag ohne Titel")
    return render(request, "foerderung/antrag/uebersicht.html", kontext)
