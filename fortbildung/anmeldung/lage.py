"""The states of a registration in the words of whoever registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from asskomm.formate import tag, zeitpunkt

from ..models import Anmeldung, Stand
from ..verfahren.anmeldung import hat_begonnen, warteplatz


@dataclass(frozen=True)
class Lage:
    """`zustand` and `wort` are the chip, `satz` says what it means and what comes next."""

    zustand: str
    wort: str
    satz: str


_SAETZE = {
    Stand.UNBESTAETIGT: "Bestätigen Sie die Anmeldung mit dem Knopf. Erst dann zählt sie.",
    Stand.ANGEMELDET: (
        "Für Sie ist ein Platz vorgemerkt. Über die Zulassung entscheidet die Koordination; "
        "Sie erhalten dann eine E-Mail."
    ),
    Stand.ZUGELASSEN: "Sie sind zugelassen. Die Kurstage stehen unten.",
    Stand.ABGELEHNT: "Wir können Ihnen diesmal keinen Platz geben.",
    Stand.ABGEMELDET: "Sie haben sich abgemeldet.",
    Stand.VERFALLEN: "Sie haben den angebotenen Platz nicht rechtzeitig angenommen.",
}

# Once the first day has begun nobody moves up any more.
_NACH_DEM_BEGINN = {
    Stand.UNBESTAETIGT: "Der Lehrgang hat begonnen. Ihre Anmeldung haben Sie nicht bestätigt.",
    Stand.WARTELISTE: (
        "Der Lehrgang hat begonnen, und für Ihr Arbeitsfeld wurde kein Platz frei. "
        "Für den nächsten Durchgang können Sie sich neu anmelden."
    ),
    Stand.ANGEBOTEN: "Der Lehrgang hat begonnen. Den angebotenen Platz haben Sie nicht angenommen.",
}


def lage(anmeldung: Anmeldung, um: datetime) -> Lage:
    stand = Stand(anmeldung.stand)
    if anmeldung.abgebrochen_am:
        satz = f"Sie haben den Lehrgang am {anmeldung.abgebrochen_am} abgebrochen."
        return Lage("abgebrochen", "abgebrochen", satz)
    if anmeldung.gueltiges_zertifikat:
        wann = tag(timezone.localdate(anmeldung.gueltiges_zertifikat.ausgestellt_um))
        satz = f"Sie haben den Lehrgang am {wann} mit Zertifikat abgeschlossen."
        return Lage("mit_zertifikat", "abgeschlossen", satz)
    if stand in _NACH_DEM_BEGINN and hat_begonnen(anmeldung.durchgang, um):
        return Lage("beendet", "ohne Platz", _NACH_DEM_BEGINN[stand])
    if stand == Stand.ANGEMELDET and _ist_vorbei(anmeldung.durchgang, um):
        satz = (
            "Die Kurstage sind vorbei. Über Ihre Anmeldung wurde nicht entschieden. "
            "Wenden Sie sich an die Koordination."
        )
    elif stand == Stand.WARTELISTE:
        satz = (
            f"Sie stehen an {warteplatz(anmeldung)}. Stelle der Warteliste. Wird für Ihr "
            "Arbeitsfeld ein Platz frei, bieten wir ihn der Reihe nach an."
        )
    elif stand == Stand.ANGEBOTEN and um > anmeldung.angebot_bis:
        satz = f"Das Angebot galt bis {zeitpunkt(anmeldung.angebot_bis)}."
    elif stand == Stand.ANGEBOTEN:
        satz = (
            f"Ein Platz ist bis {zeitpunkt(anmeldung.angebot_bis)} für Sie zurückgelegt. "
            "Nehmen Sie ihn an, oder melden Sie sich ab."
        )
    else:
        satz = _SAETZE[stand]
    return Lage(stand.value, stand.label, satz)


def _ist_vorbei(durchgang, um):
    letzter = max((kurstag.tag for kurstag in durchgang.kurstage.all()), default=None)
    return letzter is not None and letzter < timezone.localdate(um)
