"""Invented grant cases: played through the real steps, at the times at which they would have happened.

Each row of daten/beispiele/antraege.csv is a case and the state it is to reach. Cases that are
there are left alone, whatever people did with them since; a case whose round is still to be open
belongs to the invented round, which runs around the day of loading.
"""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from foerderung.anlagen import ablage
from foerderung.haushalt import abweichungen
from foerderung.models import (
    Abschluss,
    Aenderung,
    Aenderungsentscheidung,
    Anlage,
    Aufgriff,
    Auszahlung,
    Befangenheit,
    Bekanntgabe,
    Beleg,
    Belegkuerzung,
    Bescheid,
    Buchung,
    Empfehlung,
    Entscheidung,
    Fassung,
    Foerderantrag,
    Foerderkonto,
    Foerderrunde,
    Formalpruefung,
    Fristverlaengerung,
    Gutachten,
    Haushaltsansatz,
    Mittelbindung,
    Nachforderung,
    Nachweisfassung,
    Nachweispruefung,
    Regelwerk,
    Status,
    Stichprobenfall,
    Umschichtung,
    Vermerk,
    Verwendungsnachweis,
    Weiterleitung,
    Zahlungszeile,
    Zuwendung,
)
from foerderung.verfahren import aufgriff
from kommunen.abgleich import Bericht

from . import analysen
from .fall import HAUSHALTSSTELLE, Fall
from .gemeinsam import QUELLE, ohne_mails, zeilen
from .personen import Personen

DATEI = "antraege.csv"
NAMENSRAUM = uuid.UUID("5b1d1c0a-6a0b-4f0e-9a3e-0f6f6a0c2027")
ANSATZ_EURO = Decimal("650000.00")
# Days of the invented round before and after the day of loading.
RUNDE_SEIT, RUNDE_NOCH = timedelta(days=20), timedelta(days=40)
# What hangs on a case, in the order in which it can go.
AM_ANTRAG = (
    Entscheidung, Empfehlung, Gutachten, Formalpruefung, Vermerk, Befangenheit, Nachforderung,
    Fristverlaengerung, Anlage, Aufgriff, Fassung,
)  # fmt: skip
# The second half of a case, likewise; each with its way to the case.
NACH_DEM_BESCHEID = (
    (Buchung, "antrag"), (Foerderkonto, "antrag"), (Zahlungszeile, "auszahlung__antrag"),
    (Belegkuerzung, "beleg__antrag"), (Beleg, "antrag"), (Auszahlung, "antrag"),
    (Nachweispruefung, "antrag"), (Nachweisfassung, "antrag"), (Verwendungsnachweis, "antrag"),
    (Stichprobenfall, "antrag"), (Abschluss, "antrag"), (Umschichtung, "aenderung__antrag"),
    (Aenderungsentscheidung, "aenderung__antrag"), (Aenderung, "antrag"),
    (Weiterleitung, "antrag"),
)  # fmt: skip
# What still waits for the municipality is in the round that is open now.
IN_OFFENER_RUNDE = (Status.ENTWURF, Status.IN_ZEICHNUNG)


def lade(bericht: Bericht, ordner: Path, um: datetime) -> None:
    """Play every case that is not there yet; the demo accounts exist. Nothing is mailed."""
    with (ordner / "antragsthemen.json").open(encoding="utf-8") as datei:
        inhalte = json.load(datei)
    faelle = zeilen(ordner, DATEI)
    heute = timezone.localdate(um)
    regelwerk = Regelwerk.objects.freigegeben().order_by("-gilt_ab").first()
    if regelwerk is None:
        return
    offen = _offene_runde(regelwerk, heute)
    personen = Personen({zeile["kommune"] for zeile in faelle})
    for jahr in {*range(2025, 2028), offen.jahr_von}:
        _stelle_ansatz(jahr)
    letztes_jahr = max(int(zeile["foerderjahr"]) for zeile in faelle)
    posten = bericht.zu(Foerderantrag)
    for nummer, zeile in enumerate(faelle):
        if Foerderantrag.objects.filter(marke=marke(zeile)).exists():
            posten.unveraendert += 1
            continue
        runde = offen
        if zeile["ziel"] not in IN_OFFENER_RUNDE:
            jahr = int(zeile["foerderjahr"])
            runde = Foerderrunde.objects.get(jahr_von=jahr, ist_beispiel=False)
        empfehlungen = analysen.aufgegriffen(ordner, zeile["schluessel"])
        fall = Fall(zeile, inhalte, runde, personen, marke(zeile), nummer, um, empfehlungen)
        with ohne_mails():
            fall.spiele()
            fall.nimm_den_postweg(aufgegeben=int(zeile["foerderjahr"]) < letztes_jahr)
        posten.hinzugefuegt += 1


