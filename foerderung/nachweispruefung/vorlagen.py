"""Mails about the check of a proof and the end of a case; none holds results. Texts: templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: nummer, antrag (the key in its address)
ZURUECKGEGEBEN = Vorlage(  # bis: a day as text
    "nachweis_zurueckgegeben", "Antrag {nummer}: Verwendungsnachweis bis {bis} ergänzen"
)
GEPRUEFT = Vorlage("nachweis_geprueft", "Antrag {nummer}: Ihr Verwendungsnachweis ist geprüft")
WIEDER_GEOEFFNET = Vorlage(
    "nachweispruefung_geoeffnet", "Antrag {nummer}: Verwendungsnachweis wird noch einmal geprüft"
)
ABSCHLUSS_WARTET = Vorlage("abschluss_vorgeschlagen", "Antrag {nummer}: Abschluss entscheiden")
ABSCHLUSS_ABGELEHNT = Vorlage(
    "abschluss_abgelehnt", "Antrag {nummer}: Ihr Vorschlag ist nicht genehmigt"
)
ABGESCHLOSSEN = Vorlage("vorgang_abgeschlossen", "Antrag {nummer}: Ihr Vorgang ist abgeschlossen")
