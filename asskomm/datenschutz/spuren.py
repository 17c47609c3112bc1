"""Deleting and blanking together with the history: no old words stay behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

from asskomm.personendaten import Ende, Loeschregel

# What the history names as the reason for what a run has written.
GRUND = "loeschlauf"


def verlauf_von(modell: type[models.Model]) -> type[models.Model] | None:
    """The history model of `modell`, if it keeps one."""
    name = getattr(modell._meta, "simple_history_manager_attribute", None)
    return getattr(modell, name).model if name else None


def loesche(modell: type[models.Model], nummern: Collection) -> None:
    """Delete rows and their history.

    A row nothing points to is deleted without signals: they would write a history row for
    each, only to be deleted here as well.
    """
    zeilen = modell._base_manager.filter(pk__in=nummern)
    if any(feld.one_to_many for feld in modell._meta.get_fields(include_hidden=True)):
        zeilen.delete()
    else:
        zeilen._raw_delete(zeilen.db)
    loesche_verlauf(modell, nummern)


def loesche_verlauf(modell: type[models.Model], nummern: Collection) -> None:
    verlauf = verlauf_von(modell)
    if verlauf is None:
        return
    saetze = verlauf.objects.filter(**{f"{modell._meta.pk.attname}__in": nummern})
    for feld in verlauf._meta.get_fields(include_hidden=True):
        if feld.one_to_many:  # the history of lists, e.g. of Kommunen
            feld.related_model.objects.filter(**{f"{feld.field.name}__in": saetze}).delete()
    saetze.delete()


def leere(modell: type[models.Model], nummern: Collection, felder: Mapping[str, Any]) -> None:
    """Replace the values of `felder`, in history rows too.

    One more history row says that a run was at work, so that no import brings the values back.
    """
    modell._base_manager.filter(pk__in=nummern).update(**felder)
    verlauf = verlauf_von(modell)
    if verlauf is not None:
        vorhanden = {feld.name for feld in verlauf._meta.concrete_fields}
        bekannt = {name: wert for name, wert in felder.items() if name in vorhanden}
        verlauf.objects.filter(**{f"{modell._meta.pk.attname}__in": nummern}).update(**bekannt)
        for zeile in modell._base_manager.filter(pk__in=nummern):
            zeile._change_reason = GRUND
            zeile.save()


def wende_an(regel: Loeschregel, modell: type[models.Model], nummern: Collection) -> None:
    """What the rule says, where it has no way of its own."""
    if regel.ende == Ende.LOESCHEN:
        loesche(modell, nummern)
    elif regel.ende == Ende.LEEREN:
        leere(modell, nummern, regel.felder)
    else:
        raise ValueError(f"Die Regel {regel.schluessel} sagt nicht, wie anonymisiert wird.")
