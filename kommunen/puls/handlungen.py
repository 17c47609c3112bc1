"""What the log says about the yearly confirmation of the councils."""

from asskomm.protokoll.handlungen import Handlung

GEFRAGT = Handlung("rat.gefragt", "Um Bestätigung eines Präventionsrats gebeten")
BESTAETIGT = Handlung("rat.bestaetigt", "Angaben zu einem Präventionsrat bestätigt")
KONTAKT_GEAENDERT = Handlung("rat.kontakt_geaendert", "Kontakt eines Präventionsrats geändert")
KORRIGIERT = Handlung("rat.korrigiert", "Korrektur zu einem Präventionsrat gesendet")
ERSETZT = Handlung("rat.korrektur_ersetzt", "Korrektur zu einem Präventionsrat ersetzt")
UEBERNOMMEN = Handlung("rat.korrektur_uebernommen", "Korrektur zu einem Präventionsrat übernommen")
ABGELEHNT = Handlung(
    "rat.korrektur_abgelehnt", "Korrektur zu einem Präventionsrat nicht übernommen"
)
