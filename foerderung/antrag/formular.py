"""Sections as forms: what was typed is kept as text, right or wrong; the strict form names what is open.

    eingabe = Abschnittseingabe(FORMULARE["vorhaben"], abschnitt.eingaben, umfeld)
    eingabe.fehler()                    every open point, in the order of the page
    eingabe.zeige_fehler(Zeige.ALLE)    what the page marks at the fields

A section has single fields (a form) and groups of rows (a form for each row). Fields of a row are
named "zielgruppen-0-wer", as in the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from django import forms
from django.core.exceptions import ValidationError

from .umfeld import Umfeld

ZEILEN_HOECHSTENS = 30
FEHLT = "required"
ANFANG = ""  # stands for the place before the first field
JA, NEIN = "ja", "nein"


class Zeige(Enum):
    """Which errors a page marks: none, those of what was typed, or also what is missing."""

    NICHTS = 0
    GETIPPTES = 1
    ALLE = 2


class Zeile(forms.Form):
    """One row of a group."""

    use_required_attribute = False

    def __init__(self, *args, umfeld: Umfeld, **kwargs):
        super().__init__(*args, **kwargs)
        self.umfeld = umfeld


@dataclass(frozen=True)
class Zeilengruppe:
    """Rows of one kind; `eine` is what one of them is called, `fehlt` the error when none is there."""

    schluessel: str
    titel: str
    eine: str
    hinzufuegen: str
    formular: type[Zeile]
    hilfe: str = ""
    fehlt: str = ""


class Abschnittsformular(forms.Form):
    """The single fields of a section; `nach` names the field after which each group of rows stands."""

    use_required_attribute = False
    gruppen: tuple[Zeilengruppe, ...] = ()
    nach: Mapping[str, str] = {}
    ueberschriften: Mapping[str, str] = {}  # of parts, by the field they begin with
    begriffe: Mapping[str, str] = {}  # of the glossary, by the field where people meet them

    def __init__(self, *args, umfeld: Umfeld, zeilen: Mapping, **kwargs):
        self.umfeld, self.zeilen = umfeld, zeilen
        super().__init__(*args, **kwargs)
        self.richte_ein()

    def richte_ein(self):
        """Fields and choices that depend on the case."""

    def clean(self):
        self.pruefe(self.cleaned_data)
        return self.cleaned_data

    def pruefe(self, werte):
        """Rules between fields; `self.melde` says what is wrong."""

    def melde(self, feld, satz):
        self.add_error(feld, ValidationError(satz, code="regel"))

    def verlange(self, feld, satz):
        """The field must be filled in here."""
        if feld not in self.errors and not self.cleaned_data.get(feld):
            self.add_error(feld, ValidationError(satz, code=FEHLT))

    def gruppenfehler(self, werte) -> Iterator[tuple[str, str]]:
        """(group, sentence) of what is wrong with the rows as a whole, beyond a missing group."""
        return iter(())

    def gruppe_verlangt(self, gruppe: Zeilengruppe, werte: Mapping) -> bool:
        return bool(gruppe.fehlt)


@dataclass(frozen=True)
class Feldfehler:
    """One error: its field or group, the id of the control, the sentence with its place in front."""

    feld: str
    ziel: str
    text: str
    fehlt: bool = False


@dataclass
class Gruppe:
    """A group of rows as the page shows it."""

    art: Zeilengruppe
    zeilen: list[Zeile]
    fehler: str = ""
    geloescht: str = ""  # what the button to bring back the last deleted row says

    @property
    def kennung(self) -> str:
        return f"gruppe-{self.art.schluessel}"

    @property
    def ist_voll(self) -> bool:
        return len(self.zeilen) >= ZEILEN_HOECHSTENS

    @property
    def ziel(self) -> str:
        """Id of the first control, to which errors of the whole group lead."""
        return self.zeilen[0].visible_fields()[0].id_for_label if self.zeilen else self.kennung


class Abschnittseingabe:
    """One section with everything that was typed into it, held against its strict form."""

    is_bound = True

    def __init__(
        self,
        formular: type[Abschnittsformular],
        eingaben: Mapping,
        umfeld: Umfeld,
        *,
        leere_zeile_in: str = "",
    ):
        self.eingaben = eingaben
        felder, zeilen = _teil(eingaben, "felder"), _teil(eingaben, "zeilen")
        self.form = formular(felder, umfeld=umfeld, zeilen=zeilen)
        self.form.full_clean()
        self.gruppen = [self._gruppe(art, zeilen, leere_zeile_in) for art in formular.gruppen]
        self._pruefe_gruppen()

    def _gruppe(self, art, zeilen, leere_zeile_in):
        getippt = _liste(zeilen, art.schluessel)
        noch_eine = leere_zeile_in == art.schluessel and len(getippt) < ZEILEN_HOECHSTENS
        gezeigt = [*getippt, {}] if noch_eine or not getippt else getippt
        formulare = []
        for nummer, zeile in enumerate(gezeigt):
            vorsatz = f"{art.schluessel}-{nummer}"
            werte = {f"{vorsatz}-{name}": wert for name, wert in zeile.items()}
            form = art.formular(werte, prefix=vorsatz, umfeld=self.form.umfeld)
            form.empty_permitted = False
            form.ist_leer = not any(zeile.values())
            form.full_clean()
            if form.ist_leer:
                form._errors.clear()
            formulare.append(form)
        return Gruppe(art, formulare)

    def _pruefe_gruppen(self):
        werte = self.form.cleaned_data
        for gruppe in self.gruppen:
            gefuellt = [zeile for zeile in gruppe.zeilen if not zeile.ist_leer]
            werte[gruppe.art.schluessel] = [zeile.cleaned_data for zeile in gefuellt]
        saetze = dict(self.form.gruppenfehler(werte))
        self._fehlende_gruppen = set()
        for gruppe in self.gruppen:
            schluessel = gruppe.art.schluessel
            gruppe.fehler = saetze.get(schluessel, "")
            if (zu_viel := len(werte[schluessel]) - ZEILEN_HOECHSTENS) > 0:
                gruppe.fehler = (
                    f"Hier stehen {len(werte[schluessel])} Zeilen, möglich sind höchstens "
                    f"{ZEILEN_HOECHSTENS}. Löschen Sie {_zeilen(zu_viel)}, dann lässt sich der "
                    "Abschnitt speichern."
                )
            if not werte[schluessel] and self.form.gruppe_verlangt(gruppe.art, werte):
                gruppe.fehler = gruppe.art.fehlt
                self._fehlende_gruppen.add(schluessel)

    @property
    def werte(self) -> dict:
        """The values of what could be read; rows as lists of dicts under the name of their group."""
        return self.form.cleaned_data

    @property
    def teile(self) -> Iterator[tuple[str, object]]:
        """Fields and groups in the order of the page: ("feld", bound field), ("gruppe", Gruppe)."""
        wartend = {gruppe.art.schluessel: gruppe for gruppe in self.gruppen}
        if ueberschrift := self.form.ueberschriften.get(ANFANG):
            yield "ueberschrift", ueberschrift
        for schluessel in list(wartend):
            if self.form.nach.get(schluessel) == ANFANG:
                yield "gruppe", wartend.pop(schluessel)
        for feld in self.form.visible_fields():
            if ueberschrift := self.form.ueberschriften.get(feld.name):
                yield "ueberschrift", ueberschrift
            yield "feld", feld
            for schluessel in list(wartend):
                if self.form.nach.get(schluessel) == feld.name:
                    yield "gruppe", wartend.pop(schluessel)
        for gruppe in wartend.values():
            yield "gruppe", gruppe

    @property
    def errors(self) -> list[Feldfehler]:
        """For the frame, which begins the title with "Fehler: "."""
        return self.fehler()

    def fehler(self) -> list[Feldfehler]:
        """All errors that are (still) shown, in the order of the page."""
        return list(self._fehler())

    def _fehler(self):
        for art, teil in self.teile:
            if art == "feld":
                yield from _feldfehler(self.form, teil, teil.name)
            elif art == "gruppe":
                schluessel = teil.art.schluessel
                if teil.fehler:
                    fehlt = schluessel in self._fehlende_gruppen
                    yield Feldfehler(
                        schluessel, teil.ziel, _mit(teil.art.titel, teil.fehler), fehlt
                    )
                for nummer, zeile in enumerate(teil.zeilen, start=1):
                    for feld in zeile.visible_fields():
                        wo = f"{teil.art.eine} {nummer}, "
                        yield from _feldfehler(zeile, feld, schluessel, wo)

    def zeige_fehler(self, was: Zeige) -> None:
        """Keep of the errors what the page shall mark."""
        for form in (self.form, *(z for gruppe in self.gruppen for z in gruppe.zeilen)):
            for feld in list(form._errors):
                codes = {fehler.code for fehler in form._errors[feld].as_data()}
                if was is Zeige.NICHTS or (was is Zeige.GETIPPTES and codes == {FEHLT}):
                    del form._errors[feld]
        for gruppe in self.gruppen:
            fehlt = gruppe.art.schluessel in self._fehlende_gruppen
            if was is Zeige.NICHTS or (was is Zeige.GETIPPTES and fehlt):
                gruppe.fehler = ""


def _feldfehler(form, feld, name, vorsatz=""):
    for fehler in form.errors.get(feld.name, _KEINE).as_data():
        for satz in fehler.messages:
            yield Feldfehler(
                name, _ziel(feld), _mit(f"{vorsatz}{feld.label}", satz), fehler.code == FEHLT
            )


_KEINE = forms.utils.ErrorList()


def _zeilen(anzahl):
    return "1 Zeile" if anzahl == 1 else f"{anzahl} Zeilen"


def _mit(wo, satz):
    """A label that is a question or a sentence needs no colon after it."""
    return f"{wo} {satz}" if wo.endswith(("?", ".")) else f"{wo}: {satz}"


def _ziel(feld):
    if feld.use_fieldset and feld.subwidgets:
        return feld.subwidgets[0].id_for_label
    return feld.id_for_label


def _teil(eingaben, name):
    teil = eingaben.get(name)
    return teil if isinstance(teil, Mapping) else {}


def _liste(zeilen, schluessel):
    gruppe = zeilen.get(schluessel)
    return [z for z in gruppe if isinstance(z, Mapping)] if isinstance(gruppe, list) else []
