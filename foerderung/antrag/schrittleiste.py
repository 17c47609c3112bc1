"""The seven steps of an application with their state in words (GESTALTUNG section 6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..abschnitte import ABSCHNITTE, ANLAGEN, NACH_SCHLUESSEL, SCHRITTE
from ..models import Foerderantrag
from .adressen import PRUEFEN, adresse
from .maengel import maengel
from .mangel import Mangel
from .umfeld import Umfeld

VOLLSTAENDIG = "vollständig"
NICHT_BEGONNEN = "noch nicht begonnen"
NICHT_MOEGLICH = "noch nicht möglich"


@dataclass(frozen=True)
class Seite:
    """A step or one of its sections, as lists show it; without `adresse` it cannot be opened yet."""

    schluessel: str
    titel: str
    wort: str
    adresse: str
    ist_hier: bool = False
    nummer: int = 0
    unterseiten: tuple[Seite, ...] = ()

    @property
    def ist_fertig(self) -> bool:
        return self.wort == VOLLSTAENDIG


class Schrittleiste:
    """States of all steps; `hier` is the key of the section or step the page belongs to."""

    def __init__(self, antrag: Foerderantrag, umfeld: Umfeld, hier: str = ""):
        self.antrag, self.umfeld, self.hier = antrag, umfeld, hier
        self.maengel: list[Mangel] = maengel(umfeld)
        self.offen = Counter(mangel.abschnitt for mangel in self.maengel)
        self.schritte = tuple(self._schritt(schritt) for schritt in SCHRITTE)

    @property
    def nummer(self) -> int:
        """Of the present step; 0 on a page that is none."""
        return next((s.nummer for s in self.schritte if s.schluessel == self._hier_schritt), 0)

    @property
    def anzahl(self) -> int:
        return len(self.schritte)

    @property
    def folge(self) -> list[Seite]:
        """All pages one after the other."""
        return [seite for schritt in self.schritte for seite in (schritt.unterseiten or (schritt,))]

    @property
    def davor(self) -> Seite | None:
        return self._neben(-1)

    @property
    def danach(self) -> Seite | None:
        return self._neben(1)

    def _neben(self, versatz):
        folge = self.folge
        stelle = next((n for n, seite in enumerate(folge) if seite.schluessel == self.hier), None)
        if stelle is None or not 0 <= stelle + versatz < len(folge):
            return None
        return folge[stelle + versatz]

    @property
    def _hier_schritt(self):
        art = NACH_SCHLUESSEL.get(self.hier)
        return SCHRITTE[art.schritt - 1].schluessel if art else self.hier

    def _schritt(self, schritt):
        arten = [art for art in ABSCHNITTE if art.schritt == schritt.nummer]
        unterseiten = tuple(map(self._abschnitt, arten)) if len(arten) > 1 else ()
        wort = self._wort(schritt, arten)
        wohin = unterseiten[0].adresse if unterseiten else self._adresse(schritt.schluessel)
        return Seite(
            schritt.schluessel,
            schritt.titel,
            wort,
            "" if wort == NICHT_MOEGLICH else wohin,
            schritt.schluessel == self._hier_schritt,
            schritt.nummer,
            unterseiten,
        )

    def _abschnitt(self, art):
        wort = self._abschnittswort(art.schluessel)
        hier = art.schluessel == self.hier
        return Seite(art.schluessel, art.titel, wort, self._adresse(art.schluessel), hier)

    def _adresse(self, schluessel):
        """Where somebody has begun, the page marks what is open."""
        wohin = adresse(self.antrag, schluessel)
        if schluessel in NACH_SCHLUESSEL and self._begonnen(schluessel) and self.offen[schluessel]:
            return f"{wohin}?{PRUEFEN}=1"
        return wohin

    def _begonnen(self, schluessel):
        abschnitt = self.umfeld.abschnitte.get(schluessel)
        return bool(abschnitt and abschnitt.ist_begonnen)

    def _abschnittswort(self, schluessel):
        if not self._begonnen(schluessel):
            return NICHT_BEGONNEN
        return _offen_wort(self.offen[schluessel])

    def _wort(self, schritt, arten):
        if schritt.schluessel == "beratung":
            return NICHT_BEGONNEN if self.offen["beratung"] else VOLLSTAENDIG
        if schritt.schluessel == ANLAGEN:  # which documents are needed depends on the plan
            nichts_bekannt = not self.offen[ANLAGEN] and not self._begonnen("plan")
            return NICHT_BEGONNEN if nichts_bekannt else _offen_wort(self.offen[ANLAGEN])
        if schritt.schluessel == "pruefen":
            alle_begonnen = all(self._begonnen(art.schluessel) for art in ABSCHNITTE)
            if not alle_begonnen:
                return NICHT_MOEGLICH
            return _offen_wort(len(self.maengel)) if self.maengel else NICHT_BEGONNEN
        if not any(self._begonnen(art.schluessel) for art in arten):
            return NICHT_BEGONNEN
        return _offen_wort(sum(self.offen[art.schluessel] for art in arten))


def _offen_wort(anzahl):
    if not anzahl:
        return VOLLSTAENDIG
    return "1 Angabe prüfen" if anzahl == 1 else f"{anzahl} Angaben prüfen"
