"""Mails about proposals of decisions and what they need. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: nummer, antrag (the key in its address)
VORSCHLAG_WARTET = Vorlage("entscheidung_vorgeschlagen", "Antrag {nummer}: Entscheidung nötig")
VORSCHLAG_ABGELEHNT = Vorlage(
    "entscheidung_nicht_gefolgt", "Antrag {nummer}: Ihr Vorschlag ist nicht genehmigt"
)
# angaben: nummer, antrag, ab (a day as text)
ZINS_FEHLT = Vorlage("zins_fehlt", "Antrag {nummer}: Basiszinssatz fehlt")
