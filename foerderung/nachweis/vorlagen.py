"""Mails about the proof of use. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: kommune (its name), runde, nummer, kennung (the key in the address), and:
BEREIT = Vorlage(  # bis: the day it is due, or nothing
    "nachweis_bereit", "Antrag {nummer}: Ein Verwendungsnachweis liegt bei Ihnen zur Zeichnung"
)
EINGEGANGEN = Vorlage(  # eingang: day and time to the second
    "nachweis_eingegangen", "Antrag {nummer}: Ihr Verwendungsnachweis ist eingegangen"
)
EINGEGANGEN_LPR = Vorlage(  # eingang
    "nachweis_eingegangen_lpr", "Antrag {nummer}: Verwendungsnachweis von {kommune}"
)
FAELLIG = Vorlage("nachweis_faellig", "Antrag {nummer}: Verwendungsnachweis bis {bis}")  # bis
UEBERFAELLIG = Vorlage(  # bis
    "nachweis_ueberfaellig", "Antrag {nummer}: Der Verwendungsnachweis war bis {bis} fällig"
)
UEBERFAELLIG_LPR = Vorlage(  # bis
    "nachweis_ueberfaellig_lpr", "Antrag {nummer}: Verwendungsnachweis von {kommune} fehlt"
)
