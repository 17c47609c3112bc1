"""What the page of an engagement shows of this room: what can be done, and what came of it.

The page of the engagement puts `block(sicht)` into its context as `abschluss` and includes
templates/beratung/abschluss/block.html.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ..befugnisse import Sicht
from ..models import Kontingenterweiterung, Mandat, Mandatsstand, Nachfrage, Wirkung


@dataclass(frozen=True)
class Block:
    """`taten` are links (words, address); report, effects and questions are there after the end."""

    mandat: Mandat
    heute: date
    taten: list[tuple[str, str]]
    erweiterung: Kontingenterweiterung | None
    erbeten: bool
    beendet: bool
    wirkungen: list[Wirkung]
    nachfragen: list[tuple[Nachfrage, bool]]  # with whether the person can answer now


def block(sicht: Sicht) -> Block:
    """For one viewer. Report and effects are shared with the Kommune, proposals are not."""
    mandat = sicht.mandat
    beendet = mandat.stand == Mandatsstand.ABGESCHLOSSEN
    lenkt = sicht.koordiniert or sicht.leitet
    offen = mandat.erweiterungen.offen().first() if lenkt and not beendet else None
    antwortet = sicht.kommune_bearbeitet or sicht.koordiniert
    return Block(
        mandat=mandat,
        heute=sicht.am,
        taten=[] if beendet else list(_taten(sicht, offen)),
        erweiterung=offen,
        erbeten=lenkt and mandat.erweiterung_erbeten_um is not None,
        beendet=beendet,
        wirkungen=list(mandat.wirkungen.all()) if beendet else [],
        nachfragen=[
            (frage, antwortet and not frage.beantwortet_um and frage.faellig_am <= sicht.am)
            for frage in (mandat.nachfragen.all() if beendet else ())
        ],
    )


def _taten(sicht, offen):
    def tat(wort, name):
        return wort, reverse(f"beratung:{name}", args=[sicht.mandat.pk])

    if sicht.koordiniert:
        yield tat("Kontingent erweitern", "erweiterung")
        yield tat("Coach wechseln", "wechsel")
    elif sicht.leitet and offen is None and sicht.mandat.erweiterung_erbeten_um is None:
        yield tat("Mehr Vierteltage erbitten", "erweiterung")
    if sicht.koordiniert or sicht.leitet:
        yield tat("Begleitung abschließen", "abschluss")
