"""Mails about advice. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# To the LPR office. angaben: kommune (its name), nummer (of the request)
ANGEFRAGT = Vorlage("beratung_angefragt", "Beratung angefragt: {kommune}")
ZURUECKGEZOGEN = Vorlage(
    "beratung_zurueckgezogen", "Anfrage nach Beratung zurückgezogen: {kommune}"
)

# To the Kommune. angaben: kommune, kennung, nummer, and of the appointment termin, form, ort
TERMIN = Vorlage("beratung_termin", "Beratung am {termin}")
TERMIN_NEU = Vorlage("beratung_termin_neu", "Beratung verlegt auf den {termin}")
TERMIN_ERINNERUNG = Vorlage("beratung_termin_erinnerung", "Erinnerung: Beratung am {termin}")
TERMIN_ABGESAGT = Vorlage("beratung_termin_abgesagt", "Beratung am {termin} abgesagt")
GESCHLOSSEN = Vorlage("beratung_geschlossen", "Ihre Anfrage nach Beratung ist beendet")
# am: the day of the advice
FESTGEHALTEN = Vorlage("beratung_festgehalten", "Beratung vom {am} festgehalten")
