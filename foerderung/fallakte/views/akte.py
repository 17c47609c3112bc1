"""Pages on which the LPR reads a case."""

from django.views.decorators.http import require_safe

from ...befugnisse import Handelnde, verlangt_akte
from ..lage import rechte
from ..rahmen import zeige


@require_safe
@verlangt_akte()
def uebersicht(request, antrag):
    return zeige_uebersicht(request, antrag)


def zeige_uebersicht(request, antrag, *, fehler="", status=200):
    """The case on one page; `fehler` says why a step from the list was refused."""
    als = rechte(request.user)
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/uebersicht.html",
        titel=antrag.titel,
        status=status,
        fehler=fehler,
        weist_zu=bool(als & {Handelnde.SACHBEARBEITUNG, Handelnde.LEITUNG}),
        bearbeitet=bool(als),
    )
