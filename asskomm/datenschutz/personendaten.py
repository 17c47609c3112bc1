"""Personal data of this app, and of the libraries that keep tables of their own."""

from importlib import import_module

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import CharField, Q
from django.db.models.functions import Cast, TruncDate

from asskomm.personendaten import (
    GELOESCHT,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    SICHERHEIT,
    Durchfuehrung,
    Ende,
    Loeschregel,
    Personendaten,
    Unbedenklich,
    Vorschlag,
    beim_anonymisieren,
    personendaten,
)
from asskomm.protokoll.personendaten import KONTO, loesche_gruende_zu
from asskomm.verlauf import modelle_mit_verlauf

from .models import Aufbewahrungssperre, Loeschlauf

MIT_DEM_KONTO = "Nummer der Person; mit dem Konto unkenntlich, siehe „Deaktivierte Konten“"
ANMELDUNG = "mit dem Konto, siehe „Deaktivierte Konten“"
ANMELDEDATEN = "Anmeldung"

# --- Rules -----------------------------------------------------------------------


def _bearbeitete(nummern):
    """What was edited, where it was a record: a session of the admin has none."""
    eintraege = LogEntry.objects.filter(pk__in=nummern, content_type__isnull=False)
    for eintrag in eintraege.select_related("content_type"):
        art = eintrag.content_type
        yield eintrag.pk, f"{art.app_label}.{art.model}", eintrag.object_id


VERWALTUNG = Loeschregel(
    "datenschutz.verwaltung",
    "Verlauf der Verwaltung",
    "admin.LogEntry",
    "ab dem Tag der Handlung",
    Ende.LOESCHEN,
    lambda: LogEntry.objects.annotate(frist_tag=TruncDate("action_time")),
    Vorschlag(3, "jahre"),
    handelt_von=_bearbeitete,
)
SPERRE = Loeschregel(
    "datenschutz.sperre",
    "Gründe aufgehobener Löschsperren",
    "datenschutz.Aufbewahrungssperre",
    "ab dem Tag, an dem die Sperre aufgehoben wurde",
    Ende.LEEREN,
    lambda: (
        Aufbewahrungssperre.objects.exclude(grund=GELOESCHT)
        .filter(aufgehoben_um__isnull=False)
        .annotate(frist_tag=TruncDate("aufgehoben_um"))
    ),
    Vorschlag(3, "jahre"),
    felder={"grund": GELOESCHT},
)
LAUF = Loeschregel(
    "datenschutz.loeschlauf",
    "Begründungen von Löschläufen",
    "datenschutz.Loeschlauf",
    "ab dem Tag der Entscheidung",
    Ende.LEEREN,
    lambda: (
        Loeschlauf.objects.exclude(begruendung=GELOESCHT)
        .exclude(ergebnis="offen")
        .annotate(frist_tag=TruncDate("entschieden_um"))
    ),
    Vorschlag(5, "jahre"),
    felder={"begruendung": GELOESCHT},
)

# --- When an account is made unrecognisable -----------------------------------------


@beim_anonymisieren
def loesche_adressen(konten, durchfuehrung: Durchfuehrung) -> None:
    """Addresses at the sign-in, and links to state accounts where that is in use."""
    EmailAddress.objects.filter(user__in=konten).delete()
    if apps.is_installed("allauth.socialaccount"):
        apps.get_model("socialaccount.SocialAccount").objects.filter(user__in=konten).delete()


@beim_anonymisieren
def loesche_sitzungen(konten, durchfuehrung: Durchfuehrung) -> None:
    Session.objects.filter(pk__in=sitzungen_von({str(nummer) for nummer in konten})).delete()


def sitzungen_von(konten: set[str]) -> list[str]:
    """Keys of the sessions of these accounts; the number stands only inside of the session."""
    ablage = import_module(settings.SESSION_ENGINE).SessionStore()
    return [
        sitzung.pk
        for sitzung in Session.objects.iterator()
        if ablage.decode(sitzung.session_data).get("_auth_user_id") in konten
    ]


