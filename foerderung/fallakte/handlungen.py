"""Acts on the list of cases, for the log."""

from asskomm.protokoll.handlungen import Handlung

VORGAENGE_EXPORTIERT = Handlung("foerderung.vorgaenge_exportiert", "Vorgänge exportiert")
