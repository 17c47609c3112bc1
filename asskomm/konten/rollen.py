"""The roles of the LPR: groups whose rights are written here and nowhere else.

After every `migrate` the groups hold exactly these rights. Who is in a group is data;
what a group may do is code, so that it can be reviewed and tested.
"""

from django.apps import apps as alle_apps
from django.db import DEFAULT_DB_ALIAS

ADMINISTRATION = "Administration"
# Far-reaching roles: two people give them (asskomm.konten.models.Rollenvergabe).
ZU_ZWEIT = ("Leitung", ADMINISTRATION)

ANSEHEN = ("view",)
PFLEGEN = ("view", "add", "change")
ALLES = ("view", "add", "change", "delete")
# What two people decide (asskomm.konten.vieraugen): one proposes, another decides.
VORSCHLAGEN = ("view", "add")
VORSCHLAGEN_UND_ENTSCHEIDEN = (*VORSCHLAGEN, "entscheiden")
# What citizens sent is never made up, only dealt with.
BEARBEITEN = ("view", "change", "delete")

STAMMDATEN = ("polizeidirektion", "kreis", "kommune", "verbundmitgliedschaft")
FAKTEN = (
    "kooperationsvereinbarung",
    "modellkommune",
    "praeventionsrat",
    "ratszustand",
    "gremium",
    "ratsmitglied",
    "ratssitzung",
)
# The yearly confirmation of the councils; "add" is one by telephone.
PULS = ("ratsabfrage", "ratsbestaetigung")
BERATUNG = ("beratung", "coaching", "sicherheitsanalyse")
# The rows of an analysis.
ANALYSETEILE = ("analysephase", "handlungsempfehlung")
# The pool that the coordinators keep.
COACHES = ("coach", "coachvertrag", "ausschluss", "faehigkeit")
# Engagements are worked on at their pages; the admin only shows them.
BEGLEITUNGEN = ("coachinganfrage", "coachvorschlag", "mandat", "sitzung", "nachfrage", "wirkung")
# What a call lays down: rules, dates, budget.
FOERDERREGELN = (
    "regelwerk",
    "regel",
    "ausnahmegrund",
    "personalobergrenze",
    "checklistenpunkt",
    "anlagenart",
    "erklaerung",
    "textbaustein",
    "bescheidanlage",
    "foerderrunde",
    "haushaltsansatz",
    "basiszins",
)
# Cases are worked on in the Fallakte; the admin only shows them.
FOERDERAKTEN = (
    "foerderantrag",
    "bescheid",
    "entscheidung",
    "fristverlaengerung",
    "foerderkonto",
    "auszahlung",
    "rueckforderung",
    "rueckzahlung",
    "zahlungsdatei",
    "stichprobe",
    "abschluss",
    "aenderungsentscheidung",
)
FORTBILDUNG = ("lehrgang", "modul", "durchgang", "kurstag", "teilnahme")
WEBSITE = ("meldung", "veranstaltung", "seite", "begriff", "begriffsverweis")
# Figures that sources printed, those about grants among them: not for the Redaktion.
ZAHLEN = ("veroeffentlichtezahl",)
FREIGABEN = ("rollenvergabe", "zweitfaktorverlust", "vertretung")
EINGANG = ("kommentar", "rueckmeldung")
DATENSCHUTZ = {
    "datenschutz.view_verzeichnis",
    "datenschutz.view_aufbewahrungsfrist",
    "datenschutz.add_aufbewahrungsfrist",
    "datenschutz.view_aufbewahrungssperre",
    "datenschutz.add_aufbewahrungssperre",
    "datenschutz.change_aufbewahrungssperre",
    "datenschutz.view_faelligkeit",
    "datenschutz.change_faelligkeit",
    "datenschutz.view_loeschlauf",
    "datenschutz.add_loeschlauf",
    "datenschutz.entscheiden_loeschlauf",
}


def _rechte(app, modelle, arten):
    return {f"{app}.{art}_{modell}" for modell in modelle for art in arten}


_NACHSCHLAGEN = _rechte("kommunen", STAMMDATEN + FAKTEN, ANSEHEN)
_POST_LESEN = _rechte("post", ("nachricht", "tageslauf", "lebenszeichen"), ANSEHEN)
_PROTOKOLL_LESEN = {"protokoll.view_eintrag", "protokoll.exportieren"}
# "change" is the right to hold and send mails, and to be told when no worker is left.
_POST_FUEHREN = _POST_LESEN | _rechte("post", ("nachricht", "lebenszeichen"), ("change",))

