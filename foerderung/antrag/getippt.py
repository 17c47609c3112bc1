"""From a sent form to what a section keeps: every field as text, right or wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256

from django import forms
from django.http import QueryDict

from .formular import ZEILEN_HOECHSTENS, Abschnittsformular
from .gesendet import Gesendet

NICHTS = "-"  # what an empty field has for a fingerprint


class Getippt(Gesendet):
    """What was typed into a section; a row has all its fields, also those that browsers do not send."""

    aufbewahrt_hoechstens = 20_000  # the longest field allows 3.000 characters

    def __init__(self, formular: Abschnittsformular, post: QueryDict):
        gruppen = formular.gruppen
        super().__init__(post, {g.schluessel: list(g.formular.base_fields) for g in gruppen})
        self.felder = {name: self._feld(feld, post, name) for name, feld in formular.fields.items()}
        for gruppe, zeilen in self.zeilen.items():
            for zeile in zeilen.values():
                zeile |= {name: "" for name in self.spalten[gruppe] if name not in zeile}

    def _feld(self, feld, post, name):
        if isinstance(feld, forms.MultipleChoiceField):
            return [self.text(wert) for wert in post.getlist(name)[:50]]
        return self.text(post.get(name, ""))

    def hat_zu_viele_zeilen(self):
        return any(len(self.gefuellte(gruppe)) > ZEILEN_HOECHSTENS for gruppe in self.zeilen)


def namen(eingaben: Mapping) -> Iterator[str]:
    """Of all fields and groups in there."""
    yield from eingaben.get("felder", {})
    yield from eingaben.get("zeilen", {})


def wert(eingaben: Mapping, name: str):
    """What was typed into the field, or the rows of the group; empty text where there is nothing."""
    if name in eingaben.get("zeilen", {}):
        return eingaben["zeilen"][name]
    return eingaben.get("felder", {}).get(name, "")


def ist_leer(wert) -> bool:
    return not wert or (isinstance(wert, str) and not wert.strip())


def verschieden(eine: Mapping, andere: Mapping) -> list[str]:
    """Names of the fields and groups in which two versions differ, in the order of the first."""
    alle = dict.fromkeys([*namen(eine), *namen(andere)])
    return [
        name
        for name in alle
        if wert(eine, name) != wert(andere, name)
        and not (ist_leer(wert(eine, name)) and ist_leer(wert(andere, name)))
    ]


def fingerabdruck(eingaben: Mapping) -> str:
    """Short hashes of each field, by which a later comparison tells who changed it."""
    return ",".join(f"{name}:{_kurz(wert(eingaben, name))}" for name in namen(eingaben))


def gelesener_abdruck(text: str) -> dict[str, str]:
    return dict(teil.split(":", 1) for teil in text.split(",") if ":" in teil)


def hat_abdruck(eingaben: Mapping, name: str, abdruck: Mapping[str, str]) -> bool:
    return abdruck.get(name, NICHTS) == _kurz(wert(eingaben, name))


def _kurz(wert):
    """The database keeps the fields of a row in an order of its own."""
    if ist_leer(wert):
        return NICHTS
    return sha256(json.dumps(wert, sort_keys=True).encode()).hexdigest()[:12]


def als_felder(eingaben: Mapping) -> Iterator[tuple[str, str]]:
    """(name, value) of each control, as a form would send them."""
    for name, inhalt in eingaben.get("felder", {}).items():
        for einzeln in inhalt if isinstance(inhalt, list) else [inhalt]:
            yield name, einzeln
    for gruppe, zeilen in eingaben.get("zeilen", {}).items():
        for nummer, zeile in enumerate(zeilen):
            for name, inhalt in zeile.items():
                yield f"{gruppe}-{nummer}-{name}", inhalt
