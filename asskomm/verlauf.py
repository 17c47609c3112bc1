"""The history of records as people read it: who did what when, field by field.

Reads what django-simple-history keeps. The number of queries depends on how many kinds of
records are asked for, not on how many changes there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import PurePath

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.utils import timezone

from asskomm.formate import tag, zahl, zeitpunkt

ANGELEGT, GEAENDERT, GELOESCHT = "+", "~", "-"
VORGAENGE = {ANGELEGT: "angelegt", GEAENDERT: "geändert", GELOESCHT: "gelöscht"}
OHNE_PERSON = "ohne Anmeldung"
LEER = "–"
UNVERAENDERT = "[…]"
# Keys for programs, nothing a person has typed or could read.
TECHNISCH = ("import_schluessel", "ausgeliefert")
LANGER_TEXT = 160
# Saving one form writes a record for the fields and one for each list of Kommunen.
EIN_VORGANG = timedelta(seconds=1)


@dataclass(frozen=True)
class Aenderung:
    feld: str
    vorher: str
    nachher: str


@dataclass
class Eintrag:
    """One step in the life of one record: created, changed or deleted.

    `adresse` is for a page that can lead to the record's own history.
    """

    modell: type[models.Model]
    nummer: object
    gegenstand: str
    vorgang: str
    zeitpunkt: datetime
    person: str
    grund: str = ""
    adresse: str = ""
    aenderungen: list[Aenderung] = field(default_factory=list)

    @property
    def vorgang_wort(self) -> str:
        return VORGAENGE[self.vorgang]

    @property
    def modell_name(self) -> str:
        return str(self.modell._meta.verbose_name)

    @property
    def angelegt(self) -> bool:
        return self.vorgang == ANGELEGT

    @property
    def geloescht(self) -> bool:
        return self.vorgang == GELOESCHT

    @property
    def vergleicht(self) -> bool:
        """True when both sides are worth showing; a new or deleted record has only one."""
        return self.vorgang == GEAENDERT


@dataclass(frozen=True)
class Auswahl:
    """Which records' history is asked for: those of a model that meet `bedingung`."""

    modell: type[models.Model]
    bedingung: Q = Q()


def modelle_mit_verlauf() -> list[type[models.Model]]:
    return [
        modell
        for modell in apps.get_models()
        if hasattr(modell._meta, "simple_history_manager_attribute")
    ]


def verlauf(
    auswahlen: Sequence[Auswahl], *, ab: int = 0, anzahl: int = 50
) -> tuple[list[Eintrag], bool]:
    """The newest first, `anzahl` kept records from the `ab`-th on; True when there are more.

    Records of one save count one by one but make one entry, so there may be fewer entries.
    """
    ende = ab + anzahl + 1
    teile = [
        _historie(auswahl.modell)
        .filter(auswahl.bedingung)
        .annotate(herkunftsmodell=Value(auswahl.modell._meta.label_lower))
        .order_by("-history_date", "-history_id")
        .values_list("herkunftsmodell", "history_id", "history_date")[:ende]
        for auswahl in auswahlen
    ]
    if not teile:
        return [], False
    gesamt = teile[0]
    if teile[1:]:
        gesamt = gesamt.union(*teile[1:], all=True).order_by("-history_date", "-history_id")
    zeilen = list(gesamt[ab:ende])
    nummern = defaultdict(list)
    for modell, history_id, _ in zeilen[:anzahl]:
        nummern[modell].append(history_id)
    eintraege = {}
    for modell, history_ids in nummern.items():
        eintraege |= _eintraege(apps.get_model(modell), history_ids)
    # A record that was merged into another entry or changed nothing has no entry of its own.
    reihenfolge = [(modell, history_id) for modell, history_id, _ in zeilen[:anzahl]]
    return [eintraege[s] for s in reihenfolge if s in eintraege], len(zeilen) > anzahl


def neueste_nummern(auswahlen: Sequence[Auswahl]) -> list[int]:
    """For each selection the number of its newest kept record, 0 when there is none. One query."""
    teile = [
        _historie(auswahl.modell)
        .filter(auswahl.bedingung)
        .annotate(stelle=Value(stelle))
        .order_by("-history_id")
        .values_list("stelle", "history_id")[:1]
        for stelle, auswahl in enumerate(auswahlen)
    ]
    gefunden = dict(teile[0].union(*teile[1:], all=True) if teile[1:] else teile[0])
    return [gefunden.get(stelle, 0) for stelle in range(len(teile))]


def _historie(modell):
    return getattr(modell, modell._meta.simple_history_manager_attribute).all()


