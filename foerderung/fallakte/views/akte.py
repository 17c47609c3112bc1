"""Pages on which the LPR reads a case."""

from django.views.decorators.http import require_safe

from ...befugnisse import verlangt_akte
from ..rahmen import zeige


@require_safe
@verlangt_akte()
def uebersicht(request, antrag):
    return zeige(request, antrag, "foerderung/fallakte/uebersicht.html", titel=antrag.titel)
