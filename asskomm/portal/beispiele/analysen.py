"""Invented phases and recommendations of the invented analyses (F37).

Loaded before the cases: some of those take up recommendations. What is there is left alone,
whatever people did with it since. It goes with its analysis.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from beratung.models import (
    MIT_ERLAEUTERUNG,
    Analysephase,
    Handlungsempfehlung,
    Sicherheitsanalyse,
)
from kommunen.abgleich import Bericht
from kommunen.models import Kommune

from .gemeinsam import zeilen

SCHLUESSEL = "beispiele/sicherheitsanalysen/"


def lade(bericht: Bericht, ordner: Path, um: datetime) -> None:
    """Phases and recommendations that are not there yet; the analyses exist."""
    analysen = {
        analyse.import_schluessel.removeprefix(SCHLUESSEL): analyse
        for analyse in Sicherheitsanalyse.objects.beispiele()
    }
    posten = bericht.zu(Analysephase)
    for zeile in zeilen(ordner, "analysephasen.csv"):
        tage = ("geplant_von", "geplant_bis", "von", "bis")
        _, neu = Analysephase.objects.get_or_create(
            analyse=analysen[zeile["analyse"]],
            art=zeile["art"],
            defaults={name: _tag(zeile[name]) for name in tage},
        )
        _zaehle(posten, neu)
    kommunen = {kommune.kennung: kommune for kommune in Kommune.objects.all()}
    posten = bericht.zu(Handlungsempfehlung)
    for zeile in zeilen(ordner, "empfehlungen.csv"):
        _, neu = Handlungsempfehlung.objects.get_or_create(
            analyse=analysen[zeile["analyse"]],
            kommune=kommunen[zeile["kommune"]],
            nummer=int(zeile["nummer"]),
            defaults={
                "thema": zeile["thema"],
                "text": zeile["text"],
                "stand": zeile["stand"],
                "geplant_jahr": int(zeile["jahr"]) if zeile["jahr"] else None,
                "erlaeuterung": zeile["erlaeuterung"],
                "geaendert_um": um if zeile["stand"] in MIT_ERLAEUTERUNG else None,
            },
        )
        _zaehle(posten, neu)


def aufgegriffen(ordner: Path, antrag: str) -> list[Handlungsempfehlung]:
    """What the invented case of this key takes up."""
    return [
        Handlungsempfehlung.objects.get(
            analyse__import_schluessel=f"{SCHLUESSEL}{zeile['analyse']}",
            kommune__kennung=zeile["kommune"],
            nummer=int(zeile["nummer"]),
        )
        for zeile in zeilen(ordner, "empfehlungen.csv")
        if antrag in zeile["antraege"].split()
    ]


def _tag(text):
    return date.fromisoformat(text) if text else None


def _zaehle(posten, neu):
    if neu:
        posten.hinzugefuegt += 1
    else:
        posten.unveraendert += 1
