"""Invented answers of invented councils to the yearly question, played through the real steps.

They lie in daten/beispiele/ratsbestaetigungen.csv: `runde` 0 is the last round that is over on
the day of loading, -1 the one before; `tag` counts from its first day. What is there is left
alone. With the councils it is removed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from kommunen.abgleich import Bericht
from kommunen.models import Mitgliedschaft, Praeventionsrat, Ratsbestaetigung, Rolle
from kommunen.puls import angaben, verfahren
from kommunen.puls.stand import zustaendige

from .gemeinsam import SACHBEARBEITUNG, konto_mit, zeilen, zur_stunde
from .konten import KONTEN

DATEI = "ratsbestaetigungen.csv"
SCHLUESSEL = "beispiele/raete/"
QUELLE = "Leitung des Ordnungsamts (Beispieldaten, erfunden)"
KORREKTUR = {"vorsitz_funktion": "Beigeordneter", "vorsitz_institution": "Stadtverwaltung"}
# The days of a round with all its mails, and the present one, which has been reminded once.
ERSTER_TAG = (1, 4)
ERINNERT, ERNEUT, OFFEN = timedelta(days=14), timedelta(days=28), timedelta(days=42)
GEFRAGT_VOR, ERINNERT_VOR = timedelta(days=16), timedelta(days=2)


def lade(bericht: Bericht, ordner: Path, um: datetime) -> None:
    """Play what is not there yet; councils and demo accounts exist. Nothing is mailed."""
    heute, posten = timezone.localdate(um), bericht.zu(Ratsbestaetigung)
    raete = {rat.import_schluessel: rat for rat in Praeventionsrat.objects.beispiele()}
    for zeile in zeilen(ordner, DATEI):
        rat = raete.get(f"{SCHLUESSEL}{zeile['rat']}")
        if rat is None:
            continue  # staff have deleted it
        beginn = _beginn(zeile, heute)
        if Ratsbestaetigung.objects.filter(rat=rat, jahr=beginn.year).exists():
            posten.unveraendert += 1
        else:
            if zeile["stand"] in MIT_ZUGANG:
                _gib_zugang(rat, um)
            STAENDE[zeile["stand"]](rat, beginn, zeile["tag"])
            posten.hinzugefuegt += 1


def _beginn(zeile, heute) -> date:
    if zeile["stand"] == "laeuft":
        return heute - GEFRAGT_VOR
    letzte = date(heute.year, *ERSTER_TAG)
    jahr = heute.year if letzte + OFFEN <= heute else heute.year - 1
    return date(jahr + int(zeile["runde"]), *ERSTER_TAG)


def _gib_zugang(rat, um):
    """Somebody of the town hall can answer for the first Kommune; the role is as new as the data."""
    if not _wer_antwortet(rat, timezone.localdate(um)):
        email = next(k.email for k in KONTEN if k.uebrige == Rolle.BEARBEITUNG)
        Mitgliedschaft.objects.create(
            konto=konto_mit(email),
            kommune=rat.kommunen.order_by("pk").first(),
            rolle=Rolle.BEARBEITUNG,
            gegeben_um=um,
            bestaetigt_am=timezone.localdate(um),
        )


def _wer_antwortet(rat, am):
    """(Kommune, demo account) of the first Kommune that can; None where none can."""
    wer = zustaendige(am)
    return next(
        (
            (kommune, konto)
            for kommune in rat.kommunen.order_by("pk")
            for konto in wer.get(kommune.pk, ())
            if konto.ist_beispiel
        ),
        None,
    )


def _im_portal(rat, beginn, tag, **korrektur):
    um, stand = _um(beginn, tag), angaben.lies(rat)
    kommune, durch = _wer_antwortet(rat, um.date())
    if korrektur:
        werte = {**stand.gewuenscht, **korrektur}
        verfahren.korrigiere(rat, kommune, werte, durch=durch, um=um, gesehen=stand.gesehen)
    else:
        verfahren.bestaetige(rat, kommune, durch=durch, um=um, gesehen=stand.gesehen)


def _mit_korrektur(rat, beginn, tag):
    _im_portal(rat, beginn, tag, **KORREKTUR)


def _am_telefon(rat, beginn, tag):
    um = _um(beginn, tag)
    personal = konto_mit(SACHBEARBEITUNG)
    verfahren.bestaetige_am_telefon(rat, am=um.date(), quelle=QUELLE, durch=personal, um=um)


def _um(beginn, tag):
    return zur_stunde(beginn + timedelta(days=int(tag)), 10)


def _offen(rat, beginn, _, **mails):
    Ratsbestaetigung.objects.create(
        rat=rat, jahr=beginn.year, vorgemerkt_am=beginn, offen_ab=beginn + OFFEN, **mails
    )


def _erinnert(rat, beginn, _):
    """Asked and reminded in vain."""
    mails = {"erinnert_am": beginn + ERINNERT, "erneut_erinnert_am": beginn + ERNEUT}
    _offen(rat, beginn, _, gefragt_am=beginn, **mails)


def _laufend(rat, beginn, _):
    Ratsbestaetigung.objects.create(
        rat=rat,
        jahr=beginn.year,
        vorgemerkt_am=beginn,
        gefragt_am=beginn,
        erinnert_am=beginn + GEFRAGT_VOR - ERINNERT_VOR,
    )


STAENDE = {
    "portal": _im_portal,
    "korrektur": _mit_korrektur,
    "telefon": _am_telefon,
    "erinnert": _erinnert,
    "offen": _offen,
    "laeuft": _laufend,
}
MIT_ZUGANG = ("portal", "korrektur", "erinnert", "laeuft")