def marke(zeile: dict[str, str]) -> uuid.UUID:
    """By which the case of a row is found again."""
    return uuid.uuid5(NAMENSRAUM, zeile["schluessel"])


def _offene_runde(regelwerk: Regelwerk, heute: date) -> Foerderrunde:
    """The round that is open today: a real one, or the invented one, moved on to the present."""
    echt = Foerderrunde.objects.filter(ist_beispiel=False)
    offen = echt.filter(beginn__lte=heute, schluss__gte=heute).first()
    if offen:
        return offen
    vorige = echt.filter(schluss__lt=heute).order_by("-schluss").first()
    naechste = echt.filter(beginn__gt=heute).order_by("beginn").first()
    beginn, schluss = heute - RUNDE_SEIT, heute + RUNDE_NOCH
    if vorige:
        beginn = max(beginn, vorige.schluss + timedelta(days=1))
    if naechste:
        schluss = min(schluss, naechste.beginn - timedelta(days=1))
    runde = Foerderrunde.objects.filter(ist_beispiel=True).first()
    if runde and runde.beginn <= heute <= runde.schluss:
        return runde
    runde = runde or Foerderrunde(ist_beispiel=True, regelwerk=regelwerk, quelle=QUELLE)
    runde.jahr_von = runde.jahr_bis = heute.year + 1
    runde.beginn, runde.schluss = beginn, schluss
    runde.hinweis = "Beispieldaten: Diese Runde gibt es nur zum Ausprobieren."
    runde.save()
    return runde


def _stelle_ansatz(jahr: int) -> None:
    Haushaltsansatz.objects.get_or_create(
        haushaltsjahr=jahr,
        haushaltsstelle=HAUSHALTSSTELLE,
        defaults={"betrag_euro": ANSATZ_EURO, "quelle": QUELLE, "ist_beispiel": True},
    )


# --- Removing ------------------------------------------------------------------


def entferne(bericht: Bericht) -> None:
    """Remove the invented cases with all that hangs on them, those of demo accounts included.

    The invented round and budgets go too, unless a case that people recorded uses them.
    """
    antraege = Foerderantrag.objects.beispiele()
    bericht.zu(Foerderantrag).entfernt += antraege.count()
    nummern = list(antraege.values_list("pk", flat=True))
    erlassen = Bescheid.objects.filter(antrag__in=nummern).order_by("-nummer")
    bescheide = list(erlassen.values_list("pk", flat=True))
    anlagen = Anlage.objects.filter(antrag__in=nummern)
    pfade = list(anlagen.values_list("pfad", flat=True))
    Zuwendung.history.filter(bescheid__in=bescheide).delete()
    for antrag in antraege.filter(aufgriffe__laeuft=True).distinct():
        aufgriff.beende(antrag, durch=None, um=timezone.now())
    for menge in (
        Zuwendung.objects.filter(bescheid__in=bescheide),
        *(
            modell.objects.filter(**{f"{antrag}__in": nummern})
            for modell, antrag in NACH_DEM_BESCHEID
        ),
        Bekanntgabe.objects.filter(bescheid__in=bescheide),
        # A notice points to the one it changes or revokes.
        *(Bescheid.objects.filter(pk=nummer) for nummer in bescheide),
        Mittelbindung.objects.filter(entscheidung__antrag__in=nummern),
        *(modell.objects.filter(antrag__in=nummern) for modell in AM_ANTRAG),
    ):
        menge.delete()
    antraege.update(vorgaenger=None)
    antraege.delete()
    for ansatz in abweichungen():
        Haushaltsansatz.objects.filter(pk=ansatz.pk).update(gebunden_euro=ansatz.soll_euro)
    benutzt = Mittelbindung.objects.values("ansatz")
    for menge in (
        Foerderrunde.objects.filter(ist_beispiel=True, antraege__isnull=True),
        Haushaltsansatz.objects.filter(ist_beispiel=True).exclude(pk__in=benutzt),
    ):
        geloescht = list(menge.values_list("pk", flat=True))
        menge.model.objects.filter(pk__in=geloescht).delete()
        menge.model.history.filter(id__in=geloescht).delete()
    transaction.on_commit(lambda: [ablage.entferne(pfad) for pfad in pfade])
