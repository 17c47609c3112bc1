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
