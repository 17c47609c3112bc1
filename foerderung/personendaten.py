"""Personal data in grants and their cases: who did what, and free text that may name people.

Cases stay until the archive has decided about them; nothing of them goes by time. Accounts become
unrecognisable by their own rule, but not while a case they work on is open.
"""

from asskomm.personendaten import (
    ANDERE,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    OffenerVorgang,
    Personendaten,
    Unbedenklich,
    WeitereAblage,
)
from kommunen.personendaten import MIT_DEM_KONTO, SOLANGE_DER_DATENSATZ

from .models import (
    BEENDET,
    Abschnitt,
    Anlage,
    Empfehlung,
    Entscheidung,
    Fassung,
    Foerderantrag,
    Gutachten,
    Nachforderung,
)
from .regelwerk import personendaten as regelwerk_personendaten  # noqa: F401  has a room of its own

Personendaten(
    "foerderung.Zuwendung",
    ("titel", "kurzbeschreibung", "quelle", "bemerkung", "suchvektor"),
    ANDERE,
    zweck="Vorhaben einer Kommune; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
Unbedenklich("foerderung.Zuwendung", ("import_schluessel",), "Schlüssel eines Imports")

# --- Who acted ---------------------------------------------------------------------

# table: column with the account, when, and what for
HANDELNDE = {
    "Foerderantrag": (
        ("angelegt_von", "angelegt_um", "Wer den Antrag angelegt hat"),
        ("geaendert_von", "geaendert_um", "Wer den Antrag zuletzt geändert hat"),
        ("zur_zeichnung_von", "zur_zeichnung_um", "Wer den Antrag zur Zeichnung gegeben hat"),
        ("zeichnende", "zur_zeichnung_um", "Wer um die Zeichnung gebeten ist"),
        ("zustaendig", "geaendert_um", "Wer in der Geschäftsstelle zuständig ist"),
    ),
    "Abschnitt": (("geaendert_von", "geaendert_um", "Wer den Abschnitt zuletzt gespeichert hat"),),
    "Fassung": (
        ("vorbereitet_von", "eingegangen_um", "Wer die eingereichte Fassung vorbereitet hat"),
        ("gezeichnet_von", "eingegangen_um", "Wer für die Kommune gezeichnet hat"),
    ),
    "Fristverlaengerung": (("gegeben_von", "gegeben_um", "Wer die Frist verlängert hat"),),
    "Rueckgabe": (("zurueckgegeben_von", "zurueckgegeben_um", "Wer nicht gezeichnet hat"),),
    "Nachforderung": (
        ("gestellt_von", "gestellt_um", "Wer nachgefordert hat"),
        ("bereit_von", "bereit_um", "Wer die Nachreichung vorbereitet hat"),
    ),
    "Befangenheit": (("konto", "erklaert_um", "Wer sich für befangen erklärt hat"),),
    "Anlage": (("hochgeladen_von", "hochgeladen_um", "Wer die Datei hochgeladen hat"),),
    "Formalpruefung": (("geprueft_von", "geprueft_um", "Wer formal geprüft hat"),),
    "Gutachten": (("von", "abgegeben_um", "Wer fachlich geprüft hat"),),
    "Vermerk": (("von", "um", "Wer den Vermerk geschrieben hat"),),
    "Empfehlung": (("gegeben_von", "gegeben_um", "Wer die Empfehlung abgegeben hat"),),
    "Entscheidung": (
        ("vorgeschlagen_von", "vorgeschlagen_um", "Wer die Entscheidung vorgeschlagen hat"),
        ("vorgeschlagen_fuer", "vorgeschlagen_um", "In wessen Vertretung vorgeschlagen wurde"),
        ("entschieden_von", "entschieden_um", "Wer entschieden hat"),
        ("entschieden_fuer", "entschieden_um", "In wessen Vertretung entschieden wurde"),
    ),
    "Buchung": (("gebucht_von", "gebucht_um", "Wer die Buchung ausgelöst hat"),),
    "Auszahlung": (
        ("angefordert_von", "angefordert_um", "Wer die Auszahlung angefordert hat"),
        ("geprueft_von", "geprueft_um", "Wer die Auszahlung geprüft hat"),
        ("geprueft_fuer", "geprueft_um", "In wessen Vertretung geprüft wurde"),
        ("genehmigt_von", "genehmigt_um", "Wer die Auszahlung genehmigt hat"),
        ("genehmigt_fuer", "genehmigt_um", "In wessen Vertretung genehmigt wurde"),
        ("freigegeben_von", "freigegeben_um", "Wer die Auszahlung freigegeben hat"),
        ("freigegeben_fuer", "freigegeben_um", "In wessen Vertretung freigegeben wurde"),
        ("beendet_von", "beendet_um", "Wer die Auszahlung beendet hat"),
    ),
    "Rueckzahlung": (
        ("erfasst_von", "erfasst_um", "Wer eine Rückzahlung erfasst hat"),
        ("storniert_von", "storniert_um", "Wer eine Rückzahlung zurückgebucht hat"),
    ),
    "Beleg": (("erfasst_von", "erfasst_um", "Wer den Beleg erfasst hat"),),
    "Verwendungsnachweis": (
        ("geaendert_von", "geaendert_um", "Wer den Verwendungsnachweis zuletzt gespeichert hat"),
        ("bereit_von", "bereit_um", "Wer den Verwendungsnachweis vorbereitet hat"),
    ),
    "Nachweisfassung": (
        ("vorbereitet_von", "eingegangen_um", "Wer den Verwendungsnachweis vorbereitet hat"),
        ("gezeichnet_von", "eingegangen_um", "Wer den Verwendungsnachweis gezeichnet hat"),
    ),
    "Nachweispruefung": (
        ("geprueft_von", "geprueft_um", "Wer den Verwendungsnachweis geprüft hat"),
    ),
    "Stichprobenfall": (
        ("ergaenzt_von", "ergaenzt_um", "Wer einen Fall zur Stichprobe hinzugefügt hat"),
    ),
    "Aenderung": (
        ("gemeldet_von", "gemeldet_um", "Wer eine Änderung gemeldet hat"),
        ("erledigt_von", "erledigt_um", "Wer eine gemeldete Änderung beendet hat"),
        ("erledigt_fuer", "erledigt_um", "In wessen Vertretung das geschah"),
    ),
    "Weiterleitung": (
        ("eingetragen_von", "eingetragen_um", "Wer die Weiterleitung eingetragen hat"),
        ("beendet_von", "beendet_um", "Wer die Weiterleitung beendet hat"),
    ),
    "Abschluss": (
        ("vorgeschlagen_von", "vorgeschlagen_um", "Wer den Abschluss vorgeschlagen hat"),
        ("vorgeschlagen_fuer", "vorgeschlagen_um", "In wessen Vertretung vorgeschlagen wurde"),
        ("entschieden_von", "entschieden_um", "Wer über den Abschluss entschieden hat"),
        ("entschieden_fuer", "entschieden_um", "In wessen Vertretung entschieden wurde"),
    ),
}
# The same for rows that belong to no single case; they go along with what names them.
OHNE_ANTRAG = {
    "Bankverbindung": (
        ("vorgeschlagen_von", "vorgeschlagen_um", "Wer die Bankverbindung eingetragen hat"),
        ("bestaetigt_von", "bestaetigt_um", "Wer die Bankverbindung bestätigt hat"),
        ("verworfen_von", "verworfen_um", "Wer die Bankverbindung verworfen hat"),
    ),
    "Zahlungsdatei": (("erstellt_von", "erstellt_um", "Wer die Zahlungen angeordnet hat"),),
    "Zahlungsrueckmeldung": (
        ("eingelesen_von", "eingelesen_um", "Wer die Rückmeldung der Kasse eingelesen hat"),
    ),
    "Aenderungsentscheidung": (
        ("vorgeschlagen_von", "vorgeschlagen_um", "Wer die Antwort auf eine Änderung vorschlug"),
        ("vorgeschlagen_fuer", "vorgeschlagen_um", "In wessen Vertretung vorgeschlagen wurde"),
        ("entschieden_von", "entschieden_um", "Wer über eine Änderung entschieden hat"),
        ("entschieden_fuer", "entschieden_um", "In wessen Vertretung entschieden wurde"),
    ),
    "Belegkuerzung": (("gekuerzt_von", "gekuerzt_um", "Wer einen Beleg gekürzt hat"),),
    "Stichprobe": (("gezogen_von", "gezogen_um", "Wer die Stichprobe gezogen hat"),),
    "Zahlungszeile": (("geklaert_von", "geklaert_um", "Wer eine gemeldete Zahlung geklärt hat"),),
}
for _modell, _spalten in HANDELNDE.items():
    for _spalte, _wann, _zweck in _spalten:
        Personendaten(
            f"foerderung.{_modell}",
            (_spalte,),
            _spalte,
            zweck=f"Nachweis im Förderverfahren: {_zweck}",
            rechtsgrundlage=NACHWEIS,
            ende=MIT_DEM_KONTO,
            begleitend=("nummer", _wann) if _modell == "Foerderantrag" else ("antrag", _wann),
        )
for _modell, _spalten in OHNE_ANTRAG.items():
    for _spalte, _wann, _zweck in _spalten:
        Personendaten(
            f"foerderung.{_modell}",
            (_spalte,),
            _spalte,
            zweck=f"Nachweis im Förderverfahren: {_zweck}",
            rechtsgrundlage=NACHWEIS,
            ende=MIT_DEM_KONTO,
            begleitend=(_wann,),
        )
for _spalte, _wann, _zweck in (
    ("abgerufen_von", "abgerufen_um", "Wer den Bescheid abgerufen hat"),
    ("verzichtet_von", "verzichtet_um", "Wer auf Rechtsbehelf verzichtet hat"),
    ("verzicht_erfasst_von", "verzichtet_um", "Wer einen Verzicht mit Brief vermerkt hat"),
):
    Personendaten(
        "foerderung.Bekanntgabe",
        (_spalte,),
        _spalte,
        zweck=f"Nachweis im Förderverfahren: {_zweck}",
        rechtsgrundlage=NACHWEIS,
        ende=MIT_DEM_KONTO,
        begleitend=("bescheid", _wann),
    )

# --- What was written ----------------------------------------------------------------

_FREITEXT = "Freitext, der Personen nennen kann"
for _modell, _felder, _zweck in (
    ("Foerderantrag", ("titel", "wiedervorlage_grund"), f"Vorhaben und Bearbeitung; {_FREITEXT}"),
    (
        "Abschnitt",
        ("eingaben",),
        "Entwurf eines Antrags mit Ansprechpersonen und Beschäftigten, soweit die Kommune sie "
        f"nennt; {_FREITEXT}",
    ),
    (
        "Fassung",
        ("inhalt",),
        "Eingereichter Antrag mit Ansprechpersonen und Beschäftigten, soweit die Kommune sie "
        f"nennt; {_FREITEXT}",
    ),
    ("Fristverlaengerung", ("begruendung",), f"Begründung einer Fristverlängerung; {_FREITEXT}"),
    ("Rueckgabe", ("gruende",), f"Gründe, warum nicht gezeichnet wurde; {_FREITEXT}"),
    ("Nachforderung", ("text",), f"Was die Geschäftsstelle nachfordert; {_FREITEXT}"),
    (
        "Anlage",
        ("dateiname",),
        "Name einer hochgeladenen Datei, der Personen nennen kann, zum Beispiel bei Nachweisen "
        "über Berufsabschlüsse",
    ),
    ("Formalpruefung", ("bemerkung",), f"Bemerkung zur formalen Prüfung; {_FREITEXT}"),
    ("Gutachten", ("begruendung",), f"Fachliche Prüfung; {_FREITEXT}"),
    ("Bewertung", ("text",), f"Fachliche Prüfung je Standard; {_FREITEXT}"),
    ("Vermerk", ("text",), f"Interner Vermerk; {_FREITEXT}"),
    ("Empfehlung", ("begruendung",), f"Begründung der Empfehlung; {_FREITEXT}"),
    (
        "Entscheidung",
        ("begruendung", "abweichungen", "auflagen", "gruende", "anhoerung_entbehrlich"),
        f"Vorschlag und Text des Bescheids; {_FREITEXT}",
    ),
    (
        "Bescheid",
        ("inhalt",),
        f"Erlassener Bescheid; er nennt, wer entschieden hat (§ 37 VwVfG); {_FREITEXT}",
    ),
    (
        "Bekanntgabe",
        ("rechtsbehelf_vermerk", "verzicht_ablage", "zugang_grund", "vergeblich_grund"),
        f"Vermerk zu einem Rechtsbehelf, einem Verzicht oder dem Zugang; {_FREITEXT}",
    ),
    (
        "Auszahlung",
        ("erlaeuterung", "kuerzung", "grund"),
        f"Wofür Geld angefordert wird und wie darüber entschieden ist; {_FREITEXT}",
    ),
    (
        "Beleg",
        ("zahlungsempfaenger", "zweck"),
        "Belegliste eines Vorhabens; Zahlungsempfänger können Personen sein, zum Beispiel bei "
        "Honoraren",
    ),
    (
        "Bankverbindung",
        ("kontoinhaber",),
        "Konto einer Kommune für Zuwendungen; kann eine Kasse oder eine Person nennen",
    ),
    (
        "Verwendungsnachweis",
        ("eingaben", "ergaenzen"),
        f"Entwurf eines Verwendungsnachweises, und was daran zu ergänzen ist; {_FREITEXT}",
    ),
    (
        "Nachweisfassung",
        ("inhalt",),
        f"Eingereichter Verwendungsnachweis mit seiner Belegliste; {_FREITEXT}",
    ),
    (
        "Rueckzahlung",
        ("referenz", "storno_grund"),
        f"Angabe zu einer Zahlung der Kommune; {_FREITEXT}",
    ),
    ("Belegkuerzung", ("grund",), f"Warum ein Beleg nicht anerkannt ist; {_FREITEXT}"),
    ("Nachweispruefung", ("vermerk",), f"Prüfung eines Verwendungsnachweises; {_FREITEXT}"),
    ("Stichprobenfall", ("begruendung",), f"Warum ein Fall geprüft wird; {_FREITEXT}"),
    ("Abschluss", ("begruendung",), f"Vorschlag für das Ende eines Vorgangs; {_FREITEXT}"),
    (
        "Aenderung",
        ("geldgeber", "begruendung", "antwort", "vermerk"),
        f"Was sich im Vorhaben ändert, und die Antwort darauf; {_FREITEXT}",
    ),
    (
        "Aenderungsentscheidung",
        ("begruendung", "antwort"),
        f"Vorschlag der Antwort auf eine Änderung; {_FREITEXT}",
    ),
    (
        "Weiterleitung",
        ("organisation", "sitz", "vereinbarung", "grund"),
        f"Organisation, an die Geld weitergeleitet wird, und die Vereinbarung; {_FREITEXT}",
    ),
    ("Zahlungszeile", ("vermerk",), f"Wie sich eine gemeldete Zahlung geklärt hat; {_FREITEXT}"),
):
    Personendaten(
        f"foerderung.{_modell}",
        _felder,
        ANDERE,
        zweck=_zweck,
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=SOLANGE_DER_DATENSATZ,
    )
WeitereAblage(
    "VAR_DIR/antraege-anlagen",
    "Dateien zu Anträgen, darunter Nachweise über Berufsabschlüsse von Beschäftigten",
    "Prüfung eines Antrags; die Namen der Dateien auf der Platte sind zufällig",
    OEFFENTLICHE_AUFGABE,
    "solange der Antrag bleibt; was keinem Antrag (mehr) gehört, wird nach 24 Stunden gelöscht",
)

# --- Neither -------------------------------------------------------------------------

for _modell, _felder, _grund in (
    ("Foerderantrag", ("nummer",), "Aktenzeichen"),
    ("Abschnitt", ("schluessel", "uebernommen"), "Schlüssel von Abschnitten und Feldern"),
    ("Nachforderung", ("abschnitte",), "Schlüssel von Abschnitten"),
    ("Fassung", ("pruefsumme",), "Prüfsumme"),
    ("Anlage", ("art", "inhaltstyp", "sha256", "pfad"), "Technische Angaben zu einer Datei"),
    ("Empfehlung", ("haushaltsstelle",), "Angabe zum Haushalt"),
    ("Bescheid", ("pruefsumme",), "Prüfsumme"),
    ("Bankverbindung", ("iban", "bic"), "Konto einer Kommune"),
    ("Auszahlung", ("referenz",), "Aktenzeichen der Auszahlung"),
    ("Rueckforderung", ("tabelle",), "Berechnung von Zinsen"),
    ("Beleg", ("belegnummer", "ausgabenart"), "Nummer und Art eines Belegs"),
    ("Nachweisfassung", ("pruefsumme",), "Prüfsumme"),
    (
        "Stichprobe",
        ("bezeichnung", "grundgesamtheit", "pruefsumme", "startwert"),
        "Aktenzeichen und Zahlen einer Ziehung",
    ),
    ("Zahlungsdatei", ("nummer", "inhalt", "pruefsumme"), "Zahlungen an Kommunen"),
    ("Zahlungsrueckmeldung", ("dateiname", "sha256"), "Technische Angaben zu einer Datei"),
    ("Umschichtung", ("ausgabenart",), "Schlüssel einer Ausgabenart"),
    ("Zahlungszeile", ("referenz",), "Aktenzeichen der Auszahlung"),
    ("Bescheidanlage", ("inhalt", "sha256", "quelle"), "Veröffentlichte Nebenbestimmungen"),
):
    Unbedenklich(f"foerderung.{_modell}", _felder, _grund)

# --- What must wait ------------------------------------------------------------------


def _mit_offenem_antrag(konten):
    """Accounts that have a part in a case which is not ended."""
    laufend = Foerderantrag.objects.exclude(status__in=BEENDET)
    beteiligt = set()
    for name, _, _ in HANDELNDE["Foerderantrag"]:
        beteiligt |= _konten(laufend, name, konten)
    for modell in (Abschnitt, Fassung, Anlage, Nachforderung, Gutachten, Empfehlung, Entscheidung):
        for name, _, _ in HANDELNDE[modell.__name__]:
            beteiligt |= _konten(modell.objects.filter(antrag__in=laufend), name, konten)
    return beteiligt


def _konten(menge, name, konten):
    return set(menge.filter(**{f"{name}__in": konten}).values_list(name, flat=True))


def _raete_in_offenen_antraegen(raete):
    laufend = Foerderantrag.objects.exclude(status__in=BEENDET)
    return set(
        laufend.filter(praeventionsrat__in=raete).values_list("praeventionsrat", flat=True)
    )  # fmt: skip


OffenerVorgang(
    "foerderung.antrag",
    "konten.konto",
    "Diese Person ist an einem Förderantrag beteiligt, der nicht abgeschlossen ist.",
    _mit_offenem_antrag,
)
OffenerVorgang(
    "foerderung.antrag_eines_rats",
    "kommunen.Praeventionsrat",
    "Ein Förderantrag, der diesen Präventionsrat nennt, ist nicht abgeschlossen.",
    _raete_in_offenen_antraegen,
)
