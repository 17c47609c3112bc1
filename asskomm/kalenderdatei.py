"""iCalendar files (RFC 5545): times in UTC, a UID that never changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import icalendar
from django.conf import settings
from django.http import HttpResponse

from .beispielmarke import BEISPIELMARKE, mit_beispielmarke
from .texteingabe import druckbar

PRODUKT = "-//Landespräventionsrat Sachsen//ASSKomm-Portal//DE"


def kalender(name: str, ereignisse: Iterable[icalendar.Event]) -> bytes:
    """A calendar to import; the same events give the same file."""
    inhalt = icalendar.Calendar()
    inhalt.add("prodid", PRODUKT)
    inhalt.add("version", "2.0")
    inhalt.add("method", "PUBLISH")
    inhalt.add("x-wr-calname", druckbar(name))
    for ereignis in ereignisse:
        inhalt.add_component(ereignis)
    return inhalt.to_ical()


def ereignis(
    kennung: str,
    titel: str,
    *,
    beginn: datetime,
    ende: datetime,
    stand: datetime,
    ort: str,
    adresse: str,
    tatsache,
) -> icalendar.Event:
    """One event. `stand` is when it was last changed, `adresse` the path of its page.

    `tatsache` says whether it is invented: then the title and the categories say so.
    """
    eintrag = icalendar.Event()
    eintrag.add("uid", f"{kennung}@asskomm")
    eintrag.add("dtstamp", stand.astimezone(UTC))
    eintrag.add("last-modified", stand.astimezone(UTC))
    eintrag.add("dtstart", beginn.astimezone(UTC))
    if ende > beginn:  # an end at the very beginning is not allowed
        eintrag.add("dtend", ende.astimezone(UTC))
    eintrag.add("summary", mit_beispielmarke(druckbar(titel), tatsache))
    if tatsache.ist_beispiel:
        eintrag.add("categories", [BEISPIELMARKE])
    eintrag.add("location", druckbar(ort))
    eintrag.add("url", settings.BASE_URL + adresse)
    return eintrag


def ics_datei(inhalt: bytes, name: str) -> HttpResponse:
    """The calendar as a download."""
    return HttpResponse(
        inhalt,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
