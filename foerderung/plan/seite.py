"""What the page of the plan shows: tables of fields, sums, the comparison of both sides, errors.

200 rows are 1.400 fields. So the fields are plain data for a template of their own, not form fields:
that is ten times faster (a test holds the page to 300 ms).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from asskomm.formate import FEST, euro
from asskomm.formularfelder import zahl_text

from ..antrag.formular import Zeige
from .lesen import Fehler, Gelesen, Ort, lies
from .rechnung import NULL, Planregel, Planregeln, Rechnung, Summen, rechne
from .spalten import (
    AUSNAHMEBEGRUENDUNG,
    AUSNAHMEGRUND,
    BEGRUENDUNG_HOECHSTENS,
    EIGENLEISTUNG,
    EIGENMITTEL,
    GRUPPEN,
    JE_JAHR,
    PERSONAL,
    SACH,
    ZUWENDUNG,
    Gruppe,
    Qualifikation,
    Spalte,
    mit_jahren,
)
from .verstoesse import Verstoss, braucht_ausnahme, differenz_satz, hinweise, pruefe, satz_text

# What each row comes to stands in a cell of its own, where it is no field.
MIT_ZEILENSUMME = (SACH, EIGENLEISTUNG)
ZEILE_LEER = "–"


@dataclass(frozen=True, slots=True)
class Feld:
    """One control with its label, value and errors."""

    ort: Ort
    spalte: Spalte
    titel: str
    wert: str
    zusatz: str = ""  # after the label, e.g. "(Zeile 2)"; heard, and not seen in a wide table
    fehler: tuple[str, ...] = ()
    hinweis: str = ""
    optionen: SafeString = SafeString()

    @property
    def name(self):
        return self.ort.name

    @property
    def id(self):
        return self.ort.kennung

    @property
    def beschrieben(self):
        """Ids of what is said about the control, as in Django's own forms."""
        teile = [f"{self.id}_helptext"] if self.hinweis else []
        return " ".join([*teile, f"{self.id}_error"] if self.fehler else teile)


@dataclass(frozen=True, slots=True)
class Tabellenzeile:
    nummer: int  # from 1
    schluessel: str  # what the button to delete it sends
    felder: list[Feld]
    summe: str | None  # None where the table has no such cell


@dataclass(frozen=True, slots=True)
class Grenzzeile:
    """What a full post of one qualification may cost in a year."""

    jahr: str
    ausbildung: str
    gruppe: str
    stufe: str
    jahresbetrag: str
    bestaetigt: bool


@dataclass(frozen=True, slots=True)
class Tabelle:
    """One group of rows."""

    gruppe: Gruppe
    spalten: tuple[Spalte, ...]
    zeilen: list[Tabellenzeile]
    vorlage: Tabellenzeile  # an empty row, from which the script makes new ones
    summe: str
    ohne: str  # which rows the sum leaves out
    mit_zeilensumme: bool
    im_block: bool  # too many columns for one line
    hinweis: str = ""
    obergrenzen: tuple[Grenzzeile, ...] = ()
    fehler: tuple[str, ...] = ()  # of the table as a whole
    geloescht: str = ""  # what is said about a row that can be brought back

    @property
    def breite(self):
        """Columns before that of the sum."""
        return len(self.spalten)


@dataclass(frozen=True)
class Posten:
    """One line of the comparison."""

    titel: str
    wert: str
    schluessel: str = ""  # for the script
    ist_summe: bool = False
    abweichung: bool = False
    regel: str = ""  # "höchstens 90 % (Regel R7)"


@dataclass(frozen=True)
class Fehlereintrag:
    """For the list of errors."""

    text: str
    ziel: str


