"""Each rule of the directive that a plan can break, and what the rules say about it besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from asskomm.formate import FEST, euro, zahl
from asskomm.formularfelder import zahl_text

from .lesen import Ort, Personalzeile, Plan
from .rechnung import Planregel, Planregeln, Rechnung, Summen, ist_investiv
from .spalten import (
    AUSNAHMEBEGRUENDUNG,
    AUSNAHMEGRUND,
    CENT,
    DRITTMITTEL,
    EIGENMITTEL,
    PERSONAL,
    SACH,
    ZUWENDUNG,
    Eigenleistungsart,
    Qualifikation,
    gruppenzahl,
)


@dataclass(frozen=True)
class Verstoss:
    """A rule that the plan breaks, and at which field."""

    regel: Planregel
    ort: Ort
    was: str

    @property
    def satz(self) -> str:
        return f"Regel {self.regel.nummer}: {self.was}"

    @property
    def in_liste(self) -> str:
        """With its cell, if it is about one row and not about the plan as a whole."""
        return self.ort.genannt(self.satz) if self.ort.gruppe else self.satz


@dataclass(frozen=True)
class Hinweis:
    """What the rules say about this plan without forbidding it."""

    satz: str


def pruefe(plan: Plan, rechnung: Rechnung, regeln: Planregeln) -> tuple[Verstoss, ...]:
    """Every rule the plan breaks, those of single rows first."""
    gesamt = rechnung.gesamt
    gefunden = [*_personal(plan, regeln), *_investitionen(plan, regeln)]
    if gesamt.ausgaben or gesamt.finanzierung:
        gefunden += _ausgeglichen(plan, rechnung, regeln)
        gefunden += _hoechstsatz(rechnung, regeln)
        gefunden += _eigenanteil(rechnung, regeln)
        gefunden += _doppelfoerderung(plan, gesamt, regeln)
        gefunden += _untergrenze(plan, gesamt, regeln)
    return tuple(gefunden)


def hinweise(plan: Plan, rechnung: Rechnung, regeln: Planregeln) -> Iterator[Hinweis]:
    zuwendung = rechnung.gesamt.zuwendung
    regel = regeln.untergrenze
    if braucht_ausnahme(rechnung.gesamt, regeln):
        yield Hinweis(
            f"Die beantragte Zuwendung liegt nicht über {euro(regel.wert)}. Ob ein Einzelfall "
            f"vorliegt, entscheidet die Bewilligungsbehörde (Regel {regel.nummer})."
        )
    regel = regeln.erstattung_unter
    if regel and 0 < zuwendung < regel.wert:
        yield Hinweis(
            f"Bei Einzelprojekten mit weniger als {euro(regel.wert)} Zuwendung zahlt die Kommune "
            f"zuerst selbst und erhält das Geld als Erstattung (Regel {regel.nummer})."
        )
    if regel := regeln.personalobergrenze:
        for jahr in sorted(_jahre_ohne_obergrenze(plan, regeln)):
            yield Hinweis(
                f"Für das Jahr {jahr} ist noch nicht für jede Ausbildung eine Obergrenze "
                f"hinterlegt. Die Geschäftsstelle prüft den Betrag (Regel {regel.nummer})."
            )
    if regeln.stundensatz is None and any(
        zeile.art == Eigenleistungsart.ARBEIT for zeile in plan.eigenleistung
    ):
        yield Hinweis(
            "Für Arbeitsstunden ist noch kein Betrag je Stunde festgelegt. Sie zählen deshalb in "
            "keiner Summe."
        )


def braucht_ausnahme(gesamt: Summen, regeln: Planregeln) -> bool:
    """The grant is at or below the lower limit (RL KommPräv Ziff. V Nr. 6)."""
    return bool(regeln.untergrenze and 0 < gesamt.zuwendung <= regeln.untergrenze.wert)


def differenz_satz(differenz: Decimal) -> str:
    """What the comparison of both sides says, without a full stop."""
    if differenz < 0:
        return f"Es fehlen {euro(-differenz)}"
    return f"Es sind {euro(differenz)} zu viel" if differenz else "Stimmt überein"


def satz_text(anteil: Decimal, grenze: Decimal | None = None) -> str:
    """88,5 %; beside a limit that is missed by little with as many places as show the difference."""
    for stellen in (1, 2, 3, 4):
        text = zahl(anteil, stellen)
        if grenze is None or anteil == grenze or text != zahl(grenze, stellen):
            return f"{text}{FEST}%"
    return f"{'mehr' if anteil > grenze else 'weniger'} als {zahl_text(grenze)}{FEST}%"


# --- Rows ------------------------------------------------------------------------


def _personal(plan, regeln):
    if regel := regeln.personalobergrenze:
        for zeile in plan.personal:
            yield from _ueber_obergrenze(zeile, regel, regeln)


def _ueber_obergrenze(zeile: Personalzeile, regel, regeln):
    """Group, step and amount each, by qualification and year (RL KommPräv Ziff. V Nr. 4)."""

    def hier(feld, was):
        return Verstoss(regel, Ort(feld, PERSONAL.schluessel, zeile.nummer), was)

    grenze = regeln.obergrenzen.get((zeile.jahr, zeile.qualifikation))
    if grenze is None:
        return
    if zeile.entgeltgruppe and gruppenzahl(zeile.entgeltgruppe) > grenze.entgeltgruppe:
        ausbildung = Qualifikation(zeile.qualifikation).label
        yield hier(
            "entgeltgruppe",
            f"Möglich ist höchstens EG {grenze.entgeltgruppe}. Die Ausbildung ist: {ausbildung}.",
        )
    if zeile.stufe and int(zeile.stufe) > grenze.stufe:
        yield hier("stufe", f"Möglich ist höchstens Stufe {grenze.stufe}.")
    hoechstens = regeln.obergrenze(zeile)
    if hoechstens is not None and zeile.betrag is not None and not grenze.reicht_fuer(zeile):
        yield hier(
            "betrag",
            f"Möglich sind höchstens {euro(_ab(hoechstens))}: EG {grenze.entgeltgruppe}, Stufe "
            f"{grenze.stufe}, {zahl_text(zeile.stellenanteil)}{FEST}% der Stelle, {zeile.monate} "
            f"von 12 Monaten im Jahr {zeile.jahr}.",
        )


def _jahre_ohne_obergrenze(plan, regeln):
    return {
        zeile.jahr
        for zeile in plan.personal
        if zeile.jahr
        and zeile.qualifikation
        and (zeile.jahr, zeile.qualifikation) not in regeln.obergrenzen
    }


def _investitionen(plan, regeln):
    if regel := regeln.keine_investitionen:
        for zeile in filter(ist_investiv, plan.sach):
            yield Verstoss(
                regel,
                Ort("art", SACH.schluessel, zeile.nummer),
                "Investitionen sind nicht zuwendungsfähig. Löschen Sie die Zeile, oder wählen Sie "
                "eine andere Ausgabenart.",
            )


# --- The plan as a whole ---------------------------------------------------------


def _ausgeglichen(plan, rechnung, regeln):
    """In every year of its own: the money of one year does not pay for another."""
    if regel := regeln.finanzierung_ausgeglichen:
        for summen in rechnung.jahre:
            if summen.differenz:
                wann = f" im Jahr {summen.jahr}" if len(plan.jahre) > 1 else ""
                yield Verstoss(
                    regel,
                    Ort(f"{EIGENMITTEL.name}_{summen.jahr}"),
                    f"Ausgaben und Finanzierung stimmen{wann} nicht überein. "
                    f"{differenz_satz(summen.differenz)}.",
                )


def _hoechstsatz(rechnung, regeln):
    regel, gesamt = regeln.hoechstsatz, rechnung.gesamt
    if not regel or gesamt.zuwendung * 100 <= regel.wert * gesamt.ausgaben:
        return
    ort = Ort(f"{ZUWENDUNG.name}_{next(s.jahr for s in rechnung.jahre if s.zuwendung)}")
    hoechstens = _ab(regel.wert * gesamt.ausgaben / 100)
    anteil = gesamt.satz_zuwendung
    ist = (
        f"{satz_text(anteil, regel.wert)} der Ausgaben"
        if gesamt.ausgaben
        else "mehr als die Ausgaben"
    )
    yield Verstoss(
        regel,
        ort,
        f"Die Zuwendung beträgt {ist}. Möglich sind höchstens {zahl_text(regel.wert)}{FEST}%, hier "
        f"{euro(hoechstens)}.",
    )  # fmt: skip


def _eigenanteil(rechnung, regeln):
    regel, gesamt = regeln.eigenanteil, rechnung.gesamt
    if not regel or gesamt.eigenanteil * 100 >= regel.wert * gesamt.ausgaben:
        return
    jahr = next(summen.jahr for summen in rechnung.jahre if summen.ausgaben)
    noetig = (regel.wert * gesamt.ausgaben / 100).quantize(CENT, rounding=ROUND_UP)
    yield Verstoss(
        regel,
        Ort(f"{EIGENMITTEL.name}_{jahr}"),
        f"Ihr Eigenanteil beträgt {satz_text(gesamt.satz_eigenanteil, regel.wert)} der Ausgaben. "
        f"Nötig sind mindestens {zahl_text(regel.wert)}{FEST}%, hier {euro(noetig)}.",
    )


def _doppelfoerderung(plan, gesamt, regeln):
    zuschuesse = gesamt.zuwendung + gesamt.drittmittel
    regel = regeln.keine_doppelfoerderung
    if regel and gesamt.drittmittel and zuschuesse > gesamt.ausgaben:
        yield Verstoss(
            regel,
            Ort("betrag", DRITTMITTEL.schluessel, plan.drittmittel[-1].nummer),
            f"Zuwendung und Mittel von Dritten sind zusammen {euro(zuschuesse)}, die Ausgaben nur "
            f"{euro(gesamt.ausgaben)}.",
        )


def _untergrenze(plan, gesamt, regeln):
    if not braucht_ausnahme(gesamt, regeln):
        return
    regel = regeln.untergrenze
    bis = f"Eine Zuwendung bis {euro(regel.wert)} ist nur in Einzelfällen möglich."
    if regeln.ausnahmegruende and plan.ausnahmegrund not in regeln.ausnahmegruende:
        yield Verstoss(regel, Ort(AUSNAHMEGRUND), f"{bis} Wählen Sie, welcher Fall vorliegt.")
    if not plan.ausnahmebegruendung:
        yield Verstoss(
            regel, Ort(AUSNAHMEBEGRUENDUNG), f"{bis} Begründen Sie, warum der Fall vorliegt."
        )


def _ab(betrag):
    return betrag.quantize(CENT, rounding=ROUND_DOWN)
