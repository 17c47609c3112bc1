"""What is done about registrations, in words."""

from asskomm.protokoll.handlungen import Handlung

EINGEGANGEN = Handlung("kurs.eingegangen", "Anmeldung zu einem Lehrgang eingegangen")
BESTAETIGT = Handlung("kurs.bestaetigt", "Anmeldung zu einem Lehrgang bestätigt")
ANGEBOTEN = Handlung("kurs.angeboten", "Freien Platz in einem Lehrgang angeboten")
ANGENOMMEN = Handlung("kurs.angenommen", "Angebotenen Platz angenommen")
VERFALLEN = Handlung("kurs.verfallen", "Angebotener Platz verfallen")
ABGEMELDET = Handlung("kurs.abgemeldet", "Vom Lehrgang abgemeldet")
ZUGESTIMMT = Handlung("kurs.zugestimmt", "Dienststelle hat der Anmeldung zugestimmt")
ZUGELASSEN = Handlung("kurs.zugelassen", "Zum Lehrgang zugelassen")
ABGELEHNT = Handlung("kurs.abgelehnt", "Nicht zum Lehrgang zugelassen")
BEDARF_ANGEGEBEN = Handlung("kurs.bedarf_angegeben", "Bedarf für die Kurstage angegeben")
ANWESENHEIT = Handlung("kurs.anwesenheit", "Anwesenheit an einem Kurstag erfasst")
TAG_GESCHLOSSEN = Handlung("kurs.tag_geschlossen", "Kurstag abgeschlossen")
NACHHOLUNG = Handlung("kurs.nachholung", "Nachholen eines Moduls vereinbart")
PROJEKTARBEIT = Handlung("kurs.projektarbeit", "Projektarbeit angenommen")
AUSGESTELLT = Handlung("kurs.zertifikat", "Zertifikat ausgestellt")
ZERTIFIKAT_WIDERRUFEN = Handlung("kurs.zertifikat_widerrufen", "Zertifikat widerrufen")
LISTE_GEHOLT = Handlung("kurs.liste_geholt", "Liste der Teilnehmenden als Datei geholt")
ABGEBROCHEN = Handlung("kurs.abgebrochen", "Lehrgang abgebrochen")
ANGABEN_GEAENDERT = Handlung("kurs.angaben_geaendert", "Angaben zu einer Anmeldung berichtigt")
ANGABEN_GELOESCHT = Handlung("kurs.angaben_geloescht", "Angaben zu einer Anmeldung gelöscht")
