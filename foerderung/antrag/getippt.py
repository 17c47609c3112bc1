"""From a sent form to what a section keeps: every field as text, right or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from asskomm.texteingabe import bereinigt

from .formular import ZEILEN_HOECHSTENS, Abschnittsformular

# More of one field is not kept: the longest allows 3.000 characters.
AUFBEWAHRT_HOECHSTENS = 20_000
NICHTS = "-"  # what an empty field has for a fingerprint
ROHE_ZEILE = re.compile(r"([a-z_]+)-([0-9]{1,4})-([a-z_]+)")


class Getippt:
    """What was typed into a section.

    `eingaben` is as `models.Abschnitt` keeps it, in NFC and with one kind of line end. With
    `ist_haltbar` False there is something in it that is not kept: a control character, or far too
    much text. The page shows it all the same.
    """

    def __init__(self, formular: Abschnittsformular, post: QueryDict):
        self.ist_haltbar = True
        felder = {name: self._feld(feld, post, name) for name, feld in formular.fields.items()}
        zeilen = {gruppe.schluessel: self._zeilen(gruppe, post) for gruppe in formular.gruppen}
        self.eingaben = {"felder": felder, "zeilen": zeilen} if zeilen else {"felder": felder}

    def _feld(self, feld, post, name):
        if isinstance(feld, forms.MultipleChoiceField):
            return [self._text(wert) for wert in post.getlist(name)[:50]]
        return self._text(post.get(name, ""))

    def _text(self, text):
        if len(text) > AUFBEWAHRT_HOECHSTENS:
            self.ist_haltbar = False
            return text
        try:
            return bereinigt(text)
        except ValidationError:
            self.ist_haltbar = False
            return text

    def _zeilen(self, gruppe, post):
        """The rows in the order of their numbers; empty ones are left out."""
        namen = gruppe.formular.base_fields
        je_nummer: dict[int, dict[str, str]] = {}
        for schluessel in post:
            treffer = ROHE_ZEILE.fullmatch(schluessel)
            if treffer and treffer[1] == gruppe.schluessel and treffer[3] in namen:
                wert = self._text(post.get(schluessel, ""))
                je_nummer.setdefault(int(treffer[2]), {})[treffer[3]] = wert
        zeilen = [
            {name: zeile.get(name, "") for name in namen} for _, zeile in sorted(je_nummer.items())
        ]
        return [zeile for zeile in zeilen if any(w.strip() for w in zeile.values())]


def hat_zu_viele_zeilen(eingaben: Mapping) -> bool:
    """Such a section is shown and not kept."""
    return any(len(zeilen) > ZEILEN_HOECHSTENS for zeilen in eingaben.get("zeilen", {}).values())


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
    if ist_leer(wert):
        return NICHTS
    return sha256(repr(wert).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def als_felder(eingaben: Mapping) -> Iterator[tuple[str, str]]:
    """(name, value) of each control, as a form would send them."""
    for name, inhalt in eingaben.get("felder", {}).items():
        for einzeln in inhalt if isinstance(inhalt, list) else [inhalt]:
            yield name, einzeln
    for gruppe, zeilen in eingaben.get("zeilen", {}).items():
        for nummer, zeile in enumerate(zeilen):
            for name, inhalt in zeile.items():
                yield f"{gruppe}-{nummer}-{name}", inhalt
