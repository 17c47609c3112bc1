"""Mails about reported changes; none of them holds what was written. The texts stand in
templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: nummer, antrag (the key in its address), aenderung (its key), art (words)
GEMELDET = Vorlage("aenderung_gemeldet", "Antrag {nummer}: Änderung gemeldet")
VORGESCHLAGEN = Vorlage("aenderung_vorgeschlagen", "Antrag {nummer}: über Änderung entscheiden")
VORSCHLAG_ABGELEHNT = Vorlage(
    "aenderung_nicht_gefolgt", "Antrag {nummer}: Ihr Vorschlag ist nicht genehmigt"
)
BEANTWORTET = Vorlage("aenderung_beantwortet", "Antrag {nummer}: Antwort auf Ihre Meldung")
LIEGT = Vorlage("aenderung_liegt", "Antrag {nummer}: Änderung wartet")
