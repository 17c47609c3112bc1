"""More quarter days for an engagement: asked for, proposed, decided by a second person (F32).

    erbitte (coach) -> schlage_vor or lehne_bitte_ab (coordinator) -> genehmige (second person)

Refusing and withdrawing a proposal are those of every proposal (`konten.vieraugen`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from asskomm.konten import vertretung, vieraugen
from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .. import handlungen, vorlagen
from ..befugnisse import koordiniert
from ..models import Kontingenterweiterung, Mandat
from .begleitung import KeinRecht, sperre, verlange_laufend, verlange_sicht
from .mitteilung import schreibe, schreibe_coach

VORSCHLAGEN = "beratung.add_kontingenterweiterung"


@transaction.atomic
def erbitte(mandat: Mandat, *, durch: Konto, um: datetime) -> Mandat:
    """The leading coach asks the coordinators for more days; asked twice it is one request.

    Raises KeinRecht, and SchrittNichtMoeglich when it is over or an extension is proposed already.
    """
    mandat = sperre(mandat)
    verlange_laufend(mandat)
    if not verlange_sicht(mandat, durch, um).leitet:
        raise KeinRecht("Eine Erweiterung erbittet der Coach, der die Begleitung leitet.")
    if mandat.erweiterung_erbeten_um:
        return mandat
    if mandat.erweiterungen.offen().exists():
        raise SchrittNichtMoeglich("Eine Erweiterung ist schon vorgeschlagen.")
    mandat.erweiterung_erbeten_um = um
    mandat.save(update_fields=["erweiterung_erbeten_um"])
    protokolliere(handlungen.ERWEITERUNG_ERBETEN, mandat, durch=durch)
    if settings.LPR_POSTFACH:
        schreibe(vorlagen.COACHING_ERWEITERUNG_ERBETEN, settings.LPR_POSTFACH, mandat)
    return mandat


@transaction.atomic
def lehne_bitte_ab(mandat: Mandat, *, durch: Konto, um: datetime) -> Mandat:
    """The coordinators do not propose more days; the coach is told. Twice is once."""
    if not koordiniert(durch):
        raise KeinRecht("Darüber entscheidet die Koordination.")
    mandat = sperre(mandat)
    if mandat.erweiterung_erbeten_um is None:
        return mandat
    mandat.erweiterung_erbeten_um = None
    mandat.save(update_fields=["erweiterung_erbeten_um"])
    protokolliere(handlungen.NICHT_ERWEITERT, mandat, durch=durch)
    schreibe_coach(vorlagen.COACHING_NICHT_ERWEITERT, mandat)
    return mandat


@transaction.atomic
def schlage_vor(
    mandat: Mandat, viertel: int, begruendung: str, *, durch: Konto, um: datetime, marke: UUID
) -> Kontingenterweiterung:
    """Propose more days; it answers the request of the coach, if there is one.

    The same form sent twice (`marke`) is one proposal. Raises KeinRecht, and ValidationError where
    it breaks a rule: the engagement is over, the contingent too large, a proposal open.
    """
    if not (durch.is_staff and durch.has_perm(VORSCHLAGEN)):
        raise KeinRecht("Eine Erweiterung schlägt die Koordination vor.")
    vorschlag = vieraugen.schlage_vor(
        Kontingenterweiterung(
            marke=marke, mandat=sperre(mandat), viertel=viertel, begruendung=begruendung
        ),
        durch=durch,
        um=um,
        fuer=vertretung.fuer(durch, VORSCHLAGEN),
    )
    Mandat.objects.filter(pk=mandat.pk).update(erweiterung_erbeten_um=None)
    return vorschlag


def genehmige(
    erweiterung: Kontingenterweiterung, *, durch: Konto, um: datetime, fuer: Konto | None = None
) -> None:
    """The second person approves: the contingent grows with the decision.

    Raises EigeneFreigabe and logs the attempt where `durch` proposed it, SchrittNichtMoeglich where
    it is decided, the engagement over, or the contingent too large by now.
    """
    vieraugen.pruefe_zweite_person(erweiterung, durch=durch, fuer=fuer)
    with transaction.atomic():
        mandat = erweiterung.mandat = sperre(erweiterung.mandat)
        vieraugen.sperre_offenen(erweiterung)
        if satz := erweiterung.hindernis():
            raise SchrittNichtMoeglich(satz)
        vieraugen.genehmige(erweiterung, durch=durch, um=um, fuer=fuer)
        mandat.kontingent += erweiterung.viertel
        mandat.version += 1
        mandat.save(update_fields=["kontingent", "version"])
        protokolliere(
            handlungen.ERWEITERT, mandat, durch=durch, fuer=fuer,
            angaben={"viertel": erweiterung.viertel, "kontingent": mandat.kontingent},
        )  # fmt: skip
        schreibe_coach(vorlagen.COACHING_ERWEITERT, mandat)
