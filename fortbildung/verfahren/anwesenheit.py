"""Who was there on which day, and what follows from it (F42).

erfasse -> schliesse_tag -> later changes need a reason
vereinbare_nachholung: a missed module is taken with a later cohort and keeps counting
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.zeitangabe import Zeitangabe

from .. import handlungen
from ..models import (
    Anmeldung,
    Anwesenheit,
    Durchgang,
    Kurstag,
    Modul,
    Nachholung,
    Stand,
    Teilnahme,
)
from .zulassung import verlange_recht


def erwartete(kurstag: Kurstag):
    """Who belongs on the list of the day: the admitted of the cohort and guests of its module.

    Not whoever broke off on a day before.
    """
    dabei = (
        Anmeldung.objects.filter(durchgang=kurstag.durchgang_id, stand=Stand.ZUGELASSEN)
        | Anmeldung.objects.filter(
            nachholungen__durchgang=kurstag.durchgang_id,
            nachholungen__modul=kurstag.modul_id,
            stand=Stand.ZUGELASSEN,
        )
    ).distinct()
    vorher = Teilnahme.objects.filter(abgebrochen_am__letzter_tag__lt=kurstag.tag)
    return dabei.exclude(pk__in=vorher.exclude(anmeldung=None).values("anmeldung"))


@transaction.atomic
def erfasse(
    kurstag: Kurstag,
    staende: Mapping[UUID, str],
    *,
    durch: Konto,
    um: datetime,
    grund: str = "",
) -> int:
    """Write down the states by registration; what is not named stays. Returns what was changed.

    The first day on which somebody was there begins their Teilnahme, which the figures count.
    Raises KeinRecht; SchrittNichtMoeglich before the day (Europe/Berlin), for somebody who does not
    belong on the list, and on a closed day without a reason.
    """
    verlange_recht(durch)
    kurstag = _sperre(kurstag)
    if timezone.localdate(um) < kurstag.tag:
        raise SchrittNichtMoeglich(f"Der Kurstag ist erst am {tag(kurstag.tag)}.")
    personen = {anmeldung.pk: anmeldung for anmeldung in erwartete(kurstag)}
    if set(staende) - set(personen):
        raise SchrittNichtMoeglich("Eine Person auf der Liste ist nicht zugelassen.")
    vorhandene = {eintrag.anmeldung_id: eintrag for eintrag in kurstag.anwesenheiten.all()}
    geaendert = [
        (personen[nummer], stand)
        for nummer, stand in staende.items()
        if nummer not in vorhandene or vorhandene[nummer].stand != stand
    ]
    if geaendert and kurstag.geschlossen_um and not grund.strip():
        raise SchrittNichtMoeglich("Der Kurstag ist abgeschlossen. Geben Sie einen Grund an.")
    for anmeldung, stand in geaendert:
        eintrag = vorhandene.get(anmeldung.pk) or Anwesenheit(anmeldung=anmeldung, kurstag=kurstag)
        eintrag.stand = stand
        eintrag._history_user = durch
        eintrag.save()
        _bestimme_beginn(anmeldung)
    if geaendert:
        protokolliere(
            handlungen.ANWESENHEIT,
            kurstag,
            durch=durch,
            grund=grund,
            angaben={"eintraege": len(geaendert)},
        )
    return len(geaendert)


def _bestimme_beginn(anmeldung):
    """The Teilnahme begins with the first day on which somebody was there, as it stands now.

    Without any such day there is none, unless it has ended or a certificate was revoked: then it
    stays as it is on record.
    """
    da = anmeldung.anwesenheiten.anwesend().order_by("kurstag__tag")
    erster = da.values_list("kurstag__tag", flat=True).first()
    teilnahme = Teilnahme.objects.filter(anmeldung=anmeldung).first()
    if erster is None:
        if teilnahme and teilnahme in Teilnahme.objects.offen() and not teilnahme.zertifikat:
            teilnahme.delete()
        return
    beginn = Zeitangabe.vom_tag(erster)
    if teilnahme is None:
        Teilnahme.objects.create(
            anmeldung=anmeldung,
            durchgang_id=anmeldung.durchgang_id,
            kommune_id=anmeldung.kommune_id,
            gruppe=anmeldung.gruppe,
            begonnen_am=beginn,
        )
    elif teilnahme.begonnen_am != beginn:
        teilnahme.begonnen_am = beginn
        teilnahme.save()


@transaction.atomic
def schliesse_tag(kurstag: Kurstag, *, durch: Konto, um: datetime) -> Kurstag:
    """The list is complete; from now on a change needs a reason. Closed twice is closed once.

    Raises SchrittNichtMoeglich while somebody on the list has no entry.
    """
    verlange_recht(durch)
    kurstag = _sperre(kurstag)
    if kurstag.geschlossen_um:
        return kurstag
    if timezone.localdate(um) < kurstag.tag:
        raise SchrittNichtMoeglich(f"Der Kurstag ist erst am {tag(kurstag.tag)}.")
    erfasst = kurstag.anwesenheiten.values("anmeldung")
    offen = erwartete(kurstag).exclude(pk__in=erfasst).count()
    if offen:
        wer = "einer Person" if offen == 1 else f"{offen} Personen"
        raise SchrittNichtMoeglich(f"Zu {wer} fehlt noch der Eintrag.")
    kurstag.geschlossen_um, kurstag.geschlossen_von = um, durch
    kurstag._history_user = durch
    kurstag.save()
    protokolliere(handlungen.TAG_GESCHLOSSEN, kurstag, durch=durch)
    return kurstag


@transaction.atomic
def vereinbare_nachholung(
    anmeldung: Anmeldung, modul: Modul, mit: Durchgang, *, durch: Konto, um: datetime
) -> Nachholung:
    """Somebody takes a module with another cohort of the same course; agreed twice is once.

    Raises SchrittNichtMoeglich for who is not admitted, the own cohort, another course, a module
    that the other cohort has no days for, and one that is recorded already.
    """
    verlange_recht(durch)
    anmeldung = Anmeldung.objects.select_for_update(of=("self",)).get(pk=anmeldung.pk)
    if anmeldung.stand != Stand.ZUGELASSEN:
        raise SchrittNichtMoeglich("Diese Person ist nicht zugelassen.")
    if mit.pk == anmeldung.durchgang_id or mit.lehrgang_id != anmeldung.durchgang.lehrgang_id:
        raise SchrittNichtMoeglich("Wählen Sie einen anderen Durchgang desselben Lehrgangs.")
    if not mit.kurstage.filter(modul=modul).exists():
        raise SchrittNichtMoeglich("Dieser Durchgang hat keine Tage für das Modul.")
    if modul in abgeschlossene_module(anmeldung):
        raise SchrittNichtMoeglich("Das Modul ist schon vollständig besucht.")
    nachholung, neu = Nachholung.objects.get_or_create(
        anmeldung=anmeldung,
        modul=modul,
        durchgang=mit,
        defaults={"vereinbart_um": um, "vereinbart_von": durch},
    )
    if neu:
        protokolliere(
            handlungen.NACHHOLUNG, anmeldung, durch=durch, angaben={"modul": modul.nummer}
        )
    return nachholung


def abgeschlossene_module(anmeldung: Anmeldung) -> list[Modul]:
    """The modules of which somebody was there on every day within one cohort, in their order."""
    besucht = set(anmeldung.anwesenheiten.anwesend().values_list("kurstag", flat=True))
    tage = {}
    for kurstag in Kurstag.objects.filter(durchgang__in=_durchgaenge(anmeldung)):
        tage.setdefault((kurstag.durchgang_id, kurstag.modul_id), set()).add(kurstag.pk)
    fertig = {modul for (_, modul), alle in tage.items() if alle <= besucht}
    return [modul for modul in anmeldung.durchgang.lehrgang.module.all() if modul.pk in fertig]


def _durchgaenge(anmeldung):
    nachgeholt = anmeldung.nachholungen.values_list("durchgang", flat=True)
    return {anmeldung.durchgang_id, *nachgeholt}


def _sperre(kurstag) -> Kurstag:
    return Kurstag.objects.select_for_update(of=("self",)).get(pk=kurstag.pk)
