"""Personal data of accounts, sign-in, invitations and decisions about people."""

from django.db.models import F
from django.db.models.functions import Coalesce, Least, TruncDate

from asskomm.personendaten import (
    GELOESCHT,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    SICHERHEIT,
    Durchfuehrung,
    Ende,
    Loeschregel,
    OffenerVorgang,
    Personendaten,
    Unbedenklich,
    Vorschlag,
)
from asskomm.protokoll.verfahren import protokolliere

from . import handlungen
from .anonymisierung import UEBER_PERSONEN, anonymisiere
from .models import BekanntesGeraet, Einladung, Konto, Rollenvergabe, Vertretung, Zweitfaktorverlust

# --- Rules -----------------------------------------------------------------------


def _deaktivierte():
    return (
        Konto.objects.kenntlich()
        .filter(deaktiviert_um__isnull=False)
        .annotate(frist_tag=TruncDate("deaktiviert_um"))
    )


def _verfallene_einladungen():
    """Never accepted; what was withdrawn counts from that day, if it came first."""
    return Einladung.objects.filter(angenommen_um__isnull=True).annotate(
        frist_tag=TruncDate(Least(Coalesce("widerrufen_um", "gueltig_bis"), "gueltig_bis"))
    )


def _loesche_einladungen(nummern, durchfuehrung: Durchfuehrung):
    """Delete the invitations; who was known only by them is made unrecognisable."""
    einladungen = Einladung.objects.filter(pk__in=nummern).order_by("pk")
    konten = set(einladungen.values_list("konto", flat=True))
    for einladung in einladungen:
        protokolliere(handlungen.EINLADUNG_GELOESCHT, einladung, durch=durchfuehrung.durch)
    einladungen.delete()
    nur_eingeladen = Konto.objects.nie_angenommen().filter(pk__in=konten, einladungen__isnull=True)
    unbekannt = list(nur_eingeladen.values_list("pk", flat=True))
    if unbekannt:
        anonymisiere(unbekannt, durchfuehrung)


def _nur_eingeladene(nummern):
    """Invitations of people who were never known otherwise."""
    return Einladung.objects.filter(
        pk__in=nummern, konto__in=Konto.objects.nie_angenommen()
    ).values_list("pk", "konto")


def _entschiedene(modell, seit):
    """Decided proposals whose reason is still there, from the day they were over."""

    def bestand():
        return (
            modell.objects.exclude(begruendung=GELOESCHT)
            .exclude(ergebnis="offen")
            .annotate(frist_tag=seit)
            .filter(frist_tag__isnull=False)
        )

    return bestand


ENTSCHIEDEN = TruncDate("entschieden_um")

KONTO = Loeschregel(
    "konten.konto",
    "Deaktivierte Konten",
    "konten.Konto",
    "ab dem Tag, an dem das Konto deaktiviert wurde",
    Ende.ANONYMISIEREN,
    _deaktivierte,
    Vorschlag(12, "monate"),
    ausfuehren=anonymisiere,
    macht_unkenntlich=lambda nummern: ((nummer, nummer) for nummer in nummern),
)
EINLADUNG = Loeschregel(
    "konten.einladung",
    "Nicht angenommene Einladungen",
    "konten.Einladung",
    "ab dem letzten Tag der Einladung oder ihrem Widerruf",
    Ende.LOESCHEN,
    _verfallene_einladungen,
    Vorschlag(30, "tage"),
    ausfuehren=_loesche_einladungen,
    macht_unkenntlich=_nur_eingeladene,
)
GERAET = Loeschregel(
    "konten.geraet",
    "Bekannte Geräte",
    "konten.BekanntesGeraet",
    "ab der letzten Anmeldung mit dem Gerät",
    Ende.LOESCHEN,
    lambda: BekanntesGeraet.objects.annotate(frist_tag=F("zuletzt_am")),
    Vorschlag(12, "monate"),
)
_BEGRUENDUNG = {"begruendung": GELOESCHT}
ROLLENVERGABE = Loeschregel(
    "konten.rollenvergabe",
    "Begründungen zur Vergabe von Rollen",
    "konten.Rollenvergabe",
    "ab dem Tag, an dem die Rolle entzogen oder nicht gegeben wurde",
    Ende.LEEREN,
    lambda: _entschiedene(
        Rollenvergabe, TruncDate(Coalesce("entzogen_um", "entschieden_um"))
    )().exclude(ergebnis="genehmigt", entzogen_um__isnull=True),
    Vorschlag(3, "jahre"),
    felder=_BEGRUENDUNG,
)
ZWEITFAKTORVERLUST = Loeschregel(
    "konten.zweitfaktorverlust",
    "Begründungen zu verlorenen zweiten Faktoren",
    "konten.Zweitfaktorverlust",
    "ab dem Tag der Entscheidung",
    Ende.LEEREN,
    _entschiedene(Zweitfaktorverlust, ENTSCHIEDEN),
    Vorschlag(3, "jahre"),
    felder=_BEGRUENDUNG,
)
VERTRETUNG = Loeschregel(
    "konten.vertretung",
    "Begründungen zu Vertretungen",
    "konten.Vertretung",
    "ab dem letzten Tag der Vertretung",
    Ende.LEEREN,
    _entschiedene(Vertretung, F("ende")),
    Vorschlag(3, "jahre"),
    felder=_BEGRUENDUNG,
)


