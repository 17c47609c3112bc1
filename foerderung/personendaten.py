"""Personal data in grants: free text only, the recipient is a Kommune."""

from asskomm.personendaten import ANDERE, OEFFENTLICHE_AUFGABE, Personendaten, Unbedenklich
from kommunen.personendaten import SOLANGE_DER_DATENSATZ

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
