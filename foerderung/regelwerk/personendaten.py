"""Personal data in rule sets and rounds: who released a version, and the remark."""

from asskomm.personendaten import (
    ANDERE,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    Personendaten,
    Unbedenklich,
)
from kommunen.personendaten import SOLANGE_DER_DATENSATZ

Personendaten(
    "foerderung.Regelwerk",
    ("freigegeben_von",),
    "freigegeben_von",
    zweck="Nachweis, wer ein Regelwerk freigegeben hat",
    rechtsgrundlage=NACHWEIS,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("bezeichnung", "freigegeben_um"),
)
Personendaten(
    "foerderung.Regelwerk",
    ("bemerkung",),
    ANDERE,
    zweck="Interne Bemerkung zu einem Regelwerk; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
RECHTSTEXT = "Wortlaut und Quelle von Regeln, für alle gleich"
for _modell, _felder in {
    "Regelwerk": ("bezeichnung", "quelle"),
    "Regel": ("nummer", "titel", "text", "quelle"),
    "Ausnahmegrund": ("schluessel", "text", "quelle"),
    "Personalobergrenze": ("quelle",),
    "Checklistenpunkt": ("frage", "hinweis", "quelle"),
    "Anlagenart": ("schluessel", "bezeichnung", "warum", "quelle"),
    "Erklaerung": ("schluessel", "titel", "text", "quelle"),
    "Textbaustein": ("schluessel", "ueberschrift", "text", "quelle"),
}.items():
    Unbedenklich(f"foerderung.{_modell}", _felder, RECHTSTEXT)
Unbedenklich("foerderung.Foerderrunde", ("erinnerungen", "hinweis", "quelle"), "Angaben zur Frist")
Unbedenklich("foerderung.Haushaltsansatz", ("haushaltsstelle", "quelle"), "Angaben zum Haushalt")
Unbedenklich("foerderung.Basiszins", ("quelle",), "Fundstelle eines Zinssatzes")
Unbedenklich("foerderung.Regelwerk", ("import_schluessel",), "Schlüssel eines Imports")
Unbedenklich("foerderung.Foerderrunde", ("import_schluessel",), "Schlüssel eines Imports")
