"""Mails about notices. The texts stand in templates/post/; none says what a notice decides."""

from asskomm.post.vorlagen import Vorlage

# angaben: nummer, antrag and bescheid (keys in addresses); bis (a day as text)
BESCHEID_LIEGT_BEREIT = Vorlage(
    "bescheid_liegt_bereit", "Antrag {nummer}: Bescheid bis {bis} abrufen"
)
BESCHEID_PER_POST = Vorlage("bescheid_per_post", "Antrag {nummer}: Bescheid kommt mit der Post")
BESCHEID_BESTANDSKRAEFTIG = Vorlage(
    "bescheid_bestandskraeftig", "Antrag {nummer}: Bescheid bestandskräftig"
)
# To the member of staff in charge
BESCHEID_ZUR_POST = Vorlage("bescheid_zur_post", "Antrag {nummer}: Bescheid zur Post geben")
