"""What people do with their own record: correct it, have it deleted (F44, Art. 16 and 17 DSGVO)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from asskomm.datenschutz.fristen import gueltige_fristen
from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .. import handlungen
from ..models import BEENDET, LAUFEND, OHNE_PERSON, Anmeldung, Bedarf, Zertifikat
from .anmeldung import bitte_um_zustimmung, sperre_beide, verlange

# The rules by which registrations and names on certificates go (`fortbildung.personendaten`).
FRIST_DER_ANMELDUNG, FRIST_DES_NAMENS = "fortbildung.anmeldung", "fortbildung.zertifikat"
# Whom the employer agreed to.
WORUEBER_ENTSCHIEDEN = {"name", "stelle"}
# How often employers are asked: the mails go to people who did not ask for them.
STELLEN_HOECHSTENS = 5


@transaction.atomic
def aendere(
    anmeldung: Anmeldung, angaben: Mapping, *, durch: Konto | None, um: datetime, gesehen: int
) -> Anmeldung:
    """Correct what was typed; the employer is asked anew about what they had not agreed to.

    That is another address, and until the last day another name or office after the consent. The
    log names the fields, never what stood or stands in them; sent twice it is done once.
    The group stays, because the place was given by it, and the address, because it was confirmed.
    Raises Ueberholt, and SchrittNichtMoeglich with a valid certificate, because the name stands on
    it, and when the employer was changed too often.
    """
    _, anmeldung = sperre_beide(anmeldung)
    geaendert = {feld for feld, wert in angaben.items() if getattr(anmeldung, feld) != wert}
    if not geaendert and anmeldung.stand in LAUFEND:  # or the form was sent twice
        return anmeldung
    verlange(anmeldung, LAUFEND, gesehen)
    if anmeldung.gueltiges_zertifikat:
        raise SchrittNichtMoeglich(
            "Ihr Zertifikat ist ausgestellt. Wenden Sie sich an die Koordination."
        )
    erneut = _gilt_die_zustimmung_nicht_mehr(anmeldung, geaendert, timezone.localdate(um))
    fragt_neu = erneut or "arbeitgeber_email" in geaendert
    if fragt_neu and anmeldung.arbeitgeber_folge >= STELLEN_HOECHSTENS:
        raise SchrittNichtMoeglich(
            "Die Stelle, die zustimmt, haben wir nach Ihren Änderungen schon mehrmals gefragt. "
            "Wenden Sie sich an die Koordination."
        )
    for feld, wert in angaben.items():
        setattr(anmeldung, feld, wert)
    if fragt_neu:
        anmeldung.arbeitgeber_bestaetigt_um = None
        anmeldung.arbeitgeber_folge += 1
    anmeldung.version += 1
    anmeldung.save()
    protokolliere(
        handlungen.ANGABEN_GEAENDERT,
        anmeldung,
        durch=durch,
        angaben={"felder": sorted(geaendert)},
    )
    if fragt_neu and anmeldung.rang:
        bitte_um_zustimmung(anmeldung, erneut=erneut)
    return anmeldung


def _gilt_die_zustimmung_nicht_mehr(anmeldung, geaendert, heute):
    """Whether the same employer agreed to somebody else, and days are still to come."""
    if not anmeldung.arbeitgeber_bestaetigt_um or "arbeitgeber_email" in geaendert:
        return False
    if not geaendert & WORUEBER_ENTSCHIEDEN:
        return False
    kurstage = anmeldung.durchgang.kurstage
    return kurstage.filter(tag__gte=heute).exists() or not kurstage.exists()


def was_bleibt(anmeldung: Anmeldung, heute: date) -> list[str]:
    """What is kept although deletion is asked for, why and until when; empty when all can go."""
    if zertifikat := anmeldung.zertifikat:
        return [_was_mit_dem_papier_geschieht(zertifikat), _was_vom_zertifikat_bleibt(heute)]
    if anmeldung.stand in BEENDET or anmeldung.abgebrochen_am:
        return []
    if hasattr(anmeldung, "teilnahme"):
        return [
            "Der Lehrgang läuft noch. Bis zum Abschluss oder Abbruch brauchen wir Ihre Angaben "
            "für Plätze, Anwesenheit und Zertifikat. Danach können Sie sie löschen."
        ]
    return ["Melden Sie sich zuerst ab. Danach können Sie Ihre Angaben löschen."]


def dauer_der_anmeldung(heute: date) -> str:
    """How long after the last day a registration is kept, such as "12 Monate"; empty if not set."""
    frist = gueltige_fristen(heute).get(FRIST_DER_ANMELDUNG)
    return frist.dauer if frist else ""


@transaction.atomic
def loesche(anmeldung: Anmeldung, *, durch: Konto | None, um: datetime, gesehen: int) -> Anmeldung:
    """Nothing of the registration tells any more who it was; sent twice it is done once.

    The name on a certificate goes with it, and with the name the paper; its code still answers.
    Raises Ueberholt, and SchrittNichtMoeglich while the registration or the course runs.
    """
    _, anmeldung = sperre_beide(anmeldung)
    if anmeldung.ist_geloescht:
        return anmeldung
    verlange(anmeldung, (*BEENDET, *LAUFEND), gesehen)
    if not ist_loeschbar(anmeldung):
        raise SchrittNichtMoeglich(was_bleibt(anmeldung, timezone.localdate(um))[0])
    for feld, wert in OHNE_PERSON.items():
        setattr(anmeldung, feld, wert)
    anmeldung.version += 1
    anmeldung.save()
    Bedarf.objects.filter(anmeldung=anmeldung).delete()
    Zertifikat.objects.filter(teilnahme__anmeldung=anmeldung).update(name="")
    protokolliere(handlungen.ANGABEN_GELOESCHT, anmeldung, durch=durch)
    return anmeldung


def ist_loeschbar(anmeldung: Anmeldung) -> bool:
    """Whether the registration is over: ended before, broken off, or finished with a certificate."""
    beendet = anmeldung.stand in BEENDET or anmeldung.abgebrochen_am or anmeldung.zertifikat
    return bool(beendet) and not anmeldung.ist_geloescht


def _was_mit_dem_papier_geschieht(zertifikat):
    if zertifikat.gilt:
        return (
            "Auch Ihr Name auf dem Zertifikat wird gelöscht. Danach kann es niemand mehr abrufen, "
            "auch Sie und die Koordination nicht. Laden Sie es vorher herunter."
        )
    return (
        "Auch Ihr Name auf dem widerrufenen Zertifikat wird gelöscht. Ein neues gibt es dann nicht."
    )


def _was_vom_zertifikat_bleibt(heute):
    frist = gueltige_fristen(heute).get(FRIST_DES_NAMENS)
    ende = f"löschen wir {frist.dauer} nach der Ausstellung" if frist else "behalten wir"
    return (
        "Der Prüfcode gibt weiter Auskunft, damit das Zertifikat prüfbar bleibt. Dafür behalten "
        "wir den Lehrgang und den Tag der Ausstellung. Ein Prüfwert, aus dem niemand Ihren Namen "
        f"lesen kann, sagt, ob ein eingegebener Name stimmt. Den Prüfwert {ende}."
    )
