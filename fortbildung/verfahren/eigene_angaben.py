"""What people do with their own record: correct it, have it deleted (F44, Art. 16 and 17 DSGVO)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .. import handlungen
from ..models import BEENDET, LAUFEND, OHNE_PERSON, Anmeldung, Bedarf
from .anmeldung import bitte_um_zustimmung, sperre_beide, verlange

# How often another address of the employer is asked: the mails go to people who did not ask for them.
STELLEN_HOECHSTENS = 5


@transaction.atomic
def aendere(
    anmeldung: Anmeldung, angaben: Mapping, *, durch: Konto | None, um: datetime, gesehen: int
) -> Anmeldung:
    """Correct what was typed; another address of the employer is asked anew.

    The group stays, because the place was given by it, and the address, because it was confirmed.
    Raises Ueberholt, and SchrittNichtMoeglich with a valid certificate, because the name stands on
    it, and when the employer was changed too often.
    """
    _, anmeldung = sperre_beide(anmeldung)
    verlange(anmeldung, LAUFEND, gesehen)
    if anmeldung.gueltiges_zertifikat:
        raise SchrittNichtMoeglich(
            "Ihr Zertifikat ist ausgestellt. Wenden Sie sich an die Koordination."
        )
    fragt_neu = angaben["arbeitgeber_email"] != anmeldung.arbeitgeber_email
    if fragt_neu and anmeldung.arbeitgeber_folge >= STELLEN_HOECHSTENS:
        raise SchrittNichtMoeglich(
            "Die Adresse der Stelle, die zustimmt, haben Sie schon mehrmals geändert. "
            "Wenden Sie sich an die Koordination."
        )
    for feld, wert in angaben.items():
        setattr(anmeldung, feld, wert)
    if fragt_neu:
        anmeldung.arbeitgeber_bestaetigt_um = None
        anmeldung.arbeitgeber_folge += 1
    anmeldung.version += 1
    anmeldung.save()
    protokolliere(handlungen.ANGABEN_GEAENDERT, anmeldung, durch=durch)
    if fragt_neu and anmeldung.rang:
        bitte_um_zustimmung(anmeldung)
    return anmeldung


def was_bleibt(anmeldung: Anmeldung) -> list[str]:
    """What is kept although deletion is asked for, why and until when; empty when all can go."""
    if anmeldung.zertifikat:
        return [
            "Der Name auf dem Zertifikat bleibt, damit es prüfbar ist. Wie lange, steht unter "
            "Datenschutz. Alle anderen Angaben löschen wir."
        ]
    if anmeldung.stand in BEENDET or anmeldung.abgebrochen_am:
        return []
    if hasattr(anmeldung, "teilnahme"):
        return [
            "Der Lehrgang läuft noch. Bis zum Abschluss oder Abbruch brauchen wir Ihre Angaben "
            "für Plätze, Anwesenheit und Zertifikat. Danach können Sie sie löschen."
        ]
    return ["Melden Sie sich zuerst ab. Danach können Sie Ihre Angaben löschen."]


@transaction.atomic
def loesche(anmeldung: Anmeldung, *, durch: Konto | None, um: datetime, gesehen: int) -> Anmeldung:
    """Nothing of the registration tells any more who it was; sent twice it is done once.

    Raises Ueberholt, and SchrittNichtMoeglich while the registration or the course runs.
    """
    _, anmeldung = sperre_beide(anmeldung)
    if ist_geloescht(anmeldung):
        return anmeldung
    verlange(anmeldung, (*BEENDET, *LAUFEND), gesehen)
    if not ist_loeschbar(anmeldung):
        raise SchrittNichtMoeglich(was_bleibt(anmeldung)[0])
    for feld, wert in OHNE_PERSON.items():
        setattr(anmeldung, feld, wert)
    anmeldung.version += 1
    anmeldung.save()
    Bedarf.objects.filter(anmeldung=anmeldung).delete()
    protokolliere(handlungen.ANGABEN_GELOESCHT, anmeldung, durch=durch)
    return anmeldung


def ist_loeschbar(anmeldung: Anmeldung) -> bool:
    """Whether the registration is over: ended before, broken off, or finished with a certificate."""
    beendet = anmeldung.stand in BEENDET or anmeldung.abgebrochen_am or anmeldung.zertifikat
    return bool(beendet) and not ist_geloescht(anmeldung)


def ist_geloescht(anmeldung: Anmeldung) -> bool:
    return anmeldung.email == OHNE_PERSON["email"]