@beim_anonymisieren
def leere_verwaltung(konten, durchfuehrung: Durchfuehrung) -> None:
    """The log of the admin repeats the name of what was edited: of the account and of all
    records that belong to it."""
    zum_konto = {KONTO: Q(pk__in=konten)}
    for angabe in personendaten():
        if isinstance(angabe.wessen, str) and angabe.wessen:
            art = angabe.modell.lower()
            zum_konto[art] = zum_konto.get(art, Q()) | Q(**{f"{angabe.wessen}__in": konten})
    for art, bedingung in zum_konto.items():
        modell = apps.get_model(art)
        nummern = (
            modell._base_manager.filter(bedingung)
            .annotate(als_text=Cast("pk", CharField()))
            .values("als_text")
        )
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(modell), object_id__in=nummern
        ).update(object_repr="", change_message="")


@beim_anonymisieren
def leere_sperren(konten, durchfuehrung: Durchfuehrung) -> None:
    """Lifted holds on these accounts; one in force would have kept the account."""
    sperren = Aufbewahrungssperre.objects.filter(
        gegenstand_art=KONTO, gegenstand_nummer__in=[str(nummer) for nummer in konten]
    )
    nummern = list(sperren.values_list("pk", flat=True))
    sperren.update(grund=GELOESCHT)
    loesche_gruende_zu(Aufbewahrungssperre._meta.label_lower, nummern, durchfuehrung)


# --- Register: this app -----------------------------------------------------------------

Personendaten(
    "datenschutz.Aufbewahrungssperre",
    ("gegenstand_nummer", "grund"),
    lambda konto: Q(gegenstand_art=KONTO, gegenstand_nummer=str(konto.pk)),
    zweck="Schutz vor Löschung, zum Beispiel bei Widerspruch oder Prüfung",
    rechtsgrundlage=NACHWEIS,
    ende=SPERRE,
    begleitend=("gesetzt_um", "aufgehoben_um"),
)
for _modell, _feld, _wann in (
    ("Aufbewahrungssperre", "gesetzt_von", "gesetzt_um"),
    ("Aufbewahrungssperre", "aufgehoben_von", "aufgehoben_um"),
    ("Loeschlauf", "vorgeschlagen_von", "vorgeschlagen_um"),
    ("Loeschlauf", "vorgeschlagen_fuer", "vorgeschlagen_um"),
    ("Loeschlauf", "entschieden_von", "entschieden_um"),
    ("Loeschlauf", "entschieden_fuer", "entschieden_um"),
):
    Personendaten(
        f"datenschutz.{_modell}",
        (_feld,),
        _feld,
        zweck="Nachweis, wer über Löschungen entschieden hat",
        rechtsgrundlage=NACHWEIS,
        ende=MIT_DEM_KONTO,
        begleitend=(_wann,),
    )
Personendaten(
    "datenschutz.Loeschlauf",
    ("begruendung",),
    "vorgeschlagen_von",
    zweck="Begründung eines Löschlaufs",
    rechtsgrundlage=NACHWEIS,
    ende=LAUF,
    begleitend=("am",),
)
Unbedenklich(
    "datenschutz.Aufbewahrungsfrist", ("regel", "quelle"), "Regel des Portals und ihre Quelle"
)
Unbedenklich("datenschutz.Aufbewahrungssperre", ("gegenstand_art",), "Schlüsselwort")
Unbedenklich(
    "datenschutz.Loeschposten",
    ("regel", "art", "nummer", "auslassung"),
    "Schlüsselwörter und die Nummer eines Datensatzes, den es nach dem Lauf nicht mehr gibt",
)
Unbedenklich("datenschutz.Faelligkeit", ("regel",), "Schlüsselwort")

# --- Register: Django and its companions ---------------------------------------------------

