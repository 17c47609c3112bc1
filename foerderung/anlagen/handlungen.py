"""What the log says about attachments."""

from asskomm.protokoll.handlungen import Handlung

HOCHGELADEN = Handlung("anlage.hochgeladen", "Anlage hochgeladen")
ENTFERNT = Handlung("anlage.entfernt", "Anlage entfernt")
ZURUECKGEHOLT = Handlung("anlage.zurueckgeholt", "Entfernte Anlage zurückgeholt")
BEFALLEN = Handlung("anlage.befallen", "Schadprogramm in einer Anlage gefunden")
