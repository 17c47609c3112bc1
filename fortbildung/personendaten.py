"""Personal data of courses: who registered, what they need, what they finished."""

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from asskomm.konten.models import Konto
from asskomm.personendaten import (
    ANDERE,
    GELOESCHT,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    Durchfuehrung,
    Ende,
    Loeschregel,
    OffenerVorgang,
    Personendaten,
    Unbedenklich,
    Vorschlag,
    beim_anonymisieren,
)
from asskomm.protokoll.personendaten import loesche_gruende_zu
from kommunen.personendaten import MIT_DEM_KONTO, SOLANGE_DER_DATENSATZ

from .models import OHNE_PERSON, Anmeldung, Antwort, Bedarf, Kurstag, Teilnahme, Zertifikat
from .verfahren.eigene_angaben import FRIST_DER_ANMELDUNG, FRIST_DES_NAMENS

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
    """Those that ended, and those of cohorts with a last day, made up modules included."""
    kurstage = Kurstag.objects.filter(
        Q(durchgang=OuterRef("durchgang")) | Q(durchgang__gaeste__anmeldung=OuterRef("pk"))
    )
    letzter = Subquery(kurstage.order_by("-tag").values("tag")[:1])
    return (
        Anmeldung.objects.exclude(email=GELOESCHT)
        .annotate(frist_tag=Coalesce(TruncDate("beendet_um"), letzter))
        .filter(frist_tag__isnull=False)
    )


_ANMELDUNG = Loeschregel(
    FRIST_DER_ANMELDUNG,
    "Anmeldungen zu Lehrgängen",
    "fortbildung.Anmeldung",
    "ab dem Ende der Anmeldung, sonst ab dem letzten Kurstag",
    Ende.LEEREN,
    _beendete_anmeldungen,
    Vorschlag(12, "monate"),
    felder=OHNE_PERSON,
    gehoert_zu={"fortbildung.durchgang": "durchgang"},
)


def _mit_offener_teilnahme(anmeldungen):
    return (
        Teilnahme.objects.offen()
        .filter(anmeldung__in=anmeldungen)
        .values_list("anmeldung", flat=True)
    )


def _mit_laufender_anmeldung(konten):
    """By the account, or by its address without having signed in: both are emptied with it."""
    laufend = Anmeldung.objects.laufend().filter(
        Q(teilnahme=None) | Q(teilnahme__in=Teilnahme.objects.offen())
    )
    return (
        Konto.objects.filter(pk__in=konten)
        .filter(Q(pk__in=laufend.values("konto")) | Q(email__in=laufend.values("email")))
        .values_list("pk", flat=True)
    )


OffenerVorgang(
    "fortbildung.teilnahme",
    "fortbildung.anmeldung",
    "Diese Person hat den Lehrgang weder abgeschlossen noch abgebrochen.",
    _mit_offener_teilnahme,
)
OffenerVorgang(
    "fortbildung.anmeldung",
    "konten.konto",
    "Die Anmeldung dieser Person zu einem Lehrgang ist noch nicht beendet.",
    _mit_laufender_anmeldung,
)


@beim_anonymisieren
def leere_anmeldungen(konten, durchfuehrung: Durchfuehrung) -> None:
    """What tells who they are goes, but for the name on a certificate: it has its own period."""
    adressen = list(Konto.objects.filter(pk__in=konten).values_list("email", flat=True))
    eigene = list(
        Anmeldung.objects.filter(Q(konto__in=konten) | Q(email__in=adressen)).values_list(
            "pk", flat=True
        )
    )
    Bedarf.objects.filter(anmeldung__in=eigene).delete()
    Anmeldung.objects.filter(pk__in=eigene).update(**OHNE_PERSON)
    Anmeldung.objects.filter(arbeitgeber_email__in=adressen).update(arbeitgeber_email="")
    loesche_gruende_zu("fortbildung.anmeldung", eigene, durchfuehrung)


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
    "fortbildung.Anmeldung",
    ("arbeitgeber_email",),
    lambda konto: Q(arbeitgeber_email=konto.email),
    zweck="Frage an die Dienststelle, ob sie der Teilnahme zustimmt",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=_ANMELDUNG,
    begleitend=("durchgang", "arbeitgeber_bestaetigt_um"),
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
        ende=MIT_DEM_KONTO,
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
    """Those whose name stands there or can be compared; it may be deleted before at request."""
    mit_namen = Zertifikat.objects.exclude(namenspruefwert="")
    return mit_namen.annotate(frist_tag=TruncDate("ausgestellt_um"))


Personendaten(
    "fortbildung.Zertifikat",
    ("name", "namenspruefwert", "inhalt", "widerruf_grund"),
    lambda konto: Q(teilnahme__anmeldung__konto=konto) | Q(teilnahme__anmeldung__email=konto.email),
    zweck="Zertifikat, dessen Echtheit jede Person mit dem Prüfcode feststellen kann",
    rechtsgrundlage=NACHWEIS,
    ende=Loeschregel(
        FRIST_DES_NAMENS,
        "Namen auf Zertifikaten",
        "fortbildung.Zertifikat",
        "ab dem Tag der Ausstellung",
        Ende.LEEREN,
        _zertifikate_mit_namen,
        Vorschlag(30, "jahre"),
        felder={"name": "", "namenspruefwert": ""},
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


def _freitexte():
    """By the last day of the cohort: an answer itself has no time."""
    kurstage = Kurstag.objects.filter(durchgang=OuterRef("durchgang")).order_by("-tag")
    return (
        Antwort.objects.exclude(freitext="")
        .annotate(frist_tag=Subquery(kurstage.values("tag")[:1]))
        .filter(frist_tag__isnull=False)
    )


Personendaten(
    "fortbildung.Antwort",
    ("freitext",),
    ANDERE,
    zweck="Rückmeldung zu einem Modul, ohne Namen; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=Loeschregel(
        "fortbildung.antwort",
        "Freitexte der Befragungen zu Lehrgängen",
        "fortbildung.Antwort",
        "ab dem letzten Kurstag",
        Ende.LEEREN,
        _freitexte,
        Vorschlag(24, "monate"),
        felder={"freitext": ""},
        gehoert_zu={"fortbildung.durchgang": "durchgang"},
    ),
)
