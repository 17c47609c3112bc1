"""Personal data of courses: one row for each participant, without a name."""

from asskomm.personendaten import ANDERE, OEFFENTLICHE_AUFGABE, Personendaten, Unbedenklich
from kommunen.personendaten import SOLANGE_DER_DATENSATZ

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
