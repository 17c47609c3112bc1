"""What the LPR does for a Kommune: advice, coaching, security analysis."""

from .analyse import Sicherheitsanalyse
from .beratung import Beratung, Beratungsanfrage
from .coach import Ausschluss, Coach, Coachvertrag, Faehigkeit
from .coaching import Coaching
from .mandat import (
    HOECHSTES_KONTINGENT,
    ZUGANG_DANACH,
    Einsatz,
    Einsatzrolle,
    Kontingenterweiterung,
    Mandat,
    Mandatsstand,
    Phase,
)
from .sitzung import (
    HOECHSTENS_VIERTEL,
    Coachingschritt,
    Niederschrift,
    Sitzung,
    Sitzungsform,
    Stufe,
    Zustaendig,
)
from .vermittlung import WARTEND, Anfragestand, Antwort, Coachinganfrage, Coachvorschlag
from .wirkung import Nachfrage, Wirkung

__all__ = [
    "HOECHSTENS_VIERTEL",
    "HOECHSTES_KONTINGENT",
    "WARTEND",
    "ZUGANG_DANACH",
    "Anfragestand",
    "Antwort",
    "Ausschluss",
    "Beratung",
    "Beratungsanfrage",
    "Coach",
    "Coaching",
    "Coachinganfrage",
    "Coachingschritt",
    "Coachvertrag",
    "Coachvorschlag",
    "Einsatz",
    "Einsatzrolle",
    "Faehigkeit",
    "Kontingenterweiterung",
    "Mandat",
    "Mandatsstand",
    "Nachfrage",
    "Niederschrift",
    "Phase",
    "Sicherheitsanalyse",
    "Sitzung",
    "Sitzungsform",
    "Stufe",
    "Wirkung",
    "Zustaendig",
]
