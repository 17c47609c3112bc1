"""Tables of the qualification, by what they are about."""

from .anmeldung import BEENDET, LAUFEND, MIT_PLATZ, OHNE_PERSON, Anmeldung, Bedarf, Stand
from .anwesenheit import Anwesenheit, Nachholung, Projektarbeit
from .befragung import NOTEN, Antwort, Befragungszugang
from .durchgang import Durchgang, Kurstag, Teilnahme
from .lehrgang import MIT_KONTINGENT, Gruppe, Lehrgang, Modul
from .zertifikat import Zertifikat

__all__ = [
    "BEENDET",
    "LAUFEND",
    "MIT_KONTINGENT",
    "MIT_PLATZ",
    "NOTEN",
    "OHNE_PERSON",
    "Anmeldung",
    "Antwort",
    "Anwesenheit",
    "Bedarf",
    "Befragungszugang",
    "Durchgang",
    "Gruppe",
    "Kurstag",
    "Lehrgang",
    "Modul",
    "Nachholung",
    "Projektarbeit",
    "Stand",
    "Teilnahme",
    "Zertifikat",
]