@dataclass
class Planseite:
    """Reads, computes and holds ready. `zeige` says which errors are marked."""

    eingaben: Mapping
    jahre: tuple[int, ...]
    regeln: Planregeln
    zeige: Zeige = Zeige.NICHTS
    neu_in: str = ""  # the group that gets an empty row at its end
    geloescht: tuple[str, int] | None = None  # group and place of a row that can be brought back

    is_bound = True

    def __post_init__(self):
        self.gelesen: Gelesen = lies(self.eingaben, self.jahre)
        self.rechnung: Rechnung = rechne(self.plan, self.regeln)
        self.verstoesse = pruefe(self.plan, self.rechnung, self.regeln)
        self.hinweise = tuple(hinweise(self.plan, self.rechnung, self.regeln))
        self._saetze: dict[str, list[str]] = {}
        for eintrag in self._gezeigte():
            self._saetze.setdefault(eintrag.ort.name, []).append(eintrag.satz)
        self.tabellen = [self._tabelle(gruppe) for gruppe in GRUPPEN.values()]
        self.finanzierung = [
            (jahr, [self._jahresfeld(s, jahr) for s in JE_JAHR]) for jahr in self.jahre
        ]

    @property
    def plan(self):
        return self.gelesen.plan

    def _gezeigte(self) -> Iterator[Fehler | Verstoss]:
        if self.zeige is Zeige.NICHTS:
            return
        alles = self.zeige is Zeige.ALLE
        yield from (fehler for fehler in self.gelesen.fehler if alles or not fehler.fehlt)
        # As long as somebody is still typing, only what is wrong in one row for itself.
        yield from (verstoss for verstoss in self.verstoesse if alles or verstoss.ort.gruppe)

    # --- Tables ----------------------------------------------------------------

    def _tabelle(self, gruppe):
        zeilen = self.eingaben.get("zeilen", {}).get(gruppe.schluessel, [])
        if gruppe.schluessel == self.neu_in or (not zeilen and gruppe in (PERSONAL, SACH)):
            zeilen = [*zeilen, {}]
        # With a single year there is nothing to choose.
        spalten = tuple(
            spalte
            for spalte in mit_jahren(gruppe, self.jahre)
            if spalte.name != "jahr" or len(self.jahre) > 1
        )
        ohne = self.rechnung.ohne(self.plan, gruppe.schluessel)
        return Tabelle(
            gruppe=gruppe,
            spalten=spalten,
            zeilen=[self._zeile(gruppe, spalten, n, zeile) for n, zeile in enumerate(zeilen)],
            vorlage=self._zeile(gruppe, spalten, None, {}),
            summe=euro(getattr(self.rechnung.gesamt, gruppe.schluessel)),
            ohne=_ohne_zeilen(ohne),
            mit_zeilensumme=gruppe in MIT_ZEILENSUMME,
            im_block=gruppe in (PERSONAL, EIGENLEISTUNG) or len(self.jahre) > 1,
            hinweis=self._stundenwert() if gruppe is EIGENLEISTUNG else "",
            obergrenzen=tuple(self._grenzzeilen()) if gruppe is PERSONAL else (),
            fehler=tuple(self._saetze.get(f"neu_{gruppe.schluessel}", ())),
            geloescht=self._geloescht(gruppe),
        )

    def _stundenwert(self):
        regel = self.regeln.stundensatz_eigenleistung
        if regel is None:
            return ""
        offen = "" if regel.bestaetigt else ", Wert noch nicht bestätigt"
        return f"Eine Arbeitsstunde zählt {euro(regel.wert)} (Regel {regel.nummer}{offen})."

    def _grenzzeilen(self):
        for (jahr, qualifikation), grenze in self.regeln.obergrenzen.items():
            if jahr in self.jahre:
                yield Grenzzeile(
                    str(jahr),
                    Qualifikation(qualifikation).label,
                    f"EG {grenze.entgeltgruppe}",
                    f"Stufe {grenze.stufe}",
                    euro(grenze.jahresbetrag_euro),
                    grenze.bestaetigt,
                )

    def _geloescht(self, gruppe):
        if self.geloescht is None or self.geloescht[0] != gruppe.schluessel:
            return ""
        return f"Zeile {self.geloescht[1] + 1} ist gelöscht."

    def _zeile(self, gruppe, spalten, stelle, zeile):
        """The row at `stelle`; None makes the one for the script, with a word for its number."""
        nummer = "__nr__" if stelle is None else stelle + 1
        platz = "__stelle__" if stelle is None else stelle
        zusatz = f"(Zeile {nummer})"
        felder = []
        for spalte in spalten:
            ort = Ort(spalte.name, gruppe.schluessel, platz)
            wert = zeile.get(spalte.name, "")
            felder.append(
                Feld(
                    ort,
                    spalte,
                    spalte.titel,
                    wert,
                    zusatz,
                    tuple(self._saetze.get(ort.name, ())),
                    self._hinweis(gruppe, spalte, stelle),
                    _optionen(spalte, wert) if spalte.wahl is not None else SafeString(),
                )
            )
        summe = None
        if gruppe in MIT_ZEILENSUMME:
            betrag = self.rechnung.betraege.get((gruppe.schluessel, stelle))
            summe = ZEILE_LEER if betrag is None else euro(betrag)
        return Tabellenzeile(nummer, f"{gruppe.schluessel}-{platz}", felder, summe)

    def _hinweis(self, gruppe, spalte, stelle):
        if gruppe is not PERSONAL or spalte.name != "betrag":
            return ""
        grenze = self.rechnung.obergrenzen.get(stelle)
        return "" if grenze is None else f"höchstens {euro(grenze)}"

    def _jahresfeld(self, spalte, jahr):
        ort = Ort(f"{spalte.name}_{jahr}")
        titel = f"{spalte.titel} für {jahr}" if len(self.jahre) > 1 else spalte.titel
        return self._feld(ort, spalte, titel)

    def _feld(self, ort, spalte, titel):
        wert = self.eingaben.get("felder", {}).get(ort.name, "")
        fehler = tuple(self._saetze.get(ort.name, ()))
        return Feld(ort, spalte, titel, wert, fehler=fehler)

    # --- Grants at or below the lower limit --------------------------------------

    @property
    def braucht_ausnahme(self):
        return braucht_ausnahme(self.rechnung.gesamt, self.regeln)

    @property
    def ausnahmegruende(self):
        """(key, words, chosen) of each case in which a small grant is possible."""
        gewaehlt = self.eingaben.get("felder", {}).get(AUSNAHMEGRUND, "")
        return [(s, text, s == gewaehlt) for s, text in self.regeln.ausnahmegruende.items()]

    @property
    def ausnahmegrund_fehler(self):
        return self._saetze.get(AUSNAHMEGRUND, [])

    @property
    def ausnahmebegruendung(self):
        spalte = Spalte(AUSNAHMEBEGRUENDUNG, "Begründung", str, hoechstens=BEGRUENDUNG_HOECHSTENS)
        return self._feld(Ort(AUSNAHMEBEGRUENDUNG), spalte, "Warum liegt dieser Fall vor?")

    # --- Comparison ---------------------------------------------------------------

    @property
    def gegenueberstellung(self) -> list[Posten]:
        return list(posten(self.rechnung.gesamt, self.verstoesse, self.regeln))

    @property
    def je_jahr(self) -> list[tuple[Summen, str]]:
        """The sums of each year with what their comparison says; empty for a single year."""
        if len(self.jahre) == 1:
            return []
        return [(summen, differenz_satz(summen.differenz)) for summen in self.rechnung.jahre]

    @property
    def regelangaben(self) -> list[Planregel]:
        """The rules of this page with their words, those without a confirmed value included."""
        namen = (
            "hoechstsatz", "eigenanteil", "untergrenze", "erstattung_unter", "keine_investitionen",
            "finanzierung_ausgeglichen", "personalobergrenze", "stundensatz_eigenleistung",
            "keine_doppelfoerderung",
        )  # fmt: skip
        regeln = [getattr(self.regeln, name) for name in namen]
        return [regel for regel in regeln if regel]

    @property
    def grenzsaetze(self) -> list[str]:
        """The two rates every plan must keep."""
        saetze = []
        if regel := self.regeln.hoechstsatz:
            saetze.append(
                f"Die Zuwendung beträgt höchstens {zahl_text(regel.wert)}{FEST}% der "
                f"zuwendungsfähigen Ausgaben (Regel {regel.nummer})."
            )
        if regel := self.regeln.eigenanteil:
            saetze.append(
                f"Ihr Eigenanteil beträgt mindestens {zahl_text(regel.wert)}{FEST}% "
                f"(Regel {regel.nummer})."
            )
        return saetze

    @property
    def stundensatz(self):
        return self.regeln.stundensatz

    # --- Errors -------------------------------------------------------------------

    @property
    def errors(self) -> list[Fehlereintrag]:
        """In the order of the page; for the frame, too, which begins the title with "Fehler: "."""
        platz = {name: nummer for nummer, name in enumerate(self._reihenfolge())}
        gezeigte = sorted(self._gezeigte(), key=lambda e: platz.get(e.ort.name, len(platz)))
        return [Fehlereintrag(e.in_liste, self._ziel(e.ort)) for e in gezeigte]

    def _reihenfolge(self):
        for tabelle in self.tabellen:
            for zeile in tabelle.zeilen:
                yield from (feld.name for feld in zeile.felder)
            yield f"neu_{tabelle.gruppe.schluessel}"
        for _, felder in self.finanzierung:
            yield from (feld.name for feld in felder)
        yield from (AUSNAHMEGRUND, AUSNAHMEBEGRUENDUNG)

    def _ziel(self, ort):
        """A group of options is reached by its first."""
        return f"{ort.kennung}_0" if ort.name == AUSNAHMEGRUND else ort.kennung


