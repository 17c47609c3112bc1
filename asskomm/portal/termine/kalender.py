"""Dates as a calendar file."""

from asskomm import kalenderdatei
from asskomm.texteingabe import druckbar


def kalender(termine) -> bytes:
    """A calendar of `termine`. DTSTAMP is the last change, so the same data gives the same file."""
    return kalenderdatei.kalender("ASSKomm – Termine", map(_ereignis, termine))


def _ereignis(termin):
    ereignis = kalenderdatei.ereignis(
        str(termin.kalender_kennung),
        termin.titel,
        beginn=termin.beginn,
        ende=termin.ende,
        stand=termin.geaendert_um,
        ort=termin.ort,
        adresse=termin.get_absolute_url(),
        tatsache=termin,
    )
    if termin.beschreibung:
        ereignis.add("description", druckbar(termin.beschreibung))
    return ereignis
