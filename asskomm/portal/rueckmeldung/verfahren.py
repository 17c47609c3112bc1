"""How a report of a barrier comes in. Staff move it on in the admin."""

import re
from datetime import date

from asskomm import eingang

from ..models import Rueckmeldung

LINKS_WIE_WERBUNG = 3
LINK = re.compile(r"https?://|www\.|<a\s|\[url", re.IGNORECASE)


def nimm_an(request, formular, *, heute: date) -> Rueckmeldung:
    """Store the report once. What looks like advertising is held for staff, not lost.

    Raises ZuVieleAnfragen and SchonAbgesendet.
    """
    felder = {name: formular.cleaned_data[name] for name in ("text", "adresse", "kontakt")}
    zustand = Rueckmeldung.Zustand.NEU
    if formular.ist_falle or len(LINK.findall(felder["text"])) >= LINKS_WIE_WERBUNG:
        zustand = Rueckmeldung.Zustand.ZURUECKGEHALTEN
    return eingang.nimm_an(
        request, formular, Rueckmeldung, felder, anfangs={"zustand": zustand}, heute=heute
    )
