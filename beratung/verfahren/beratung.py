"""A Kommune asks for advice (F3), and the LPR closes the request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis, darf
from kommunen.models import Kommune

from .. import handlungen, vorlagen
from ..models import Beratungsanfrage


def frage_an(
    kommune: Kommune, anliegen: str, *, durch: Konto, um: datetime, marke: UUID
) -> Beratungsanfrage:
    """Ask the LPR office for advice. The same form sent twice (`marke`) is one request.

    Raises SchrittNichtMoeglich without the role Bearbeitung and while another request is open.
    """
    if not darf(durch, Befugnis.BEARBEITEN, kommune):
        raise SchrittNichtMoeglich("Eine Beratung fragt eine Person mit der Rolle Bearbeitung an.")
    vorhanden = Beratungsanfrage.objects.filter(marke=marke, kommune=kommune).first()
    if vorhanden:
        return vorhanden
    try:
        with transaction.atomic():
            anfrage = Beratungsanfrage.objects.create(
                kommune=kommune,
                marke=marke,
                anliegen=anliegen,
                gestellt_um=um,
                gestellt_von=durch,
            )
            protokolliere(handlungen.ANGEFRAGT, anfrage, durch=durch)
            if settings.LPR_POSTFACH:
                stelle_ein(
                    vorlagen.BERATUNG_ANGEFRAGT,
                    an=settings.LPR_POSTFACH,
                    gegenstand=anfrage,
                    angaben={"kommune": str(kommune), "nummer": anfrage.pk},
                )
    except IntegrityError as fehler:
        vorhanden = Beratungsanfrage.objects.filter(marke=marke, kommune=kommune).first()
        if vorhanden:
            return vorhanden
        raise SchrittNichtMoeglich("Ihre Kommune hat schon eine Beratung angefragt.") from fehler
    return anfrage


@transaction.atomic
def erledige(anfrage: Beratungsanfrage, *, durch: Konto, um: datetime) -> None:
    """Close the request; raises SchrittNichtMoeglich when it is closed already."""
    offen = Beratungsanfrage.objects.offen().filter(pk=anfrage.pk)
    if not offen.update(erledigt_um=um, erledigt_von=durch):
        raise SchrittNichtMoeglich("Diese Anfrage ist schon erledigt.")
    anfrage.refresh_from_db()
    protokolliere(handlungen.ERLEDIGT, anfrage, durch=durch)
