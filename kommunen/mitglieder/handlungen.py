"""What the log says about members."""

from asskomm.protokoll.handlungen import Handlung

ROLLE_GEGEBEN = Handlung("mitgliedschaft.gegeben", "Rolle in einer Kommune gegeben")
ROLLE_BEENDET = Handlung("mitgliedschaft.beendet", "Rolle in einer Kommune beendet")
ROLLE_BESTAETIGT = Handlung("mitgliedschaft.bestaetigt", "Rolle in einer Kommune bestätigt")
