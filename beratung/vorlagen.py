"""Mails about advice. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: kommune (its name), nummer (of the request)
BERATUNG_ANGEFRAGT = Vorlage("beratung_angefragt", "Beratung angefragt: {kommune}")
