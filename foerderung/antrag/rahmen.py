"""The frame of every step of an application, also for the rooms `plan`, `anlagen` and `zeichnung`.

A view renders a template that extends "foerderung/antrag/schritt.html" with

    {**rahmen(request, antrag, "plan", um=jetzt), "form": …}

The second argument is the key of the section or step; `titel` stands in for its own title.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from asskomm.formate import tag, zeitpunkt
from asskomm.konten.models import Konto
from kommunen import bereich
from kommunen.befugnisse import Befugnis

from ..abschnitte import NACH_SCHLUESSEL, SCHRITTE
from ..models import UNEINGEREICHT, Foerderantrag, Status
from ..verfahren.antragstellung import offene_abschnitte
from ..verfahren.zeichnung import gruende
from . import frist
from .schrittleiste import Schrittleiste
from .umfeld import Umfeld

OHNE_TITEL = "Antrag ohne Titel"


def rahmen(
    request,
    antrag: Foerderantrag,
    schluessel: str,
    *,
    um: datetime,
    titel: str = "",
    umfeld: Umfeld | None = None,
) -> dict:
    """Context of the frame: steps, banner, who saved last, why nobody signed it, the way back and on."""
    umfeld = umfeld or Umfeld(antrag, timezone.localdate(um))
    leiste = Schrittleiste(antrag, umfeld, schluessel)
    titel = titel or _titel(schluessel)
    abschnitt = umfeld.abschnitte.get(schluessel)
    return {
        "antrag": antrag,
        "kommune": antrag.kommune,
        "andere": request.zugang.andere,
        "titel": titel,
        "vorhaben": antrag.titel or OHNE_TITEL,
        "pfad": pfad(antrag, titel),
        "leiste": leiste,
        "banner": banner(antrag, um),
        "nicht_gezeichnet": gruende(antrag).get(schluessel, ""),
        "gespeichert": gespeichert(abschnitt) if abschnitt and abschnitt.ist_begonnen else "",
        "aenderbar": (
            request.zugang.darf(Befugnis.BEARBEITEN) and schluessel in offene_abschnitte(antrag)
        ),
    }


def _titel(schluessel):
    if schluessel in NACH_SCHLUESSEL:
        return NACH_SCHLUESSEL[schluessel].titel
    return next(schritt.titel for schritt in SCHRITTE if schritt.schluessel == schluessel)


def pfad(antrag: Foerderantrag, *titel: str) -> list[tuple[str, str]]:
    """From "Mein Bereich" over the Kommune to the case, and pages below it."""
    fall = (antrag.nummer or antrag.titel or OHNE_TITEL, antrag.get_absolute_url())
    return bereich.pfad(antrag.kommune, fall, *((wort, "") for wort in titel))


def banner(antrag: Foerderantrag, um: datetime) -> dict[str, str]:
    """Words that leave no doubt whether the application is submitted (F4); empty once it is."""
    if antrag.status in UNEINGEREICHT:
        wort = "Entwurf" if antrag.status == Status.ENTWURF else "In Zeichnung"
        return {"wort": f"{wort}, noch nicht eingereicht.", "satz": frist.satz(antrag, um)}
    if antrag.status == Status.NACHFORDERUNG:
        offen = antrag.nachforderungen.offen().first()
        if offen:
            return {
                "wort": "Nachforderung, noch nicht beantwortet.",
                "satz": f"Antworten Sie bis zum {tag(offen.frist)} um 24:00 Uhr.",
                "adresse": reverse("foerderung:antrag-nachforderung", args=[antrag.pk]),
            }
    return {}


def gespeichert(abschnitt) -> str:
    """Zuletzt gespeichert am 12.09.2026 um 14:32 Uhr von Kim Muster."""
    von = f" von {abschnitt.geaendert_von}" if abschnitt.geaendert_von else ""
    return f"Zuletzt gespeichert am {zeitpunkt(abschnitt.geaendert_um)}{von}."


class Speicherung(NamedTuple):
    um: datetime
    von: Konto | None


def zuletzt_gespeichert(antrag: Foerderantrag) -> Speicherung:
    """When somebody last typed or uploaded something in the draft; a step saves nothing."""
    abschnitt = (
        antrag.abschnitte.filter(geaendert_um__isnull=False)
        .select_related("geaendert_von")
        .order_by("-geaendert_um")
        .first()
    )
    anlage = antrag.anlagen.select_related("hochgeladen_von").order_by("-hochgeladen_um").first()
    staende = [Speicherung(antrag.angelegt_um, antrag.angelegt_von)]
    if abschnitt:
        staende.append(Speicherung(abschnitt.geaendert_um, abschnitt.geaendert_von))
    if anlage:
        staende.append(Speicherung(anlage.hochgeladen_um, anlage.hochgeladen_von))
    return max(staende, key=lambda stand: stand.um)


def gegenueber(abschnitt, konto) -> dict:
    """Whose text a conflict is about: `wer` saved it, `selbst` in another window of one's own."""
    return {
        "wer": str(abschnitt.geaendert_von or "Eine andere Person"),
        "selbst": abschnitt.geaendert_von == konto,
    }
