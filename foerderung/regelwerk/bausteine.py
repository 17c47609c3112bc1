"""Which text blocks make up which notice, in their order.

The texts are data of the rule set; that a notice has these parts, and when, is its structure. A
rule set is released only when it has every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ..models import Entscheidung


class Fall(Enum):
    """When a block belongs into the notice; the value is how staff read it."""

    IMMER = "immer"
    PERSONAL = "bei Personalausgaben"
    WEITERLEITUNG = "bei Weiterleitung an Dritte"
    ABRUF = "bei Auszahlung auf Anforderung"
    ERSTATTUNG = "bei Erstattung"
    ANHOERUNG = "nach einer Anhörung"
    ZINSEN = "wenn Zinsen anfallen"
    OHNE_ZINSEN = "wenn keine Zinsen anfallen"


@dataclass(frozen=True)
class Baustein:
    schluessel: str
    fall: Fall = Fall.IMMER


_RECHTSBEHELF = Baustein("rechtsbehelf")
_VEROEFFENTLICHUNG = Baustein("veroeffentlichung")
_BEGRUENDUNG = Baustein("begruendung")
_ANHOERUNG = Baustein("anhoerung", Fall.ANHOERUNG)
_RECHTSGRUNDLAGE = Baustein("rechtsgrundlage_bewilligung")
_HOEHE = Baustein("hoehe")
_NACH_DER_BEWILLIGUNG = (
    Baustein("nebenbestimmungen_allgemein"),
    Baustein("nebenbestimmungen_besondere"),
    Baustein("nebenbestimmungen_personal", Fall.PERSONAL),
    Baustein("nebenbestimmungen_weiterleitung", Fall.WEITERLEITUNG),
    Baustein("auszahlung_abruf", Fall.ABRUF),
    Baustein("auszahlung_erstattung", Fall.ERSTATTUNG),
    Baustein("verwendungsnachweis"),
    Baustein("mitteilungspflichten"),
    Baustein("widerrufsvorbehalt"),
    Baustein("hinweis_verzicht"),
    _VEROEFFENTLICHUNG,
    _RECHTSBEHELF,
)
BESCHEIDE: dict[str, tuple[Baustein, ...]] = {
    Entscheidung.Art.BEWILLIGUNG: (
        Baustein("bewilligung_einleitung"),
        Baustein("zweck"),
        _HOEHE,
        _RECHTSGRUNDLAGE,
        *_NACH_DER_BEWILLIGUNG,
    ),
    Entscheidung.Art.TEILBEWILLIGUNG: (
        Baustein("teilbewilligung_einleitung"),
        Baustein("zweck"),
        _HOEHE,
        _RECHTSGRUNDLAGE,
        _BEGRUENDUNG,
        *_NACH_DER_BEWILLIGUNG,
    ),
    Entscheidung.Art.ABLEHNUNG: (
        Baustein("ablehnung_einleitung"),
        Baustein("rechtsgrundlage_ablehnung"),
        _BEGRUENDUNG,
        _ANHOERUNG,
        Baustein("hinweis_neuer_antrag"),
        _RECHTSBEHELF,
    ),
    Entscheidung.Art.AENDERUNG: (
        Baustein("aenderung_einleitung"),
        _HOEHE,
        _RECHTSGRUNDLAGE,
        _BEGRUENDUNG,
        _VEROEFFENTLICHUNG,
        _RECHTSBEHELF,
    ),
    Entscheidung.Art.WIDERRUF: (
        Baustein("widerruf_einleitung"),
        Baustein("rechtsgrundlage_widerruf"),
        _BEGRUENDUNG,
        _ANHOERUNG,
        Baustein("hinweis_erstattung"),
        _RECHTSBEHELF,
    ),
    Entscheidung.Art.RUECKFORDERUNG: (
        Baustein("rueckforderung_einleitung"),
        Baustein("rechtsgrundlage_rueckforderung"),
        _BEGRUENDUNG,
        _ANHOERUNG,
        Baustein("rueckforderung_zinsen", Fall.ZINSEN),
        Baustein("rueckforderung_ohne_zinsen", Fall.OHNE_ZINSEN),
        Baustein("rueckforderung_zahlung"),
        _RECHTSBEHELF,
    ),
}
SCHLUESSEL = tuple(
    dict.fromkeys(baustein.schluessel for teile in BESCHEIDE.values() for baustein in teile)
)


def bausteine(art: str, faelle: Iterable[Fall]) -> list[str]:
    """The keys of the blocks of a notice of this kind; `faelle` are what applies besides IMMER."""
    zutreffend = {Fall.IMMER, *faelle}
    return [baustein.schluessel for baustein in BESCHEIDE[art] if baustein.fall in zutreffend]


def verwendung(schluessel: str) -> str:
    """Where a block stands, for staff: "Bewilligung, Teilbewilligung (bei Erstattung)"."""
    arten = [
        Entscheidung.Art(art).label
        for art, teile in BESCHEIDE.items()
        if any(baustein.schluessel == schluessel for baustein in teile)
    ]
    fall = next(
        (b.fall for teile in BESCHEIDE.values() for b in teile if b.schluessel == schluessel),
        Fall.IMMER,
    )
    zusatz = "" if fall is Fall.IMMER else f" ({fall.value})"
    return f"{', '.join(arten) or 'in keinem Bescheid'}{zusatz}"
