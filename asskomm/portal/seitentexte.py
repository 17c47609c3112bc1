"""The text pages that come with the portal: files with a head and Markdown, brought into `Seite`.

A page is replaced by a newer delivery only while its text is still the delivered one. What the
Redaktion has changed or deleted stays as it is.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from django.db.models import Q

from kommunen.abgleich import Abgleich, Soll
from kommunen.einlesen import (
    Fehlerliste,
    Unlesbar,
    Zeile,
    auswahl,
    ganze_zahl,
    kurztext,
    lies_text,
    pflichttext,
    sauber,
    tag,
    text,
)

from .models import Seite


def _pfad(wert: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", wert) or len(wert) > 100:
        raise Unlesbar(f"„{wert}“ ist keine Adresse wie programm/coaching.")
    return wert


KOPF = {
    "pfad": _pfad,
    "titel": kurztext(100),
    "einleitung": pflichttext,
    "rubrik": auswahl(Seite.Rubrik),
    "reihenfolge": ganze_zahl,
    "stand": tag,
    "quellen": text,
}
GELIEFERT = ("titel", "einleitung", "rubrik", "reihenfolge", "text", "stand", "quellen")


class Seitenabgleich(Abgleich):
    """Knows a changed page by its text, so that an edit taken back counts as none."""

    def von_fremder_hand(self, modell, objekte, kinder):
        return {seite.pk for seite in objekte if seite.ausgeliefert != fingerabdruck(vars(seite))}


def importiere(abgleich: Seitenabgleich, ordner: Path) -> None:
    """Bring the delivered pages to the state of the Markdown files in `ordner`."""
    seiten = _lies(ordner, abgleich.fehler)
    abgleich.fehler.pruefe()
    adressen = [seite.schluessel for seite in seiten]
    abgleich.gleiche_ab(
        Seite.objects.filter(Q(pfad__in=adressen) | ~Q(ausgeliefert="")),
        "pfad",
        seiten,
        vollstaendig=True,
    )


def fingerabdruck(werte) -> str:
    """What of a page is delivered, as one hash; whether it is published is not part of it.

    A form sends lines with other ends than a file; that alone changes nothing.
    """
    geliefert = [str(werte[name]).replace("\r\n", "\n").strip() for name in GELIEFERT]
    return hashlib.sha256(json.dumps(geliefert).encode()).hexdigest()


def _lies(ordner: Path, fehler: Fehlerliste) -> list[Soll]:
    dateien = sorted(ordner.glob("*.md"))
    if not dateien:
        fehler.melde_in(ordner.name, 0, "", "In diesem Ordner liegen keine Seiten.")
    seiten = {}
    for datei in dateien:
        soll = _lies_seite(datei, fehler)
        if soll is None:
            continue
        if soll.schluessel in seiten:
            grund = f"Diese Adresse hat schon {seiten[soll.schluessel].zeile.datei}."
            fehler.melde(soll.zeile, "pfad", grund)
        seiten[soll.schluessel] = soll
    return list(seiten.values())


def _lies_seite(datei: Path, fehler: Fehlerliste) -> Soll | None:
    inhalt = lies_text(datei, fehler)
    if inhalt is None:
        return None
    zeilen = inhalt.splitlines()
    if zeilen[0] != "---" or "---" not in zeilen[1:]:
        fehler.melde_in(datei.name, 1, "", "Der Kopf zwischen zwei Zeilen --- fehlt.")
        return None
    ende = zeilen.index("---", 1)
    roh = dict.fromkeys(KOPF, (1, ""))
    genannt = set()
    for nummer, name, wert in _kopfzeilen(zeilen[1:ende]):
        if name not in KOPF or name in genannt:
            grund = "Die Angabe ist doppelt." if name in genannt else "Diese Angabe ist unbekannt."
            fehler.melde_in(datei.name, nummer, name, grund)
        genannt.add(name)
        roh[name] = nummer, wert
    roh["text"] = ende + 2, "\n".join(zeilen[ende + 1 :])
    werte = {}
    for name, lies in {**KOPF, "text": pflichttext}.items():
        nummer, wert = roh[name]
        try:
            werte[name] = lies(sauber(wert))
        except Unlesbar as grund:
            fehler.melde_in(datei.name, nummer, name, str(grund))
    if len(werte) < len(KOPF) + 1:
        return None
    pfad = werte.pop("pfad")
    return Soll(pfad, {**werte, "ausgeliefert": fingerabdruck(werte)}, Zeile(datei.name, 1, {}))


def _kopfzeilen(zeilen):
    """Line number, name and value of each entry; indented lines continue the value above."""
    eintraege = []
    for nummer, zeile in enumerate(zeilen, start=2):
        if eintraege and zeile.startswith("  "):
            eintraege[-1][2].append(zeile.strip())
        elif zeile.strip():
            name, _, wert = zeile.partition(":")
            eintraege.append((nummer, name.strip(), [wert.strip().removeprefix("|")]))
    for nummer, name, teile in eintraege:
        yield nummer, name, "\n".join(filter(None, teile))