def _eintraege(modell, history_ids) -> dict[tuple[str, int], Eintrag]:
    """Entries of one model, keyed by model label and number of the newest record in them."""
    saetze, vorgaenger = _saetze_mit_vorgaengern(modell, history_ids)
    lesart = Lesart(modell, [*saetze, *vorgaenger.values()])
    eintraege = {}
    for gruppe in _gruppen(saetze):
        letzter, vorher = gruppe[-1], vorgaenger.get(gruppe[0].history_id)
        vorgang = ANGELEGT if gruppe[0].history_type == ANGELEGT else letzter.history_type
        if vorgang == GELOESCHT:
            aenderungen = lesart.letzte_werte(letzter, vorher)
        else:
            aenderungen = lesart.unterschiede(None if vorgang == ANGELEGT else vorher, letzter)
        if vorgang == GEAENDERT and not aenderungen:
            continue
        eintraege[modell._meta.label_lower, letzter.history_id] = Eintrag(
            modell=modell,
            nummer=getattr(letzter, modell._meta.pk.attname),
            gegenstand=lesart.bezeichnung(letzter),
            vorgang=vorgang,
            zeitpunkt=letzter.history_date,
            person=str(letzter.history_user or OHNE_PERSON),
            grund=letzter.history_change_reason or "",
            aenderungen=aenderungen,
        )
    return eintraege


def _saetze_mit_vorgaengern(modell, history_ids):
    """The records, oldest first, and for each the one before it of the same object."""
    alle = _historie(modell).select_related("history_user")
    schluessel = modell._meta.pk.attname
    davor = (
        _historie(modell)
        .filter(history_id__lt=OuterRef("history_id"), **{schluessel: OuterRef(schluessel)})
        .order_by("-history_id")
        .values("history_id")[:1]
    )
    saetze = list(
        alle.filter(history_id__in=history_ids)
        .annotate(davor=Subquery(davor))
        .order_by("history_id")
    )
    gelesen = alle.in_bulk([satz.davor for satz in saetze if satz.davor])
    return saetze, {s.history_id: gelesen[s.davor] for s in saetze if s.davor}


def _gruppen(saetze):
    """Records of one object that were written by one save."""
    offene = {}
    for satz in saetze:
        nummer = getattr(satz, satz.instance_type._meta.pk.attname)
        gruppe = offene.get(nummer)
        if gruppe and _gehoert_dazu(gruppe[-1], satz):
            gruppe.append(satz)
            continue
        if gruppe:
            yield gruppe
        offene[nummer] = [satz]
    yield from offene.values()


def _gehoert_dazu(letzter, satz) -> bool:
    return (
        satz.history_type == GEAENDERT
        and letzter.history_type != GELOESCHT
        and letzter.history_user_id == satz.history_user_id
        and satz.history_date - letzter.history_date < EIN_VORGANG
    )


class Lesart:
    """Values of a model's history in words; names of other records are looked up together."""

    def __init__(self, modell, saetze):
        self.modell = modell
        self.felder = [feld for feld in _historie(modell).model.tracked_fields if _lesbar(feld)]
        self.mengen = {
            feld: self._menge(feld, saetze) for feld in _historie(modell).model._history_m2m_fields
        }
        self.namen = self._namen(saetze)

    def bezeichnung(self, satz) -> str:
        """What the record was called then. The object may be gone, its names may have changed."""
        objekt = satz.instance
        for feld in self.felder:
            if isinstance(feld, models.ForeignKey):
                verbunden = self.namen[feld.related_model].get(getattr(satz, feld.attname))
                if verbunden is not None:
                    feld.set_cached_value(objekt, verbunden)
        try:
            return str(objekt)
        except (models.ObjectDoesNotExist, AttributeError):
            return f"{self.modell._meta.verbose_name} {objekt.pk}"

    def unterschiede(self, vorher, nachher) -> list[Aenderung]:
        """What differs between two records; None is no record at all."""
        paare = [
            (feld, self._wort(feld, vorher), self._wort(feld, nachher))
            for feld in [*self.felder, *self.mengen]
        ]
        return [
            self._aenderung(feld, *(gekuerzt(alt, neu) if vorher else (alt, neu)))
            for feld, alt, neu in paare
            if alt != neu
        ]

    def letzte_werte(self, geloescht, vorher) -> list[Aenderung]:
        """What a deleted record said. Its lists went first: `vorher` still has them."""
        werte = [(feld, self._wort(feld, geloescht)) for feld in self.felder]
        werte += [(feld, self._wort(feld, vorher)) for feld in self.mengen]
        return [self._aenderung(feld, wert, "") for feld, wert in werte if wert]

    @staticmethod
    def _aenderung(feld, alt, neu):
        name = str(feld.verbose_name)
        return Aenderung(name[:1].upper() + name[1:], alt or LEER, neu or LEER)

    def _wort(self, feld, satz) -> str:
        if satz is None:
            return ""
        if feld in self.mengen:
            namen = self.namen[feld.related_model]
            schluessel = self.mengen[feld][satz.history_id]
            return ", ".join(sorted(self._name(feld, namen, s) for s in schluessel))
        wert = getattr(satz, feld.attname)
        if isinstance(feld, models.ForeignKey):
            return "" if wert is None else self._name(feld, self.namen[feld.related_model], wert)
        return _als_text(feld, wert)

    @staticmethod
    def _name(feld, namen, schluessel) -> str:
        if schluessel in namen:
            return str(namen[schluessel])
        return f"{feld.related_model._meta.verbose_name} {schluessel} (gelöscht)"

    @staticmethod
    def _menge(feld, saetze):
        """Which objects a list held, by record."""
        ziel = feld.m2m_reverse_field_name()
        historie = getattr(_historie(feld.model).model, feld.name).model
        menge = defaultdict(set)
        for satz, schluessel in historie.objects.filter(
            history_id__in=[satz.history_id for satz in saetze]
        ).values_list("history_id", f"{ziel}_id"):
            menge[satz].add(schluessel)
        return menge

    def _namen(self, saetze):
        gesucht = defaultdict(set)
        for feld in self.felder:
            if isinstance(feld, models.ForeignKey):
                gesucht[feld.related_model] |= {getattr(satz, feld.attname) for satz in saetze}
        for feld, menge in self.mengen.items():
            gesucht[feld.related_model] |= set().union(*menge.values())
        return {
            modell: modell._base_manager.select_related(*_pflichtbeziehungen(modell)).in_bulk(
                schluessel - {None}
            )
            for modell, schluessel in gesucht.items()
        }


