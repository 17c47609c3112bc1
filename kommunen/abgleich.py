"""Bringing records to what a file says, as often as one likes, without touching people's work.

A record is found again by its key. What staff changed or deleted since stays as it is: its
history has a row that does not carry this import's change reason. Everything written here
carries it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import ProtectedError
from simple_history.utils import bulk_create_with_history

from asskomm import fehlertexte

from .einlesen import Fehlerliste, Zeile

HOECHSTENS_GENANNT = 10


@dataclass(frozen=True)
class Soll:
    """What one record should be.

    `schluessel` identifies it, `felder` are its values, `kommunen` what it is related to
    where the model has such a relation. `kinder` are rows of other tables that belong to it
    alone, by related name; they are compared as a whole and not one by one. `zeile` is where
    the file says so.
    """

    schluessel: Any
    felder: dict[str, Any]
    zeile: Zeile
    kommunen: Iterable[models.Model] | None = None
    kinder: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass
class Posten:
    """What happened to the records of one model."""

    hinzugefuegt: int = 0
    unveraendert: int = 0
    entfernt: int = 0
    geaendert: list[str] = field(default_factory=list)
    nicht_mehr_da: list[str] = field(default_factory=list)
    von_hand: list[str] = field(default_factory=list)
    geloescht: list[str] = field(default_factory=list)
    fehlend: list[str] = field(default_factory=list)

    @property
    def anzahl_geschrieben(self) -> int:
        return self.hinzugefuegt + len(self.geaendert) + self.entfernt

    @property
    def anzahl_geprueft(self) -> int:
        return self.anzahl_geschrieben + self.unveraendert + len(self.von_hand)


class Bericht:
    """What an import added, changed and left alone, in words."""

    def __init__(self):
        self.posten: dict[str, Posten] = {}
        self.hinweise: list[str] = []

    def zu(self, modell: type[models.Model]) -> Posten:
        return self.posten.setdefault(str(modell._meta.verbose_name_plural), Posten())

    def zeilen(self, hoechstens: int | None = HOECHSTENS_GENANNT) -> list[str]:
        ausgabe = []
        for name, posten in self.posten.items():
            teile = [
                f"{anzahl} {wort}"
                for anzahl, wort in [
                    (posten.hinzugefuegt, "hinzugefügt"),
                    (len(posten.geaendert), "geändert"),
                    (posten.entfernt, "entfernt"),
                ]
                if anzahl
            ]
            if teile:
                teile += [f"{posten.unveraendert} unverändert"] * bool(posten.unveraendert)
                ausgabe.append(f"{name}: {', '.join(teile)}")
        if not ausgabe:
            geprueft = sum(posten.anzahl_geprueft for posten in self.posten.values())
            ausgabe.append(f"nichts geändert ({geprueft} Datensätze geprüft)")
        for name, posten in self.posten.items():
            for titel, namen in [
                ("geändert", posten.geaendert),
                ("entfernt", posten.nicht_mehr_da),
                ("von Hand geändert, bleibt", posten.von_hand),
                ("von Hand gelöscht, bleibt weg", posten.geloescht),
                ("steht nicht mehr in den Dateien, bleibt", posten.fehlend),
            ]:
                if namen:
                    ausgabe.append(f"{name} – {titel}: {_aufgezaehlt(namen, hoechstens)}")
        return ausgabe + self.hinweise


def _aufgezaehlt(namen, hoechstens):
    gezeigt = namen[:hoechstens]
    mehr = len(namen) - len(gezeigt)
    return "; ".join(gezeigt) + (f"; … und {mehr} weitere" if mehr else "")


class Abgleich:
    """Writes for one import. `grund` is the change reason by which it knows its own work."""

    def __init__(self, grund: str, bericht: Bericht, fehler: Fehlerliste):
        self.grund = grund
        self.bericht = bericht
        self.fehler = fehler

    def gleiche_ab(
        self,
        bestand: models.QuerySet,
        schluesselfeld: str,
        soll: Iterable[Soll],
        *,
        vollstaendig: bool = False,
        entfernen: bool = False,
    ) -> dict[Any, models.Model]:
        """Make `bestand` what `soll` says and return its records by key.

        `bestand` are the records this import may touch, `schluesselfeld` the name of their
        key. If the files are `vollstaendig`, records that they no longer name are reported,
        or removed with `entfernen`. Raises Einlesefehler with all rows the database refused.
        """
        modell = bestand.model
        posten = self.bericht.zu(modell)
        soll = list(soll)
        kinder = sorted({name for eintrag in soll for name in eintrag.kinder})
        vorhanden = self._vorhanden(bestand, schluesselfeld, soll, kinder, vollstaendig)
        fremd = self.von_fremder_hand(modell, vorhanden.values(), kinder)
        geloescht = self._geloescht(modell, schluesselfeld, soll, vorhanden)
        ergebnis, neue = {}, []
        for eintrag in soll:
            objekt = vorhanden.pop(eintrag.schluessel, None)
            if objekt is None and eintrag.schluessel in geloescht:
                posten.geloescht.append(geloescht[eintrag.schluessel])
            elif objekt is None:
                objekt = modell(**{schluesselfeld: eintrag.schluessel}, **eintrag.felder)
                neue.append((objekt, eintrag))
            elif not (anders := _unterschiede(objekt, eintrag)):
                posten.unveraendert += 1
            elif objekt.pk in fremd:
                posten.von_hand.append(str(objekt))
            else:
                for name, wert in eintrag.felder.items():
                    setattr(objekt, name, wert)
                if self._ist_sauber(objekt, eintrag) and self._schreibe(objekt, eintrag):
                    posten.geaendert.append(f"{objekt} ({', '.join(anders)})")
            if objekt is not None:
                ergebnis[eintrag.schluessel] = objekt
        posten.hinzugefuegt += self._lege_an(neue)
        for schluessel, objekt in vorhanden.items():
            if objekt.pk in fremd:
                posten.von_hand.append(str(objekt))
            elif entfernen and self._entferne_samt(objekt, kinder):
                posten.entfernt += 1
                posten.nicht_mehr_da.append(str(objekt))
                continue
            else:
                posten.fehlend.append(str(objekt))
            ergebnis[schluessel] = objekt
        self.fehler.pruefe()
        return ergebnis

    def entferne(self, objekt: models.Model) -> None:
        objekt._change_reason = self.grund
        objekt.delete()

    def _entferne_samt(self, objekt, kinder):
        """Delete the record with its children; False while something of staff rests on it."""
        schluessel = objekt.pk
        try:
            with transaction.atomic():
                for kind in [kind for name in kinder for kind in getattr(objekt, name).all()]:
                    self.entferne(kind)
                self.entferne(objekt)
        except ProtectedError:
            objekt.pk = schluessel
            return False
        return True

    def _vorhanden(self, bestand, schluesselfeld, soll, kinder, vollstaendig):
        if not vollstaendig:
            schluessel = [eintrag.schluessel for eintrag in soll]
            bestand = bestand.filter(**{f"{schluesselfeld}__in": schluessel})
        if any(eintrag.kommunen is not None for eintrag in soll):
            kinder = [*kinder, "kommunen"]
        return {
            getattr(objekt, schluesselfeld): objekt for objekt in bestand.prefetch_related(*kinder)
        }

    def von_fremder_hand(
        self, modell: type[models.Model], objekte: Iterable[models.Model], kinder: list[str]
    ) -> set[Any]:
        """Primary keys of the records that have a history row which this import did not write."""
        schluessel = [objekt.pk for objekt in objekte]
        fremd = set()
        for klasse, feld in [(modell, modell._meta.pk.attname), *_kindklassen(modell, kinder)]:
            if hasattr(klasse, "history"):
                zeilen = klasse.history.filter(**{f"{feld}__in": schluessel})
                fremd.update(self._ohne_eigene(zeilen).values_list(feld, flat=True))
        return fremd

    def _ohne_eigene(self, historie):
        return historie.exclude(history_change_reason=self.grund)

    def _geloescht(self, modell, schluesselfeld, soll, vorhanden):
        """Names of the records that staff deleted, by key."""
        if not hasattr(modell, "history"):
            return {}
        neue = [e.schluessel for e in soll if e.schluessel not in vorhanden]
        letzte = (
            modell.history.filter(**{f"{schluesselfeld}__in": neue})
            .order_by(schluesselfeld, "-history_date", "-history_id")
            .distinct(schluesselfeld)
        )
        return {
            getattr(zeile, schluesselfeld): str(zeile.instance)
            for zeile in letzte
            if zeile.history_type == "-" and zeile.history_change_reason != self.grund
        }

    def _lege_an(self, neue):
        """Create records, in one go if nothing belongs to them; returns how many there are.

        If the database refuses the lot, one after the other shows which it is about.
        """
        saubere = [paar for paar in neue if self._ist_sauber(*paar)]
        allein = all(e.kommunen is None and not e.kinder for _, e in saubere)
        if allein and saubere and self._in_einem_zug([objekt for objekt, _ in saubere]):
            return len(saubere)
        return sum(self._schreibe(*paar) for paar in saubere)

    def _in_einem_zug(self, objekte):
        modell = type(objekte[0])
        with suppress(IntegrityError, DataError), transaction.atomic():
            if hasattr(modell, "history"):
                bulk_create_with_history(objekte, modell, default_change_reason=self.grund)
            else:
                modell.objects.bulk_create(objekte)
            return True
        for objekt in objekte:
            objekt.pk, objekt._state.adding = None, True
        return False

    def _ist_sauber(self, objekt, eintrag):
        """Whether every value fits its field; what does not goes to the Fehlerliste."""
        # What a relation points to was looked up, and a file is put in its place by the import.
        ausgenommen = {
            feld.name
            for feld in objekt._meta.concrete_fields
            if feld.is_relation or isinstance(feld, models.FileField)
        }
        try:
            objekt.clean_fields(exclude=ausgenommen)
        except ValidationError as fehler:
            for name, gruende in fehler.message_dict.items():
                spalte = str(objekt._meta.get_field(name).verbose_name)
                self.fehler.melde(eintrag.zeile, spalte, " ".join(gruende))
            return False
        return True

    def _schreibe(self, objekt, eintrag):
        """Save the record with all that belongs to it; False if the database cannot take it."""
        objekt._change_reason = self.grund
        try:
            with transaction.atomic():
                objekt.save()
                if eintrag.kommunen is not None:
                    objekt.kommunen.set(eintrag.kommunen)
                for name in eintrag.kinder:
                    self._schreibe_kinder(objekt, name, eintrag)
        except (IntegrityError, DataError) as fehler:
            self.fehler.melde(eintrag.zeile, "", grund_der_datenbank(fehler))
            return False
        return True

    def _schreibe_kinder(self, objekt, name, eintrag):
        """Add what is missing and remove what is too much; equal rows stay."""
        zeilen = eintrag.kinder[name]
        offen = Counter(_soll_werte(zeile) for zeile in zeilen)
        felder = list(zeilen[0]) if zeilen else []
        for kind in getattr(objekt, name).all():
            werte = _werte(kind, felder)
            if offen[werte]:
                offen[werte] -= 1
            else:
                self.entferne(kind)
        feld = objekt._meta.get_field(name)
        neue = []
        for zeile in zeilen:
            werte = _soll_werte(zeile)
            if offen[werte]:
                offen[werte] -= 1
                neue.append(feld.related_model(**{feld.field.name: objekt}, **zeile))
        saubere = [kind for kind in neue if self._ist_sauber(kind, eintrag)]
        if saubere:
            bulk_create_with_history(saubere, feld.related_model, default_change_reason=self.grund)


def _kindklassen(modell, namen):
    for name in namen:
        feld = modell._meta.get_field(name)
        yield feld.related_model, feld.field.attname


def _unterschiede(objekt, eintrag):
    """German names of what differs between the record and what it should be."""
    anders = [
        str(objekt._meta.get_field(name).verbose_name)
        for name, wert in eintrag.felder.items()
        if _werte(objekt, [name]) != _soll_werte({name: wert})
    ]
    if eintrag.kommunen is not None and {k.pk for k in objekt.kommunen.all()} != {
        k.pk for k in eintrag.kommunen
    }:
        anders.append("Kommunen")
    for name, zeilen in eintrag.kinder.items():
        felder = list(zeilen[0]) if zeilen else []
        ist = Counter(_werte(kind, felder) for kind in getattr(objekt, name).all())
        if ist != Counter(map(_soll_werte, zeilen)):
            verwandt = objekt._meta.get_field(name).related_model
            anders.append(str(verwandt._meta.verbose_name_plural))
    return anders


def _werte(objekt, felder):
    """The values of some fields, of a relation the key and not the record behind it."""
    return tuple(getattr(objekt, objekt._meta.get_field(feld).attname) for feld in felder)


def _soll_werte(zeile):
    return tuple(wert.pk if isinstance(wert, models.Model) else wert for wert in zeile.values())


def grund_der_datenbank(fehler: Exception) -> str:
    """Why the database refused, in the words of the broken constraint where it has some."""
    name = fehlertexte.verletzte_bedingung(fehler)
    return fehlertexte.satz_der_bedingung(name, apps.get_models()) or (
        f"Die Datenbank nimmt den Datensatz nicht an ({name or type(fehler).__name__})."
    )
