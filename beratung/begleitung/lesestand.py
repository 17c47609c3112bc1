"""A session and its steps as one person may see them: texts, who has opened what, what can be ticked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..befugnisse import Sicht
from ..models import Coachingschritt, Mandatsstand, Niederschrift, Sitzung, Stufe, Zustaendig
from ..verfahren.sitzungsschritte import darf_abhaken, ist_ruecknehmbar

WER_LIEST = {
    Stufe.GETEILT: "Das lesen Kommune, Coach und Landespräventionsrat.",
    Stufe.LPR: "Das lesen nur Coach und Landespräventionsrat.",
    Stufe.EIGEN: "Das lesen nur Sie.",
}
TITEL = {
    Stufe.GETEILT: "Niederschrift",
    Stufe.LPR: "Für den Landespräventionsrat",
    Stufe.EIGEN: "Ihre eigene Notiz",
}


def sieht_lesestand(eine: Sicht) -> bool:
    """Whether the Kommune has opened something is for those who accompany it."""
    return eine.koordiniert or eine.einsatz is not None


def liest_alles(eine: Sicht) -> bool:
    """Whether nothing shared is kept from the person, as it is from whoever handed over."""
    return eine.koordiniert or eine.einsatz is None or eine.einsatz.bis is None


def darf_erfassen(eine: Sicht, sitzung: Sitzung) -> bool:
    """Correct or cancel this session."""
    return eine.begleitet and sitzung.storniert_um is None


@dataclass(frozen=True)
class Text:
    """One of the texts that the person may read."""

    niederschrift: Niederschrift

    @property
    def titel(self) -> str:
        return TITEL[self.niederschrift.stufe]

    @property
    def wer_liest(self) -> str:
        return WER_LIEST[self.niederschrift.stufe]


def texte(eine: Sicht, sitzung: Sitzung) -> list[Text]:
    """In the order of the levels."""
    lesbar = Niederschrift.objects.sichtbar_fuer(eine.konto, eine.am).filter(sitzung=sitzung)
    reihe = list(Stufe)
    return [Text(n) for n in sorted(lesbar, key=lambda n: reihe.index(n.stufe))]


@dataclass(frozen=True)
class Schrittzeile:
    """A step in front of one person; `knopf` is what the person can do with it, if anything."""

    schritt: Coachingschritt
    knopf: str  # "erledigt", "offen" or ""
    ueberfaellig: bool
    lesestand: bool

    @property
    def zustaendig(self) -> str:
        """The side, and there the function."""
        funktion = self.schritt.funktion
        wer = self.schritt.get_wer_display()
        return f"{wer}, {funktion}" if funktion else wer


def schrittzeilen(eine: Sicht, schritte, um: datetime) -> list[Schrittzeile]:
    return [_zeile(eine, schritt, um) for schritt in schritte]


def _zeile(eine, schritt, um):
    knopf = ""
    if darf_abhaken(eine, schritt) and schritt.sitzung.storniert_um is None:
        if schritt.erledigt_um is None:
            knopf = "erledigt"
        elif ist_ruecknehmbar(schritt, um):
            knopf = "offen"
    return Schrittzeile(
        schritt,
        knopf,
        ueberfaellig=_ist_ueberfaellig(schritt, eine.am),
        lesestand=sieht_lesestand(eine) and schritt.wer == Zustaendig.KOMMUNE,
    )


def _ist_ueberfaellig(schritt: Coachingschritt, am: date) -> bool:
    mandat = schritt.sitzung.mandat
    return bool(
        schritt.erledigt_um is None
        and schritt.bis
        and schritt.bis < am
        and mandat.stand == Mandatsstand.LAUFEND
        and schritt.sitzung.storniert_um is None
    )
