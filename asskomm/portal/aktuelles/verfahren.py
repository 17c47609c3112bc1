"""Every change of a Kommentar's `zustand`. No other module writes it."""

from django.db import transaction

from asskomm.konten.models import Konto
from asskomm.schritt import SchrittNichtMoeglich

from ..models import Kommentar

Zustand = Kommentar.Zustand

# step: (states it starts from, state it leads to). A decision can be corrected either way.
SCHRITTE = {
    "freigeben": ((Zustand.WARTET, Zustand.ABGELEHNT), Zustand.FREIGEGEBEN),
    "ablehnen": ((Zustand.WARTET, Zustand.FREIGEGEBEN), Zustand.ABGELEHNT),
}


def freigeben(kommentar: Kommentar, *, durch: Konto) -> None:
    """Show the comment below its Meldung."""
    _gehe(kommentar, "freigeben", durch=durch)


def ablehnen(kommentar: Kommentar, *, durch: Konto) -> None:
    """Keep the comment off the website, or take it off again."""
    _gehe(kommentar, "ablehnen", durch=durch)


@transaction.atomic
def _gehe(kommentar: Kommentar, schritt: str, *, durch: Konto) -> None:
    """Write the new state and its history entry: both or neither.

    The guard is part of the UPDATE, so of two clicks at once only one wins.
    """
    aus, ziel = SCHRITTE[schritt]
    passend = Kommentar.objects.filter(pk=kommentar.pk, zustand__in=aus)
    if not passend.update(zustand=ziel):
        raise SchrittNichtMoeglich("Über diesen Kommentar ist schon so entschieden.")
    kommentar.refresh_from_db()
    Kommentar.history.bulk_history_create([kommentar], update=True, default_user=durch)
