"""What the apps have for a member of a Kommune. A new app adds its function here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from asskomm.konten import zweitfaktor
from beratung.abschluss import bereich as coachingwirkungen
from beratung.analysen import bereich as analysen
from beratung.begleitung import bereich as begleitungen
from beratung.beratungen import bereich as beratungen
from beratung.vermittlung import bereich as vermittlung
from foerderung.aenderungen import bereich as weiterleitungen
from foerderung.antrag import bereich as antraege
from foerderung.auszahlung import bereich as auszahlungen
from foerderung.bescheid import bereich as bescheide
from foerderung.nachweis import bereich as nachweise
from kommunen.befugnisse import Zugang
from kommunen.bereich import Faelliges, Faelligkeiten, Vorgaenge, Vorgang
from kommunen.mitglieder import bereich as mitglieder
from kommunen.puls import bereich as puls


def _zweiter_faktor(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    if zweitfaktor.ist_pflicht(zugang.konto) and not zweitfaktor.ist_eingerichtet(zugang.konto):
        yield Faelliges(
            "Ihre Rolle verlangt einen zweiten Faktor bei der Anmeldung.",
            "Zweiten Faktor einrichten",
            reverse("mfa_index"),
        )


FAELLIGKEITEN: tuple[Faelligkeiten, ...] = (
    _zweiter_faktor,
    mitglieder.faelliges,
    bescheide.faelliges,
    auszahlungen.faelliges,
    nachweise.faelliges,
    antraege.faelliges,
    weiterleitungen.faelliges,
    begleitungen.faelliges,
    coachingwirkungen.faelliges,
    beratungen.faelliges,
    vermittlung.faelliges,
    puls.faelliges,
)
VORGAENGE: tuple[Vorgaenge, ...] = (
    antraege.vorgaenge,
    beratungen.vorgaenge,
    vermittlung.vorgaenge,
    begleitungen.vorgaenge,
    analysen.vorgaenge,
)


def faelliges(zugang: Zugang, um: datetime) -> list[Faelliges]:
    """What lies with the person, the earliest day first, then what has no day."""
    alles = [eintrag for funktion in FAELLIGKEITEN for eintrag in funktion(zugang, um)]
    return sorted(alles, key=lambda e: (e.bis is None, e.bis or um.date()))


def vorgaenge(zugang: Zugang, um: datetime) -> tuple[list[Vorgang], list[Vorgang]]:
    """Drafts, and cases that are on their way."""
    alle = [vorgang for funktion in VORGAENGE for vorgang in funktion(zugang, um)]
    return [v for v in alle if v.ist_entwurf], [v for v in alle if not v.ist_entwurf]