def _mit_offenem_vorschlag(konten):
    """Accounts about which, or by which, a proposal waits for its decision."""
    offen = set()
    for modell, felder in UEBER_PERSONEN:
        for feld in (*felder, "vorgeschlagen_von"):
            wartend = modell.objects.offen().filter(**{f"{feld}__in": konten})
            offen |= set(wartend.values_list(feld, flat=True))
    return offen


OffenerVorgang(
    "konten.vorschlag",
    "konten.konto",
    "Ein Vorschlag von dieser oder über diese Person ist noch nicht entschieden.",
    _mit_offenem_vorschlag,
)

# --- Register ----------------------------------------------------------------------

_MIT_DEM_KONTO = "mit dem Konto, siehe „Deaktivierte Konten“"

Personendaten(
    "konten.Konto",
    ("email", "name", "password"),
    "",
    zweck="Anmeldung, Anrede und Nachweis, wer im Portal handelt",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=KONTO,
    begleitend=("angelegt_um", "last_login", "deaktiviert_um", "is_active", "is_staff"),
    geheim=("password",),
)
Personendaten(
    "konten.Konto_groups",
    ("konto",),
    "konto",
    zweck="Rollen beim Landespräventionsrat",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=KONTO,
    begleitend=("group",),
    bezeichnung="Rollen von Konten",
    feldnamen={"konto": "Konto", "group": "Rolle"},
)
Unbedenklich(
    "konten.Konto_user_permissions",
    ("konto",),
    "bleibt leer: Die Datenbank lässt keine Rechte außer denen der Rollen zu",
)
Personendaten(
    "konten.Einladung",
    ("konto",),
    "konto",
    zweck="Zugang zum Portal",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=EINLADUNG,
    begleitend=("eingeladen_um", "gueltig_bis", "angenommen_um", "widerrufen_um"),
)
Personendaten(
    "konten.Einladung",
    ("eingeladen_von",),
    "eingeladen_von",
    zweck="Nachweis, wer eingeladen hat",
    rechtsgrundlage=NACHWEIS,
    ende=f"Nummer der handelnden Person: {_MIT_DEM_KONTO}",
    begleitend=("eingeladen_um",),
)
Personendaten(
    "konten.BekanntesGeraet",
    ("konto", "pruefwert"),
    "konto",
    zweck="Hinweis per E-Mail, wenn sich jemand mit einem neuen Gerät anmeldet",
    rechtsgrundlage=SICHERHEIT,
    ende=GERAET,
    begleitend=("zuletzt_am",),
    geheim=("pruefwert",),
)
for _modell, _regel, _zweck, _wen, _dazu in (
    ("Rollenvergabe", ROLLENVERGABE, "Vergabe weitreichender Rollen", ("konto",), ("gruppe",)),
    ("Zweitfaktorverlust", ZWEITFAKTORVERLUST, "Verlust des zweiten Faktors", ("konto",), ()),
    (
        "Vertretung",
        VERTRETUNG,
        "Vertretung von Beschäftigten",
        ("vertretener", "vertreter"),
        ("beginn", "ende"),
    ),
):
    for _feld in _wen:
        Personendaten(
            f"konten.{_modell}",
            (_feld, "begruendung"),
            _feld,
            zweck=_zweck,
            rechtsgrundlage=NACHWEIS,
            ende=_regel,
            begleitend=("ergebnis", "vorgeschlagen_um", "entschieden_um", *_dazu),
        )
    Personendaten(
        f"konten.{_modell}",
        ("vorgeschlagen_von", "begruendung"),
        "vorgeschlagen_von",
        zweck=f"{_zweck}: wer vorgeschlagen hat",
        rechtsgrundlage=NACHWEIS,
        ende=_regel,
        begleitend=("vorgeschlagen_um", "ergebnis"),
    )
    for _feld, _wer, _wann in (
        ("entschieden_von", "wer entschieden hat", "entschieden_um"),
        ("vorgeschlagen_fuer", "in wessen Vertretung vorgeschlagen wurde", "vorgeschlagen_um"),
        ("entschieden_fuer", "in wessen Vertretung entschieden wurde", "entschieden_um"),
    ):
        Personendaten(
            f"konten.{_modell}",
            (_feld,),
            _feld,
            zweck=f"{_zweck}: {_wer}",
            rechtsgrundlage=NACHWEIS,
            ende=f"Nummer der Person: {_MIT_DEM_KONTO}",
            begleitend=(_wann, "ergebnis"),
        )