def _lesbar(feld) -> bool:
    return not (
        feld.primary_key
        or feld.name in TECHNISCH
        or isinstance(feld, models.UUIDField)
        or getattr(feld, "auto_now", False)
    )


def _pflichtbeziehungen(modell) -> list[str]:
    """What `__str__` may reach for."""
    return [
        feld.name
        for feld in modell._meta.fields
        if isinstance(feld, models.ForeignKey) and not feld.null
    ]


def _als_text(feld, wert) -> str:
    if wert is None or wert == "":
        return ""
    if feld.choices:
        return str(dict(feld.flatchoices).get(wert, wert))
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, datetime):
        return zeitpunkt(wert)
    if isinstance(wert, date):
        return tag(wert)
    if isinstance(wert, Decimal):
        return zahl(wert, feld.decimal_places)
    if isinstance(feld, models.FileField):
        return f"Datei {PurePath(str(wert)).name}"
    return str(wert)


def gekuerzt(alt: str, neu: str) -> tuple[str, str]:
    """Of long texts only the lines that differ."""
    if max(len(alt), len(neu)) <= LANGER_TEXT:
        return alt, neu
    alte_zeilen, neue_zeilen = alt.splitlines(), neu.splitlines()
    vergleich = SequenceMatcher(None, alte_zeilen, neue_zeilen, autojunk=False)
    teile_alt, teile_neu = [], []
    for art, a1, a2, n1, n2 in vergleich.get_opcodes():
        if art == "equal":
            teile_alt.append(UNVERAENDERT)
            teile_neu.append(UNVERAENDERT)
        else:
            teile_alt.extend(alte_zeilen[a1:a2])
            teile_neu.extend(neue_zeilen[n1:n2])
    return "\n".join(teile_alt), "\n".join(teile_neu)


def tagesgrenzen(von: date | None, bis: date | None) -> Q:
    """Records written from the day `von` to the day `bis` (Europe/Berlin), both included."""
    bedingung = Q()
    if von:
        bedingung &= Q(history_date__gte=_mitternacht(von))
    if bis:
        bedingung &= Q(history_date__lt=_mitternacht(bis + timedelta(days=1)))
    return bedingung


def _mitternacht(am: date) -> datetime:
    return timezone.make_aware(datetime(am.year, am.month, am.day))


def auswahl_des_objekts(modell, nummer, kinder: Iterable[tuple[type, str]]) -> list[Auswahl]:
    """The history of one record and of what is edited together with it.

    `kinder` are pairs of a model and the name of its foreign key to `modell`.
    """
    return [
        Auswahl(modell, Q(**{modell._meta.pk.attname: nummer})),
        *(
            Auswahl(kind, Q(**{f"{fremdschluessel}_id": nummer}))
            for kind, fremdschluessel in kinder
        ),
    ]
