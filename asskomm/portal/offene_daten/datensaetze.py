"""All datasets, in the order of the page."""

from .datensatz import Datensatz
from .foerderung import ZUWENDUNGEN
from .fortbildung import LEHRGAENGE
from .kommunen import KOMMUNEN
from .programm import RAETE, VEREINBARUNGEN
from .zahlen import KENNZAHLENREIHEN, VEROEFFENTLICHTE_ZAHLEN

_ALLE = (
    KOMMUNEN,
    RAETE,
    VEREINBARUNGEN,
    KENNZAHLENREIHEN,
    VEROEFFENTLICHTE_ZAHLEN,
    ZUWENDUNGEN,
    LEHRGAENGE,
)
DATENSAETZE: dict[str, Datensatz] = {datensatz.kennung: datensatz for datensatz in _ALLE}
