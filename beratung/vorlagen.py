"""Mails about advice. The texts stand in templates/post/."""

from asskomm.post.vorlagen import Vorlage

# Requests for a coach. angaben: kommune (its name), anfrage (its id)
COACHING_ANGEFRAGT = Vorlage("coaching_angefragt", "Coaching angefragt: {kommune}")
COACHING_ZURUECKGEZOGEN = Vorlage(
    "coaching_zurueckgezogen", "Anfrage nach Coaching zurückgezogen: {kommune}"
)
COACHING_WIEDER_OFFEN = Vorlage("coaching_wieder_offen", "Coaching wieder zu vermitteln: {kommune}")
COACHING_ABGELEHNT = Vorlage("coaching_abgelehnt", "Coaching: Antwort auf Ihre Anfrage")
# Proposals. angaben: kommune, vorschlag (its id)
COACHING_VORSCHLAG_KOMMUNE = Vorlage(
    "coaching_vorschlag_kommune", "Coaching: Ein Coach für Ihre Kommune"
)
COACHING_VORSCHLAG_COACH = Vorlage(
    "coaching_vorschlag_coach", "Coaching: Eine Kommune sucht Begleitung"
)
COACHING_VORSCHLAG_BEENDET = Vorlage(
    "coaching_vorschlag_beendet", "Coaching: Ein Vorschlag gilt nicht mehr"
)
# angaben: kommune (the one that asked), mandat
COACHING_GEMEINSAM = Vorlage("coaching_gemeinsam", "Coaching: Ihre Kommune wird mit begleitet")
# angaben: kommune, vorschlag
COACHING_VERMITTELT = Vorlage("coaching_vermittelt", "Coaching: Die Begleitung ist vereinbart")

# angaben: sitzung (its key)
COACHING_NEUES = Vorlage("coaching_neues", "Coaching: Es gibt Neues für Ihre Kommune")
# angaben: mandat (its key)
COACHING_ERINNERUNG = Vorlage("coaching_erinnerung", "Coaching: Etwas wartet auf Ihre Kommune")
COACHING_VERTRETUNG = Vorlage("coaching_vertretung", "Coaching: Sie vertreten einen Coach")

# More days, handover, end and effects. angaben: kommunen (their names), mandat (its key)
COACHING_ERWEITERUNG_ERBETEN = Vorlage(
    "coaching_erweiterung_erbeten", "Coaching: Bitte um mehr Tage für {kommunen}"
)
COACHING_NICHT_ERWEITERT = Vorlage(
    "coaching_nicht_erweitert", "Coaching: Das Kontingent bleibt, wie es ist"
)
COACHING_ERWEITERT = Vorlage("coaching_erweitert", "Coaching: Das Kontingent ist erweitert")
COACHING_ABGESCHLOSSEN = Vorlage(
    "coaching_abgeschlossen", "Coaching: Die Begleitung ist abgeschlossen"
)
# tag (in words) as well
COACHING_EINSATZ_ENDET = Vorlage("coaching_einsatz_endet", "Coaching: Ihr Einsatz endet")
COACHING_EINSATZ_BEGINNT = Vorlage("coaching_einsatz_beginnt", "Coaching: Ihr Einsatz beginnt")
COACHING_COACH_GEWECHSELT = Vorlage(
    "coaching_coach_gewechselt", "Coaching: Ein anderer Coach begleitet Sie"
)
# nachfrage (its key) and monate as well
COACHING_NACHFRAGE = Vorlage("coaching_nachfrage", "Coaching: Was ist daraus geworden?")
COACHING_NACHFRAGE_ERINNERUNG = Vorlage(
    "coaching_nachfrage_erinnerung", "Coaching: Unsere Frage ist noch offen"
)
