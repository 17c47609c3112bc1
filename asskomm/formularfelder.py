"""Amounts, rates, counts and days as people in Germany type them (GESTALTUNG section 7).

Django's own fields would guess: they take "1234.56" for 1234.56 and "1.23" for 123. These fields
read one spelling and say what to write instead of any other. The reading functions work without
a form too, e.g. for the cells of an uploaded table; they raise ValidationError.

    betrag = GeldFeld(label="Beantragte Zuwendung in Euro")
    anteil = ProzentFeld(label="Stellenanteil in Prozent", min_value=1)
    monate = GanzzahlFeld(label="Monate", min_value=1, max_value=12)
    beginn = DatumFeld(label="Beginn")
    uhrzeit = UhrzeitFeld(label="Uhrzeit")

The unit behind the input is hidden from screen readers, so the label names it as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from .formate import tag, zahl

# Nothing that is typed by hand is longer.
HOECHSTENS_ZEICHEN = 40
# Blank, no-break blank, narrow no-break blank and thin blank: what people and programs put
# between thousands.
LEER = "[ \u00a0\u202f\u2009]"
# Digits from 0 to 9 only: `\d` and Decimal take those of every script.
DEUTSCH = re.compile(
    rf"(?P<ganz>[0-9]+|[0-9]{{1,3}}(?:\.[0-9]{{3}})+|[0-9]{{1,3}}(?:{LEER}[0-9]{{3}})+)"
    r"(?:,(?P<nach>[0-9]+))?"
)
MIT_PUNKT = re.compile(r"[0-9.,]*\.[0-9]+")
MINUS = re.compile(r"[-\u2212\u2013]\s*[0-9]")
EURO = re.compile(rf"^€{LEER}*|{LEER}*(?:€|euro|eur)$", re.IGNORECASE)
PROZENT = re.compile(rf"{LEER}*(?:%|prozent)$", re.IGNORECASE)
TAG = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})")
UHRZEIT = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(?:Uhr)?", re.IGNORECASE)
TAG_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
JAHRE = range(1990, 2200)

GELD_HOECHSTENS = Decimal("999999999.99")
GANZZAHL_HOECHSTENS = 999_999_999
GELD = "Geben Sie den Betrag in Euro an, zum Beispiel 1.234,56."
GELD_PUNKT = "Schreiben Sie Cent mit Komma, zum Beispiel 1.234,56."
ANTEIL = "Geben Sie den Anteil in Prozent an, zum Beispiel 12,5."
ANZAHL = "Geben Sie eine ganze Zahl an, zum Beispiel 12."
KOMMAZAHL = "Geben Sie eine Zahl an, zum Beispiel 12,5."
KOMMA = "Schreiben Sie Stellen nach dem Komma mit Komma, zum Beispiel 12,5."
ZIFFERN = "Schreiben Sie die Zahl mit den Ziffern 0 bis 9."
OHNE_MINUS = "Geben Sie die Zahl ohne Minus an."
DATUM = "Geben Sie ein Datum an, zum Beispiel 01.09.2026."
ZEIT = "Geben Sie eine Uhrzeit an, zum Beispiel 14:30."
KEIN_TAG = "Diesen Tag gibt es nicht. Geben Sie ein Datum an, zum Beispiel 01.09.2026."


def geld_text(wert: Decimal) -> str:
    """1234.5 -> 1.234,50, as an input shows it: the € stands behind."""
    return zahl(wert, 2)


def zahl_text(wert: Decimal | int) -> str:
    """12.50 -> 12,5 and 2000 -> 2.000."""
    wert = Decimal(wert).normalize()
    return zahl(wert, max(0, -wert.as_tuple().exponent))


def lies_geld(
    text: str, mindestens: Decimal = Decimal(0), hoechstens: Decimal = GELD_HOECHSTENS
) -> Decimal:
    """Euro: 1234,56 · 1.234,56 · 1 234,56 · 1.234 · each also with €."""
    text = EURO.sub("", text.strip())
    return lies_zahl(text, 2, mindestens, hoechstens, GELD, GELD_PUNKT, geld_text)


def lies_prozent(
    text: str, mindestens: Decimal = Decimal(0), hoechstens: Decimal = Decimal(100)
) -> Decimal:
    """12,5 or 12,5 %, as the number of percent."""
    return lies_zahl(PROZENT.sub("", text.strip()), 2, mindestens, hoechstens, ANTEIL)


def lies_ganzzahl(text: str, mindestens: int = 0, hoechstens: int = GANZZAHL_HOECHSTENS) -> int:
    """12 or 2.000."""
    grenzen = Decimal(mindestens), Decimal(hoechstens)
    return int(lies_zahl(text, 0, *grenzen, ANZAHL, ANZAHL))


def lies_zahl(
    text: str,
    stellen: int,
    mindestens: Decimal,
    hoechstens: Decimal,
    satz: str = KOMMAZAHL,
    satz_punkt: str = KOMMA,
    schreibe: Callable[[Decimal], str] = zahl_text,
) -> Decimal:
    """A number with `stellen` places after the comma; both bounds are allowed.

    `satz` says what to write, `satz_punkt` says it to those who wrote a point for the comma.
    """
    text = text.strip()
    if len(text) > HOECHSTENS_ZEICHEN:
        raise ValidationError(satz, code="invalid")
    _nur_ziffern(text)
    gelesen = DEUTSCH.fullmatch(text)
    if MINUS.match(text) or (gelesen and _wert(gelesen) < mindestens):
        grenze = f"Geben Sie mindestens {schreibe(mindestens)} an." if mindestens else OHNE_MINUS
        raise ValidationError(grenze, code="min_value")
    if gelesen is None:
        if MIT_PUNKT.fullmatch(text):
            raise ValidationError(satz_punkt, code="invalid")
        raise ValidationError(satz, code="invalid")
    if len(gelesen["nach"] or "") > stellen:
        zu_genau = f"Geben Sie höchstens {stellen} Stellen nach dem Komma an." if stellen else satz
        raise ValidationError(zu_genau, code="max_decimal_places")
    wert = _wert(gelesen)
    if wert > hoechstens:
        raise ValidationError(f"Geben Sie höchstens {schreibe(hoechstens)} an.", code="max_value")
    return wert.quantize(Decimal(1).scaleb(-stellen))


def lies_datum(text: str) -> date:
    """1.9.26, 01.09.2026 or 2026-09-01; two digits are a year from 2000 on."""
    text = text.strip()
    if len(text) > HOECHSTENS_ZEICHEN:
        raise ValidationError(DATUM, code="invalid")
    _nur_ziffern(text)
    if gelesen := TAG.fullmatch(text):
        tag_, monat, jahr = gelesen.groups()
        jahr = int(jahr) if len(jahr) == 4 else 2000 + int(jahr)
    elif gelesen := TAG_ISO.fullmatch(text):
        jahr, monat, tag_ = gelesen.groups()
        jahr = int(jahr)
    else:
        raise ValidationError(DATUM, code="invalid")
    if jahr not in JAHRE:
        raise ValidationError(DATUM, code="invalid")
    try:
        return date(jahr, int(monat), int(tag_))
    except ValueError as fehler:
        raise ValidationError(KEIN_TAG, code="kein_tag") from fehler


def lies_uhrzeit(text: str) -> time:
    """9, 9:30, 09.30 or 9:30 Uhr."""
    text = text.strip()
    if len(text) > HOECHSTENS_ZEICHEN:
        raise ValidationError(ZEIT, code="invalid")
    _nur_ziffern(text)
    gelesen = UHRZEIT.fullmatch(text)
    try:
        return time(int(gelesen[1]), int(gelesen[2] or 0))
    except (TypeError, ValueError) as fehler:
        raise ValidationError(ZEIT, code="invalid") from fehler


def _nur_ziffern(text):
    """Full-width or Arabic digits look right and are not."""
    if any(zeichen.isnumeric() and not zeichen.isascii() for zeichen in text):
        raise ValidationError(ZIFFERN, code="invalid")


def _wert(gelesen):
    ganz = "".join(zeichen for zeichen in gelesen["ganz"] if zeichen.isdigit())
    return Decimal(f"{ganz}.{gelesen['nach'] or '0'}")


class EinheitInput(forms.TextInput):
    """A right-aligned input with its unit behind it, which screen readers do not hear."""

    template_name = "kern/widgets/einheit.html"

    def __init__(self, einheit: str, attrs=None):
        super().__init__(attrs)
        self.einheit = einheit

    def get_context(self, name, value, attrs):
        kontext = super().get_context(name, value, attrs)
        kontext["widget"]["einheit"] = self.einheit
        return kontext


class GetippteAngabe(forms.Field):
    """Text in, value out; a value is shown as people type it.

    `lies` and `schreibe` belong together. A text in `error_messages` replaces the sentence of
    its code: required, invalid, min_value, max_value, max_decimal_places, kein_tag.
    """

    leer = ""
    tastatur = "decimal"

    def __init__(self, **wahl):
        eigene = wahl.pop("error_messages", {})
        super().__init__(error_messages={"required": self.leer, **eigene}, **wahl)

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        return {**attrs, "inputmode": self.tastatur, "autocomplete": "off"}

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip()
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return value
        try:
            return self.lies(value)
        except ValidationError as fehler:
            eigener = self.error_messages.get(fehler.code, fehler.message)
            raise ValidationError(eigener, code=fehler.code) from fehler

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.schreibe(value)

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class _Zahlfeld(GetippteAngabe):
    """`min_value` and `max_value` are allowed values."""

    mindestens = Decimal(0)

    def __init__(self, *, min_value=None, max_value=None, **wahl):
        self.min_value = self.mindestens if min_value is None else min_value
        self.max_value = self.hoechstens if max_value is None else max_value
        super().__init__(**wahl)


class GeldFeld(_Zahlfeld):
    """Euro with Cent as Decimal, nothing below 0,00."""

    leer = GELD
    hoechstens = GELD_HOECHSTENS

    def __init__(self, **wahl):
        super().__init__(**{"widget": EinheitInput("€"), **wahl})

    def lies(self, text):
        return lies_geld(text, self.min_value, self.max_value)

    def schreibe(self, wert):
        return geld_text(wert)


class ProzentFeld(_Zahlfeld):
    """A rate in percent as Decimal with up to two places, as a rule from 0 to 100."""

    leer = ANTEIL
    hoechstens = Decimal(100)

    def __init__(self, **wahl):
        super().__init__(**{"widget": EinheitInput("%"), **wahl})

    def lies(self, text):
        return lies_prozent(text, self.min_value, self.max_value)

    def schreibe(self, wert):
        return zahl_text(wert)


class GanzzahlFeld(_Zahlfeld):
    """A count as int."""

    leer = ANZAHL
    tastatur = "numeric"
    hoechstens = GANZZAHL_HOECHSTENS

    def lies(self, text):
        return lies_ganzzahl(text, self.min_value, self.max_value)

    def schreibe(self, wert):
        return zahl_text(wert)


class DatumFeld(GetippteAngabe):
    """A day as date. The hint about the spelling is there unless another is given."""

    leer = DATUM
    tastatur = "numeric"

    def __init__(self, **wahl):
        super().__init__(**{"help_text": "TT.MM.JJJJ, zum Beispiel 01.09.2026", **wahl})

    def lies(self, text):
        return lies_datum(text)

    def schreibe(self, wert):
        return tag(wert)


class UhrzeitFeld(GetippteAngabe):
    """A time of the day as time."""

    leer = ZEIT
    tastatur = "text"

    def __init__(self, **wahl):
        super().__init__(**{"help_text": "Stunden und Minuten, zum Beispiel 14:30", **wahl})

    def lies(self, text):
        return lies_uhrzeit(text)

    def schreibe(self, wert):
        return f"{wert:%H:%M}"