ROLLEN = {
    "Redaktion": _NACHSCHLAGEN
    | _rechte("kommunen", FAKTEN, PFLEGEN)
    | _rechte("portal", WEBSITE, ALLES)
    | _rechte("portal", EINGANG, BEARBEITEN),
    "Sachbearbeitung": _NACHSCHLAGEN
    | _POST_FUEHREN
    | _rechte("kommunen", STAMMDATEN, PFLEGEN)
    | _rechte("kommunen", FAKTEN, ALLES)
    | _rechte("kommunen", PULS, PFLEGEN)
    | _rechte("kommunen", ("ratskorrektur",), ("view", "change"))
    | _rechte("kommunen", ("bestellung",), VORSCHLAGEN)
    | _rechte("kommunen", ("mitgliedschaft",), ANSEHEN)
    | _rechte("beratung", BERATUNG + ANALYSETEILE, ALLES)
    | _rechte("beratung", ("beratungsanfrage",), ANSEHEN)
    | _rechte("beratung", ("beratungsschritt",), ALLES)
    | _rechte("beratung", COACHES, ALLES)
    | _rechte("beratung", BEGLEITUNGEN, ANSEHEN)
    | _rechte("beratung", ("kontingenterweiterung",), VORSCHLAGEN)
    | {"beratung.koordinieren"}
    | _rechte("foerderung", ("zuwendung", *FOERDERREGELN), ALLES)
    | _rechte("foerderung", FOERDERAKTEN, ANSEHEN)
    | _rechte(
        "foerderung",
        ("entscheidung", "fristverlaengerung", "abschluss", "aenderungsentscheidung"),
        VORSCHLAGEN,
    )
    | {"foerderung.sachbearbeiten"}
    | _rechte("fortbildung", FORTBILDUNG, ANSEHEN)
    | _rechte("portal", ZAHLEN, ALLES)
    | _rechte("portal", (*WEBSITE, "stand", *EINGANG), ANSEHEN),
    "Prüfung": _NACHSCHLAGEN
    | _PROTOKOLL_LESEN
    | _rechte("beratung", BERATUNG + ANALYSETEILE, ANSEHEN)
    | _rechte("foerderung", ("zuwendung", *FOERDERREGELN, *FOERDERAKTEN), ANSEHEN)
    | {"foerderung.pruefen"},
    # Third beside those who check and who approve: releases payouts and deals with the treasury.
    "Haushalt": _NACHSCHLAGEN
    | _rechte("foerderung", ("zuwendung", *FOERDERREGELN, *FOERDERAKTEN), ANSEHEN)
    | {"foerderung.auszahlung_freigeben"},
    "Leitung": _NACHSCHLAGEN
    | DATENSCHUTZ
    | _PROTOKOLL_LESEN
    | _POST_LESEN
    | _rechte("kommunen", (*PULS, "ratskorrektur"), ANSEHEN)
    | _rechte("beratung", BERATUNG + ANALYSETEILE, ANSEHEN)
    | _rechte("beratung", ("kontingenterweiterung",), ("view", "entscheiden"))
    | _rechte("foerderung", ("zuwendung", *FOERDERREGELN, *FOERDERAKTEN), ANSEHEN)
    | {
        "foerderung.freigeben_regelwerk",
        "foerderung.entscheiden_entscheidung",
        "foerderung.auszahlung_genehmigen",
        "foerderung.entscheiden_abschluss",
        "foerderung.entscheiden_aenderungsentscheidung",
    }
    | _rechte("fortbildung", FORTBILDUNG, ANSEHEN)
    | _rechte("portal", WEBSITE + EINGANG, ANSEHEN)
    | _rechte("portal", ZAHLEN, ("view", "change"))
    | _rechte("portal", ("stand",), ALLES)
    | _rechte("konten", ("rollenvergabe", "vertretung"), VORSCHLAGEN_UND_ENTSCHEIDEN),
    "Fortbildung": _rechte("kommunen", STAMMDATEN, ANSEHEN)
    | _rechte("fortbildung", FORTBILDUNG, ALLES)
    | _rechte("fortbildung", ("anmeldung", "zertifikat"), ANSEHEN)
    | {"fortbildung.koordinieren"},
    "Administration": _NACHSCHLAGEN
    | DATENSCHUTZ
    | {"datenschutz.view_auskunft"}
    | _PROTOKOLL_LESEN
    | _POST_FUEHREN
    | _rechte("konten", ("konto",), PFLEGEN)
    | _rechte("konten", FREIGABEN, VORSCHLAGEN_UND_ENTSCHEIDEN)
    | _rechte("kommunen", ("bestellung",), VORSCHLAGEN_UND_ENTSCHEIDEN)
    | _rechte("kommunen", ("mitgliedschaft",), ANSEHEN)
    | _rechte("konten", ("einladung",), ANSEHEN)
    | _rechte("auth", ("group",), ANSEHEN)
    | _rechte("kommunen", STAMMDATEN, PFLEGEN),
}


def gleiche_rechte_ab(sender, using=DEFAULT_DB_ALIAS, apps=alle_apps, **_):
    """Give every group its rights on the models of `sender` (post_migrate, one app at a time).

    Rights on these models that are not in ROLLEN are taken away. Rights on models that do
    not exist (yet) are left out: during a partial migration the rest follows later.
    """
    try:
        Group = apps.get_model("auth", "Group")
        Permission = apps.get_model("auth", "Permission")
    except LookupError:
        return
    vorhanden = {
        f"{sender.label}.{recht.codename}": recht
        for recht in Permission.objects.using(using).filter(content_type__app_label=sender.label)
    }
    for name, rechte in ROLLEN.items():
        gruppe, _ = Group.objects.using(using).get_or_create(name=name)
        soll = {recht for schluessel, recht in vorhanden.items() if schluessel in rechte}
        ist = set(gruppe.permissions.filter(content_type__app_label=sender.label))
        gruppe.permissions.remove(*(ist - soll))
        gruppe.permissions.add(*(soll - ist))