Personendaten(
    "sessions.Session",
    ("session_key", "session_data"),
    lambda konto: Q(pk__in=sitzungen_von({str(konto.pk)})),
    zweck="Angemeldet bleiben; die Nummer des Kontos und was gerade eingegeben wird",
    rechtsgrundlage=SICHERHEIT,
    ende="endet mit der Sitzung; abgelaufene Sitzungen werden täglich gelöscht",
    begleitend=("expire_date",),
    geheim=("session_key", "session_data"),
    bereich=ANMELDEDATEN,
    bezeichnung="Sitzungen",
)
Personendaten(
    "admin.LogEntry",
    ("user",),
    "user",
    zweck="Nachweis, wer in der Verwaltung was getan hat",
    rechtsgrundlage=NACHWEIS,
    ende=VERWALTUNG,
    begleitend=("action_time", "action_flag", "content_type", "object_id"),
    bereich="Verwaltung",
    bezeichnung="Einträge im Verlauf der Verwaltung",
)
Personendaten(
    "admin.LogEntry",
    ("object_id", "object_repr", "change_message"),
    lambda konto: Q(
        content_type__app_label="konten", content_type__model="konto", object_id=str(konto.pk)
    ),
    zweck="Nachweis, was an einem Konto geändert wurde",
    rechtsgrundlage=NACHWEIS,
    ende=VERWALTUNG,
    begleitend=("action_time",),
    bereich="Verwaltung",
    bezeichnung="Einträge im Verlauf der Verwaltung",
)
Personendaten(
    "account.EmailAddress",
    ("user", "email"),
    "user",
    zweck="Anmeldung mit der E-Mail-Adresse",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=ANMELDUNG,
    begleitend=("verified",),
    bereich=ANMELDEDATEN,
    bezeichnung="Adressen zur Anmeldung",
    feldnamen={"user": "Konto"},
)
Personendaten(
    "account.EmailConfirmation",
    ("key",),
    "email_address__user",
    zweck="Bestätigung einer E-Mail-Adresse",
    rechtsgrundlage=SICHERHEIT,
    ende=ANMELDUNG,
    begleitend=("created",),
    geheim=("key",),
    bereich=ANMELDEDATEN,
)
Personendaten(
    "mfa.Authenticator",
    ("user", "data"),
    "user",
    zweck="Zweiter Faktor der Anmeldung",
    rechtsgrundlage=SICHERHEIT,
    ende=ANMELDUNG,
    begleitend=("type", "created_at", "last_used_at"),
    geheim=("data",),
    bereich=ANMELDEDATEN,
    bezeichnung="Zweite Faktoren",
    feldnamen={
        "user": "Konto",
        "data": "Geheimnis",
        "type": "Art",
        "created_at": "angelegt",
        "last_used_at": "zuletzt benutzt",
    },
)
if apps.is_installed("allauth.socialaccount"):
    Personendaten(
        "socialaccount.SocialAccount",
        ("user", "provider", "uid", "extra_data"),
        "user",
        zweck="Anmeldung mit einem Behördenkonto",
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=ANMELDUNG,
        begleitend=("date_joined", "last_login"),
        bereich=ANMELDEDATEN,
        bezeichnung="Behördenkonten",
        feldnamen={"user": "Konto", "uid": "Kennung", "extra_data": "Angaben des Anbieters"},
    )
    Personendaten(
        "socialaccount.SocialToken",
        ("token", "token_secret"),
        "account__user",
        zweck="Anmeldung mit einem Behördenkonto",
        rechtsgrundlage=SICHERHEIT,
        ende=ANMELDUNG,
        geheim=("token", "token_secret"),
        bereich=ANMELDEDATEN,
        bezeichnung="Schlüssel zu Behördenkonten",
    )
    Unbedenklich(
        "socialaccount.SocialApp",
        ("provider", "provider_id", "name", "client_id", "secret", "key", "settings"),
        "Zugangsdaten des Portals bei einem Identitätsanbieter",
    )
for _modell in modelle_mit_verlauf():
    _verlauf = getattr(_modell, _modell._meta.simple_history_manager_attribute).model
    Personendaten(
        _verlauf._meta.label,
        ("history_user",),
        "history_user",
        zweck="Nachweis, wer einen Datensatz geändert hat",
        rechtsgrundlage=NACHWEIS,
        ende=MIT_DEM_KONTO,
        begleitend=("history_date", "history_type", _modell._meta.pk.name),
    )
    Unbedenklich(
        _verlauf._meta.label, ("history_change_reason",), "Name des Programms, das geändert hat"
    )
Unbedenklich("auth.Permission", ("name", "codename"), "Bezeichnung eines Rechts")
Unbedenklich("auth.Group", ("name",), "Bezeichnung einer Rolle")
Unbedenklich("contenttypes.ContentType", ("app_label", "model"), "Bezeichnung eines Modells")
