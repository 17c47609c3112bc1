"""States of requests and proposals in the words of whoever reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ..models import Anfragestand, Antwort, Coachinganfrage, Coachvorschlag

_ANFRAGE = {
    Anfragestand.OFFEN: (
        "offen",
        "Die Koordination beim Landespräventionsrat sucht einen Coach und schlägt ihn Ihnen vor. "
        "Sie erhalten dann eine E-Mail.",
    ),
    Anfragestand.VORGESCHLAGEN: (
        "vorgeschlagen",
        "Ein Coach ist vorgeschlagen. Die Begleitung beginnt, wenn Ihre Kommune und der Coach "
        "einverstanden sind.",
    ),
    Anfragestand.VERMITTELT: ("vermittelt", "Die Begleitung ist vereinbart."),
    Anfragestand.ZURUECKGEZOGEN: ("zurueckgezogen", "Ihre Kommune hat die Anfrage zurückgezogen."),
    Anfragestand.ABGELEHNT: (
        "abgelehnt",
        "Der Landespräventionsrat kann diesmal keinen Coach vermitteln.",
    ),
}


@dataclass(frozen=True)
class Lage:
    """`zustand` and `wort` are the chip, `satz` says what it means and what comes next."""

    zustand: str
    wort: str
    satz: str


def lage(anfrage: Coachinganfrage) -> Lage:
    """For the Kommune that asked."""
    zustand, satz = _ANFRAGE[Anfragestand(anfrage.stand)]
    return Lage(zustand, anfrage.get_stand_display(), satz)


def fehlende_antworten(vorschlag: Coachvorschlag) -> str:
    """Whose answer an open proposal waits for."""
    fehlt = []
    if vorschlag.kommune_antwort == Antwort.OFFEN:
        fehlt.append("der Kommune")
    if vorschlag.coach_antwort == Antwort.OFFEN:
        fehlt.append("des Coaches")
    return f"Es fehlt die Antwort {' und '.join(fehlt)}."


def ausgang(vorschlag: Coachvorschlag) -> Lage:
    """For coordinators and both sides alike: nothing of who refused, and why."""
    if vorschlag.angenommen:
        return Lage("vermittelt", "vereinbart", "Beide Seiten sind einverstanden.")
    if vorschlag.beendet_um:
        return Lage("beendet", "nicht zustande gekommen", "Dieser Vorschlag gilt nicht mehr.")
    return Lage("vorgeschlagen", "wartet auf Antwort", fehlende_antworten(vorschlag))


def seit(beginn: datetime | date, heute: date) -> str:
    """„seit heute“, „seit einem Tag“, „seit 12 Tagen“."""
    tag = timezone.localdate(beginn) if isinstance(beginn, datetime) else beginn
    tage = (heute - tag).days
    if tage < 1:
        return "seit heute"
    return "seit einem Tag" if tage == 1 else f"seit {tage} Tagen"
