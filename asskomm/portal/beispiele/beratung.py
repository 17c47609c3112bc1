"""Invented requests for advice around the day of loading, played through the real steps.

They lie in daten/beispiele/beratungsanfragen.csv; a request that is there is left alone, whatever
people did with it since. The agreed steps of invented Beratungen lie in vereinbarte_schritte.csv.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from asskomm.werktage import naechster_werktag
from beratung.models import Beratung, Beratungsanfrage, Beratungsschritt, Beratungsstand
from beratung.verfahren import beratung as verfahren
from beratung.verfahren.beratung import Termin
from kommunen.abgleich import Bericht
from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft

from .gemeinsam import SACHBEARBEITUNG, konto_mit, ohne_mails, zeilen, zur_stunde

NAMENSRAUM = uuid.UUID("b0a3cf0c-5d0a-4b8f-8a39-0c1d92f1f6b4")
STUNDE, MINUTEN = 10, 90


def lade(bericht: Bericht, ordner: Path, um: datetime) -> None:
    """Play every request that is not there yet; the demo accounts exist. Nothing is mailed."""
    lpr = konto_mit(SACHBEARBEITUNG)
    with ohne_mails():
        for zeile in zeilen(ordner, "beratungsanfragen.csv"):
            _spiele(zeile, bericht, lpr, um)
    for zeile in zeilen(ordner, "vereinbarte_schritte.csv"):
        _vereinbare(zeile, bericht, timezone.localdate(um))


def _spiele(zeile, bericht, lpr, um):
    posten = bericht.zu(Beratungsanfrage)
    kommune = Kommune.objects.get(kennung=zeile["kommune"])
    marke = uuid.uuid5(NAMENSRAUM, zeile["schluessel"])
    if (
        Beratungsanfrage.objects.filter(marke=marke).exists()
        or kommune.beratungsanfragen.offen().exists()
    ):
        posten.unveraendert += 1
        return
    gestellt = um - timedelta(days=int(zeile["vor_tagen"]))
    anfrage = verfahren.nimm_auf(
        kommune, zeile["anliegen"], zeile["weg"], durch=lpr, um=gestellt, marke=marke
    )
    Beratungsanfrage.objects.filter(pk=anfrage.pk).update(herkunft=Herkunft.BEISPIEL)
    if zeile["termin_in"]:
        _plane(anfrage, zeile, lpr, um, gestellt + timedelta(hours=1))
    if zeile["stand"] == Beratungsstand.GESCHLOSSEN:
        verfahren.schliesse(
            anfrage, zeile["grund"], durch=lpr, um=gestellt + timedelta(days=1), gesehen=1
        )
    posten.hinzugefuegt += 1


def _plane(anfrage, zeile, lpr, um, geplant_um):
    tag = naechster_werktag(timezone.localdate(um) + timedelta(days=int(zeile["termin_in"])))
    termin = Termin(zur_stunde(tag, STUNDE), MINUTEN, zeile["form"], zeile["ort"], zeile["hinweis"])
    verfahren.plane(anfrage, termin, durch=lpr, um=geplant_um, gesehen=1)


def _vereinbare(zeile, bericht, heute):
    """The steps go with the newest invented Beratung of the Kommune."""
    posten = bericht.zu(Beratungsschritt)
    beratung = Beratung.objects.beispiele().filter(kommune__kennung=zeile["kommune"]).first()
    if beratung is None or beratung.schritte.filter(schritt=zeile["schritt"]).exists():
        posten.unveraendert += 1
        return
    bis = heute + timedelta(days=int(zeile["in_tagen"])) if zeile["in_tagen"] else None
    beratung.schritte.create(schritt=zeile["schritt"], bis=bis, worte=zeile["worte"])
    posten.hinzugefuegt += 1


def entferne(bericht: Bericht) -> None:
    """Remove the invented requests; a Beratung that people recorded for one stays."""
    anfragen = Beratungsanfrage.objects.filter(herkunft=Herkunft.BEISPIEL)
    bericht.zu(Beratungsanfrage).entfernt += anfragen.count()
    anfragen.delete()
