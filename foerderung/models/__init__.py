"""The tables of the funding. Each module says what its tables are for."""

from .anlage import Anlage
from .antrag import (
    BEENDET,
    IN_PRUEFUNG,
    MIT_BEWILLIGUNG,
    UNEINGEREICHT,
    VOR_ENTSCHEIDUNG,
    Abschnitt,
    Aufgriff,
    Befangenheit,
    Fassung,
    Foerderantrag,
    FoerderantragQuerySet,
    Fristverlaengerung,
    Nachforderung,
    Status,
)
from .bescheid import Bekanntgabe, Bescheid
from .entscheidung import Empfehlung, Entscheidung, Mittelbindung
from .pruefung import Bewertung, Formalpruefung, Gutachten, Vermerk
from .regelwerk import (
    TEILE,
    Anlagenart,
    Ausnahmegrund,
    Bescheidanlage,
    Checklistenpunkt,
    Erklaerung,
    Foerderrunde,
    Haushaltsansatz,
    Personalobergrenze,
    Regel,
    Regelwerk,
    Textbaustein,
)
from .zeichnung import Fristerinnerung, Rueckgabe
from .zuwendung import Zuwendung, ZuwendungQuerySet

__all__ = [
    "BEENDET", "IN_PRUEFUNG", "MIT_BEWILLIGUNG", "TEILE", "UNEINGEREICHT", "VOR_ENTSCHEIDUNG",
    "Abschnitt", "Anlage", "Anlagenart", "Aufgriff", "Ausnahmegrund", "Befangenheit", "Bekanntgabe",
    "Bescheid", "Bescheidanlage", "Bewertung", "Checklistenpunkt", "Empfehlung", "Entscheidung", "Erklaerung",
    "Fassung", "Foerderantrag", "FoerderantragQuerySet", "Foerderrunde", "Formalpruefung",
    "Fristerinnerung", "Fristverlaengerung", "Gutachten", "Haushaltsansatz", "Mittelbindung", "Nachforderung",
    "Personalobergrenze", "Regel", "Regelwerk", "Rueckgabe", "Status", "Textbaustein", "Vermerk", "Zuwendung",
    "ZuwendungQuerySet",
]  # fmt: skip
