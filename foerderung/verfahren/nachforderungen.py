"""The LPR asks for more, or takes that back (F12).

Each function is one act: guard, rows, log entry and mails in one transaction. `gesehen` is the
version of the case on the page; if that is past, Ueberholt.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.schritt import SchrittNichtMoeglich

from ..abschnitte import OEFFENBAR
from ..fallakte import vorlagen
from ..models import Foerderantrag, Nachforderung
from .pruefung import angaben_zu
from .schritte import gehe, neue_marke, schon_gegangen, sperre
from .zeichnung import beteiligte, stelle_fassung_wieder_her


@transaction.atomic
def fordere_nach(
    antrag: Foerderantrag,
    abschnitte: Collection[str],
    text: str,
    frist: date,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
    marke: UUID,
) -> Nachforderung:
    """Open sections again until the end of the day `frist`, which lies in the future.

    The same form sent twice (`marke`) gives the first Nachforderung again. Raises
    SchrittNichtMoeglich for no or unknown sections, no text, and a day that is not in the future.
    """
    sperre(antrag)
    vorhanden = Nachforderung.objects.filter(marke=marke, antrag=antrag, gestellt_von=durch).first()
    if vorhanden:
        return vorhanden
    gewaehlt = [schluessel for schluessel in OEFFENBAR if schluessel in abschnitte]
    if not gewaehlt or set(abschnitte) - OEFFENBAR.keys():
        raise SchrittNichtMoeglich("Wählen Sie, welche Abschnitte die Kommune ändern soll.")
    if not text.strip():
        raise SchrittNichtMoeglich("Schreiben Sie, was fehlt oder zu ändern ist.")
    if frist <= timezone.localdate(um):
        raise SchrittNichtMoeglich("Die Frist muss in der Zukunft liegen.")
    gehe(
        antrag,
        "nachfordern",
        durch=durch,
        um=um,
        gesehen=gesehen,
        angaben={"abschnitte": gewaehlt, "frist": frist.isoformat()},
    )
    with neue_marke():
        nachforderung = Nachforderung.objects.create(
            antrag=antrag,
            marke=marke,
            abschnitte=gewaehlt,
            text=text,
            frist=frist,
            gestellt_um=um,
            gestellt_von=durch,
        )
    _schreibe_der_kommune(vorlagen.NACHFORDERUNG, antrag, bis=tag(frist))
    return nachforderung


@transaction.atomic
def nimm_nachforderung_zurueck(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """The version that was valid all the time stays so; the sections are closed again.

    What the Kommune has typed for it goes, else it would count as a change elsewhere later. Sent
    twice it is done once.
    """
    if schon_gegangen(sperre(antrag), "nachforderung_zuruecknehmen", durch, gesehen):
        return
    gehe(
        antrag, "nachforderung_zuruecknehmen", durch=durch, um=um, gesehen=gesehen, grund=grund
    )  # fmt: skip
    antrag.nachforderungen.offen().update(erledigt_um=um)
    stelle_fassung_wieder_her(antrag, um=um)
    _schreibe_der_kommune(vorlagen.NACHFORDERUNG_ZURUECKGENOMMEN, antrag)


def _schreibe_der_kommune(vorlage, antrag, **weiteres):
    """To everybody who can change or sign the application."""
    for konto in beteiligte(antrag.kommune):
        stelle_ein(vorlage, an=konto, gegenstand=antrag, angaben={**angaben_zu(antrag), **weiteres})
