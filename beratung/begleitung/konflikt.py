"""Two people have changed the same form: what is stored now, beside what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class Unterschied:
    """A field in which the two differ; `gespeichert` is its present value in words."""

    titel: str
    gespeichert: str


def unterschiede(formular: forms.Form, gespeichert: Mapping[str, object]) -> list[Unterschied]:
    """The fields of a valid form whose typed value is not the stored one, in their order."""
    return [
        Unterschied(str(feld.label), _worte(feld.field, gespeichert[feld.name]))
        for feld in formular.visible_fields()
        if feld.name in gespeichert
        and feld.field.has_changed(gespeichert[feld.name], formular.data.get(feld.html_name))
    ]


def _worte(feld, wert):
    if isinstance(feld, forms.ModelChoiceField):
        gewaehlt = feld.queryset.filter(pk=wert).first() if wert else None
        return str(gewaehlt or feld.empty_label)
    if isinstance(feld, forms.ChoiceField):
        return str(dict(feld.choices).get(wert, ""))
    return str(feld.prepare_value(wert) or "") or "leer"
