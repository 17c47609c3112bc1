"""The typed plan: what was typed as values, and at which field something is missing or unreadable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError

from asskomm.formate import zahl
from asskomm.formularfelder import GELD_HOECHSTENS, geld_text

from .spalten import (
    AUSNAHMEBEGRUENDUNG,
    AUSNAHMEGRUND,
    BEGRUENDUNG_HOECHSTENS,
    CENT,
    DRITTMITTEL,
    EIGENLEISTUNG,
    GRUPPEN,
    JE_JAHR,
    PERSONAL,
    SACH,
    ZEILEN_HOECHSTENS,
    ZUWENDUNG,
    Ausgabenart,
    Eigenleistungsart,
    mit_jahren,
)

ARBEIT_OHNE_WERT = "Bei Arbeitsstunden rechnet das Portal den Wert. Löschen Sie Ihre Angabe."
OHNE_STUNDEN = "Stunden gibt es nur bei der Art Arbeitsstunden. Löschen Sie Ihre Angabe."
WERT_FEHLT = "Geben Sie den Wert in Euro an, zum Beispiel 1.234,56."
STUNDEN_FEHLEN = "Geben Sie die Zahl der Stunden an, zum Beispiel 40."
BEWERTUNG_FEHLT = "Geben Sie an, wie Sie den Wert ermittelt haben."
KEINE_AUSGABE = "Geben Sie mindestens eine Personal- oder Sachausgabe an."
KEINE_ZUWENDUNG = "Geben Sie eine Zuwendung über 0,00 Euro an."
ZU_HOCH = f"Die Ausgaben sind zusammen höher als {geld_text(GELD_HOECHSTENS)} Euro. Prüfen Sie die Beträge."
ZU_VIELE_ZEILEN = f"Lassen Sie höchstens {ZEILEN_HOECHSTENS} Zeilen stehen."


def gerundet(betrag: Decimal) -> Decimal:
    """Whole Cent, half up."""
    return betrag.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Ort:
    """A field of the page: of a row (`zeile` counts from 0) or on its own."""

    feld: str
    gruppe: str = ""
    zeile: int = 0

    @property
    def name(self) -> str:
        """The name of the control in the form."""
        return f"{self.gruppe}-{self.zeile}-{self.feld}" if self.gruppe else self.feld

    @property
    def kennung(self) -> str:
        """Its id, to which lists of errors lead."""
        return f"id_{self.name}"

    @property
    def vorsatz(self) -> str:
        """How a list names the field, e.g. "Sachausgaben, Zeile 2, Anzahl"."""
        if self.gruppe:
            gruppe = GRUPPEN[self.gruppe]
            spalte = gruppe.spalte(self.feld).ueberschrift
            return f"{gruppe.titel}, Zeile {self.zeile + 1}, {spalte}"
        name, _, jahr = self.feld.rpartition("_")
        return next((f"{spalte.titel} für {jahr}" for spalte in JE_JAHR if spalte.name == name), "")

    def genannt(self, satz: str) -> str:
        """What is wrong here, as a list says it; a heading that is a question needs no colon."""
        vorsatz = self.vorsatz
        if not vorsatz:
            return satz
        return f"{vorsatz} {satz}" if vorsatz.endswith("?") else f"{vorsatz}: {satz}"


# The button that adds the first row: where an error belongs while there is none.
ERSTE_AUSGABE = Ort("neu_sach")


@dataclass(frozen=True)
class Fehler:
    """What is missing or cannot be read."""

    ort: Ort
    satz: str
    fehlt: bool = False  # nothing was typed, as opposed to something that cannot be read

    @property
    def in_liste(self) -> str:
        return self.ort.genannt(self.satz)


# --- The plan --------------------------------------------------------------------


@dataclass(frozen=True)
class Personalzeile:
    """One post in one year. None stands for what is missing or unreadable; so in all rows."""

    nummer: int  # its place in the table, from 0
    aufgabe: str | None = None
    qualifikation: str | None = None
    entgeltgruppe: str | None = None
    stufe: str | None = None
    stellenanteil: Decimal | None = None  # percent
    jahr: int | None = None
    monate: int | None = None
    betrag: Decimal | None = None  # for these months and this share


@dataclass(frozen=True)
class Sachzeile:
    nummer: int
    wofuer: str | None = None
    art: str | None = None
    jahr: int | None = None
    anzahl: Decimal | None = None
    einzelbetrag: Decimal | None = None

    @property
    def betrag(self) -> Decimal | None:
        if self.anzahl is None or self.einzelbetrag is None:
            return None
        return gerundet(self.anzahl * self.einzelbetrag)


@dataclass(frozen=True)
class Eigenleistungszeile:
    nummer: int
    wofuer: str | None = None
    art: str | None = None
    jahr: int | None = None
    stunden: Decimal | None = None
    betrag: Decimal | None = None  # as typed; of hours it is computed
    bewertung: str | None = None


@dataclass(frozen=True)
class Drittmittelzeile:
    nummer: int
    von_wem: str | None = None
    jahr: int | None = None
    stand: str | None = None
    betrag: Decimal | None = None


@dataclass(frozen=True)
class Plan:
    """What was typed, as values. Empty rows are left out."""

    jahre: tuple[int, ...]
    personal: tuple[Personalzeile, ...] = ()
    sach: tuple[Sachzeile, ...] = ()
    eigenleistung: tuple[Eigenleistungszeile, ...] = ()
    drittmittel: tuple[Drittmittelzeile, ...] = ()
    eigenmittel: Mapping[int, Decimal] = field(default_factory=dict)
    zuwendung: Mapping[int, Decimal] = field(default_factory=dict)
    ausnahmegrund: str = ""
    ausnahmebegruendung: str = ""

    @property
    def zeilen(self) -> dict[str, tuple]:
        return {schluessel: getattr(self, schluessel) for schluessel in GRUPPEN}

    @property
    def hat_personal(self) -> bool:
        return bool(self.personal)

    @property
    def leitet_weiter(self) -> bool:
        return any(zeile.art == Ausgabenart.WEITERLEITUNG for zeile in self.sach)


ZEILENARTEN = {
    PERSONAL.schluessel: Personalzeile,
    SACH.schluessel: Sachzeile,
    EIGENLEISTUNG.schluessel: Eigenleistungszeile,
    DRITTMITTEL.schluessel: Drittmittelzeile,
}


# --- Reading ---------------------------------------------------------------------


@dataclass(frozen=True)
class Gelesen:
    plan: Plan
    fehler: tuple[Fehler, ...]  # in the order of the page


def lies(eingaben: Mapping, jahre: tuple[int, ...]) -> Gelesen:
    """Read the section `plan` as `models.Abschnitt` keeps it; takes whatever is in there."""
    fehler: list[Fehler] = []
    zeilen: dict[str, tuple] = {}
    for schluessel, gruppe in GRUPPEN.items():
        gelesene = []
        for nummer, zeile in enumerate(_zeilen(eingaben, schluessel)):
            if not ist_leer(zeile):
                gelesene.append(_lies_zeile(gruppe, nummer, zeile, jahre, fehler))
        zeilen[schluessel] = tuple(gelesene)
    if not (zeilen[PERSONAL.schluessel] or zeilen[SACH.schluessel]):
        fehler.append(Fehler(ERSTE_AUSGABE, KEINE_AUSGABE, fehlt=True))
    if sum(map(len, zeilen.values())) > ZEILEN_HOECHSTENS:
        fehler.append(Fehler(ERSTE_AUSGABE, ZU_VIELE_ZEILEN))
    if _summe(zeilen) > GELD_HOECHSTENS:
        fehler.append(Fehler(ERSTE_AUSGABE, ZU_HOCH))
    felder = {name: _als_text(wert) for name, wert in _teil(eingaben, "felder").items()}
    betraege = _lies_jahre(felder, jahre, zeilen, fehler)
    beantragt = betraege[ZUWENDUNG.name]
    if beantragt and not any(beantragt.values()):
        fehler.append(
            Fehler(Ort(f"{ZUWENDUNG.name}_{min(beantragt)}"), KEINE_ZUWENDUNG, fehlt=True)
        )
    begruendung = felder.get(AUSNAHMEBEGRUENDUNG, "")
    if len(begruendung) > BEGRUENDUNG_HOECHSTENS:
        satz = (
            f"Kürzen Sie den Text auf höchstens {zahl(BEGRUENDUNG_HOECHSTENS)} Zeichen. "
            f"Jetzt sind es {zahl(len(begruendung))}."
        )
        fehler.append(Fehler(Ort(AUSNAHMEBEGRUENDUNG), satz))
    plan = Plan(
        jahre,
        **zeilen,
        **betraege,
        ausnahmegrund=felder.get(AUSNAHMEGRUND, ""),
        ausnahmebegruendung=begruendung,
    )
    return Gelesen(plan, tuple(fehler))


def ist_leer(zeile: Mapping) -> bool:
    """Nothing typed but the year, which may be preset."""
    return not any(_als_text(wert) for name, wert in zeile.items() if name != "jahr")


def _summe(zeilen):
    """Of all expenditure whose amount was typed: what the columns of the case must hold."""
    ausgaben = (PERSONAL, SACH, EIGENLEISTUNG)
    return sum(z.betrag or 0 for gruppe in ausgaben for z in zeilen[gruppe.schluessel])


def _teil(eingaben, name):
    teil = eingaben.get(name) if isinstance(eingaben, Mapping) else None
    return teil if isinstance(teil, Mapping) else {}


def _zeilen(eingaben, schluessel):
    zeilen = _teil(eingaben, "zeilen").get(schluessel)
    return [z if isinstance(z, Mapping) else {} for z in zeilen] if isinstance(zeilen, list) else []


def _als_text(wert):
    return wert.strip() if isinstance(wert, str) else ""


def _lies_zeile(gruppe, nummer, zeile, jahre, fehler):
    werte = {}
    for spalte in mit_jahren(gruppe, jahre):
        text = _als_text(zeile.get(spalte.name))
        if spalte.name == "jahr" and len(jahre) == 1:
            text = str(jahre[0])  # not on the page then, so what stands there is of an older case
        ort = Ort(spalte.name, gruppe.schluessel, nummer)
        werte[spalte.name] = _lies_feld(spalte, text, ort, fehler)
    if werte["jahr"]:
        werte["jahr"] = int(werte["jahr"])
    if gruppe is EIGENLEISTUNG:
        _pruefe_bewertung(nummer, werte, zeile, fehler)
    return ZEILENARTEN[gruppe.schluessel](nummer, **werte)


def _lies_feld(spalte, text, ort, fehler):
    if not text:
        if spalte.leer:
            fehler.append(Fehler(ort, spalte.leer, fehlt=True))
        return None
    try:
        return spalte.lies(text)
    except ValidationError as unlesbar:
        fehler.append(Fehler(ort, unlesbar.messages[0]))
        return None


def _pruefe_bewertung(nummer, werte, zeile, fehler):
    """Hours are valued by the rule set; everything else by the Kommune, which says how."""

    def melde(feld, satz, fehlt=True):
        fehler.append(Fehler(Ort(feld, EIGENLEISTUNG.schluessel, nummer), satz, fehlt))

    getippt = {name for name in ("stunden", "betrag", "bewertung") if _als_text(zeile.get(name))}
    if werte["art"] == Eigenleistungsart.ARBEIT:
        if "stunden" not in getippt:
            melde("stunden", STUNDEN_FEHLEN)
        for feld in ("betrag", "bewertung"):
            if feld in getippt:
                melde(feld, ARBEIT_OHNE_WERT, fehlt=False)
    elif werte["art"]:
        if "stunden" in getippt:
            melde("stunden", OHNE_STUNDEN, fehlt=False)
        if "betrag" not in getippt:
            melde("betrag", WERT_FEHLT)
        if "bewertung" not in getippt:
            melde("bewertung", BEWERTUNG_FEHLT)


def _lies_jahre(felder, jahre, zeilen, fehler):
    """The two amounts of each year; a year in which nothing happens needs none."""
    benutzt = {zeile.jahr for gruppe in zeilen.values() for zeile in gruppe}
    benutzt |= {
        jahr
        for jahr in jahre
        if any(felder.get(f"{spalte.name}_{jahr}") for spalte in JE_JAHR)
    }  # fmt: skip
    noetig = (benutzt & set(jahre)) or set(jahre[:1])
    betraege: dict[str, dict[int, Decimal]] = {spalte.name: {} for spalte in JE_JAHR}
    for jahr in jahre:
        if jahr not in noetig:
            continue
        for spalte in JE_JAHR:
            ort = Ort(f"{spalte.name}_{jahr}")
            wert = _lies_feld(spalte, felder.get(ort.name, ""), ort, fehler)
            if wert is not None:
                betraege[spalte.name][jahr] = wert
    return betraege
