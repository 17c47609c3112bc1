"""Personal data in records of advice: free text only, names are not asked for."""

from asskomm.personendaten import ANDERE, OEFFENTLICHE_AUFGABE, Personendaten, Unbedenklich
from kommunen.personendaten import KEINE_NAMEN, SOLANGE_DER_DATENSATZ

from .abschluss import personendaten as personendaten_des_coachings  # noqa: F401  has a room of its own

for _modell, _felder, _zweck in (
    ("Beratung", ("thema", "teilnehmende"), f"Inhalt einer Beratung. {KEINE_NAMEN}"),
    ("Coaching", ("anliegen",), "Anliegen eines Coachings, intern"),
    (
        "Sicherheitsanalyse",
        ("bezeichnung", "auftragnehmer", "bericht_url"),
        "Bezeichnung, Auftragnehmer und Bericht",
    ),
):
    Personendaten(
        f"beratung.{_modell}",
        (*_felder, "quelle", "bemerkung"),
        ANDERE,
        zweck=f"{_zweck}; Freitext, der Personen nennen kann",
        rechtsgrundlage=OEFFENTLICHE_AUFGABE,
        ende=SOLANGE_DER_DATENSATZ,
    )
    Unbedenklich(f"beratung.{_modell}", ("import_schluessel",), "Schlüssel eines Imports")

Personendaten(
    "beratung.Beratungsanfrage",
    ("anliegen", "gestellt_von"),
    "gestellt_von",
    zweck="Anfrage einer Kommune nach Beratung; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("kommune", "weg", "gestellt_um"),
)
Personendaten(
    "beratung.Beratungsanfrage",
    ("termin_ort", "termin_hinweis", "absage_grund", "grund"),
    ANDERE,
    zweck=f"Termin und Ausgang einer Anfrage. {KEINE_NAMEN}; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
Personendaten(
    "beratung.Beratungsanfrage",
    ("geplant_von",),
    "geplant_von",
    zweck="Wer den Termin festgelegt hat",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("kommune", "geplant_um", "termin_um"),
)
Personendaten(
    "beratung.Beratung",
    ("beraten_von",),
    "beraten_von",
    zweck="Wer beraten hat; nur für den Landespräventionsrat",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("kommune", "am"),
)
Personendaten(
    "beratung.Beratungsschritt",
    ("worte",),
    ANDERE,
    zweck=f"Vereinbarter Schritt einer Kommune. {KEINE_NAMEN}; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
Personendaten(
    "beratung.Beratungsschritt",
    ("erledigt_von",),
    "erledigt_von",
    zweck="Wer einen vereinbarten Schritt abgehakt hat",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("schritt", "erledigt_um"),
)
Personendaten(
    "beratung.Beratungsanfrage",
    ("erledigt_von",),
    "erledigt_von",
    zweck="Wer die Anfrage erledigt hat",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("kommune", "erledigt_um"),
)

Personendaten(
    "beratung.Handlungsempfehlung",
    ("text", "thema", "erlaeuterung"),
    ANDERE,
    zweck=f"Empfehlung einer Analyse und was daraus wurde. {KEINE_NAMEN}; Freitext, der Personen nennen kann",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
)
Personendaten(
    "beratung.Handlungsempfehlung",
    ("geaendert_von",),
    "geaendert_von",
    zweck="Wer den Stand der Empfehlung zuletzt geändert hat",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=SOLANGE_DER_DATENSATZ,
    begleitend=("kommune", "nummer", "geaendert_um"),
)
