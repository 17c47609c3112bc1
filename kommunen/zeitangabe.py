"""Dates as precise as their source: 2021, 05/2021 or 12.05.2021.

Press texts and town halls often name only a month or a year. Such a date is kept as
it was given and never filled up. Where it has to be compared with a cut-off date, it
counts from the last day it can mean: "05/2021" counts from 31.05.2021 on, so that a
figure never claims something earlier than its source does.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

ISO = re.compile(r"(?P<jahr>\d{4})(?:-(?P<monat>\d{2})(?:-(?P<tag>\d{2}))?)?", re.ASCII)
EINGABEN = (
    ISO,
    re.compile(r"(?P<monat>\d{1,2})[/.](?P<jahr>\d{4})", re.ASCII),
    re.compile(r"(?P<tag>\d{1,2})\.\s?(?P<monat>\d{1,2})\.\s?(?P<jahr>\d{4}|\d{2})", re.ASCII),
)
FRUEHESTES_JAHR, SPAETESTES_JAHR = 1900, 2199
PROGRAMM_SEIT = 2018  # the Richtlinie, by which the LPR advises and funds
FREISTAAT_SEIT = 1990  # nothing of the programme and of its figures is older than the Freistaat
NICHT_LESBAR = (
    "Geben Sie das Datum so genau an, wie es bekannt ist, "
    "zum Beispiel 12.05.2021, 05/2021 oder 2021."
)


@total_ordering
@dataclass(frozen=True)
class Zeitangabe:
    """A year, a month or a day. Ordered by the last day it can mean, then by precision."""

    jahr: int
    monat: int | None = None
    tag: int | None = None

    def __post_init__(self):
        if not FRUEHESTES_JAHR <= self.jahr <= SPAETESTES_JAHR:
            raise ValueError("year out of range")
        if self.tag is not None and self.monat is None:
            raise ValueError("a day needs its month")
        if 0 in (self.monat, self.tag):
            raise ValueError("there is no month or day 0")
        date(self.jahr, self.monat or 1, self.tag or 1)

    @classmethod
    def lies(cls, text: str) -> Zeitangabe:
        """Read 2021, 2021-05, 2021-05-12, 05/2021, 12.5.2021 or 12.05.21.

        Raises ValueError when the text is none of these or the day does not exist.
        """
        for muster in EINGABEN:
            if treffer := muster.fullmatch(text.strip()):
                teile = {name: int(wert) for name, wert in treffer.groupdict().items() if wert}
                if len(treffer["jahr"]) == 2:
                    teile["jahr"] += 2000
                return cls(**teile)
        raise ValueError(f"not a date: {text!r}")

    @classmethod
    def vom_tag(cls, tag: date) -> Zeitangabe:
        return cls(tag.year, tag.month, tag.day)

    @property
    def erster_tag(self) -> date:
        return date(self.jahr, self.monat or 1, self.tag or 1)

    @property
    def letzter_tag(self) -> date:
        """The day from which a fact with this date counts."""
        monat = self.monat or 12
        return date(self.jahr, monat, self.tag or calendar.monthrange(self.jahr, monat)[1])

    @property
    def iso(self) -> str:
        """2021, 2021-05 or 2021-05-12, as stored and as in <time datetime>."""
        teile = [f"{self.jahr:04}"]
        teile += [f"{teil:02}" for teil in (self.monat, self.tag) if teil is not None]
        return "-".join(teile)

    def __str__(self) -> str:
        if self.tag is not None:
            return f"{self.tag:02}.{self.monat:02}.{self.jahr}"
        if self.monat is not None:
            return f"{self.monat:02}/{self.jahr}"
        return str(self.jahr)

    def __lt__(self, other):
        if not isinstance(other, Zeitangabe):
            return NotImplemented
        return (self.letzter_tag, self.iso) < (other.letzter_tag, other.iso)


class ZeitangabeFormField(forms.CharField):
    """One text field for all three precisions; shows a stored value the German way."""

    widget = forms.TextInput

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("help_text", "TT.MM.JJJJ, MM/JJJJ oder JJJJ – so genau wie bekannt")
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if isinstance(value, Zeitangabe):
            return value
        value = super().to_python(value)
        if not value:
            return None
        try:
            return Zeitangabe.lies(value)
        except ValueError as fehler:
            raise ValidationError(NICHT_LESBAR, code="invalid") from fehler

    def run_validators(self, value):
        """The length limit is for typed text; a read value needs no further check."""
        if not isinstance(value, Zeitangabe):
            super().run_validators(value)

    def prepare_value(self, value):
        return str(value) if isinstance(value, Zeitangabe) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class ZeitangabeField(models.CharField):
    """Stores a Zeitangabe as ISO text of its own precision.

    `__letzter_tag` and `__erster_tag` are transforms to a date for comparisons, e.g.
    `filter(unterzeichnet_am__letzter_tag__lte=stichtag)`. Impossible dates are refused
    by the database too, see `zeitangabe_constraint`.
    """

    description = "Datum mit der Genauigkeit seiner Quelle"

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return None if value is None else Zeitangabe.lies(value)

    def to_python(self, value):
        if value in (None, ""):
            return None
        if isinstance(value, Zeitangabe):
            return value
        if isinstance(value, date):
            return Zeitangabe.vom_tag(value)
        try:
            return Zeitangabe.lies(value)
        except ValueError as fehler:
            raise ValidationError(NICHT_LESBAR, code="invalid") from fehler

    def get_prep_value(self, value):
        value = self.to_python(value)
        return None if value is None else value.iso

    def run_validators(self, value):
        """A Zeitangabe is valid by construction."""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs):
        return super(models.CharField, self).formfield(
            **{"form_class": ZeitangabeFormField, **kwargs}
        )


@ZeitangabeField.register_lookup
class Lesbar(models.Transform):
    """Whether the stored text is a Zeitangabe and its day exists."""

    lookup_name = "lesbar"
    function = "zeitangabe_lesbar"
    output_field = models.BooleanField()


@ZeitangabeField.register_lookup
class LetzterTag(models.Transform):
    """The last day a Zeitangabe can mean, as SQL date."""

    lookup_name = "letzter_tag"
    function = "letzter_tag"
    output_field = models.DateField()


@ZeitangabeField.register_lookup
class ErsterTag(models.Transform):
    """The first day a Zeitangabe can mean, as SQL date."""

    lookup_name = "erster_tag"
    function = "erster_tag"
    output_field = models.DateField()


class Jahrestag(models.Func):
    """Month and day of a year, e.g. `Jahrestag(jahr, 12, 31)`; the year may be an expression."""

    function = "make_date"
    output_field = models.DateField()


def zeitangabe_constraint(modell: str, feld: str) -> models.CheckConstraint:
    """The text must be a date that exists, whoever writes it."""
    return models.CheckConstraint(
        name=f"{modell}_{feld}_lesbar",
        condition=Q(**{f"{feld}__isnull": True}) | Q(**{f"{feld}__lesbar": True}),
        violation_error_message=NICHT_LESBAR,
    )


def reihenfolge_constraint(modell: str, beginn: str, ende: str) -> models.CheckConstraint:
    """`ende` must not lie wholly before `beginn`; an empty end is open."""
    return models.CheckConstraint(
        name=f"{modell}_{ende}_nicht_vor_{beginn}",
        condition=Q(**{f"{beginn}__isnull": True})
        | Q(**{f"{ende}__isnull": True})
        | Q(**{f"{ende}__letzter_tag__gte": models.F(f"{beginn}__erster_tag")}),
        violation_error_message="Das Ende liegt vor dem Beginn.",
    )


def spanne_constraint(modell: str, feld: str, ab: int = FRUEHESTES_JAHR) -> models.CheckConstraint:
    """A day or a moment lies in the span of years of a Zeitangabe, or later than `ab`."""
    return models.CheckConstraint(
        name=f"{modell}_{feld}_spanne",
        condition=Q(**{f"{feld}__isnull": True})
        | Q(**{f"{feld}__year__gte": ab, f"{feld}__year__lte": SPAETESTES_JAHR}),
        violation_error_message=(
            f"Das Jahr muss zwischen {ab} und {SPAETESTES_JAHR} liegen. Prüfen Sie das Datum."
        ),
    )


# Immutable, so that indexes and constraints may use them, and each body stands alone so that
# pg_dump can restore it. letzter_tag and erster_tag run for every row of every figure: they look
# only at the length and trust the constraint, which asks zeitangabe_lesbar at each write.
_JAHR = "left(angabe, 4)::int"
_MONAT = "substr(angabe, 6, 2)::int"
_TAG = "right(angabe, 2)::int"
_MONATSENDE = f"make_date({_JAHR} + {_MONAT} / 12, {_MONAT} % 12 + 1, 1) - 1"

SQL_FUNKTIONEN = f"""
CREATE FUNCTION zeitangabe_lesbar(angabe text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN angabe ~ '^(19|20|21)[0-9]{{2}}(-(0[1-9]|1[0-2]))?$' THEN true
    WHEN angabe ~ '^(19|20|21)[0-9]{{2}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
      THEN {_TAG} <= extract(day FROM {_MONATSENDE})
    ELSE false
  END
$$;
CREATE FUNCTION letzter_tag(angabe text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE length(angabe)
    WHEN 4 THEN make_date({_JAHR}, 12, 31)
    WHEN 7 THEN {_MONATSENDE}
    WHEN 10 THEN make_date({_JAHR}, {_MONAT}, {_TAG})
  END
$$;
CREATE FUNCTION erster_tag(angabe text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE length(angabe)
    WHEN 4 THEN make_date({_JAHR}, 1, 1)
    WHEN 7 THEN make_date({_JAHR}, {_MONAT}, 1)
    WHEN 10 THEN make_date({_JAHR}, {_MONAT}, {_TAG})
  END
$$;
"""
SQL_FUNKTIONEN_ZURUECK = """
DROP FUNCTION IF EXISTS erster_tag(text);
DROP FUNCTION IF EXISTS letzter_tag(text);
DROP FUNCTION IF EXISTS zeitangabe_lesbar(text);
"""
