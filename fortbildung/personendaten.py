"""Personal data of courses: who registered, what they need, what they finished."""

from django.db.models import Max, Q
from django.db.models.functions import Coalesce, TruncDate

from asskomm.personendaten import (
    ANDERE,
    GELOESCHT,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    Ende,
    Loeschregel,
    Personendaten,
    Unbedenklich,
    Vorschlag,
)
from kommunen.personendaten import SOLANGE_DER_DATENSATZ

from .models import Anmeldung, Zertifikat

Personendaten(
    "fortbildung.Teilnahme",
    ("kommune", "gruppe", "begonnen_am", "abgeschlossen_am", "abgebrochen_am"),
    ANDERE,
    zweck="Statistik der Qualifizierung; ohne Namen, in kleinen Kommunen aber zuzuordnen",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
Personendaten(
    "fortbildung.Durchgang",
    ("bezeichnung", "quelle", "bemerkung"),
    ANDERE,
    zweck="Beleg und interner Hinweis; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
Unbedenklich("fortbildung.Durchgang", ("import_schluessel",), "Schlüssel eines Imports")
Unbedenklich(
    "fortbildung.Lehrgang",
    ("kuerzel", "name", "abschluss", "traeger", "beschreibung"),
    "Beschreibung eines Lehrgangs",
)


def _beendete_anmeldungen():
    """Those of cohorts whose last day is over, and those that ended before."""
    return (
        Anmeldung.objects.exclude(email=GELOESCHT)
        .annotate(
            letzter_kurstag=Max("durchgang__kurstage__tag"),
            frist_tag=Coalesce(TruncDate("beendet_um"), Max("durchgang__kurstage__tag")),
        )
        .filter(frist_tag__isnull=False)
    )


_ANMELDUNG = Loeschregel(
    "fortbildung.anmeldung",
    "Anmeldungen zu Lehrgängen",
    "fortbildung.Anmeldung",
    "Ende der Anmeldung, sonst letzter Kurstag",
    Ende.LEEREN,
    _beendete_anmeldungen,
    Vorschlag(12, "monate"),
    felder={
        "name": GELOESCHT,
        "email": GELOESCHT,
        "konto": None,
        "kommune": None,
        "stelle": GELOESCHT,
        "funktion": GELOESCHT,
        "anliegen": "",
        "arbeitgeber_email": "",
        "grund": GELOESCHT,
    },
    gehoert_zu={"fortbildung.Durchgang": "durchgang"},
)
Personendaten(
    "fortbildung.Anmeldung",
    ("konto", "name", "email", "stelle", "funktion", "anliegen", "arbeitgeber_email", "grund"),
    lambda konto: Q(konto=konto) | Q(email=konto.email),
    zweck="Anmeldung zu einem Lehrgang: Platz, Warteliste, Zulassung und Nachrichten dazu",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=_ANMELDUNG,
    begleitend=("durchgang", "gruppe", "kommune", "stand", "eingegangen_um"),
)
Personendaten(
    "fortbildung.Bedarf",
    ("verpflegung", "unterstuetzung"),
    lambda konto: Q(anmeldung__konto=konto) | Q(anmeldung__email=konto.email),
    zweck="Was zugelassene Personen an den Kurstagen brauchen; kann die Gesundheit betreffen",
    rechtsgrundlage="Art. 9 Abs. 2 Buchst. a DSGVO, freiwillige Angabe (Zuordnung zu prüfen)",
    ende="Die Tagesaufgabe „fortbildung.aufraeumen“ löscht am Tag nach dem letzten Kurstag.",
    begleitend=("anmeldung", "angegeben_um"),
)
for _modell, _feld, _wann, _zweck in (
    ("Anmeldung", "entschieden_von", "entschieden_um", "Wer über die Zulassung entschieden hat"),
    ("Kurstag", "geschlossen_von", "geschlossen_um", "Wer den Kurstag abgeschlossen hat"),
    ("Nachholung", "vereinbart_von", "vereinbart_um", "Wer das Nachholen vereinbart hat"),
    ("Projektarbeit", "erfasst_von", "angenommen_am", "Wer die Projektarbeit erfasst hat"),
    ("Zertifikat", "ausgestellt_von", "ausgestellt_um", "Wer das Zertifikat ausgestellt hat"),
    ("Zertifikat", "widerrufen_von", "widerrufen_um", "Wer das Zertifikat widerrufen hat"),
):
    Personendaten(
        f"fortbildung.{_modell}",
        (_feld,),
        _feld,
        zweck=f"Nachweis der Qualifizierung: {_zweck}",
        rechtsgrundlage=NACHWEIS,
        ende=SOLANGE_DER_DATENSATZ,
        begleitend=(_wann,),
    )
Personendaten(
    "fortbildung.Projektarbeit",
    ("thema",),
    lambda konto: Q(anmeldung__konto=konto) | Q(anmeldung__email=konto.email),
    zweck="Thema der Projektarbeit",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("angenommen_am",),
)


def _zertifikate_mit_namen():
    return Zertifikat.objects.exclude(name="").annotate(frist_tag=TruncDate("ausgestellt_um"))


Personendaten(
    "fortbildung.Zertifikat",
    ("name", "namenspruefwert", "inhalt", "widerruf_grund"),
    lambda konto: Q(teilnahme__anmeldung__konto=konto) | Q(teilnahme__anmeldung__email=konto.email),
    zweck="Zertifikat, dessen Echtheit jede Person mit dem Prüfcode feststellen kann",
    rechtsgrundlage=NACHWEIS,
    ende=Loeschregel(
        "fortbildung.zertifikat",
        "Namen auf Zertifikaten",
        "fortbildung.Zertifikat",
        "Ausstellung",
        Ende.LEEREN,
        _zertifikate_mit_namen,
        Vorschlag(30, "jahre"),
        felder={"name": ""},
    ),
    begleitend=("code", "ausgestellt_um"),
    geheim=("namenspruefwert",),
)
Unbedenklich("fortbildung.Zertifikat", ("code",), "Zufälliger Prüfcode")
Unbedenklich("fortbildung.Modul", ("titel", "inhalt"), "Beschreibung eines Moduls")
Unbedenklich("fortbildung.Kurstag", ("ort",), "Ort eines Kurstags")
Unbedenklich("fortbildung.Durchgang", ("ankuendigung", "kontakt_email"), "Öffentliche Angaben")
Personendaten(
    "fortbildung.Teilnahme",
    ("anmeldung",),
    lambda konto: Q(anmeldung__konto=konto) | Q(anmeldung__email=konto.email),
    zweck="Zu welcher Anmeldung die Teilnahme gehört",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende="Ohne die Angaben der Anmeldung nennt der Verweis keine Person mehr.",
)
