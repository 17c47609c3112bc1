"""The days of a cohort as iCalendar (RFC 5545): times in UTC, a UID that never changes."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
from django.conf import settings
from django.utils import timezone

from asskomm.texteingabe import druckbar

from ..models import Durchgang, Kurstag

PRODUKT = "-//Landespräventionsrat Sachsen//ASSKomm-Portal//DE"


def kurstage(durchgang: Durchgang, tage: list[Kurstag]) -> bytes:
    """A calendar of the days; the same data gives the same file."""
    inhalt = icalendar.Calendar()
    inhalt.add("prodid", PRODUKT)
    inhalt.add("version", "2.0")
    inhalt.add("method", "PUBLISH")
    inhalt.add("x-wr-calname", druckbar(str(durchgang)))
    for kurstag in tage:
        inhalt.add_component(_ereignis(durchgang, kurstag))
    return inhalt.to_ical()


def _ereignis(durchgang, kurstag):
    beginn = _moment(kurstag.tag, kurstag.von)
    titel = druckbar(f"{durchgang.lehrgang}: {kurstag.modul}")
    ereignis = icalendar.Event()
    ereignis.add("uid", f"kurstag-{kurstag.pk}@asskomm")
    ereignis.add("dtstamp", beginn)
    ereignis.add("dtstart", beginn)
    ereignis.add("dtend", _moment(kurstag.tag, kurstag.bis))
    ereignis.add("summary", f"{titel} (Beispieldaten)" if durchgang.ist_beispiel else titel)
    ereignis.add("location", druckbar(kurstag.ort))
    ereignis.add("url", settings.BASE_URL + durchgang.get_absolute_url())
    return ereignis


def _moment(tag, zeit):
    return timezone.make_aware(datetime.combine(tag, zeit)).astimezone(UTC)
