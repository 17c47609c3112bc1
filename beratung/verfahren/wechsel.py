"""Another coach takes over; what was written goes along, own notes do not (F36).

Nothing is moved for it: shared texts and those for the LPR belong to the engagement, and who may
read what stands in `Niederschrift.objects.sichtbar_fuer`. Who leaves reads on for 30 days.
Who stands in is set by `begleitung.setze_vertretung`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import Ueberholt

from .. import handlungen, vorlagen
from ..befugnisse import koordiniert
from ..models import Coach, Einsatz, Einsatzrolle, Mandat
from ..vermittlung.pool import hindernisse, pool
from .begleitung import UEBERHOLT, KeinRecht, Unzulaessig, sperre, verlange_laufend
from .mitteilung import schreibe, schreibe_ansprechperson

TAG = timedelta(days=1)


@transaction.atomic
def wechsle(
    mandat: Mandat, coach: Coach, *, ab: date, durch: Konto, um: datetime, gesehen: int
) -> Einsatz:
    """From the day `ab` on `coach` leads the engagement; the one before ends on the day before.

    A deputy who takes the lead stands in no more. The same form sent twice is one change. Raises
    KeinRecht, Ueberholt, and Unzulaessig for a day ahead or before the present assignment, and for
    a coach whom something speaks against (`vermittlung.pool`).
    """
    if not koordiniert(durch):
        raise KeinRecht("Den Coach wechselt die Koordination.")
    mandat = sperre(mandat)
    verlange_laufend(mandat)
    laufende = list(mandat.einsaetze.laufend().select_related("coach__konto"))
    bisher = next((e for e in laufende if e.rolle == Einsatzrolle.COACH), None)
    if bisher and (bisher.coach_id, bisher.von) == (coach.pk, ab):
        return bisher
    if mandat.version != gesehen:
        raise Ueberholt(UEBERHOLT)
    if bisher and bisher.coach_id == coach.pk:
        raise Unzulaessig("Dieser Coach leitet die Begleitung schon.", "coach")
    endende = [e for e in laufende if e == bisher or e.coach_id == coach.pk]
    heute = timezone.localdate(um)
    _verlange_tag(mandat, endende, ab, heute)
    _verlange_geeignet(coach, mandat, {ab, heute})
    for einsatz in endende:
        einsatz.bis = max(ab - TAG, einsatz.von)
        einsatz.save(update_fields=["bis"])
    neu = Einsatz.objects.create(mandat=mandat, coach=coach, rolle=Einsatzrolle.COACH, von=ab)
    mandat.version += 1
    mandat.save(update_fields=["version"])
    protokolliere(
        handlungen.COACH_GEWECHSELT, mandat, durch=durch,
        angaben={"coach": coach.pk, "ab": ab.isoformat()},
    )  # fmt: skip
    if bisher:
        schreibe(vorlagen.COACHING_EINSATZ_ENDET, bisher.coach.konto, mandat, tag=tag(bisher.bis))
    schreibe(vorlagen.COACHING_EINSATZ_BEGINNT, neu.coach.konto, mandat, tag=tag(ab))
    schreibe_ansprechperson(vorlagen.COACHING_COACH_GEWECHSELT, mandat, tag=tag(ab))
    return neu


def _verlange_tag(mandat, endende, ab, heute):
    if ab > heute:
        raise Unzulaessig(
            "Dieser Tag liegt in der Zukunft. Tragen Sie den Wechsel ein, sobald er gilt.", "ab"
        )
    if ab < mandat.beginn:
        raise Unzulaessig(f"Die Begleitung begann erst am {tag(mandat.beginn)}.", "ab")
    spaetester = max((einsatz.von for einsatz in endende), default=mandat.beginn)
    if ab < spaetester:
        raise Unzulaessig(
            f"Der laufende Einsatz begann am {tag(spaetester)}. Wählen Sie diesen Tag oder einen "
            "späteren.",
            "ab",
        )


def _verlange_geeignet(coach, mandat, tage):
    """Asked with the coach locked: until the end of the transaction nobody takes the place."""
    Coach.objects.select_for_update(of=("self",)).get(pk=coach.pk)
    kommunen = mandat.coaching.kommunen.all()
    for am in sorted(tage):
        if gefunden := hindernisse(pool(kommunen, am).get(pk=coach.pk)):
            raise Unzulaessig(" ".join(hindernis.satz for hindernis in gefunden), "coach")
