"""What the log says about accounts, sign-in, roles and proposals."""

from asskomm.protokoll.handlungen import Handlung

ANGEMELDET = Handlung("konto.angemeldet", "Angemeldet")
ANMELDUNG_GESCHEITERT = Handlung("konto.anmeldung_gescheitert", "Anmeldung gescheitert")
ABGEMELDET = Handlung("konto.abgemeldet", "Abgemeldet")
UEBERALL_ABGEMELDET = Handlung("konto.ueberall_abgemeldet", "Überall abgemeldet")
PASSWORT_GEAENDERT = Handlung("konto.passwort_geaendert", "Passwort geändert")
PASSWORT_ZURUECKGESETZT = Handlung("konto.passwort_zurueckgesetzt", "Passwort zurückgesetzt")
ZWEITFAKTOR_EINGERICHTET = Handlung("konto.zweitfaktor_eingerichtet", "Zweiten Faktor eingerichtet")
ZWEITFAKTOR_ENTFERNT = Handlung("konto.zweitfaktor_entfernt", "Zweiten Faktor entfernt")
ZWEITFAKTOR_ZURUECKGESETZT = Handlung(
    "konto.zweitfaktor_zurueckgesetzt", "Zweiten Faktor zurückgesetzt"
)
NOTFALLCODES_ERZEUGT = Handlung("konto.notfallcodes_erzeugt", "Notfallcodes erzeugt")
ANGABEN_GEAENDERT = Handlung("konto.angaben_geaendert", "Angaben zum Konto geändert")
EINGELADEN = Handlung("konto.eingeladen", "Eingeladen")
EINLADUNG_ERNEUERT = Handlung("konto.einladung_erneuert", "Einladung noch einmal geschickt")
EINLADUNG_ANGENOMMEN = Handlung("konto.einladung_angenommen", "Einladung angenommen")
EINLADUNG_WIDERRUFEN = Handlung("konto.einladung_widerrufen", "Einladung widerrufen")
EINLADUNG_GELOESCHT = Handlung("konto.einladung_geloescht", "Abgelaufene Einladung gelöscht")
DEAKTIVIERT = Handlung("konto.deaktiviert", "Konto deaktiviert")
AKTIVIERT = Handlung("konto.aktiviert", "Konto wieder aktiviert")
ANONYMISIERT = Handlung("konto.anonymisiert", "Konto unkenntlich gemacht")
ROLLE_GEGEBEN = Handlung("rolle.gegeben", "Rolle gegeben")
ROLLE_ENTZOGEN = Handlung("rolle.entzogen", "Rolle entzogen")
VERTRETUNG_BEENDET = Handlung("vertretung.beendet", "Vertretung beendet")
VORSCHLAG_GEMACHT = Handlung("vorschlag.gemacht", "Vorgeschlagen")
VORSCHLAG_GENEHMIGT = Handlung("vorschlag.genehmigt", "Genehmigt")
VORSCHLAG_ABGELEHNT = Handlung("vorschlag.abgelehnt", "Abgelehnt")
VORSCHLAG_ZURUECKGEZOGEN = Handlung("vorschlag.zurueckgezogen", "Vorschlag zurückgezogen")
EIGENE_FREIGABE_VERSUCHT = Handlung("vorschlag.eigene_freigabe", "Eigene Freigabe versucht")
