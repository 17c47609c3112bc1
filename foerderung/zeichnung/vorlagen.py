"""Mails about signature, submission and deadline. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# angaben: kommune (its name), runde, nummer (empty for a draft), kennung (the key in the address);
# what else is written beside the Vorlage
ANTRAG_ZUR_ZEICHNUNG = Vorlage(  # bis: last day of the window
    "antrag_zur_zeichnung", "Ein Antrag liegt bei Ihnen zur Zeichnung: {kommune}"
)
ANTRAG_ZURUECKGEHOLT = Vorlage(
    "antrag_zurueckgeholt", "Nicht mehr zu zeichnen: Antrag von {kommune}"
)
ANTRAG_NICHT_GEZEICHNET = Vorlage(
    "antrag_nicht_gezeichnet", "Der Antrag ist nicht gezeichnet: {kommune}"
)
ANTRAG_EINGEGANGEN = Vorlage(  # eingang: day and time to the second
    "antrag_eingegangen", "Antrag {nummer} ist eingegangen"
)
ANTRAG_EINGEGANGEN_LPR = Vorlage(  # eingang
    "antrag_eingegangen_lpr", "Neuer Antrag {nummer}: {kommune}"
)
ANTRAG_ZURUECKGEZOGEN = Vorlage(  # eingereicht: whether it was submitted
    "antrag_zurueckgezogen", "Antrag zurückgezogen: {kommune}"
)
ANTRAG_ZURUECKGEZOGEN_LPR = Vorlage(
    "antrag_zurueckgezogen_lpr", "Antrag {nummer} ist zurückgezogen: {kommune}"
)
NACHREICHUNG_BEREIT = Vorlage(  # frist: last day of the Nachforderung
    "nachreichung_bereit", "Antrag {nummer}: Eine Nachreichung liegt bei Ihnen zur Zeichnung"
)
NACHREICHUNG_EINGEGANGEN = Vorlage(  # eingang
    "nachreichung_eingegangen", "Antrag {nummer}: Ihre Nachreichung ist eingegangen"
)
NACHREICHUNG_EINGEGANGEN_LPR = Vorlage(  # eingang
    "nachreichung_eingegangen_lpr", "Antrag {nummer}: Nachreichung von {kommune}"
)
FRIST_VERLAENGERT = Vorlage(  # bis
    "frist_verlaengert", "Die Frist für Ihren Antrag ist verlängert bis {bis}"
)
ANTRAGSFRIST = Vorlage(  # bis, in_zeichnung
    "antragsfrist", "Noch nicht eingereicht: Die Frist endet am {bis}"
)
NACHFORDERUNG_FAELLIG = Vorlage(  # frist
    "nachforderung_faellig", "Antrag {nummer}: Nachforderung bis {frist}"
)
NACHFORDERUNG_ABGELAUFEN = Vorlage(  # frist
    "nachforderung_abgelaufen", "Antrag {nummer}: Die Nachforderung war bis {frist} zu beantworten"
)
