"""The rows of a plan and their columns: stated once for the page, the reading and the spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from asskomm import formularfelder
from asskomm.fehlertexte import AUSWAHL
from asskomm.formularfelder import lies_ganzzahl, lies_geld, lies_prozent, lies_zahl
from asskomm.texteingabe import bereinigt, hat_sichtbares

from ..models import Personalobergrenze

Qualifikation = Personalobergrenze.Qualifikation
TEXT_HOECHSTENS = 200
CENT = Decimal("0.01")
# Those of the TV-L; 9a and 9b both count as 9 where groups are compared.
ENTGELTGRUPPEN = (
    "1", "2", "2Ü", "3", "4", "5", "6", "7", "8", "9a", "9b", "10", "11", "12", "13", "13Ü", "14", "15",
)  # fmt: skip
STUFEN = ("1", "2", "3", "4", "5", "6")


class Ausgabenart(TextChoices):
    """Kinds of expenditure other than staff. The directive has no finer list: this one is ours."""

    HONORARE = "honorare", "Honorare"
    OEFFENTLICHKEITSARBEIT = "oeffentlichkeitsarbeit", "Öffentlichkeitsarbeit und Druck"
    VERANSTALTUNGEN = "veranstaltungen", "Veranstaltungen"
    MATERIAL = "material", "Material"
    REISEKOSTEN = "reisekosten", "Reisekosten"
    MIETE = "miete", "Miete"
    EVALUATION = "evaluation", "Evaluation"
    WEITERLEITUNG = "weiterleitung", "Weiterleitung an Dritte"
    SONSTIGES = "sonstiges", "Sonstige Sachausgaben"
    INVESTIV = "investiv", "Investition (nicht zuwendungsfähig)"


class Eigenleistungsart(TextChoices):
    """What a Kommune may bring in instead of money; work is valued by the hour."""

    ARBEIT = "arbeit", "Arbeitsstunden, zum Beispiel Ehrenamt"
    PERSONAL = "personal", "Personal der Kommune"
    SACHMITTEL = "sachmittel", "Räume, Geräte oder Material"


class Drittmittelstand(TextChoices):
    BEANTRAGT = "beantragt", "beantragt"
    ZUGESAGT = "zugesagt", "zugesagt"


@dataclass(frozen=True)
class Spalte:
    """One field of a row.

    `lies` turns what was typed into a value or raises ValidationError; `wahl` are the choices
    {value: word} of a select. `leer` is the sentence where a required field is empty; a column
    without it may stay empty.
    """

    name: str
    titel: str
    lies: Callable[[str], object]
    leer: str = ""
    kopf: str = ""  # shorter, above the column
    wahl: Mapping[str, str] | None = None
    einheit: str = ""
    tastatur: str = ""
    hoechstens: int = 0

    @property
    def ueberschrift(self) -> str:
        return self.kopf or self.titel


def _text(text):
    text = bereinigt(text)
    if len(text) > TEXT_HOECHSTENS:
        raise ValidationError(
            f"Kürzen Sie den Text auf höchstens {TEXT_HOECHSTENS} Zeichen. "
            f"Jetzt sind es {len(text)}."
        )
    if not hat_sichtbares(text):
        raise ValidationError("Schreiben Sie den Text mit Buchstaben oder Ziffern.")
    return text


def _betrag(text):
    return lies_geld(text, CENT)


def _anteil(text):
    return lies_prozent(text, Decimal(1))


def _monate(text):
    return lies_ganzzahl(text, 1, 12)


def _anzahl(text):
    return lies_zahl(text, 2, CENT, Decimal(999_999))


def _stunden(text):
    return lies_zahl(text, 2, CENT, Decimal(99_999))


def _aus(wahl):
    def lies(text):
        if text not in wahl:
            raise ValidationError(AUSWAHL)
        return text

    return lies


def textspalte(name, titel, leer="", **weiteres):
    return Spalte(name, titel, _text, leer, hoechstens=TEXT_HOECHSTENS, **weiteres)


def wahlspalte(name, titel, wahl, leer=AUSWAHL, **weiteres):
    wahl = dict(wahl)
    return Spalte(name, titel, _aus(wahl), leer, wahl=wahl, **weiteres)


def geldspalte(name, titel, leer=formularfelder.GELD, lies=_betrag, **weiteres):
    return Spalte(name, titel, lies, leer, einheit="€", tastatur="decimal", **weiteres)


# Its choices are the years of the round: `mit_jahren`.
JAHR = wahlspalte("jahr", "Jahr", {}, "Wählen Sie das Jahr.")


@dataclass(frozen=True)
class Gruppe:
    """One table of the plan."""

    schluessel: str
    titel: str
    einleitung: str
    neu: str
    spalten: tuple[Spalte, ...]
    begriff: str  # of the glossary

    def spalte(self, name: str) -> Spalte:
        return next(spalte for spalte in self.spalten if spalte.name == name)


PERSONAL = Gruppe(
    "personal",
    "Personalausgaben",
    "Eine Zeile je Stelle und Jahr. Den Nachweis der Ausbildung laden Sie im Schritt „Anlagen“ hoch.",
    "Stelle hinzufügen",
    (
        textspalte("aufgabe", "Aufgabe der Stelle", "Geben Sie die Aufgabe der Stelle an."),
        wahlspalte(
            "qualifikation", "Ausbildung", Qualifikation.choices, "Wählen Sie die Ausbildung."
        ),
        wahlspalte(
            "entgeltgruppe",
            "Entgeltgruppe nach TV-L",
            [(gruppe, f"EG {gruppe}") for gruppe in ENTGELTGRUPPEN],
            "Wählen Sie die Entgeltgruppe.",
            kopf="Entgeltgruppe",
        ),
        wahlspalte(
            "stufe",
            "Stufe",
            [(stufe, f"Stufe {stufe}") for stufe in STUFEN],
            "Wählen Sie die Stufe.",
        ),
        Spalte(
            "stellenanteil",
            "Stellenanteil in Prozent",
            _anteil,
            formularfelder.ANTEIL,
            kopf="Stellenanteil",
            einheit="%",
            tastatur="decimal",
        ),
        JAHR,
        Spalte(
            "monate",
            "Monate",
            _monate,
            "Geben Sie die Zahl der Monate an, zum Beispiel 12.",
            tastatur="numeric",
        ),
        geldspalte("betrag", "Betrag für diese Monate in Euro", kopf="Betrag"),
    ),
    begriff="entgeltgruppe",
)
SACH = Gruppe(
    "sach",
    "Sachausgaben",
    "Eine Zeile je Ausgabe. Investitionen sind nicht zuwendungsfähig.",
    "Ausgabe hinzufügen",
    (
        textspalte("wofuer", "Wofür?", "Geben Sie an, wofür Sie das Geld ausgeben."),
        wahlspalte("art", "Ausgabenart", Ausgabenart.choices, "Wählen Sie die Ausgabenart."),
        JAHR,
        Spalte(
            "anzahl",
            "Anzahl",
            _anzahl,
            "Geben Sie die Anzahl an, zum Beispiel 12.",
            tastatur="decimal",
        ),
        geldspalte("einzelbetrag", "Einzelbetrag in Euro", kopf="Einzelbetrag"),
    ),
    begriff="investive-ausgaben",
)
EIGENLEISTUNG = Gruppe(
    "eigenleistung",
    "Eigenleistung",
    "Was Sie ohne Geld beitragen. Der Wert zählt als Ausgabe und als Ihr Eigenanteil; tragen Sie "
    "ihn nur hier ein.",
    "Eigenleistung hinzufügen",
    (
        textspalte("wofuer", "Wofür?", "Geben Sie an, was Sie beitragen."),
        wahlspalte(
            "art", "Art", Eigenleistungsart.choices, "Wählen Sie die Art der Eigenleistung."
        ),
        JAHR,
        Spalte("stunden", "Stunden, nur bei Arbeitsstunden", _stunden, kopf="Stunden", tastatur="decimal"),
        geldspalte(
            "betrag",
            "Wert in Euro, außer bei Arbeitsstunden",
            leer="",
            kopf="Wert",
        ),
        textspalte(
            "bewertung",
            "So haben Sie den Wert ermittelt, außer bei Arbeitsstunden",
            kopf="Bewertung",
        ),
    ),
    begriff="eigenleistung",
)  # fmt: skip
DRITTMITTEL = Gruppe(
    "drittmittel",
    "Mittel von Dritten",
    "Spenden, Beiträge und andere Förderungen, auch solche, über die noch nicht entschieden ist.",
    "Mittel hinzufügen",
    (
        textspalte("von_wem", "Von wem?", "Geben Sie an, von wem das Geld kommt."),
        JAHR,
        wahlspalte("stand", "Stand", Drittmittelstand.choices, "Wählen Sie den Stand."),
        geldspalte("betrag", "Betrag in Euro", kopf="Betrag"),
    ),
    begriff="drittmittel",
)
GRUPPEN = {gruppe.schluessel: gruppe for gruppe in (PERSONAL, SACH, EIGENLEISTUNG, DRITTMITTEL)}

# Fields of each year, named with it: eigenmittel_2027.
EIGENMITTEL = geldspalte(
    "eigenmittel",
    "Eigenmittel der Kommune in Euro",
    "Geben Sie die Eigenmittel in Euro an. Gibt es keine, schreiben Sie 0,00.",
    lies_geld,
)
ZUWENDUNG = geldspalte(
    "zuwendung",
    "Beantragte Zuwendung in Euro",
    "Geben Sie die beantragte Zuwendung in Euro an, zum Beispiel 1.234,56.",
    lies_geld,
)
JE_JAHR = (EIGENMITTEL, ZUWENDUNG)
AUSNAHMEGRUND = "ausnahmegrund"
AUSNAHMEBEGRUENDUNG = "ausnahmebegruendung"
BEGRUENDUNG_HOECHSTENS = 1_000

# More than any project needs; a request with as many stays small.
ZEILEN_HOECHSTENS = 300


def mit_jahren(gruppe: Gruppe, jahre: tuple[int, ...]) -> tuple[Spalte, ...]:
    """The columns of the group; the year is one of `jahre`."""
    wahl = {str(jahr): str(jahr) for jahr in jahre}
    return tuple(
        replace(spalte, lies=_aus(wahl), wahl=wahl) if spalte is JAHR else spalte
        for spalte in gruppe.spalten
    )


def gruppenzahl(entgeltgruppe: str) -> int:
    """9b -> 9, to compare with a ceiling."""
    return int(re.match(r"[0-9]+", entgeltgruppe)[0])
