"""The check before the signature (F5): everything that is open, in the order of the steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beratung.beratungen.lage import beratungen

from ..abschnitte import ABSCHNITTE, ANLAGEN, NACH_SCHLUESSEL
from ..anlagen import plaetze
from ..models import Foerderantrag
from ..plan.verstoesse import pruefe
from .adressen import adresse
from .angaben import FORMULARE
from .formular import Abschnittseingabe
from .mangel import Mangel
from .umfeld import Umfeld

__all__ = ["Mangel", "maengel"]


def maengel(umfeld: Umfeld) -> list[Mangel]:
    """What keeps the application from being signed; empty when it is complete."""
    antrag = umfeld.antrag
    gefunden = list(_beratung(antrag, umfeld.am))
    for art in ABSCHNITTE:
        if art.schluessel == "plan":
            gefunden += _plan(antrag, umfeld)
        else:
            gefunden += _abschnitt(antrag, art.schluessel, umfeld)
        gefunden += _uebernommen(antrag, art.schluessel, umfeld)
        if art.schluessel == "plan":
            gefunden += _anlagen(antrag)
    return gefunden


def _beratung(antrag: Foerderantrag, am: date) -> Iterator[Mangel]:
    if not beratungen(antrag.kommune, am).exists():
        yield Mangel(
            "beratung",
            "",
            "Vor dem Antrag berät Sie die Geschäftsstelle. Eine Beratung ist noch nicht erfasst.",
            adresse(antrag, "beratung"),
            fehlt=True,
        )


def _abschnitt(antrag, schluessel, umfeld):
    eingabe = Abschnittseingabe(FORMULARE[schluessel], umfeld.eingaben(schluessel), umfeld)
    for fehler in eingabe.fehler():
        wohin = adresse(antrag, schluessel, fehler.ziel)
        yield Mangel(schluessel, fehler.feld, fehler.text, wohin, fehler.fehlt)


def _plan(antrag, umfeld):
    gelesen = umfeld.plan
    for fehler in gelesen.fehler:
        wohin = adresse(antrag, "plan", fehler.ort.kennung)
        yield Mangel("plan", fehler.ort.feld, fehler.in_liste, wohin, fehler.fehlt)
    for verstoss in pruefe(gelesen.plan, umfeld.rechnung, umfeld.planregeln):
        wohin = adresse(antrag, "plan", verstoss.ort.kennung)
        yield Mangel("plan", verstoss.ort.feld, verstoss.in_liste, wohin)


def _anlagen(antrag):
    for mangel in plaetze.maengel(antrag):
        yield Mangel(
            ANLAGEN, mangel.anker, mangel.text, adresse(antrag, ANLAGEN, mangel.anker), True
        )


def _uebernommen(antrag, schluessel, umfeld):
    abschnitt = umfeld.abschnitte.get(schluessel)
    if abschnitt and abschnitt.uebernommen:
        yield Mangel(
            schluessel,
            "",
            f"{NACH_SCHLUESSEL[schluessel].titel}: Bestätigen Sie, dass Sie die übernommenen "
            "Angaben geprüft haben.",
            adresse(antrag, schluessel, "uebernommen"),
        )
