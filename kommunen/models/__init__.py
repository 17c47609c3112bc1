"""Who there is: the municipalities of Saxony, their agreements and their prevention councils."""

from .gebiet import (
    GEMEINDEARTEN,
    VERBUNDARTEN,
    Kommune,
    KommuneQuerySet,
    Kreis,
    Polizeidirektion,
    Verbundmitgliedschaft,
)
from .karte import Kartenflaeche, Kartenlinie
from .mitgliedschaft import Bestellung, Mitgliedschaft, Rolle
from .praeventionsrat import (
    Gremium,
    Praeventionsrat,
    Ratsmitglied,
    Ratssitzung,
    Ratszustand,
)
from .puls import Ratsabfrage, Ratsanschreiben, Ratsbestaetigung, Ratskorrektur
from .vereinbarung import Kooperationsvereinbarung, Modellkommune

__all__ = [
    "GEMEINDEARTEN",
    "VERBUNDARTEN",
    "Bestellung",
    "Gremium",
    "Kartenflaeche",
    "Kartenlinie",
    "Kommune",
    "KommuneQuerySet",
    "Kooperationsvereinbarung",
    "Kreis",
    "Mitgliedschaft",
    "Modellkommune",
    "Polizeidirektion",
    "Praeventionsrat",
    "Ratsabfrage",
    "Ratsanschreiben",
    "Ratsbestaetigung",
    "Ratskorrektur",
    "Ratsmitglied",
    "Ratssitzung",
    "Ratszustand",
    "Rolle",
    "Verbundmitgliedschaft",
]
