"""The terms that come with the portal, brought into `Begriff`.

A term is replaced by a newer delivery only while nobody has changed it. What the Redaktion has
changed, added or deleted stays as it is; so do the related terms of an entry, on their own.
"""

from __future__ import annotations

from pathlib import Path

from django.db.models import Q

from kommunen.abgleich import Abgleich, Bericht, Soll
from kommunen.einlesen import Tabelle, kurztext, pflichttext, text

from ..models import Begriff

TRENNER = "|"


def _liste(wert: str) -> tuple[str, ...]:
    return tuple(teil.strip() for teil in text(wert).split(TRENNER) if teil.strip())


GLOSSAR = Tabelle(
    "glossar.csv",
    {
        "kennung": kurztext(60),
        "begriff": kurztext(100),
        "synonyme": _liste,
        "erklaerung": pflichttext,
        "verwandt": _liste,
        "quellen": _liste,
    },
    eindeutig=("kennung",),
)


def importiere(abgleich: Abgleich, ordner: Path) -> None:
    """Bring the delivered terms to the state of the file in `ordner`."""
    zeilen = GLOSSAR.lies(ordner, abgleich.fehler)
    bekannt = {zeile["kennung"] for zeile in zeilen}
    for zeile in zeilen:
        for kennung in set(zeile["verwandt"]) - (bekannt - {zeile["kennung"]}):
            grund = f"„{kennung}“ ist kein anderer Begriff dieser Datei."
            abgleich.fehler.melde(zeile, "verwandt", grund)
    abgleich.fehler.pruefe()
    geliefert = Begriff.history.filter(history_change_reason=abgleich.grund).values("id")
    begriffe = abgleich.gleiche_ab(
        Begriff.objects.filter(Q(kennung__in=bekannt) | Q(pk__in=geliefert)),
        "kennung",
        [Soll(zeile["kennung"], _felder(zeile), zeile) for zeile in zeilen],
        vollstaendig=True,
    )
    # Only now that all of them are there; told apart, or every term would be counted twice.
    verweise = Abgleich(abgleich.grund, Bericht(), abgleich.fehler)
    verweise.gleiche_ab(
        Begriff.objects.all(),
        "kennung",
        [
            Soll(zeile["kennung"], {}, zeile, kinder={"verweise": _verweise(zeile, begriffe)})
            for zeile in zeilen
            if zeile["kennung"] in begriffe
        ],
    )


def _felder(zeile):
    return {
        "wort": zeile["begriff"],
        "synonyme": "\n".join(zeile["synonyme"]),
        "erklaerung": zeile["erklaerung"],
        "quellen": "\n".join(zeile["quellen"]),
    }


def _verweise(zeile, begriffe):
    """Related terms, without those that the Redaktion has deleted."""
    return [{"ziel": begriffe[ziel]} for ziel in zeile["verwandt"] if ziel in begriffe]
