"""Walks the chain and names the first break.

The hash of every entry is computed here once more, in Python: whoever has changed the trigger
in the database has not changed this. `migrations/0002_kette.py` says how it is made.

What no chain can show by itself is a missing end: without the last ten entries it is as whole
as before. So keep the head (number and hash) elsewhere from time to time, and compare with it.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, TextField
from django.db.models.functions import Cast

from asskomm.formate import zeitpunkt

from .handlungen import GRUND_GELOESCHT
from .models import Eintrag
from .verfahren import grund_pruefwert

ANFANG = "0" * 64
EPOCHE = datetime(1970, 1, 1, tzinfo=UTC)
# As the trigger orders them; `angaben` as the database writes them out.
FELDER = (
    "nummer",
    "id",
    "zeit",
    "handlung",
    "gegenstand_art",
    "gegenstand_nummer",
    "durch_id",
    "fuer_id",
    "angaben_text",
    "grund_pruefwert",
)


@dataclass(frozen=True)
class Kopf:
    """The end of the chain: whoever knows it can tell later whether anything before it changed."""

    nummer: int
    hash: str

    def __str__(self):
        return f"{self.nummer} {self.hash}"

    @classmethod
    def lies(cls, text: str) -> "Kopf":
        """Read "NUMMER:HASH"; raises ValueError."""
        treffer = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", text)
        if not treffer:
            raise ValueError("Erwartet wird NUMMER:HASH, der Hash mit 64 Zeichen aus 0–9 und a–f.")
        return cls(int(treffer[1]), treffer[2])


@dataclass(frozen=True)
class Bruch:
    """Where the log is not as it was written. `zeit` is that of the entry it was noticed at."""

    nummer: int | None
    zeit: datetime | None
    was: str

    def __str__(self):
        stelle = "Eintrag ohne Nummer" if self.nummer is None else f"Eintrag {self.nummer}"
        zeit = f" ({zeitpunkt(self.zeit)})" if self.zeit else ""
        return f"{stelle}{zeit}: {self.was}"


@dataclass(frozen=True)
class Ergebnis:
    """`kopf` is the last entry that was sound; `bruch` is None where all are."""

    kopf: Kopf
    bruch: Bruch | None


def pruefe(erwartet: Kopf | None = None, *, je_seite: int = 1000) -> Ergebnis:
    """Check the whole log, `je_seite` entries in memory at a time; stop at the first break.

    `erwartet` is a head that was kept elsewhere: the chain must still lead through it.
    """
    kopf = Kopf(0, ANFANG)
    if erwartet and erwartet.nummer == 0 and erwartet != kopf:
        return Ergebnis(kopf, Bruch(0, None, "Vor dem ersten Eintrag steht ein anderer Hash."))
    for seite in _seiten(je_seite):
        geloescht = _geloeschte_gruende(seite)
        for eintrag in seite:
            if bruch := _bruch(eintrag, kopf, geloescht):
                return Ergebnis(kopf, bruch)
            kopf = Kopf(eintrag.nummer, eintrag.hash)
            if erwartet and kopf.nummer == erwartet.nummer and kopf != erwartet:
                was = "Der Hash ist ein anderer als der aufbewahrte."
                return Ergebnis(kopf, Bruch(kopf.nummer, eintrag.zeit, was))
    if erwartet and erwartet.nummer > kopf.nummer:
        was = f"Das Ende fehlt: Aufbewahrt ist der Hash von Eintrag {erwartet.nummer}."
        return Ergebnis(kopf, Bruch(kopf.nummer + 1, None, was))
    if lose := Eintrag.objects.filter(nummer=None).order_by("id").first():
        was = f"Der Eintrag mit der Kennung {lose.pk} steht nicht in der Kette."
        return Ergebnis(kopf, Bruch(None, lose.zeit, was))
    return Ergebnis(kopf, None)


def pruefwert(eintrag: Eintrag) -> str:
    """The hash as the trigger should have made it; `eintrag` needs `angaben_text`."""
    inhalt = eintrag.hash_vorher.encode()
    for feld in FELDER:
        wert = getattr(eintrag, feld)
        if feld == "zeit":
            wert = (wert - EPOCHE) // timedelta(microseconds=1)
        text = str(wert).encode()
        inhalt += b"-," if wert is None else b"%d:%s," % (len(text), text)
    return hashlib.sha256(inhalt).hexdigest()


def _seiten(je_seite: int) -> Iterator[list[Eintrag]]:
    """The chained entries in order, with their reasons, page by page by key.

    Also two entries with the same number come, in case somebody has dropped the constraint.
    """
    alle = (
        Eintrag.objects.filter(nummer__isnull=False)
        .annotate(
            angaben_text=Cast("angaben", TextField()),
            grund_salz=F("grund__salz"),
            grund_text=F("grund__text"),
        )
        .order_by("nummer", "id")
    )
    seite = list(alle[:je_seite])
    while seite:
        yield seite
        letzter = seite[-1]
        danach = alle.filter(nummer__gte=letzter.nummer).exclude(
            nummer=letzter.nummer, id__lte=letzter.id
        )
        seite = list(danach[:je_seite])


def _geloeschte_gruende(seite: list[Eintrag]) -> set[int]:
    """The entries of the page whose reason was deleted with an entry that says so."""
    ohne_grund = [str(e.id) for e in seite if e.grund_pruefwert and e.grund_text is None]
    if not ohne_grund:
        return set()
    nummern = Eintrag.objects.filter(
        handlung=GRUND_GELOESCHT.schluessel,
        gegenstand_art=Eintrag._meta.label_lower,
        gegenstand_nummer__in=ohne_grund,
        nummer__isnull=False,
    ).values_list("gegenstand_nummer", flat=True)
    return {int(nummer) for nummer in nummern}


def _bruch(eintrag: Eintrag, kopf: Kopf, geloescht: set[int]) -> Bruch | None:
    """What is wrong with the entry that should follow `kopf`."""
    if eintrag.nummer > kopf.nummer + 1:
        was = f"Es fehlen Einträge: Auf Nummer {kopf.nummer} folgt Nummer {eintrag.nummer}."
        return Bruch(kopf.nummer + 1, eintrag.zeit, was)
    if eintrag.nummer <= kopf.nummer:
        was = "Die Nummer gibt es mehrfach oder sie ist kleiner als 1."
    elif eintrag.hash_vorher != kopf.hash:
        was = "Der Hash des Eintrags davor stimmt nicht."
    elif eintrag.hash != pruefwert(eintrag):
        was = "Der Inhalt wurde geändert."
    elif eintrag.grund_text is not None:
        if eintrag.grund_pruefwert == grund_pruefwert(eintrag.grund_salz, eintrag.grund_text):
            return None
        was = "Die Begründung wurde geändert."
    elif not eintrag.grund_pruefwert or eintrag.id in geloescht:
        return None
    else:
        was = "Die Begründung fehlt, und kein Eintrag sagt, dass sie gelöscht wurde."
    return Bruch(eintrag.nummer, eintrag.zeit, was)
