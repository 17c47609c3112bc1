"""What is done about advice, in words."""

from asskomm.protokoll.handlungen import Handlung

# Advice
ANGEFRAGT = Handlung("beratung.angefragt", "Beratung angefragt")
AUFGENOMMEN = Handlung("beratung.aufgenommen", "Anfrage nach Beratung aufgenommen")
GEPLANT = Handlung("beratung.geplant", "Termin einer Beratung festgelegt")
VERLEGT = Handlung("beratung.verlegt", "Termin einer Beratung verlegt")
ABGESAGT = Handlung("beratung.abgesagt", "Termin einer Beratung abgesagt")
FESTGEHALTEN = Handlung("beratung.festgehalten", "Beratung festgehalten")
ERLEDIGT = Handlung("beratung.anfrage_erledigt", "Anfrage nach Beratung erledigt")
GESCHLOSSEN = Handlung("beratung.geschlossen", "Anfrage nach Beratung ohne Beratung geschlossen")
ZURUECKGEZOGEN = Handlung("beratung.zurueckgezogen", "Anfrage nach Beratung zurückgezogen")
WIEDER_OFFEN = Handlung("beratung.wieder_offen", "Anfrage nach Beratung wieder geöffnet")
WEGSCHRITT_ERLEDIGT = Handlung(
    "beratung.schritt_erledigt", "Vereinbarten Schritt einer Beratung abgehakt"
)
WEGSCHRITT_OFFEN = Handlung(
    "beratung.schritt_offen", "Vereinbarten Schritt einer Beratung wieder geöffnet"
)

# Coaches, requests and proposals
COACH_AUFGENOMMEN = Handlung("beratung.coach_aufgenommen", "Coach in den Pool aufgenommen")
COACHING_ANGEFRAGT = Handlung("beratung.coaching_angefragt", "Coaching angefragt")
COACHING_ZURUECKGEZOGEN = Handlung(
    "beratung.coaching_zurueckgezogen", "Anfrage nach Coaching zurückgezogen"
)
COACHING_ABGELEHNT = Handlung("beratung.coaching_abgelehnt", "Anfrage nach Coaching abgelehnt")
COACH_VORGESCHLAGEN = Handlung("beratung.coach_vorgeschlagen", "Coach vorgeschlagen")
VORSCHLAG_ZURUECKGENOMMEN = Handlung(
    "beratung.vorschlag_zurueckgenommen", "Vorschlag eines Coaches zurückgenommen"
)
VORSCHLAG_ZUGESTIMMT = Handlung(
    "beratung.vorschlag_zugestimmt", "Vorschlag eines Coaches zugestimmt"
)
VORSCHLAG_ABGESAGT = Handlung("beratung.vorschlag_abgesagt", "Vorschlag eines Coaches abgesagt")
VORSCHLAG_GESCHEITERT = Handlung(
    "beratung.vorschlag_gescheitert", "Vorschlag eines Coaches nicht mehr möglich"
)
COACHING_VERMITTELT = Handlung("beratung.coaching_vermittelt", "Begleitung durch Coach vermittelt")

# Engagements
VEREINBART = Handlung("coaching.vereinbart", "Vereinbarung einer Begleitung geändert")
VERTRETUNG_BESTIMMT = Handlung("coaching.vertretung", "Vertretung eines Coaches bestimmt")
SITZUNG_ERFASST = Handlung("coaching.sitzung_erfasst", "Sitzung einer Begleitung erfasst")
SITZUNG_KORRIGIERT = Handlung("coaching.sitzung_korrigiert", "Sitzung einer Begleitung korrigiert")
SITZUNG_STORNIERT = Handlung("coaching.sitzung_storniert", "Sitzung einer Begleitung storniert")
SITZUNG_GEOEFFNET = Handlung("coaching.sitzung_geoeffnet", "Sitzung von der Kommune geöffnet")
SCHRITT_ERLEDIGT = Handlung("coaching.schritt_erledigt", "Nächsten Schritt abgehakt")
SCHRITT_WIEDER_OFFEN = Handlung("coaching.schritt_offen", "Nächsten Schritt wieder geöffnet")
ERINNERT = Handlung("coaching.erinnert", "Ansprechperson an eine Begleitung erinnert")
KONTAKT_ANGESEHEN = Handlung(
    "coaching.kontakt_angesehen", "Kontaktdaten einer Begleitung angesehen"
)

EMPFEHLUNG_GEPLANT = Handlung("empfehlung.geplant", "Empfehlung einer Analyse geplant")
EMPFEHLUNG_ERLEDIGT = Handlung("empfehlung.erledigt", "Empfehlung einer Analyse erledigt")
EMPFEHLUNG_VERWORFEN = Handlung("empfehlung.verworfen", "Empfehlung einer Analyse verworfen")
EMPFEHLUNG_GEOEFFNET = Handlung("empfehlung.geoeffnet", "Empfehlung einer Analyse wieder geöffnet")
EMPFEHLUNG_DURCH_ANTRAG = Handlung(
    "empfehlung.durch_antrag", "Stand einer Empfehlung durch einen Förderantrag geändert"
)

# More days, handover, end and effects
ERWEITERUNG_ERBETEN = Handlung("coaching.erweiterung_erbeten", "Mehr Vierteltage erbeten")
NICHT_ERWEITERT = Handlung("coaching.nicht_erweitert", "Bitte um mehr Vierteltage abgelehnt")
ERWEITERT = Handlung("coaching.erweitert", "Kontingent einer Begleitung erweitert")
COACH_GEWECHSELT = Handlung("coaching.coach_gewechselt", "Coach einer Begleitung gewechselt")
ABGESCHLOSSEN = Handlung("coaching.abgeschlossen", "Begleitung abgeschlossen")
NACHGEFRAGT = Handlung("coaching.nachgefragt", "Nach der Wirkung einer Begleitung gefragt")
NACHFRAGE_BEANTWORTET = Handlung(
    "coaching.nachfrage_beantwortet", "Nachfrage zur Wirkung beantwortet"
)
WIRKUNG_BESTAETIGT = Handlung("coaching.wirkung_bestaetigt", "Wirkung einer Begleitung bestätigt")
WIRKUNG_VERWORFEN = Handlung(
    "coaching.wirkung_verworfen", "Wirkung einer Begleitung nicht bestätigt"
)
NOTIZEN_GELOESCHT = Handlung("coaching.notizen_geloescht", "Eigene Notizen eines Coaches gelöscht")
