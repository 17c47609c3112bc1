"""Mails about the yearly confirmation of the councils. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: kommune (its name), kennung, raete (names), nummer (of the only council, else None),
# bis (a day as text), frist ("bis" and that day): both empty where the public reads already that
# the confirmation is missing
RAT_BESTAETIGEN = Vorlage(
    "rat_bestaetigen", "Bestätigen Sie {frist} die Angaben zum Präventionsrat: {kommune}"
)
RAT_ERINNERUNG = Vorlage(
    "rat_erinnerung", "Erinnerung: Angaben zum Präventionsrat bestätigen: {kommune}"
)
# angaben: rat (its name), kommune, kennung, nummer (None where the website does not show it),
# uebernommen, and what the correction held: angaben (something for the record), hinweis
RATSKORREKTUR_ENTSCHIEDEN = Vorlage(
    "ratskorrektur_entschieden", "Ihre Korrektur zum Präventionsrat ist geprüft: {kommune}"
)
