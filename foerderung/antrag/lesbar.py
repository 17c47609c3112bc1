"""What was typed into a section as people read it: labels with text, for the read view and the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django import forms
from django.utils.text import capfirst

from asskomm.formate import tag
from asskomm.formularfelder import DatumFeld

from .formular import Abschnittseingabe

LEER = "keine Angabe"
Paar = tuple[str, str]


def paare(eingabe: Abschnittseingabe) -> list[Paar]:
    """(label, text) for each field and each row, in the order of the page."""
    return list(_paare(eingabe))


def _paare(eingabe) -> Iterator[Paar]:
    for art, teil in eingabe.teile:
        if art == "feld":
            yield str(teil.label), feldtext(teil) or LEER
        elif art == "gruppe":
            gefuellt = [zeile for zeile in teil.zeilen if not zeile.ist_leer]
            if not gefuellt:
                yield teil.art.titel, LEER
            for nummer, zeile in enumerate(gefuellt, start=1):
                yield f"{teil.art.eine} {nummer}", zeilentext(zeile)


def texte(eingabe: Abschnittseingabe) -> dict[str, Paar]:
    """{name of each field and group: (label, text)}, in the order of the page."""
    gelesen = {}
    for art, teil in eingabe.teile:
        if art == "feld":
            gelesen[teil.name] = (str(teil.label), feldtext(teil) or LEER)
        elif art == "gruppe":
            zeilen = [zeilentext(zeile) for zeile in teil.zeilen if not zeile.ist_leer]
            gelesen[teil.art.schluessel] = (teil.art.titel, nummeriert(zeilen))
    return gelesen


def nummeriert(zeilen: Iterable[str]) -> str:
    """The rows of a group, one below the other."""
    return "\n".join(f"{n}. {zeile}" for n, zeile in enumerate(zeilen, start=1)) or LEER


def zeilentext(zeile) -> str:
    return "; ".join(feldtext(feld) or LEER for feld in zeile.visible_fields())


def feldtext(feld) -> str:
    """The text as typed; of a choice its words, of a day that can be read 01.09.2026."""
    typ, getippt = feld.field, feld.value()
    if isinstance(typ, forms.BooleanField):
        return "Ja" if getippt else "Nein"
    if isinstance(typ, forms.ChoiceField):
        worte = {str(wert): str(wort) for wert, wort in typ.choices}
        gewaehlt = getippt if isinstance(getippt, list) else [getippt]
        return "\n".join(capfirst(worte[w]) for w in gewaehlt if w in worte)
    if isinstance(typ, DatumFeld):
        wert = feld.form.cleaned_data.get(feld.name)
        return tag(wert) if wert else (getippt or "")
    return (getippt or "").strip()
