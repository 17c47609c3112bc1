"""The tables of the funding. Each module says what its tables are for."""

from .aenderung import (
    ANGENOMMEN,
    Aenderung,
    Aenderungsart,
    Aenderungsentscheidung,
    Aenderungsstand,
    Anlass,
    Umschichtung,
)
from .anlage import Anlage
from .antrag import (
    BEENDET,
    BEWILLIGUNG_LAEUFT,
    IN_PRUEFUNG,
    MIT_BEWILLIGUNG,
    MIT_NACHWEIS,
    RUECKFORDERBAR,
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
from .auszahlung import (
    LAUFENDE_AUSZAHLUNG,
    UNENTSCHIEDEN,
    Auszahlung,
    Auszahlungsstand,
    Bankverbindung,
    Zahlungsdatei,
    Zahlungsrueckmeldung,
    Zahlungszeile,
)
from .bescheid import Bekanntgabe, Bescheid
from .entscheidung import Empfehlung, Entscheidung, Mittelbindung
from .kasse import Buchung, Buchungsart, Foerderkonto
from .nachweis import (
    Abschluss,
    Beleg,
    Belegkuerzung,
    Nachweisfassung,
    Nachweispruefung,
    Stichprobe,
    Stichprobenfall,
    Verwendungsnachweis,
)
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
from .rueckforderung import Rueckforderung, Rueckzahlung
from .weiterleitung import Rechtsform, Weiterleitung, Weiterleitungsstand
from .zeichnung import Fristerinnerung, Rueckgabe
from .zins import Basiszins
from .zuwendung import Zuwendung, ZuwendungQuerySet

__all__ = [
    "ANGENOMMEN", "BEENDET", "BEWILLIGUNG_LAEUFT", "IN_PRUEFUNG", "LAUFENDE_AUSZAHLUNG",
    "MIT_BEWILLIGUNG", "MIT_NACHWEIS", "RUECKFORDERBAR", "TEILE", "UNEINGEREICHT", "UNENTSCHIEDEN",
    "VOR_ENTSCHEIDUNG", "Abschluss", "Abschnitt", "Aenderung", "Aenderungsart",
    "Aenderungsentscheidung", "Aenderungsstand", "Anlage", "Anlagenart", "Anlass", "Aufgriff",
    "Ausnahmegrund", "Auszahlung", "Auszahlungsstand", "Bankverbindung", "Basiszins",
    "Befangenheit", "Bekanntgabe", "Beleg", "Belegkuerzung", "Bescheid", "Bescheidanlage",
    "Bewertung", "Buchung", "Buchungsart", "Checklistenpunkt", "Empfehlung", "Entscheidung",
    "Erklaerung", "Fassung", "Foerderantrag", "FoerderantragQuerySet", "Foerderkonto",
    "Foerderrunde", "Formalpruefung", "Fristerinnerung", "Fristverlaengerung", "Gutachten",
    "Haushaltsansatz", "Mittelbindung", "Nachforderung", "Nachweisfassung", "Nachweispruefung",
    "Personalobergrenze", "Rechtsform", "Regel", "Regelwerk", "Rueckforderung", "Rueckgabe",
    "Rueckzahlung", "Status", "Stichprobe", "Stichprobenfall", "Textbaustein", "Umschichtung",
    "Vermerk", "Verwendungsnachweis",
    "Weiterleitung", "Weiterleitungsstand", "Zahlungsdatei", "Zahlungsrueckmeldung",
    "Zahlungszeile", "Zuwendung", "ZuwendungQuerySet",
]  # fmt: skip
