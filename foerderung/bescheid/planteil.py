"""The Ausgaben- und Finanzierungsplan of a frozen application, as tables of a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from asskomm.dokumente import bloecke
from asskomm.dokumente.bloecke import Block
from asskomm.formate import euro

from ..models import Fassung
from ..plan.ansicht import wert_text
from ..plan.lesen import Plan, lies
from ..plan.rechnung import Planregeln, Rechnung, Summen, rechne
from ..plan.regeln import planjahre, planregeln
from ..plan.spalten import EIGENLEISTUNG, GRUPPEN, SACH, Gruppe, mit_jahren
from ..plan.verstoesse import satz_text

# What needs room in the tables; the other columns are as wide as their text.
BREIT = {"aufgabe": 2, "wofuer": 2, "von_wem": 2, "qualifikation": 2, "art": 1.5, "bewertung": 1.5}

# Both sides of the plan, by the names of `Summen`.
AUSGABEN = {
    "personal": "Personalausgaben",
    "sach": "Sachausgaben",
    "eigenleistung": "Wert der Eigenleistung",
}
FINANZIERUNG = {
    "eigenmittel": "Eigenmittel der Kommune",
    "eigenleistung": "Wert der Eigenleistung",
    "drittmittel": "Mittel von Dritten",
    "zuwendung": "Beantragte Zuwendung",
}


@dataclass(frozen=True)
class Planteil:
    plan: Plan
    rechnung: Rechnung
    bloecke: tuple[Block, ...]

    @property
    def hat_personal(self) -> bool:
        return self.plan.hat_personal

    @property
    def leitet_weiter(self) -> bool:
        return self.plan.leitet_weiter

    @property
    def drittmittel_euro(self) -> Decimal:
        return self.rechnung.gesamt.drittmittel


def aus_fassung(fassung: Fassung) -> Planteil | None:
    """The plan as it was signed, computed with the rules of its case; None if it has errors."""
    antrag = fassung.antrag
    eingaben = fassung.inhalt.get("abschnitte", {}).get("plan", {})
    gelesen = lies(eingaben, planjahre(antrag))
    if gelesen.fehler:
        return None
    regeln = planregeln(antrag.geltendes_regelwerk)
    rechnung = rechne(gelesen.plan, regeln)
    return Planteil(gelesen.plan, rechnung, tuple(plan_bloecke(gelesen.plan, rechnung, regeln)))


def plan_bloecke(
    plan: Plan, rechnung: Rechnung, regeln: Planregeln, ebene: int = 3
) -> Iterable[Block]:
    """A table for each kind of row, then both sides by year; headings on level `ebene`."""
    for schluessel, gruppe in GRUPPEN.items():
        if plan.zeilen[schluessel]:
            yield bloecke.ueberschrift(ebene, gruppe.titel)
            yield _tabelle(gruppe, plan, rechnung)
    yield bloecke.ueberschrift(ebene, "Ausgaben im Überblick")
    yield _ueberblick(rechnung, AUSGABEN, "ausgaben")
    yield bloecke.ueberschrift(ebene, "Finanzierung im Überblick")
    yield _ueberblick(rechnung, FINANZIERUNG, "finanzierung")
    if rechnung.gesamt.ausgaben:
        yield bloecke.angaben(
            [
                ("Anteil der Zuwendung", satz_text(rechnung.gesamt.satz_zuwendung)),
                ("Eigenanteil", satz_text(rechnung.gesamt.satz_eigenanteil)),
            ]
        )
    if plan.ausnahmegrund or plan.ausnahmebegruendung:
        grund = regeln.ausnahmegruende.get(plan.ausnahmegrund, "")
        yield bloecke.ueberschrift(ebene, "Ausnahme von der Untergrenze")
        yield bloecke.absatz("\n\n".join(filter(None, [grund, plan.ausnahmebegruendung])))


def _tabelle(gruppe: Gruppe, plan, rechnung):
    """The rows as typed, and what each comes to where that is not a column of its own."""
    schluessel = gruppe.schluessel
    spalten = [
        spalte
        for spalte in mit_jahren(gruppe, plan.jahre)
        if not (gruppe is EIGENLEISTUNG and spalte.name == "betrag")
    ]
    gerechnet = gruppe in (SACH, EIGENLEISTUNG)
    kopf = ["Nr.", *(spalte.ueberschrift for spalte in spalten), *(["Summe"] if gerechnet else [])]
    zeilen = []
    for nummer, zeile in enumerate(plan.zeilen[schluessel], start=1):
        werte = [wert_text(spalte, getattr(zeile, spalte.name)) for spalte in spalten]
        if gerechnet:
            werte.append(_euro(rechnung.betraege.get((schluessel, zeile.nummer))))
        zeilen.append([str(nummer), *werte])
    gesamt = getattr(rechnung.gesamt, schluessel)
    return bloecke.tabelle(
        kopf,
        zeilen,
        breiten=[None, *(BREIT.get(s.name) for s in spalten), *([None] if gerechnet else [])],
        rechts=[
            nummer
            for nummer, spalte in enumerate(spalten, start=1)
            if spalte.tastatur and spalte.name != "jahr"
        ]
        + ([len(kopf) - 1] if gerechnet else []),
        summen=[["", "Summe", *[""] * (len(kopf) - 3), euro(gesamt)]],
    )


def _ueberblick(rechnung: Rechnung, positionen, summe):
    """One side by year; a single year is the whole."""
    spalten = [*rechnung.jahre, rechnung.gesamt] if len(rechnung.jahre) > 1 else [rechnung.gesamt]

    def zeile(wort, name):
        return [wort, *(euro(getattr(summen, name)) for summen in spalten)]

    return bloecke.tabelle(
        ["Position", *(_spaltenkopf(summen) for summen in spalten)],
        [zeile(wort, name) for name, wort in positionen.items()],
        breiten=[1, *[None] * len(spalten)],
        rechts=range(1, len(spalten) + 1),
        summen=[zeile("Summe", summe)],
    )


def _spaltenkopf(summen: Summen):
    return str(summen.jahr) if summen.jahr else "Gesamt"


def _euro(betrag):
    return "" if betrag is None else euro(betrag)
