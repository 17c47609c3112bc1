"""Mails about bank data, payouts and the ledger; none of them holds bank data or reasons.

The texts stand in templates/post/.
"""

from asskomm.post.vorlagen import Vorlage

# angaben: kommune, kennung (in the address of the Kommune); ab: a day as text
BANKDATEN_EINGETRAGEN = Vorlage(
    "bankdaten_eingetragen", "{kommune}: neue Bankverbindung eingetragen"
)
BANKDATEN_BESTAETIGT = Vorlage("bankdaten_bestaetigt", "{kommune}: neue Bankverbindung bestätigt")
BANKDATEN_VERWORFEN = Vorlage(
    "bankdaten_verworfen", "{kommune}: eingetragene Bankverbindung verworfen"
)
# angaben: nummer, antrag (the key in its address), auszahlung (number of the request)
ANGEFORDERT = Vorlage("auszahlung_angefordert", "Antrag {nummer}: Auszahlung angefordert")
WARTET = Vorlage("auszahlung_wartet", "Antrag {nummer}: Auszahlung zu prüfen")
ZU_GENEHMIGEN = Vorlage("auszahlung_geprueft", "Antrag {nummer}: Auszahlung zu genehmigen")
FREIZUGEBEN = Vorlage("auszahlung_genehmigt", "Antrag {nummer}: Auszahlung freizugeben")
ZURUECKGEGEBEN = Vorlage("auszahlung_zurueck", "Antrag {nummer}: Auszahlung noch einmal prüfen")
ABGELEHNT = Vorlage("auszahlung_abgelehnt", "Antrag {nummer}: Auszahlung abgelehnt")
GEZAHLT = Vorlage("auszahlung_gezahlt", "Antrag {nummer}: Zuwendung gezahlt")
# angaben: anzahl
KONTEN_WEICHEN_AB = Vorlage("foerderkonten_weichen_ab", "Förderkonten stimmen nicht")
