"""The register of personal data: each app declares its own in its `personendaten.py`.

To create a declaration is to register it. `asskomm.datenschutz` reads them when all apps are
ready, shows them to the data protection officer and works by them: access request and deletion
run know nothing about the tables but what stands here. A test goes through every column of the
project and fails for one that is not declared.

    Personendaten(
        "portal.Kommentar", ("name", "text"), ANDERE,
        zweck="Kommentar unter einer Meldung", rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=KOMMENTAR_FREIGEGEBEN,
    )
    Unbedenklich("portal.Stand", ("kennzahl", "einheit"), "Angaben zu einer Kennzahl")

A declaration of a field covers the same field in the history of the model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import Model, Q, QuerySet

# Whose data it is, where no path leads to an account.
ANDERE = None
OEFFENTLICHE_AUFGABE = "Art. 6 Abs. 1 Buchst. e DSGVO mit sächsischem Recht (Zuordnung zu prüfen)"
SICHERHEIT = "Art. 6 Abs. 1 Buchst. e mit Art. 32 DSGVO, Sicherheit der Verarbeitung (zu prüfen)"
NACHWEIS = "Art. 6 Abs. 1 Buchst. c und e mit Art. 5 Abs. 2 DSGVO, Nachweis (zu prüfen)"
# What stands in place of a text that must not be empty.
GELOESCHT = "[gelöscht]"


class Ende(Enum):
    LOESCHEN = "Der Datensatz wird gelöscht"
    LEEREN = "Die Angaben werden aus dem Datensatz entfernt"
    ANONYMISIEREN = "Die Person wird unkenntlich gemacht, der Datensatz bleibt"


@dataclass(frozen=True)
class Vorschlag:
    """A period to begin with, until the LPR has confirmed or replaced it."""

    anzahl: int
    einheit: str  # "tage", "monate" or "jahre", see datenschutz.Aufbewahrungsfrist
    quelle: str = (
        "Vorschlag des Portals. Eine Rechtsgrundlage für diese Dauer wurde nicht gefunden."
    )


@dataclass(frozen=True)
class Durchfuehrung:
    """The running deletion: when, by whom and through which run."""

    um: datetime
    durch: Model
    lauf: Model


@dataclass(frozen=True)
class Loeschregel:
    """What happens to rows of one model once their period is over.

    `bestand` gives the rows whose period has begun, annotated with `frist_tag`, the local day
    from which it counts. `felder` are the new values for Ende.LEEREN, in history rows too.
    `ausfuehren` replaces the plain deletion or blanking; it gets the keys of locked rows.

    What a hold on another record holds here, too: `gehoert_zu` names by label what a row belongs
    to, with the path to its key. `handelt_von` gives for keys of rows the records they tell
    about, as (key, label, number). The person a row belongs to needs no mention, see Personendaten.
    `macht_unkenntlich` gives for keys the accounts that go with them, as (key, account): a hold
    on anything of such an account keeps the row.
    """

    schluessel: str
    titel: str
    modell: str
    beginn: str
    ende: Ende
    bestand: Callable[[], QuerySet]
    vorschlag: Vorschlag
    felder: Mapping[str, Any] = field(default_factory=dict)
    ausfuehren: Callable[[Collection, Durchfuehrung], None] | None = None
    gehoert_zu: Mapping[str, str] = field(default_factory=dict)
    handelt_von: Callable[[Collection], Iterable[tuple[Any, str, str]]] | None = None
    macht_unkenntlich: Callable[[Collection], Iterable[tuple[Any, int]]] | None = None

    def __post_init__(self):
        _merke(_regeln, self.schluessel, self)


@dataclass(frozen=True)
class Personendaten:
    """Fields that hold personal data.

    `wessen` is the path from the model to the account ("" for the account itself), a function
    from the account to a Q where no path leads there, or ANDERE. `ende` is the rule by which
    the data goes, or in words why no period runs. For the access request: `begleitend` are
    further fields that make the row understandable, `geheim` are fields that are named but
    not given out, `vertraulich` are fields that are given to the person alone and to nobody who
    fetches the file for them. `bereich`, `bezeichnung` and `feldnamen` are German words for tables
    of libraries that have none.
    """

    modell: str
    felder: tuple[str, ...]
    wessen: str | Callable[[Model], Q] | None
    zweck: str
    rechtsgrundlage: str
    ende: Loeschregel | str
    begleitend: tuple[str, ...] = ()
    geheim: tuple[str, ...] = ()
    vertraulich: tuple[str, ...] = ()
    bereich: str = ""
    bezeichnung: str = ""
    feldnamen: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        _personendaten.append(self)

    def von(self, konto: Model) -> Q:
        """The condition on rows of the model that makes them this person's."""
        if self.wessen is ANDERE:
            return Q(pk__in=[])
        if callable(self.wessen):
            return self.wessen(konto)
        return Q(**{self.wessen or "pk": konto.pk})


@dataclass(frozen=True)
class Unbedenklich:
    """Fields that could hold personal data by their type and do not, with the reason."""

    modell: str
    felder: tuple[str, ...]
    grund: str

    def __post_init__(self):
        _unbedenklich.append(self)


@dataclass(frozen=True)
class WeitereAblage:
    """Personal data outside the models: what, where, for how long."""

    ort: str
    inhalt: str
    zweck: str
    rechtsgrundlage: str
    dauer: str

    def __post_init__(self):
        _weitere.append(self)


@dataclass(frozen=True)
class OffenerVorgang:
    """A reason why rows of `modell` must wait: something about them is not finished.

    `offen` gets keys and gives back those that wait. `wort` is what staff read.
    """

    schluessel: str
    modell: str
    wort: str
    offen: Callable[[Collection], Collection]

    def __post_init__(self):
        _merke(_offene, self.schluessel, self)


class DoppelteErklaerung(Exception):
    """Two rules or two kinds of open cases share a key."""


_regeln: dict[str, Loeschregel] = {}
_personendaten: list[Personendaten] = []
_unbedenklich: list[Unbedenklich] = []
_weitere: list[WeitereAblage] = []
_offene: dict[str, OffenerVorgang] = {}
_beim_anonymisieren: list[Callable[[Collection[int], Durchfuehrung], None]] = []


def _merke(wo, schluessel, erklaerung):
    if schluessel in wo:
        raise DoppelteErklaerung(schluessel)
    wo[schluessel] = erklaerung


def beim_anonymisieren(schritt: Callable[[Collection[int], Durchfuehrung], None]):
    """Register what an app does when accounts (their keys) are made unrecognisable."""
    _beim_anonymisieren.append(schritt)
    return schritt


def anonymisierungsschritte() -> tuple[Callable[[Collection[int], Durchfuehrung], None], ...]:
    return tuple(_beim_anonymisieren)


def regeln() -> dict[str, Loeschregel]:
    """All rules by key; accounts come last, because what belongs to them goes by its own rule."""
    spaet = (Ende.ANONYMISIEREN,)
    return dict(sorted(_regeln.items(), key=lambda paar: (paar[1].ende in spaet, paar[0])))


def personendaten() -> tuple[Personendaten, ...]:
    return tuple(_personendaten)


def unbedenklich() -> tuple[Unbedenklich, ...]:
    return tuple(_unbedenklich)


def weitere_ablagen() -> tuple[WeitereAblage, ...]:
    return tuple(_weitere)


def offene_vorgaenge(modell: str | None = None) -> tuple[OffenerVorgang, ...]:
    """Kinds of open cases, of one model or all."""
    return tuple(
        vorgang
        for vorgang in _offene.values()
        if modell is None or vorgang.modell.lower() == modell.lower()
    )
