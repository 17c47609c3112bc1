"""Reminders of proofs of use before and after the day they are due (F22)."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from asskomm.post.tagesaufgaben import tagesaufgabe
from asskomm.werktage import werktage_vor

from ..models import Foerderantrag, Status, Verwendungsnachweis
from ..verfahren import nachweis as verfahren
from .grundlagen import bewilligungen

TAG = timedelta(days=1)


@tagesaufgabe("foerderung.verwendungsnachweis")
def erinnere_an_nachweise(heute: date) -> None:
    """Once for each step of the round, counted in working days, and once when the day is past.

    What was missed on its day follows on the next; of several only the last is sent. A proof that
    was given back is due on the day of the completion.
    """
    antraege = Foerderantrag.objects.filter(status=Status.IN_DURCHFUEHRUNG).select_related(
        "kommune", "runde", "zustaendig"
    )
    grundlagen = bewilligungen(antraege)
    entwuerfe = Verwendungsnachweis.objects.filter(antrag__in=grundlagen).in_bulk(
        field_name="antrag_id"
    )
    um = timezone.make_aware(datetime.combine(heute, time.min))
    for antrag in antraege:
        entwurf, grundlage = entwuerfe.get(antrag.pk), grundlagen.get(antrag.pk)
        bis = (entwurf and entwurf.ergaenzen_bis) or (grundlage and grundlage.nachweis_bis)
        if bis is None:
            continue
        tage = [werktage_vor(bis, werktage) for werktage in antrag.runde.erinnerungstage]
        erreicht = [tag for tag in (*tage, bis + TAG) if tag <= heute]
        erinnert = entwurf.erinnert_am if entwurf else None
        if erreicht and (erinnert is None or erinnert < max(erreicht)):
            verfahren.erinnere(antrag, bis, um=um, heute=heute)
