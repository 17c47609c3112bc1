"""Reminders: of drafts before their last day, of Nachforderungen before and after theirs (F11, F12)."""

from datetime import date

from django.utils import timezone

from asskomm.formate import tag
from asskomm.post.tagesaufgaben import tagesaufgabe
from asskomm.werktage import werktage_vor

from ..antrag import frist
from ..models import UNEINGEREICHT, Foerderantrag, Fristerinnerung, Nachforderung, Status
from ..verfahren.zeichnung import beteiligte, schreibe
from . import vorlagen

# Working days before the day of a Nachforderung.
NACHFORDERUNG_VORHER = 2


@tagesaufgabe("foerderung.antragsfrist")
def erinnere_an_antragsfrist(heute: date) -> None:
    """Remind all who prepare and sign of each draft that can still arrive, once for each step.

    What was missed on its day follows on the next; of several only the last is sent. Steps before
    the draft was begun, or before its deadline was extended, need no reminder.
    """
    entwuerfe = (
        Foerderantrag.objects.filter(status__in=UNEINGEREICHT)
        .select_related("kommune", "runde")
        .prefetch_related("verlaengerungen", "erinnerungen")
    )
    for antrag in entwuerfe:
        bis = frist.letzter_tag(antrag)
        if antrag.runde.beginn <= heute <= bis:
            _erinnere(antrag, bis, heute)


def _erinnere(antrag, bis, heute):
    bekannt_um = [antrag.angelegt_um, *(v.gegeben_um for v in antrag.verlaengerungen.all())]
    ab = timezone.localdate(max(bekannt_um))
    erreicht = [
        werktage
        for werktage in antrag.runde.erinnerungstage
        if ab <= werktage_vor(bis, werktage) <= heute
    ]
    erinnert = {e.werktage for e in antrag.erinnerungen.all() if e.letzter_tag == bis}
    if not erreicht or min(erreicht) in erinnert:
        return
    Fristerinnerung.objects.create(
        antrag=antrag, letzter_tag=bis, werktage=min(erreicht), erinnert_am=heute
    )
    schreibe(
        vorlagen.ANTRAGSFRIST,
        beteiligte(antrag.kommune),
        antrag,
        bis=tag(bis),
        in_zeichnung=antrag.status == Status.IN_ZEICHNUNG,
    )


@tagesaufgabe("foerderung.nachforderung")
def erinnere_an_nachforderung(heute: date) -> None:
    """Once before the day and once after it; then it is a task of the LPR, never a rejection."""
    offene = Nachforderung.objects.offen().filter(antrag__status=Status.NACHFORDERUNG)
    for nachforderung in offene.select_related("antrag__kommune", "antrag__runde"):
        bis, erinnert = nachforderung.frist, nachforderung.erinnert_am
        if heute > bis and (erinnert is None or erinnert <= bis):
            vorlage = vorlagen.NACHFORDERUNG_ABGELAUFEN
        elif erinnert is None and werktage_vor(bis, NACHFORDERUNG_VORHER) <= heute <= bis:
            vorlage = vorlagen.NACHFORDERUNG_FAELLIG
        else:
            continue
        # Whoever has answered meanwhile is not reminded.
        noch = Nachforderung.objects.offen().filter(pk=nachforderung.pk, erinnert_am=erinnert)
        if not noch.update(erinnert_am=heute):
            continue
        antrag = nachforderung.antrag
        schreibe(vorlage, beteiligte(antrag.kommune), antrag, frist=tag(bis))
