"""How a payout ends without money: withdrawn, refused, stopped, or overtaken by a decision (F19)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from asskomm.konten import vertretung
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich

from .. import kasse
from ..auszahlung import vorlagen
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..models import UNENTSCHIEDEN, Auszahlung, Auszahlungsstand, Foerderantrag
from .auszahlungsschritt import benachrichtige, schreibe, sperre_auszahlung, vermerke
from .zeichnung import beteiligte

S = Auszahlungsstand
ZURUECKGEZOGEN = Handlung("auszahlung.zurueckgezogen", "Auszahlung zurückgezogen")
ABGELEHNT = Handlung("auszahlung.abgelehnt", "Auszahlung abgelehnt")
ANGEHALTEN = Handlung("auszahlung.angehalten", "Freigegebene Auszahlung angehalten")
UEBERHOLT = Handlung("auszahlung.ueberholt", "Auszahlung nach einer Entscheidung beendet")
# Nothing of it is with the treasury yet.
NICHT_ANGEORDNET = (*UNENTSCHIEDEN, S.FREIGEGEBEN)
# Whose turn it is can refuse it; what is released already can be stopped.
LEHNT_AB = {
    S.ANGEFORDERT: (Handelnde.SACHBEARBEITUNG,),
    S.GEPRUEFT: (Handelnde.LEITUNG,),
    S.GENEHMIGT: (Handelnde.HAUSHALT,),
    S.FREIGEGEBEN: (Handelnde.HAUSHALT, Handelnde.LEITUNG),
}
# Says no more than the Kommune knows: the notice of the decision may still be on its way.
NEU_ENTSCHIEDEN = (
    "Über die Zuwendung ist neu entschieden. Deshalb wird diese Auszahlung nicht ausgeführt. "
    "Näheres steht im Bescheid."
)


@transaction.atomic
def ziehe_zurueck(auszahlung: Auszahlung, *, durch: Konto, um: datetime, gesehen: int) -> None:
    """The Kommune takes it back while nobody has decided. Twice is once."""
    jetzt = sperre_auszahlung(auszahlung)
    if jetzt.stand == S.ZURUECKGEZOGEN and jetzt.beendet_von_id == durch.pk:
        return
    if Handelnde.ZEICHNUNG not in handelt_als(durch, jetzt.antrag):
        raise KeinRecht(f"Das macht {Handelnde.ZEICHNUNG.value}.")
    _beende(jetzt, UNENTSCHIEDEN, S.ZURUECKGEZOGEN, gesehen=gesehen, durch=durch, um=um)
    vermerke(ZURUECKGEZOGEN, jetzt, durch=durch, um=um)


@transaction.atomic
def lehne_ab(
    auszahlung: Auszahlung, *, grund: str, durch: Konto, um: datetime, gesehen: int
) -> None:
    """Whose turn it is refuses it; once released it is stopped. The Kommune reads the reason."""
    jetzt = sperre_auszahlung(auszahlung)
    if jetzt.stand == S.ABGELEHNT and jetzt.beendet_von_id == durch.pk:
        return
    war = S(jetzt.stand)
    wer = LEHNT_AB.get(war, (Handelnde.HAUSHALT,))
    art = next((a for a in wer if a in handelt_als(durch, jetzt.antrag)), None)
    if art is None:
        raise KeinRecht(f"Das macht {' oder '.join(a.value for a in wer)}.")
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    _beende(
        jetzt, NICHT_ANGEORDNET, S.ABGELEHNT, gesehen=gesehen, durch=durch, um=um,
        grund=grund.strip(),
    )  # fmt: skip
    fuer = vertretung.fuer(durch, RECHTE[art])
    handlung = ANGEHALTEN if war == S.FREIGEGEBEN else ABGELEHNT
    vermerke(handlung, jetzt, durch=durch, fuer=fuer, um=um, grund=grund)
    benachrichtige(vorlagen.ABGELEHNT, beteiligte(jetzt.antrag.kommune), jetzt)


def beende_nach_entscheidung(antrag: Foerderantrag, *, alle: bool, um: datetime) -> None:
    """What a revocation, or a change that lowers the grant, leaves no money for.

    Nothing that is ordered already. With `alle` every one, else the newest first until the rest
    fits. The case is locked; no mail, because the notice of the decision says it.
    """
    offen = antrag.auszahlungen.filter(stand__in=NICHT_ANGEORDNET).order_by("-nummer")
    for auszahlung in offen:
        stand = kasse.konto(antrag)
        if not alle and stand.angefordert <= stand.bewilligt:
            return
        jetzt = sperre_auszahlung(auszahlung)
        _beende(
            jetzt, NICHT_ANGEORDNET, S.ABGELEHNT, gesehen=jetzt.version, durch=None, um=um,
            grund=NEU_ENTSCHIEDEN,
        )  # fmt: skip
        vermerke(UEBERHOLT, jetzt, durch=None, um=um)


def _beende(auszahlung, aus, ziel, *, gesehen, durch, um, **felder):
    """Its receipts can be claimed again."""
    schreibe(
        auszahlung, aus, ziel, gesehen=gesehen, durch=durch, um=um, beendet_um=um,
        beendet_von=durch, **felder,
    )  # fmt: skip
    auszahlung.belege.update(auszahlung=None)
