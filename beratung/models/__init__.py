"""What the LPR does for a Kommune: advice, coaching, security analysis."""

from .analyse import Sicherheitsanalyse
from .beratung import (
    KUERZESTER_TERMIN,
    LAENGSTER_TERMIN,
    MIT_ORT,
    OFFENE_STAENDE,
    OHNE_TERMIN,
    Anfrageweg,
    Beratung,
    Beratungsanfrage,
    Beratungsform,
    Beratungsschritt,
    Beratungsstand,
    Wegschritt,
)
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
    "KUERZESTER_TERMIN",
    "LAENGSTER_TERMIN",
    "MIT_ORT",
    "OFFENE_STAENDE",
    "OHNE_TERMIN",
    "WARTEND",
    "ZUGANG_DANACH",
    "Anfragestand",
    "Anfrageweg",
    "Antwort",
    "Ausschluss",
    "Beratung",
    "Beratungsanfrage",
    "Beratungsform",
    "Beratungsschritt",
    "Beratungsstand",
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
    "Wegschritt",
    "Wirkung",
    "Zustaendig",
]
