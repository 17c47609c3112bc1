"""What the log says about access requests, holds, periods and deletion runs."""

from asskomm.protokoll.handlungen import Handlung

AUSKUNFT_ABGERUFEN = Handlung("datenschutz.auskunft_abgerufen", "Eigene Auskunft abgerufen")
AUSKUNFT_ERTEILT = Handlung("datenschutz.auskunft_erteilt", "Auskunft für eine Person erstellt")
VERZEICHNIS_EXPORTIERT = Handlung(
    "datenschutz.verzeichnis_exportiert", "Verzeichnis der personenbezogenen Daten exportiert"
)
FRIST_FESTGELEGT = Handlung("datenschutz.frist_festgelegt", "Aufbewahrungsfrist festgelegt")
GESPERRT = Handlung("datenschutz.gesperrt", "Löschsperre gesetzt")
SPERRE_AUFGEHOBEN = Handlung("datenschutz.sperre_aufgehoben", "Löschsperre aufgehoben")
LAUF_AUSGEFUEHRT = Handlung("datenschutz.lauf_ausgefuehrt", "Löschlauf ausgeführt")
