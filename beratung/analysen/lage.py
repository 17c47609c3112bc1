"""An analysis in words: what each phase is at, what the Kommune does in it, what became of what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from asskomm.formate import tag, zeitraum
from asskomm.konten.models import Konto

from ..models import Analysephase, Empfehlungsstand, Handlungsempfehlung, Phasenart

# What the Kommune does for the analysis (DOMAIN 5).
AUFGABEN = {
    Phasenart.GEBIETSPROFIL: ("Statistische Daten für das Gebietsprofil liefern",),
    Phasenart.BEFRAGUNG: (
        "Auszug aus dem Melderegister für die Stichprobe liefern",
        "Anschreiben mit dem Stadtwappen abstimmen",
        "Bürgerinnen und Bürger über die Befragung informieren",
        "Fragebögen annehmen, die mit der Post zurückkommen",
    ),
}
BEENDET, LAUFEND, GEPLANT, UEBERFAELLIG = "beendet", "laufend", "geplant", "ueberfaellig"


@dataclass(frozen=True)
class Phasenlage:
    """One line of the timeline; `aufgaben` are those of the Kommune while it is not over."""

    titel: str
    zustand: str
    wort: str
    satz: str
    aufgaben: tuple[str, ...]


def phasenlage(phase: Analysephase, heute: date) -> Phasenlage:
    titel, aufgaben = phase.get_art_display(), AUFGABEN.get(phase.art, ())
    if phase.bis:
        return Phasenlage(titel, BEENDET, "beendet", f"{_spanne(phase.von, phase.bis)}.", ())
    ueberfaellig = phase.ist_ueberfaellig(heute)
    if phase.von:
        satz = f"Läuft seit {tag(phase.von)}"
        if phase.geplant_bis:
            verb = "sollte bis" if ueberfaellig else "geplant bis"
            satz += f", {verb} {tag(phase.geplant_bis)}{' enden' if ueberfaellig else ''}"
        zustand, wort = (UEBERFAELLIG, "überfällig") if ueberfaellig else (LAUFEND, "läuft")
        return Phasenlage(titel, zustand, wort, f"{satz}.", aufgaben)
    satz = f"Geplant: {_spanne(phase.geplant_von, phase.geplant_bis)}."
    if ueberfaellig:
        return Phasenlage(titel, UEBERFAELLIG, "noch nicht begonnen", satz, aufgaben)
    return Phasenlage(titel, GEPLANT, "geplant", satz, aufgaben)


def _spanne(von, bis):
    return tag(von) if von == bis else zeitraum(von, bis)


@dataclass(frozen=True)
class Ereignis:
    """What became of a recommendation, when and by whom."""

    um: datetime
    text: str
    wer: str


def ereignisse(empfehlung: Handlungsempfehlung) -> list[Ereignis]:
    """Each change of the state, the last one first; corrections of the text are no events."""
    gezeigt, verlauf = {1}, []
    for zeile in empfehlung.history.select_related("geaendert_von").order_by("history_id"):
        if zeile.version not in gezeigt and zeile.geaendert_um:
            gezeigt.add(zeile.version)
            verlauf.append(Ereignis(zeile.geaendert_um, _worte(zeile), wer(zeile.geaendert_von)))
    return verlauf[::-1]


def _worte(zeile):
    wort = zeile.get_stand_display()
    if zeile.stand == Empfehlungsstand.GEPLANT:
        return f"{wort} für {zeile.geplant_jahr}"
    return f"{wort}: {zeile.erlaeuterung}" if zeile.erlaeuterung else wort


def wer(konto: Konto | None) -> str:
    """Who acted, in the eyes of a Kommune: of the LPR no names."""
    if konto is None or konto.is_staff:
        return "Geschäftsstelle"
    return str(konto)


def gezaehlt(empfehlungen: Iterable[Handlungsempfehlung]) -> list[tuple[str, int]]:
    """How many are in each state, in the order of the states; none of which there is none."""
    staende = [empfehlung.stand for empfehlung in empfehlungen]
    return [(stand.label, staende.count(stand)) for stand in Empfehlungsstand if stand in staende]
