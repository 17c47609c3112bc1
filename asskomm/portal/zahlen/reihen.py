"""Names of the published series. One series is one definition; they are never mixed."""

REIHEN = {
    "kommunen_beraten": "Beratene Kommunen",
    "kommunen_beteiligt": "Am Programm beteiligte Kommunen",
    "kommunen_kontaktiert": "Kontaktierte Kommunen",
    "kommunen_eng": "Eng zusammenarbeitende Kommunen",
    "kommunen_netzwerk": "Kommunen im Netzwerk",
    "kooperationsvereinbarungen": "Kooperationsvereinbarungen",
    "kooperationsvereinbarungen_kommunen": "Dem Verbund beigetretene Kommunen",
    "kooperationsvereinbarungen_lk_soe": (
        "Vereinbarungen im Landkreis Sächsische Schweiz-Osterzgebirge"
    ),
    "kooperationsvereinbarungen_lk_zwickau": "Vereinbarungen im Landkreis Zwickau",
    "mitglieder_ostsachsen": "Beitritte in Ostsachsen",
    "kpr_anzahl": "Kommunen mit Präventionsrat",
    "kpr_gebietskoerperschaften": "Präventionsräte in Städten, Gemeinden und Verbänden",
    "kpr_landkreise": "Landkreise mit Präventionsrat",
    "kpr_vor_programmstart": "Gemeinden mit kriminalpräventivem Rat vor dem Programm",
    "foerdermittel_bewilligt_kumuliert": "Bewilligte Fördermittel seit dem Start",
    "foerdermittel_haushalt": "Fördermittel im Doppelhaushalt",
    "foerdermittel_haushalt_jahr": "Fördermittel im Haushaltsjahr",
    "foerdermittel_bereitgestellt": "Bereitgestellte Fördermittel",
    "coaching_kommunen_jahr": "Kommunen im Coaching in einem Jahr",
    "coaching_kommunen": "Kommunen mit Coach",
    "coach_pool": "Coaches im Pool",
    "beccaria_absolventen_kumuliert": "Ausgebildete Fachkräfte für Kriminalprävention",
    "beccaria_neu_begonnen": "Neu begonnene Qualifizierungen",
    "studierende_bachelor": "Studierende im Bachelor Präventionsmanagement",
    "studierende_master": "Studierende im Master Präventionsmanagement",
    "modellkommunen": "Modellkommunen",
    "sicherheitsanalysen_geplant_2020": "Für den Start 2020 geplante Sicherheitsanalysen",
    "sicherheitsanalysen_geplant_2022": "Für 2022 geplante Sicherheitsanalysen",
    "sicherheitsanalysen_gesamt_geplant": "Insgesamt geplante Sicherheitsanalysen",
    "sicherheitsanalysen_durchgefuehrt": "Durchgeführte Sicherheitsanalysen",
    "sicherheitsanalysen_abgeschlossen": "Abgeschlossene Sicherheitsanalysen",
    "sicherheitsanalysen_laufend": "Laufende Sicherheitsanalysen",
    "sicherheitsanalyse_kommunen_geplant": "Für Analysen vorgesehene Kommunen",
    "sicherheitsanalyse_kommunen": "Kommunen in Sicherheitsanalysen",
    "sicherheitsanalyse_kommunen_2021": "Kommunen in den Sicherheitsanalysen des Jahres 2021",
    "sicherheitsanalyse_workshop_kommunen": "Kommunen im Workshop zur Analyse",
    "foerderung_stellenanteil_koordination_min": "Geförderte Stellenanteile, unterer Wert",
    "foerderung_stellenanteil_koordination_max": "Geförderte Stellenanteile, oberer Wert",
    "veranstaltung_teilnehmende": "Teilnehmende der großen Tagungen",
}


def titel_der_reihe(name: str) -> str:
    """The German name; a series that staff opened and nobody named yet shows its own word."""
    return REIHEN.get(name, name.replace("_", " ").capitalize())
