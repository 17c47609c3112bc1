"""Personal data of the Kommunen: members, appointments, contacts of councils."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

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

from .mitglieder.verfahren import beende_alle
from .models import Bestellung, Mitgliedschaft, Praeventionsrat, Ratszustand
from .zeitangabe import LetzterTag

SOLANGE_DER_DATENSATZ = (
    "keine Löschung nach Zeit: bleibt, solange der Datensatz gebraucht wird. "
    "Über Akten entscheidet zuvor das Staatsarchiv (SächsArchivG, zu prüfen)."
)
KEINE_NAMEN = "Die Eingabehilfe sagt: Funktionen, keine Namen."

# --- Members and appointments --------------------------------------------------------


def _entschiedene_bestellungen():
    return (
        Bestellung.objects.exclude(email=GELOESCHT)
        .exclude(ergebnis="offen")
        .annotate(frist_tag=TruncDate("entschieden_um"))
    )


_OHNE_PERSON = {"email": GELOESCHT, "nachweis": GELOESCHT, "begruendung": GELOESCHT}
BESTELLUNG = Loeschregel(
    "kommunen.bestellung",
    "Angaben zur Bestellung einer Verwaltung",
    "kommunen.Bestellung",
    "ab dem Tag der Entscheidung",
    Ende.LEEREN,
    _entschiedene_bestellungen,
    Vorschlag(3, "jahre"),
    felder=_OHNE_PERSON,
)


def _bestellungen_von(konten):
    """Those that lead to the accounts, also by the bare address."""
    adressen = Konto.objects.filter(pk__in=konten).values("email")
    return Bestellung.objects.filter(Q(konto__in=konten) | Q(email__in=adressen))


@beim_anonymisieren
def beende_mitgliedschaften(konten, durchfuehrung: Durchfuehrung) -> None:
    beende_alle(konten, durch=durchfuehrung.durch, um=durchfuehrung.um)
    mitgliedschaften = list(
        Mitgliedschaft.objects.filter(konto__in=konten).values_list("pk", flat=True)
    )
    loesche_gruende_zu("kommunen.mitgliedschaft", mitgliedschaften, durchfuehrung)


@beim_anonymisieren
def loesche_nachweise(konten, durchfuehrung: Durchfuehrung) -> None:
    bestellungen = list(_bestellungen_von(konten).values_list("pk", flat=True))
    Bestellung.objects.filter(pk__in=bestellungen).update(**_OHNE_PERSON)
    loesche_gruende_zu("kommunen.bestellung", bestellungen, durchfuehrung)


def _mit_offener_bestellung(konten):
    offen = Bestellung.objects.offen()
    betroffen = set(offen.filter(konto__in=konten).values_list("konto", flat=True))
    betroffen |= set(
        offen.filter(vorgeschlagen_von__in=konten).values_list("vorgeschlagen_von", flat=True)
    )
    return betroffen


OffenerVorgang(
    "kommunen.bestellung",
    "konten.konto",
    "Die Bestellung dieser Person ist noch nicht entschieden.",
    _mit_offener_bestellung,
)

MIT_DEM_KONTO = "Nummer der Person; mit dem Konto unkenntlich, siehe „Deaktivierte Konten“"
Personendaten(
    "kommunen.Mitgliedschaft",
    ("konto",),
    "konto",
    zweck="Wer für eine Kommune handeln darf und durfte",
    rechtsgrundlage=NACHWEIS,
    ende=MIT_DEM_KONTO,
    begleitend=("kommune", "rolle", "gegeben_um", "bestaetigt_am", "beendet_um"),
)
for _feld, _wann in (("gegeben_von", "gegeben_um"), ("beendet_von", "beendet_um")):
    Personendaten(
        "kommunen.Mitgliedschaft",
        (_feld,),
        _feld,
        zweck="Nachweis, wer Rollen gegeben und beendet hat",
        rechtsgrundlage=NACHWEIS,
        ende=MIT_DEM_KONTO,
        begleitend=("kommune", "rolle", _wann),
    )
Personendaten(
    "kommunen.Bestellung",
    ("konto", "email", "nachweis", "begruendung"),
    lambda konto: Q(konto=konto) | Q(email=konto.email),
    zweck="Prüfung, ob jemand für eine Kommune handeln darf",
    rechtsgrundlage=NACHWEIS,
    ende=BESTELLUNG,
    begleitend=("kommune", "ergebnis", "vorgeschlagen_um", "entschieden_um"),
)
for _feld, _wann in (
    ("vorgeschlagen_von", "vorgeschlagen_um"),
    ("vorgeschlagen_fuer", "vorgeschlagen_um"),
    ("entschieden_von", "entschieden_um"),
    ("entschieden_fuer", "entschieden_um"),
):
    Personendaten(
        "kommunen.Bestellung",
        (_feld,),
        _feld,
        zweck="Nachweis, wer eine Bestellung vorgeschlagen und entschieden hat",
        rechtsgrundlage=NACHWEIS,
        ende=MIT_DEM_KONTO,
        begleitend=("kommune", _wann, "ergebnis"),
    )

# --- Councils ------------------------------------------------------------------------


_KONTAKT = ("kontakt_stelle", "kontakt_anschrift", "kontakt_email", "kontakt_telefon")
_OHNE_KONTAKT = Q(**dict.fromkeys(_KONTAKT, ""))


def _aufgeloeste_raete():
    """Dissolved councils that still show a contact."""
    return (
        Praeventionsrat.objects.exclude(_OHNE_KONTAKT)
        .filter(zustaende__zustand=Ratszustand.Zustand.AUFGELOEST)
        .annotate(frist_tag=LetzterTag("zustaende__von"))
        .filter(frist_tag__isnull=False)
    )


KONTAKT = Loeschregel(
    "kommunen.kontakt",
    "Kontakte aufgelöster Präventionsräte",
    "kommunen.Praeventionsrat",
    "ab dem Tag der Auflösung",
    Ende.LEEREN,
    _aufgeloeste_raete,
    Vorschlag(12, "monate"),
    felder=dict.fromkeys(_KONTAKT, ""),
)


def _verlauf_geloeschter_raete():
    """What the history still tells about the contact of councils that staff have deleted."""
    verlauf = Praeventionsrat.history.model
    geloescht = verlauf.objects.filter(id=OuterRef("id"), history_type="-")
    return (
        verlauf.objects.exclude(_OHNE_KONTAKT)
        .exclude(Exists(Praeventionsrat.objects.filter(pk=OuterRef("id"))))
        .annotate(
            frist_tag=TruncDate(
                Subquery(geloescht.order_by("-history_date").values("history_date")[:1])
            )
        )
        .filter(frist_tag__isnull=False)
    )


Loeschregel(
    "kommunen.kontakt_im_verlauf",
    "Kontakte gelöschter Präventionsräte im Verlauf",
    "kommunen.HistoricalPraeventionsrat",
    "ab dem Tag, an dem der Präventionsrat gelöscht wurde",
    Ende.LEEREN,
    _verlauf_geloeschter_raete,
    Vorschlag(12, "monate"),
    felder=dict.fromkeys(_KONTAKT, ""),
    gehoert_zu={"kommunen.praeventionsrat": "id"},
)
Personendaten(
    "kommunen.Praeventionsrat",
    _KONTAKT,
    ANDERE,
    zweck="Öffentlicher Kontakt eines Präventionsrats, möglichst ein Funktionspostfach",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=KONTAKT,
)
for _modell, _felder, _zweck in (
    (
        "Praeventionsrat",
        ("name", "beschreibung", "schwerpunkte", "webseite", "suchvektor"),
        "Öffentliche Beschreibung eines Präventionsrats",
    ),
    ("Gremium", ("name",), "Name oder Thema eines Gremiums"),
    ("Ratsmitglied", ("funktion", "institution"), f"Sitz in einem Rat. {KEINE_NAMEN}"),
    (
        "Ratssitzung",
        ("thema", "beschluesse", "oeffentlicher_teil"),
        "Sitzungen eines Rates; Beschlüsse können Personen nennen",
    ),
    (
        "Kooperationsvereinbarung",
        ("bezeichnung", "inhalt", "dokument"),
        "Vereinbarung mit Unterschriften",
    ),
    ("Ratszustand", ("grundlage",), "Grundlage eines Zustands, zum Beispiel ein Beschluss"),
):
    Personendaten(
        f"kommunen.{_modell}",
        _felder,
        ANDERE,
        zweck=_zweck,
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=SOLANGE_DER_DATENSATZ,
    )
for _modell in ("Praeventionsrat", "Kooperationsvereinbarung", "Modellkommune"):
    Personendaten(
        f"kommunen.{_modell}",
        ("quelle", "bemerkung"),
        ANDERE,
        zweck="Beleg und interner Hinweis; Freitext, der Personen nennen kann",
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=SOLANGE_DER_DATENSATZ,
    )
    Unbedenklich(f"kommunen.{_modell}", ("import_schluessel",), "Schlüssel eines Imports")

# --- The yearly confirmation of the councils -------------------------------------------

Personendaten(
    "kommunen.Ratsbestaetigung",
    ("quelle", "erfasst_von"),
    "erfasst_von",
    zweck=f"Nachweis, wer die Angaben zu einem Präventionsrat bestätigt hat. {KEINE_NAMEN}",
    rechtsgrundlage=NACHWEIS,
    ende=MIT_DEM_KONTO,
    begleitend=("rat", "jahr", "weg", "kommune", "bestaetigt_am", "erfasst_um"),
)
Personendaten(
    "kommunen.Ratskorrektur",
    (
        "name",
        "vorsitz_funktion",
        "vorsitz_institution",
        "hinweis",
        "grund",
        "vorher",
        "gestellt_von",
    ),
    "gestellt_von",
    zweck=f"Korrektur einer Kommune zu ihrem Präventionsrat; Freitext. {KEINE_NAMEN}",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("rat", "kommune", "zustand", "zustand_seit", "gestellt_um", "ergebnis"),
)
Personendaten(
    "kommunen.Ratskorrektur",
    ("entschieden_von",),
    "entschieden_von",
    zweck="Nachweis, wer über die Korrektur entschieden hat",
    rechtsgrundlage=NACHWEIS,
    ende=MIT_DEM_KONTO,
    begleitend=("rat", "ergebnis", "entschieden_um"),
)

Unbedenklich("kommunen.Polizeidirektion", ("name",), "Name einer Behörde")
Unbedenklich(
    "kommunen.Kreis", ("ags", "name", "verwaltungssitz", "sortiername"), "Amtliche Stammdaten"
)
Unbedenklich(
    "kommunen.Kommune",
    (
        "ags",
        "ars",
        "verbandsschluessel",
        "kuerzel",
        "kennung",
        "name",
        "name_eindeutig",
        "name_amtlich",
        "name_sorbisch",
        "sortiername",
        "suchname",
        "plz",
        "quelle",
    ),
    "Amtliche Stammdaten einer Gebietskörperschaft",
)
Unbedenklich("kommunen.Kartenflaeche", ("pfad",), "Umriss einer Gemeinde")
Unbedenklich("kommunen.Kartenlinie", ("pfad",), "Linie einer Karte")
