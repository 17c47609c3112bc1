"""Mails about the check of a case. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: nummer, antrag (the key in its address); for a Nachforderung also bis (a day as text)
NACHFORDERUNG = Vorlage("nachforderung", "Antrag {nummer}: Nachforderung bis {bis}")
NACHFORDERUNG_ZURUECKGENOMMEN = Vorlage(
    "nachforderung_zurueckgenommen", "Antrag {nummer}: Nachforderung zurückgenommen"
)
VORGANG_ZUGEWIESEN = Vorlage("vorgang_zugewiesen", "Antrag {nummer}: Sie sind zuständig")
BEFANGENHEIT_ERKLAERT = Vorlage("befangenheit_erklaert", "Antrag {nummer}: Vorgang neu zuweisen")