def posten(
    gesamt: Summen, verstoesse: tuple[Verstoss, ...], regeln: Planregeln
) -> Iterator[Posten]:
    """The lines of the comparison; a broken rule is named at its line."""
    verletzt = {verstoss.regel.nummer for verstoss in verstoesse}
    for name in (PERSONAL, SACH, EIGENLEISTUNG):
        titel = f"{name.titel} (Wert)" if name is EIGENLEISTUNG else name.titel
        yield Posten(titel, euro(getattr(gesamt, name.schluessel)), name.schluessel)
    yield Posten("Ausgaben", euro(gesamt.ausgaben), "ausgaben", ist_summe=True)
    for titel, name in (
        ("Eigenmittel", EIGENMITTEL.name),
        ("Eigenleistung (Wert)", "eigenleistung2"),
        ("Mittel von Dritten", "drittmittel"),
        ("Beantragte Zuwendung", ZUWENDUNG.name),
    ):
        yield Posten(titel, euro(getattr(gesamt, name.removesuffix("2"))), name)
    yield Posten("Finanzierung", euro(gesamt.finanzierung), "finanzierung", ist_summe=True)
    ausgeglichen = regeln.finanzierung_ausgeglichen
    fehlt = gesamt.differenz != NULL
    yield Posten(
        "Vergleich",
        differenz_satz(gesamt.differenz),
        "differenz",
        ist_summe=True,
        abweichung=fehlt,
        regel=f"Regel {ausgeglichen.nummer}" if fehlt and ausgeglichen else "",
    )
    for titel, satz, regel, wort in (
        ("Anteil der Zuwendung", gesamt.satz_zuwendung, regeln.hoechstsatz, "höchstens"),
        ("Eigenanteil", gesamt.satz_eigenanteil, regeln.eigenanteil, "mindestens"),
    ):
        grenze = regel.wert if regel else None
        yield Posten(
            titel,
            ZEILE_LEER if satz is None else satz_text(satz, grenze),
            "anteil",
            abweichung=bool(regel) and regel.nummer in verletzt,
            regel=f"{wort} {zahl_text(grenze)}{FEST}%, Regel {regel.nummer}" if regel else "",
        )


def _ohne_zeilen(nummern):
    if not nummern:
        return ""
    return f"ohne Zeile {', '.join(map(str, nummern))}"


@lru_cache(maxsize=512)
def _optionen_der_wahl(wahl, wert):
    return render_to_string("foerderung/plan/optionen.html", {"wahl": wahl, "wert": wert})


def _optionen(spalte: Spalte, wert: str) -> SafeString:
    """The choices of a select; what was sent and is none of them stays visible."""
    wahl = tuple(spalte.wahl.items())
    if wert and wert not in spalte.wahl:
        return render_to_string(
            "foerderung/plan/optionen.html", {"wahl": (*wahl, (wert, wert)), "wert": wert}
        )
    return _optionen_der_wahl(wahl, wert)
