"""Personal data in notices: who decided, fetched, waived; free text can name people."""

from asskomm.personendaten import (
    ANDERE,
    NACHWEIS,
    OEFFENTLICHE_AUFGABE,
    Personendaten,
    Unbedenklich,
)
from kommunen.personendaten import SOLANGE_DER_DATENSATZ

Personendaten(
    "foerderung.Bescheid",
    ("inhalt",),
    ANDERE,
    zweck="Erlassene Bescheide; sie nennen, wer entschieden hat, und Freitext des Falls",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
for _wer, _zweck in {
    "abgerufen_von": "Nachweis, wer einen Bescheid abgerufen hat",
    "verzichtet_von": "Nachweis, wer auf einen Rechtsbehelf verzichtet hat",
}.items():
    Personendaten(
        "foerderung.Bekanntgabe",
        (_wer,),
        _wer,
        zweck=_zweck,
        rechtsgrundlage=NACHWEIS,
        ende=SOLANGE_DER_DATENSATZ,
        begleitend=("bescheid", _wer.replace("_von", "_um")),
    )
Personendaten(
    "foerderung.Bekanntgabe",
    ("rechtsbehelf_vermerk",),
    ANDERE,
    zweck="Vermerk zu einem Rechtsbehelf; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
Unbedenklich("foerderung.Bescheid", ("pruefsumme",), "Hash des Inhalts")
Unbedenklich(
    "foerderung.Bescheidanlage",
    ("inhalt", "sha256", "quelle"),
    "Allgemeine Nebenbestimmungen, für alle gleich",
)
