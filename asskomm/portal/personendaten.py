"""Personal data of the website: what citizens send, and names in texts."""

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import TruncDate

from asskomm.personendaten import (
    ANDERE,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    SICHERHEIT,
    Ende,
    Loeschregel,
    OffenerVorgang,
    Personendaten,
    Unbedenklich,
    Vorschlag,
    WeitereAblage,
)
from kommunen.personendaten import SOLANGE_DER_DATENSATZ

from .models import Kommentar, Rueckmeldung


def _eingegangen(zeilen):
    return zeilen.annotate(frist_tag=TruncDate("eingegangen_um"))


KOMMENTAR_ABGELEHNT = Loeschregel(
    "portal.kommentar_abgelehnt",
    "Abgelehnte Kommentare",
    "portal.Kommentar",
    "ab dem Eingang",
    Ende.LOESCHEN,
    lambda: _eingegangen(Kommentar.objects.filter(zustand=Kommentar.Zustand.ABGELEHNT)),
    Vorschlag(6, "monate"),
    gehoert_zu={"portal.meldung": "meldung_id"},
)
KOMMENTAR = Loeschregel(
    "portal.kommentar",
    "Kommentare",
    "portal.Kommentar",
    "ab dem Eingang",
    Ende.LOESCHEN,
    lambda: _eingegangen(Kommentar.objects.exclude(zustand=Kommentar.Zustand.ABGELEHNT)),
    Vorschlag(3, "jahre"),
    gehoert_zu={"portal.meldung": "meldung_id"},
)
RUECKMELDUNG = Loeschregel(
    "portal.rueckmeldung",
    "Rückmeldungen zur Barrierefreiheit",
    "portal.Rueckmeldung",
    "ab dem Eingang",
    Ende.LOESCHEN,
    lambda: _eingegangen(Rueckmeldung.objects.all()),
    Vorschlag(12, "monate"),
)


def _verlauf_geloeschter_rueckmeldungen():
    """Internal remarks that the history keeps of reports that staff have deleted."""
    verlauf = Rueckmeldung.history.model
    geloescht = verlauf.objects.filter(id=OuterRef("id"), history_type="-")
    return (
        verlauf.objects.exclude(Exists(Rueckmeldung.objects.filter(pk=OuterRef("id"))))
        .annotate(
            frist_tag=TruncDate(
                Subquery(geloescht.order_by("-history_date").values("history_date")[:1])
            )
        )
        .filter(frist_tag__isnull=False)
    )


Loeschregel(
    "portal.rueckmeldung_im_verlauf",
    "Verlauf gelöschter Rückmeldungen",
    "portal.HistoricalRueckmeldung",
    "ab dem Tag, an dem die Rückmeldung gelöscht wurde",
    Ende.LOESCHEN,
    _verlauf_geloeschter_rueckmeldungen,
    Vorschlag(12, "monate"),
    gehoert_zu={"portal.rueckmeldung": "id"},
)
OffenerVorgang(
    "portal.kommentar_wartet",
    "portal.Kommentar",
    "Der Kommentar ist noch nicht geprüft.",
    lambda nummern: set(
        Kommentar.objects.wartend().filter(pk__in=nummern).values_list("pk", flat=True)
    ),
)
OffenerVorgang(
    "portal.rueckmeldung_offen",
    "portal.Rueckmeldung",
    "Die Rückmeldung ist noch in Bearbeitung.",
    lambda nummern: set(
        Rueckmeldung.objects.filter(
            pk__in=nummern,
            zustand__in=[Rueckmeldung.Zustand.NEU, Rueckmeldung.Zustand.IN_BEARBEITUNG],
        ).values_list("pk", flat=True)
    ),
)

Personendaten(
    "portal.Kommentar",
    ("name", "text"),
    ANDERE,
    zweck="Kommentar unter einer Meldung; von Menschen ohne Konto",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=KOMMENTAR,
)
Personendaten(
    "portal.Rueckmeldung",
    ("adresse", "text", "kontakt", "bemerkung"),
    ANDERE,
    zweck="Barrieren beseitigen und antworten; von Menschen ohne Konto",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=RUECKMELDUNG,
)
for _modell, _felder, _zweck in (
    (
        "Meldung",
        (
            "titel",
            "zusammenfassung",
            "text",
            "adresse",
            "bild",
            "bild_beschreibung",
            "bild_nachweis",
            "suchvektor",
        ),
        "Öffentliche Meldungen; sie können Personen in ihrem Amt nennen und zeigen",
    ),
    (
        "Veranstaltung",
        ("titel", "ort", "beschreibung", "veranstalter", "webseite", "suchvektor"),
        "Öffentliche Termine; sie können Personen nennen",
    ),
    ("VeroeffentlichteZahl", ("beschreibung",), "Wortlaut einer Quelle"),
):
    Personendaten(
        f"portal.{_modell}",
        (*_felder, "quelle", "bemerkung"),
        ANDERE,
        zweck=_zweck,
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=SOLANGE_DER_DATENSATZ,
    )
    Unbedenklich(f"portal.{_modell}", ("import_schluessel",), "Schlüssel eines Imports")
Personendaten(
    "portal.Seite",
    ("titel", "einleitung", "text", "quellen", "suchvektor"),
    ANDERE,
    zweck="Öffentliche Textseiten; sie können Ansprechpersonen nennen",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
Personendaten(
    "portal.Stand",
    ("eingefroren_durch",),
    "eingefroren_durch",
    zweck="Nachweis, wer eine Zahl festgehalten hat",
    rechtsgrundlage=NACHWEIS,
    ende="Nummer der Person; mit dem Konto unkenntlich, siehe „Deaktivierte Konten“",
    begleitend=("titel", "eingefroren_um"),
)
Unbedenklich(
    "portal.Stand",
    ("kennzahl", "titel", "einheit", "definition", "anlass"),
    "Angaben zu einer Kennzahl und der Anlass, zu dem sie festgehalten wurde",
)
Unbedenklich("portal.VeroeffentlichteZahl", ("reihe", "einheit"), "Angaben zu einer Kennzahl")
Unbedenklich("portal.Seite", ("pfad", "ausgeliefert"), "Adresse und Prüfwert einer Seite")
Unbedenklich(
    "portal.Begriff",
    ("kennung", "wort", "synonyme", "erklaerung", "quellen", "suchvektor"),
    "Erklärungen von Fachwörtern",
)
WeitereAblage(
    "Tabelle portal_zwischenspeicher",
    "Prüfwerte aus Internetadressen (Zufallswert, täglich neu) und Zähler gegen Missbrauch",
    "Schutz der Formulare und der Anmeldung",
    SICHERHEIT,
    "bis zum Ablauf, in der Regel eine Stunde",
)
WeitereAblage(
    "Tabelle portal_zwischenspeicher: Formularmarken",
    "Nummer des Kontos und des Datensatzes, den ein Formular der Verwaltung angelegt hat",
    "Ein zweimal abgeschicktes Formular legt einen Datensatz an, nicht zwei",
    OEFFENTLICHE_AUFGABE,
    "nach 7 Tagen",
)
WeitereAblage(
    "Tabelle portal_zwischenspeicher: Eingaben",
    "Was jemand in ein Formular geschrieben hat, dessen Sitzung abgelaufen war",
    "Der Text steht nach der Anmeldung wieder im Formular",
    OEFFENTLICHE_AUFGABE,
    "eine Stunde",
)
WeitereAblage(
    "Ereignisse auf der Standardausgabe",
    "Technische Ereignisse, ohne personenbezogene Daten",
    "Betrieb",
    SICHERHEIT,
    "nach den Regeln des Betreibers",
)
