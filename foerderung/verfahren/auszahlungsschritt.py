"""What all steps of a payout are made of: lock, guard, booking of the difference, log entry."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import Vorlage
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from .. import kasse
from ..models import Auszahlung, Auszahlungsstand, Foerderantrag, Status
from .pruefung import angaben_zu
from .schritte import sperre

S = Auszahlungsstand
# Money of a case goes on its way in these states: the grant is final and not over.
ZAHLBAR = (
    Status.BESTANDSKRAEFTIG,
    Status.IN_DURCHFUEHRUNG,
    Status.NACHWEIS_EINGEREICHT,
    Status.NACHWEIS_GEPRUEFT,
)
NICHT_BESTANDSKRAEFTIG = (
    "Die Bewilligung ist nicht (mehr) bestandskräftig. Solange wird nichts gezahlt."
)


def sperre_auszahlung(auszahlung: Auszahlung) -> Auszahlung:
    """The payout as it is now, with its case; nobody else changes either until the end."""
    antrag = sperre(auszahlung.antrag)
    jetzt = Auszahlung.objects.select_for_update(of=("self",)).get(pk=auszahlung.pk)
    jetzt.antrag = antrag
    return jetzt


def schreibe(
    auszahlung: Auszahlung,
    aus: Collection[Auszahlungsstand],
    ziel: Auszahlungsstand,
    *,
    gesehen: int,
    durch: Konto | None,
    um: datetime,
    **felder,
) -> None:
    """Take a locked payout to its next state; the ledger follows.

    What it counts for may change on the way, e.g. by a cut. The guard is part of the UPDATE.
    """
    vorher = _zaehlt(auszahlung)
    passend = Auszahlung.objects.filter(pk=auszahlung.pk, stand__in=aus, version=gesehen)
    if not passend.update(stand=ziel, version=F("version") + 1, **felder):
        raise ueberholt(auszahlung)
    antrag = auszahlung.antrag
    auszahlung.refresh_from_db()
    auszahlung.antrag = antrag
    nachher, am = _zaehlt(auszahlung), felder.get("gezahlt_am")
    # Back in the reverse order of forth, so that the order between the sums holds at any moment.
    unterschiede = {art: nachher[art] - vorher[art] for art in kasse.ZAEHLT}
    hin = [art for art, betrag in unterschiede.items() if betrag > 0]
    her = [art for art, betrag in reversed(unterschiede.items()) if betrag < 0]
    for art in (*her, *hin):
        kasse.buche(
            antrag, art, unterschiede[art], um=um, durch=durch, am=am, auszahlung=auszahlung
        )


def _zaehlt(auszahlung):
    """What it adds to each sum of the ledger in its present state."""
    return {
        art: auszahlung.gilt_euro if auszahlung.stand in staende else kasse.NULL
        for art, staende in kasse.ZAEHLT.items()
    }


def ueberholt(auszahlung: Auszahlung) -> Ueberholt:
    jetzt = Auszahlung.objects.get(pk=auszahlung.pk)
    return Ueberholt(
        "Die Auszahlung hat sich geändert, während Sie sie vor sich hatten. "
        f"Jetzt ist sie: {jetzt.get_stand_display()}. Sehen Sie sich den neuen Stand an."
    )


def verlange_zahlbar(antrag: Foerderantrag) -> None:
    if antrag.status not in ZAHLBAR:
        raise SchrittNichtMoeglich(NICHT_BESTANDSKRAEFTIG)


def vermerke(
    handlung: Handlung,
    auszahlung: Auszahlung,
    *,
    durch: Konto | None,
    fuer: Konto | None = None,
    grund: str = "",
    um: datetime,
) -> None:
    """One entry in the log of the case."""
    protokolliere(
        handlung,
        auszahlung.antrag,
        durch=durch,
        fuer=fuer,
        grund=grund,
        angaben={
            "auszahlung": auszahlung.nummer,
            "betrag": str(auszahlung.gilt_euro),
            "um": um.isoformat(timespec="seconds"),
        },
    )


def benachrichtige(vorlage: Vorlage, konten, auszahlung: Auszahlung) -> None:
    angaben = {**angaben_zu(auszahlung.antrag), "auszahlung": auszahlung.nummer}
    for konto in konten:
        stelle_ein(vorlage, an=konto, gegenstand=auszahlung.antrag, angaben=angaben)
