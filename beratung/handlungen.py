"""What is done about advice, in words."""

from asskomm.protokoll.handlungen import Handlung

ANGEFRAGT = Handlung("beratung.angefragt", "Beratung angefragt")
ERLEDIGT = Handlung("beratung.anfrage_erledigt", "Anfrage nach Beratung erledigt")
