"""Admission by the coordinators, and what the admitted then tell (F41).

zulassen | lehne_ab, each with a reason that the person can read -> gib_bedarf_an
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich

from .. import handlungen
from ..anmeldung import vorlagen
from ..models import MIT_PLATZ, Anmeldung, Bedarf, Stand
from .anmeldung import gehe, ruecke_nach, schreibe, sperre_beide, verlange

RECHT = "fortbildung.koordinieren"
# Who can still be refused: everybody who is not admitted, and the admitted before the first day.
ABLEHNBAR = (Stand.WARTELISTE, *MIT_PLATZ)


@transaction.atomic
def lasse_zu(
    anmeldung: Anmeldung, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> Anmeldung:
    """Admit somebody who holds a place; the reason is visible to the person.

    Raises KeinRecht; SchrittNichtMoeglich without a reason and while the employer who is named has
    not agreed; Ueberholt when the registration has moved on. Nobody is admitted over the places,
    because only who holds one can be.
    """
    verlange_recht(durch)
    _, anmeldung = sperre_beide(anmeldung)
    if (anmeldung.stand, anmeldung.version) == (Stand.ZUGELASSEN, gesehen + 1):
        return anmeldung
    verlange(anmeldung, (Stand.ANGEMELDET,), gesehen)
    grund = _begruendet(grund)
    if anmeldung.arbeitgeber_email and not anmeldung.arbeitgeber_bestaetigt_um:
        raise SchrittNichtMoeglich("Die Dienststelle hat noch nicht zugestimmt.")
    gehe(
        anmeldung, Stand.ZUGELASSEN, handlungen.ZUGELASSEN, durch=durch, grund=grund,
        entschieden_um=um, entschieden_von=durch,
    )  # fmt: skip
    schreibe(vorlagen.ZUGELASSEN, anmeldung)
    return anmeldung


@transaction.atomic
def lehne_ab(
    anmeldung: Anmeldung, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> Anmeldung:
    """Refuse somebody, or take an admission back before the first day; the next one moves up.

    Raises as `lasse_zu`, and SchrittNichtMoeglich once the course has begun for the person.
    """
    verlange_recht(durch)
    durchgang, anmeldung = sperre_beide(anmeldung)
    if (anmeldung.stand, anmeldung.version) == (Stand.ABGELEHNT, gesehen + 1):
        return anmeldung
    verlange(anmeldung, ABLEHNBAR, gesehen)
    grund = _begruendet(grund)
    if hasattr(anmeldung, "teilnahme"):
        raise SchrittNichtMoeglich("Für diese Person hat der Lehrgang schon begonnen.")
    gehe(
        anmeldung, Stand.ABGELEHNT, handlungen.ABGELEHNT, durch=durch, grund=grund,
        entschieden_um=um, entschieden_von=durch, beendet_um=um,
    )  # fmt: skip
    schreibe(vorlagen.ABGELEHNT, anmeldung)
    ruecke_nach(durchgang, um=um)
    return anmeldung


@transaction.atomic
def gib_bedarf_an(
    anmeldung: Anmeldung, verpflegung: str, unterstuetzung: str, *, um: datetime
) -> None:
    """What the admitted person needs on the days; empty deletes it.

    Raises SchrittNichtMoeglich for others, and after the last day: then it is deleted for good.
    """
    durchgang, anmeldung = sperre_beide(anmeldung)
    if not anmeldung.nimmt_teil:
        raise SchrittNichtMoeglich("Das fragen wir nur, wenn Sie zugelassen sind und teilnehmen.")
    if not durchgang.kurstage.filter(tag__gte=timezone.localdate(um)).exists():
        raise SchrittNichtMoeglich("Die Kurstage sind vorbei.")
    Bedarf.objects.filter(anmeldung=anmeldung).delete()
    if verpflegung or unterstuetzung:
        Bedarf.objects.create(
            anmeldung=anmeldung,
            verpflegung=verpflegung,
            unterstuetzung=unterstuetzung,
            angegeben_um=um,
        )
    protokolliere(handlungen.BEDARF_ANGEGEBEN, anmeldung, durch=None)


def verlange_recht(durch: Konto) -> None:
    """Raises KeinRecht for whoever does not coordinate courses."""
    if not (durch.is_active and durch.is_staff and durch.has_perm(RECHT)):
        raise KeinRecht("Diesen Schritt macht die Koordination der Lehrgänge.")


def _begruendet(grund):
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an. Die Person kann ihn lesen.")
    return grund.strip()
