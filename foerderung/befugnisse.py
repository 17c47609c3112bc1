"""Who can act on a grant case, and how the addresses of cases are guarded.

The kinds of people of the table of steps (`verfahren.schritte`) are named here, each with the
right that makes somebody one of them: a role in the Kommune of the case, or a right of the LPR.
"""

from __future__ import annotations

from enum import Enum
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from asskomm.konten.eingaben import bewahrt_eingaben
from asskomm.konten.models import Konto
from kommunen import befugnisse as kommunal
from kommunen.befugnisse import Befugnis
from kommunen.models import Mitgliedschaft

from .models import Befangenheit, Foerderantrag


class Handelnde(Enum):
    """The kinds of people (and the system) that take steps; the value is how pages call them."""

    BEARBEITUNG = "eine Person mit der Rolle Bearbeitung"
    ZEICHNUNG = "eine Person mit der Rolle Zeichnung"
    SACHBEARBEITUNG = "die Sachbearbeitung der Geschäftsstelle"
    PRUEFUNG = "die fachliche Prüfung der Geschäftsstelle"
    LEITUNG = "die Leitung der Geschäftsstelle"
    HAUSHALT = "die Haushaltssachbearbeitung der Geschäftsstelle"
    SYSTEM = "das Portal"


KOMMUNAL = {
    Handelnde.BEARBEITUNG: Befugnis.BEARBEITEN,
    Handelnde.ZEICHNUNG: Befugnis.ZEICHNEN,
}
RECHTE = {
    Handelnde.SACHBEARBEITUNG: "foerderung.sachbearbeiten",
    Handelnde.PRUEFUNG: "foerderung.pruefen",
    Handelnde.LEITUNG: "foerderung.entscheiden_entscheidung",
    Handelnde.HAUSHALT: "foerderung.auszahlung_freigeben",
}


def handelt_als(konto: Konto | None, antrag: Foerderantrag) -> frozenset[Handelnde]:
    """As what `konto` may act on the case now; None is the system.

    Staff who declared a conflict of interest are nothing. Rights as a deputy count.
    """
    if konto is None:
        return frozenset([Handelnde.SYSTEM])
    rollen = set(
        Mitgliedschaft.objects.aktiv()
        .filter(konto=konto, kommune=antrag.kommune_id)
        .values_list("rolle", flat=True)
    )
    als = {art for art, befugnis in KOMMUNAL.items() if rollen & set(befugnis.value)}
    if konto.is_active and konto.is_staff and antrag.eingereicht_um is not None:
        rechte = {art for art, recht in RECHTE.items() if konto.has_perm(recht)}
        if rechte and not Befangenheit.objects.filter(konto=konto, antrag=antrag).exists():
            als |= rechte
    return frozenset(als)


def _antrag(menge, nummer):
    return get_object_or_404(
        menge.select_related("kommune__kreis", "runde__regelwerk", "regelwerk"), pk=nummer
    )


def verlangt_antrag(befugnis: Befugnis):
    """For pages of the municipality: `pk` in the address becomes the argument `antrag`.

    A case of another Kommune is a 404 like an absent one, a member without the right gets a 403,
    anonymous people go to the login and find what they typed again. `request.zugang` is the
    access to the Kommune of the case.
    """

    def fuer(view):
        @wraps(view)
        @bewahrt_eingaben
        def geprueft(request, pk, **argumente):
            eigene = Foerderantrag.objects.der_kommunen_von(request.user)
            antrag = _antrag(eigene, pk)
            zugaenge = kommunal.zugaenge(request.user)
            zugang = next((z for z in zugaenge if z.kommune.pk == antrag.kommune_id), None)
            if zugang is None:  # the role ended just now
                raise Http404
            if not zugang.darf(befugnis):
                raise PermissionDenied
            request.zugang = zugang
            return view(request, antrag=antrag, **argumente)

        geprueft.befugnis = befugnis
        return geprueft

    return fuer


def verlangt_akte(recht: str = "foerderung.view_foerderantrag"):
    """For pages of the LPR: `pk` becomes `antrag`; whoever is no staff of the funding gets a 404."""

    def fuer(view):
        @wraps(view)
        @bewahrt_eingaben
        def geprueft(request, pk, **argumente):
            antrag = _antrag(Foerderantrag.objects.fuer_lpr(request.user), pk)
            if not request.user.has_perm(recht):
                raise PermissionDenied
            return view(request, antrag=antrag, **argumente)

        geprueft.recht = recht
        return geprueft

    return fuer


def verlangt_foerderung(view):
    """For lists of the LPR without a single case; others get a 404."""

    @wraps(view)
    @bewahrt_eingaben
    def geprueft(request, **argumente):
        if not (request.user.is_staff and request.user.has_perm("foerderung.view_foerderantrag")):
            raise Http404
        return view(request, **argumente)

    return geprueft
