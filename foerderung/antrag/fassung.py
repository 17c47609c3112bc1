"""The content of an application as it is frozen when it is signed, and as people read it.

`inhalt` holds for each section what was typed, so that it can be read by the section's form
again, and beside it the words people saw: choices, declarations and names as they were that day.
Amounts are text, numbers whole (see `kanonisch`).

    {
        "format": 1,
        "kommune": {…}, "runde": {…}, "regelwerk": {…}, "titel": "…",
        "abschnitte": {"vorhaben": {"felder": {…}, "zeilen": {…}}, …},
        "gruppen": [{"abschnitt": "vorhaben", "titel": "…", "angaben": [[label, text], …]}, …],
        "plan": {"gesamt": {"ausgaben": "32660.00", …}, "jahre": [{"jahr": 2027, …}]},
        "erklaerungen": [{"schluessel": "…", "titel": "…", "text": "…", "antwort": "…"}, …],
        "anlagen": [{"id": "…", "art": "…", "dateiname": "…", "groesse": 1, "sha256": "…"}, …],
        "beratungen": [{"am": "…", "thema": "…"}, …]
    }
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError

from asskomm.formate import euro
from beratung.beratungen.lage import beratungen

from ..abschnitte import ABSCHNITTE, ANLAGEN
from ..anlagen import plaetze
from ..plan.ansicht import wert_text
from ..plan.lesen import ist_leer
from ..plan.rechnung import Summen
from ..plan.spalten import (
    AUSNAHMEBEGRUENDUNG,
    AUSNAHMEGRUND,
    EIGENMITTEL,
    GRUPPEN,
    ZUWENDUNG,
    mit_jahren,
)
from ..plan.verstoesse import satz_text
from . import lesbar
from .angaben import FORMULARE
from .formular import Abschnittseingabe
from .umfeld import Umfeld

FORMAT = 1
SUMMEN = (
    "personal",
    "sach",
    "eigenleistung",
    "ausgaben",
    "eigenmittel",
    "drittmittel",
    "zuwendung",
    "finanzierung",
)
Gruppe = tuple[str, list[lesbar.Paar]]


def inhalt(umfeld: Umfeld) -> dict:
    """Everything the application says now, complete or not; the same for the same input.

    The day of `umfeld` decides which consultations have taken place.
    """
    antrag = umfeld.antrag
    regelwerk, kommune = antrag.geltendes_regelwerk, antrag.kommune
    return {
        "format": FORMAT,
        "titel": antrag.titel,
        "kommune": {
            "name": str(kommune),
            "kennung": kommune.kennung,
            "ags": kommune.ags or "",
            "kreis": str(kommune.kreis or ""),
        },
        "runde": {"bezeichnung": str(antrag.runde), "jahre": list(antrag.runde.jahre)},
        "regelwerk": {"nummer": regelwerk.pk, "bezeichnung": regelwerk.bezeichnung},
        "abschnitte": {art.schluessel: umfeld.eingaben(art.schluessel) for art in ABSCHNITTE},
        "gruppen": [
            {"abschnitt": abschnitt, "titel": titel, "angaben": [list(paar) for paar in angaben]}
            for abschnitt, titel, angaben in _gruppen(antrag, umfeld)
        ],
        "plan": {
            "gesamt": _summen(umfeld.rechnung.gesamt),
            "jahre": [{"jahr": summen.jahr, **_summen(summen)} for summen in umfeld.rechnung.jahre],
        },
        "erklaerungen": list(_erklaerungen(umfeld)),
        "anlagen": plaetze.fuer_fassung(antrag),
        "beratungen": [{"am": str(b.am), "thema": b.thema} for b in beratungen(kommune, umfeld.am)],
    }


def gruppen(inhalt: Mapping, nur: str = "") -> list[Gruppe]:
    """(title, [(label, text)]) in the order of the application; `nur` those of one section."""
    return [
        (gruppe["titel"], [(name, text) for name, text in gruppe["angaben"]])
        for gruppe in inhalt["gruppen"]
        if nur in ("", gruppe["abschnitt"])
    ]


def _gruppen(antrag, umfeld) -> Iterator[tuple[str, str, list]]:
    for art in ABSCHNITTE:
        if art.schluessel == "plan":
            yield "plan", art.titel, list(_plan(umfeld))
            yield ANLAGEN, "Anlagen", _anlagen(antrag)
        elif art.schluessel == "erklaerungen":
            yield art.schluessel, art.titel, list(_erklaerungspaare(umfeld))
        else:
            yield art.schluessel, _titel(art), lesbar.paare(_eingabe(art.schluessel, umfeld))


def _titel(art):
    standard = getattr(FORMULARE[art.schluessel], "standard", None)
    return f"Beccaria-Standard {standard.nummer}: {standard.titel}" if standard else art.titel


def _eingabe(schluessel, umfeld):
    return Abschnittseingabe(FORMULARE[schluessel], umfeld.eingaben(schluessel), umfeld)


# --- The plan --------------------------------------------------------------------


def _summen(summen: Summen) -> dict[str, str]:
    return {name: str(getattr(summen, name)) for name in SUMMEN}


def _plan(umfeld) -> Iterator[lesbar.Paar]:
    """The rows as they can be read, and both sides as computed."""
    eingaben, jahre = umfeld.eingaben("plan"), umfeld.plan.plan.jahre
    for schluessel, gruppe in GRUPPEN.items():
        zeilen = [z for z in eingaben.get("zeilen", {}).get(schluessel, []) if not ist_leer(z)]
        for nummer, zeile in enumerate(zeilen, start=1):
            yield f"{gruppe.titel}, Zeile {nummer}", _planzeile(zeile, mit_jahren(gruppe, jahre))
    gesamt = umfeld.rechnung.gesamt
    yield "Ausgaben", euro(gesamt.ausgaben)
    felder = eingaben.get("felder", {})
    for spalte in (EIGENMITTEL, ZUWENDUNG):
        for jahr in jahre:
            titel = spalte.titel.removesuffix(" in Euro")
            getippt = felder.get(f"{spalte.name}_{jahr}", "").strip()
            yield f"{titel} {jahr}", _wort(spalte, getippt) or lesbar.LEER
    yield "Finanzierung", euro(gesamt.finanzierung)
    if gesamt.ausgaben:
        yield "Anteil der Zuwendung", satz_text(gesamt.satz_zuwendung)
        yield "Eigenanteil", satz_text(gesamt.satz_eigenanteil)
    if felder.get(AUSNAHMEGRUND) or felder.get(AUSNAHMEBEGRUENDUNG):
        grund = umfeld.planregeln.ausnahmegruende.get(felder.get(AUSNAHMEGRUND, ""), "")
        texte = [grund, felder.get(AUSNAHMEBEGRUENDUNG, "").strip()]
        yield "Ausnahme von der Untergrenze", "\n".join(filter(None, texte))


def _planzeile(zeile, spalten):
    teile = []
    for spalte in spalten:
        getippt = str(zeile.get(spalte.name, "")).strip()
        if getippt:
            teile.append(f"{spalte.ueberschrift.rstrip('?')}: {_wort(spalte, getippt)}")
    return "; ".join(teile)


def _wort(spalte, getippt):
    """The value as people read it; what cannot be read stays as it was typed."""
    try:
        return wert_text(spalte, spalte.lies(getippt)) if getippt else ""
    except ValidationError:
        return getippt


# --- Documents and declarations --------------------------------------------------


def _anlagen(antrag):
    angaben = [
        (platz.art.bezeichnung, f"{anlage.dateiname} ({plaetze.umfang(anlage.groesse)})")
        for platz in plaetze.plaetze(antrag)
        for anlage in platz.anlagen
    ]
    return angaben or [("Dateien", "keine")]


def _erklaerungspaare(umfeld) -> Iterator[lesbar.Paar]:
    """Each declaration by its title, with its text and the answer."""
    je_feld = {erklaerung.schluessel: erklaerung for erklaerung in umfeld.erklaerungen}
    for feld in _eingabe("erklaerungen", umfeld).form.visible_fields():
        text = lesbar.feldtext(feld) or lesbar.LEER
        if erklaerung := je_feld.get(feld.name):
            yield erklaerung.titel, f"{erklaerung.text}\nAntwort: {text}"
        else:
            yield str(feld.label), text


def _erklaerungen(umfeld):
    eingabe = _eingabe("erklaerungen", umfeld)
    for erklaerung in umfeld.erklaerungen:
        feld = eingabe.form[erklaerung.schluessel]
        yield {
            "schluessel": erklaerung.schluessel,
            "titel": erklaerung.titel,
            "text": erklaerung.text,
            "antwort": lesbar.feldtext(feld) or lesbar.LEER,
        }
