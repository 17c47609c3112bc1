"""Dates as iCalendar (RFC 5545): times in UTC, a UID that never changes."""

from datetime import UTC

import icalendar
from django.conf import settings

from asskomm.texteingabe import druckbar

from ..beispielmarke import BEISPIELMARKE, mit_beispielmarke

PRODUKT = "-//Landespräventionsrat Sachsen//ASSKomm-Portal//DE"


def kalender(termine) -> bytes:
    """A calendar of `termine`. DTSTAMP is the last change, so the same data gives the same file."""
    inhalt = icalendar.Calendar()
    inhalt.add("prodid", PRODUKT)
    inhalt.add("version", "2.0")
    inhalt.add("method", "PUBLISH")
    inhalt.add("x-wr-calname", "ASSKomm – Termine")
    for termin in termine:
        inhalt.add_component(_ereignis(termin))
    return inhalt.to_ical()


def _ereignis(termin):
    ereignis = icalendar.Event()
    ereignis.add("uid", f"{termin.kalender_kennung}@asskomm")
    ereignis.add("dtstamp", termin.geaendert_um.astimezone(UTC))
    ereignis.add("last-modified", termin.geaendert_um.astimezone(UTC))
    ereignis.add("dtstart", termin.beginn.astimezone(UTC))
    if termin.ende > termin.beginn:  # an end at the very beginning is not allowed
        ereignis.add("dtend", termin.ende.astimezone(UTC))
    ereignis.add("summary", mit_beispielmarke(druckbar(termin.titel), termin))
    if termin.ist_beispiel:
        ereignis.add("categories", [BEISPIELMARKE])
    ereignis.add("location", druckbar(termin.ort))
    if termin.beschreibung:
        ereignis.add("description", druckbar(termin.beschreibung))
    ereignis.add("url", settings.BASE_URL + termin.get_absolute_url())
    return ereignis
