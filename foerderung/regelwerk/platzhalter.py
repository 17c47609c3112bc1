"""The words in braces that a text block of a notice may hold, and how they are filled in.

A text block is data that staff write: only the names listed here are replaced, and what is put in
is never read again, so neither a text block nor a title can ask for anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PLATZHALTER = {
    "kommune": "Name der Zuwendungsempfängerin",
    "titel": "Bezeichnung des Vorhabens",
    "antragsnummer": "Nummer des Antrags, zum Beispiel KP-2027-0042",
    "antrag_vom": "Tag, an dem der Antrag eingegangen ist",
    "aktenzeichen": "Aktenzeichen dieses Bescheides",
    "foerderjahr": "Förderjahr oder Förderjahre",
    "betrag": "bewilligte Zuwendung mit Cent",
    "betrag_in_worten": "bewilligte Zuwendung in Worten",
    "beantragter_betrag": "beantragte Zuwendung",
    "ausgaben": "Gesamtausgaben des Vorhabens",
    "zuwendungsfaehige_ausgaben": "zuwendungsfähige Ausgaben",
    "foerdersatz": "Anteil der Zuwendung in Prozent",
    "eigenanteil": "Eigenanteil der Kommune",
    "finanzierungsart": "Anteilfinanzierung oder Festbetragsfinanzierung",
    "beginn": "erster Tag des Bewilligungszeitraums",
    "ende": "letzter Tag des Bewilligungszeitraums",
    "nachweis_bis": "Tag, bis zu dem der Verwendungsnachweis vorliegt",
    "erstattung_unter": "Betrag, unter dem erstattet wird",
    "gruende": "Begründung, die zum Fall geschrieben wurde",
    "anhoerung_vom": "Tag der Anhörung",
    "vorbescheid": "Aktenzeichen des Bescheides, auf den sich dieser bezieht",
    "vorbescheid_vom": "Datum des Bescheides, auf den sich dieser bezieht",
    "bisheriger_betrag": "Zuwendung vor der Änderung",
    "forderung": "zurückgeforderter Betrag",
    "forderung_in_worten": "zurückgeforderter Betrag in Worten",
    "zinsen": "Zinsen auf die Rückforderung",
    "zinsen_bis": "Tag, bis zu dem Zinsen berechnet sind",
    "zinsaufschlag": "Prozentpunkte über dem Basiszinssatz",
    "zu_zahlen": "Rückforderung und Zinsen zusammen",
    "zahlbar_bis": "Tag, bis zu dem zu zahlen ist",
    "rechtsbehelf_frist": "Frist für den Rechtsbehelf, zum Beispiel eines Monats",
}
_WORT = re.compile(r"\{([^{}\n]*)\}")


def unbekannte(text: str) -> list[str]:
    """What stands in braces and is no placeholder, in its order, each once."""
    return list(dict.fromkeys(name for name in _WORT.findall(text) if name not in PLATZHALTER))


def verwendete(text: str) -> list[str]:
    """The placeholders a text needs, in its order, each once."""
    return list(dict.fromkeys(name for name in _WORT.findall(text) if name in PLATZHALTER))


def setze_ein(text: str, werte: Mapping[str, str]) -> str:
    """The text with its placeholders filled. Raises KeyError for one that has no value."""
    return _WORT.sub(lambda treffer: werte[treffer[1]], text)
