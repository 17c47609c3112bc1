"""The frame of every page of a case: state, next step, facts, and the pages of the Fallakte."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ..models import Foerderantrag
from .lage import lage, rechte
from .pruefstand import pruefstand

# The pages of a case in the order of their links: name of the address, title.
REITER = (
    ("fallakte", "Übersicht"),
    ("fallakte-antrag", "Antrag"),
    ("fallakte-plan", "Plan"),
    ("fallakte-unterlagen", "Unterlagen"),
    ("fallakte-formal", "Formale Prüfung"),
    ("fallakte-fachlich", "Fachliche Prüfung"),
    ("fallakte-nachforderung", "Nachforderung"),
    ("fallakte-vermerke", "Vermerke"),
    ("entscheidung", "Entscheidung"),
    ("akte-bescheide", "Bescheide"),
    ("akte-auszahlungen", "Auszahlungen"),
    ("akte-aenderungen", "Änderungen"),
    ("akte-rueckforderung", "Rückforderung"),
    ("akte-nachweis", "Nachweis"),
    ("akte-abschluss", "Abschluss"),
    ("fallakte-verlauf", "Verlauf"),
)


def zeige(
    request: HttpRequest,
    antrag: Foerderantrag,
    vorlage: str,
    *,
    titel: str,
    status: int = 200,
    mit_formular: bool = False,
    **kontext,
) -> HttpResponse:
    """A page below `templates/foerderung/fallakte/akte.html`.

    `titel` is its H1. On a page `mit_formular` the button of the form is the primary one, so
    that the next step is a plain link there. The state is read anew: a refused step shows the
    case as it is now. Templates find it as `stand`, next to `antrag` with its relations.
    """
    stand = pruefstand(antrag, request.user)
    als = rechte(request.user)
    hier = request.resolver_match.url_name
    return render(
        request,
        vorlage,
        {
            "antrag": antrag,
            "stand": stand,
            "als": als,
            "lage": lage(stand, request.user, als),
            "mit_formular": mit_formular,
            "reiter": [
                {
                    "titel": wort,
                    "url": reverse(f"foerderung:{name}", args=[antrag.pk]),
                    "aktuell": name == hier,
                }
                for name, wort in REITER
            ],
            "titel": titel,
            "pfad": pfad(antrag, titel, hier),
            **kontext,
        },
        status=status,
    )


def pfad(antrag: Foerderantrag, titel: str, hier: str) -> list[tuple[str, str]]:
    liste = ("Vorgänge", reverse("foerderung:arbeitsvorrat"))
    if hier == "fallakte":
        return [liste, (antrag.nummer, "")]
    return [liste, (antrag.nummer, reverse("foerderung:fallakte", args=[antrag.pk])), (titel, "")]
