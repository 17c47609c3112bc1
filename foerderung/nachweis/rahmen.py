"""The frame of the pages of a proof: its three steps, what is due, what the LPR wants completed."""

from __future__ import annotations

from collections import Counter

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from asskomm.formate import tag, zahl
from kommunen.befugnisse import Befugnis

from .. import kenntnis
from ..antrag.rahmen import OHNE_TITEL, gespeichert, pfad
from ..antrag.schrittleiste import NICHT_BEGONNEN, VOLLSTAENDIG, Seite
from ..models import Status
from ..verfahren.belege import hindernis
from ..verfahren.nachweis import faellig_am, ist_bereit
from .maengel import BELEGE, BERICHT, adresse, maengel
from .umfeld import Nachweisumfeld

NACHWEIS = "nachweis"
TITEL = {BELEGE: "Belege", BERICHT: "Bericht und Angaben", NACHWEIS: "Verwendungsnachweis"}
HINTER_DEM_NACHWEIS = (
    Status.NACHWEIS_EINGEREICHT,
    Status.NACHWEIS_GEPRUEFT,
    Status.RUECKFORDERUNG,
    Status.ABGESCHLOSSEN,
)


def umfeld_von(antrag) -> Nachweisumfeld:
    """For a case whose grant the Kommune knows; else a 404, as if there were nothing to prove."""
    heute = timezone.localdate()
    umfeld = Nachweisumfeld(antrag, heute)
    stand = kenntnis.kenntnis(antrag, heute)
    if not kenntnis.kennt_bewilligung(antrag, heute) or stand.unbekannt or not umfeld.bewilligung:
        raise Http404
    return umfeld


class Nachweisleiste:
    """The steps of a proof with their state, as `antrag.schrittleiste.Schrittleiste` shows them."""

    name = "Schritte im Verwendungsnachweis"

    def __init__(self, umfeld: Nachweisumfeld, hier: str):
        self.umfeld, self.hier = umfeld, hier
        self.maengel = maengel(umfeld)
        self.offen = Counter(mangel.abschnitt for mangel in self.maengel)
        worte = {BELEGE: self._belege(), BERICHT: self._bericht(), NACHWEIS: self._nachweis()}
        self.schritte = tuple(
            Seite(
                schluessel,
                "Prüfen und zeichnen" if schluessel == NACHWEIS else TITEL[schluessel],
                worte[schluessel],
                self._adresse(schluessel),
                schluessel == hier,
                nummer,
            )
            for nummer, schluessel in enumerate(TITEL, start=1)
        )

    def _adresse(self, schluessel):
        if schluessel == NACHWEIS:
            return reverse("foerderung:nachweis", args=[self.umfeld.antrag.pk])
        return adresse(self.umfeld.antrag, schluessel)

    def _belege(self):
        anzahl = self.umfeld.beleganzahl
        if not anzahl:
            return NICHT_BEGONNEN
        if self.offen[BELEGE]:
            return "Belege prüfen"
        return "1 Beleg" if anzahl == 1 else f"{zahl(anzahl)} Belege"

    def _bericht(self):
        if not self.umfeld.nachweis.geaendert_um:
            return NICHT_BEGONNEN
        offen = self.offen[BERICHT]
        if not offen:
            return VOLLSTAENDIG
        return "1 Angabe prüfen" if offen == 1 else f"{offen} Angaben prüfen"

    def _nachweis(self):
        if self.umfeld.antrag.status in HINTER_DEM_NACHWEIS:
            return "eingereicht"
        return "wartet auf die Zeichnung" if ist_bereit(self.umfeld.nachweis) else NICHT_BEGONNEN

    @property
    def nummer(self) -> int:
        return next(s.nummer for s in self.schritte if s.schluessel == self.hier)

    @property
    def anzahl(self) -> int:
        return len(self.schritte)

    @property
    def davor(self) -> Seite | None:
        return self.schritte[self.nummer - 2] if self.nummer > 1 else None

    @property
    def danach(self) -> Seite | None:
        return self.schritte[self.nummer] if self.nummer < self.anzahl else None


def rahmen(request, umfeld: Nachweisumfeld, hier: str, titel: str = "") -> dict:
    """Context of the frame "foerderung/antrag/schritt.html"; `titel` stands in for that of the step."""
    antrag, nachweis = umfeld.antrag, umfeld.nachweis
    warum = hindernis(antrag, umfeld.am)
    weg = (titel,) if titel and hier == NACHWEIS else (TITEL[hier], *((titel,) if titel else ()))
    pfade = pfad(antrag, *weg)
    if titel and hier != NACHWEIS:
        pfade[-2] = (TITEL[hier], adresse(antrag, hier))
    return {
        "antrag": antrag,
        "kommune": antrag.kommune,
        "andere": request.zugang.andere,
        "titel": titel or TITEL[hier],
        "vorhaben": antrag.titel or OHNE_TITEL,
        "pfad": pfade,
        "leiste": Nachweisleiste(umfeld, hier),
        "banner": _banner(umfeld, warum),
        "gespeichert": (gespeichert(nachweis) if hier == BERICHT and nachweis.geaendert_um else ""),
        "hindernis": warum,
        "ergaenzen": nachweis.ergaenzen,
        "aenderbar": request.zugang.darf(Befugnis.BEARBEITEN) and not warum,
        "bewilligung": umfeld.bewilligung,
    }


def _banner(umfeld, warum):
    if warum:
        return {}
    bis = faellig_am(umfeld)
    if umfeld.nachweis.ergaenzen_bis:
        satz = f"Die Geschäftsstelle bittet bis zum {tag(bis)}, ihn zu ergänzen."
        return {"wort": "Verwendungsnachweis zurückgegeben.", "satz": satz}
    satz = ""
    if bis:
        satz = (
            f"Er war bis zum {tag(bis)} fällig."
            if bis < umfeld.am
            else f"Fällig ist er bis zum {tag(bis)}."
        )
    return {"wort": "Verwendungsnachweis, noch nicht eingereicht.", "satz": satz}
