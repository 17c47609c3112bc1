"""What the acts of the LPR on a case are made of: right, state, version."""

from __future__ import annotations

from django.db.models import F

from asskomm.konten import vertretung
from asskomm.konten.models import Konto
from asskomm.schritt import Ueberholt

from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..models import Foerderantrag, Status
from .schritte import KeinRecht

GEAENDERT = (
    "Der Vorgang hat sich geändert, während Sie ihn vor sich hatten. Sehen Sie sich den neuen "
    "Stand an und senden Sie das Formular noch einmal, wenn es dann noch passt."
)


def handelnd(antrag: Foerderantrag, durch: Konto, *arten: Handelnde) -> Konto | None:
    """In whose deputyship `durch` acts as one of `arten`; None where the right is their own.

    Raises KeinRecht for everybody else, and for people with a conflict of interest.
    """
    moeglich = [art for art in arten if art in handelt_als(durch, antrag)]
    if not moeglich:
        raise KeinRecht(f"Das macht {' oder '.join(art.value for art in arten)}.")
    vertretene = [vertretung.fuer(durch, RECHTE[art], [antrag.zustaendig_id]) for art in moeglich]
    return None if None in vertretene else vertretene[0]


def verlange_status(antrag: Foerderantrag, status: Status) -> None:
    if antrag.status != status:
        raise Ueberholt(
            f"Das geht nur im Stand „{status.label}“. "
            f"Jetzt ist der Antrag: {antrag.get_status_display()}."
        )


def zaehle_weiter(antrag: Foerderantrag, gesehen: int) -> None:
    """The next version of the case, if it is still the one that was seen."""
    passend = Foerderantrag.objects.filter(pk=antrag.pk, version=gesehen)
    if not passend.update(version=F("version") + 1):
        raise Ueberholt(GEAENDERT)
    antrag.refresh_from_db()


def angaben_zu(antrag: Foerderantrag) -> dict[str, str]:
    """What every mail about the case is given."""
    return {"nummer": antrag.nummer, "antrag": str(antrag.pk)}
