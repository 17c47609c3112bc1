"""Who may open what of advice and coaching: coordinators, coaches, Kommunen.

Lists and records ask each model's `sichtbar_fuer`; pages of an engagement ask `verlangt_begleitung`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.db.models import F, Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from asskomm.konten import zweitfaktor
from asskomm.konten.eingaben import bewahrt_eingaben
from asskomm.konten.models import Konto
from asskomm.konten.personalseiten import nur_personal_mit
from kommunen.befugnisse import Befugnis, kommunen_von

from .models import Coach, Einsatz, Einsatzrolle, Mandat, Mandatsstand
from .models.koordination import KOORDINIEREN, koordiniert

verlangt_koordination = nur_personal_mit(KOORDINIEREN)


def ist_coach(konto: Konto) -> bool:
    """Asked once for an account that is at hand: several places of one page want to know it."""
    if not hasattr(konto, "_ist_coach"):
        konto._ist_coach = Coach.objects.taetig().filter(konto=konto).exists()
    return konto._ist_coach


# Coaches see contact data and what Kommunen tell them in confidence (F63).
zweitfaktor.verlange(ist_coach)


@dataclass(frozen=True)
class Sicht:
    """One person in front of one engagement, as it was when the request began.

    `einsatz` is the assignment by which a coach sees it; for 30 days after its end the coach only
    reads. Somebody can be there for more than one reason.
    """

    konto: Konto
    mandat: Mandat
    am: date
    koordiniert: bool
    einsatz: Einsatz | None
    kommune_liest: bool
    kommune_bearbeitet: bool

    @property
    def begleitet(self) -> bool:
        """May write sessions now: assigned, as coach or deputy, and the engagement runs."""
        return (
            self.einsatz is not None
            and self.einsatz.bis is None
            and self.mandat.stand == Mandatsstand.LAUFEND
        )

    @property
    def leitet(self) -> bool:
        return self.begleitet and self.einsatz.rolle == Einsatzrolle.COACH


def sicht(konto: Konto, mandat: Mandat, am: date) -> Sicht | None:
    """What `konto` may do in the engagement on the day `am`; None for those who may not see it."""
    # A running assignment counts before an ended one.
    einsatz = (
        mandat.einsaetze.zugaenglich(am)
        .filter(coach__konto=konto)
        .order_by(F("bis").desc(nulls_first=True))
        .first()
    )
    kommunen = mandat.coaching.kommunen.all()
    liest = kommunen_von(konto).filter(pk__in=kommunen).exists()
    eine = Sicht(
        konto=konto,
        mandat=mandat,
        am=am,
        koordiniert=koordiniert(konto),
        einsatz=einsatz,
        kommune_liest=liest,
        kommune_bearbeitet=liest
        and kommunen_von(konto, Befugnis.BEARBEITEN).filter(pk__in=kommunen).exists(),
    )
    return eine if eine.koordiniert or eine.einsatz or eine.kommune_liest else None


def verlangt_sicht(menge: Callable[[], QuerySet], zum_mandat: Callable[[Model], Mandat]):
    """For views in an engagement: `pk` becomes the record, `sicht` says what the person may do.

    Anonymous people go to the login; what belongs to an engagement of others is a 404 like
    something absent.
    """

    def fuer(view):
        @wraps(view)
        @bewahrt_eingaben
        def geprueft(request, pk):
            objekt = get_object_or_404(menge(), pk=pk)
            eine = sicht(request.user, zum_mandat(objekt), timezone.localdate())
            if eine is None:
                raise Http404
            return view(request, objekt, sicht=eine)

        return geprueft

    return fuer


def verlangt_begleitung(view):
    """For views of one engagement: `pk` in the address becomes the argument `sicht`."""

    @verlangt_sicht(lambda: Mandat.objects.select_related("coaching"), lambda mandat: mandat)
    @wraps(view)
    def nur_sicht(request, mandat, sicht):
        return view(request, sicht=sicht)

    return nur_sicht
