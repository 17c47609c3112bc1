"""What is filled in around receipts and the proof of use."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from asskomm.formularfelder import DatumFeld, GeldFeld
from asskomm.knopfformular import Knopfformular
from asskomm.texteingabe import TextFeld, hoechstlaenge

from ..anlagen import inhaltspruefung
from ..models import Beleg
from ..plan.ausgabenarten import ARTEN
from ..zeichnung.forms import Schrittformular, Zeichnungsformular


class Belegformular(Knopfformular):
    """One receipt; the spreadsheet reads its cells with the same fields."""

    knopf = "Beleg speichern"

    belegnummer = TextFeld(
        label="Belegnummer",
        max_length=hoechstlaenge(Beleg, "belegnummer"),
        help_text="Wie in Ihrer Buchhaltung. Jede Nummer steht nur einmal in der Liste.",
        error_messages={"required": "Geben Sie die Belegnummer an."},
    )
    ausgabenart = forms.ChoiceField(
        label="Ausgabenart",
        choices=[("", "Bitte wählen"), *ARTEN.items()],
        error_messages={
            "required": "Wählen Sie die Ausgabenart.",
            "invalid_choice": "Diese Ausgabenart gibt es nicht. Wählen Sie eine aus der Liste.",
        },
    )
    zweck = TextFeld(
        label="Wofür?",
        max_length=hoechstlaenge(Beleg, "zweck"),
        error_messages={"required": "Geben Sie an, wofür Sie bezahlt haben."},
    )
    zahlungsempfaenger = TextFeld(
        label="Wer hat das Geld erhalten?",
        max_length=hoechstlaenge(Beleg, "zahlungsempfaenger"),
        help_text="Firma, Verein oder Person, wie auf der Rechnung",
        error_messages={"required": "Geben Sie an, wer das Geld erhalten hat."},
    )
    rechnung_am = DatumFeld(label="Datum der Rechnung")
    bezahlt_am = DatumFeld(label="Bezahlt am")
    betrag_euro = GeldFeld(label="Betrag in Euro", min_value=Decimal("0.01"))


class Belegaenderung(Belegformular):
    """`stand` is what the page showed: see `verfahren.belege.Belegangaben.stand`."""

    stand = forms.CharField(widget=forms.HiddenInput, required=False)


class Loeschformular(Knopfformular):
    knopf = "Beleg löschen"

    stand = forms.CharField(widget=forms.HiddenInput, required=False)


class Tabellenformular(forms.Form):
    datei = forms.FileField(
        label="Ausgefüllte Belegliste",
        help_text="XLSX, höchstens 1 MB und 1.000 Belege",
        # What is wrong with the file is told by the reading, also that it is empty.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": inhaltspruefung.accept([inhaltspruefung.XLSX])}),
        error_messages={"required": "Wählen Sie die ausgefüllte Belegliste aus."},
    )


class Bereitformular(Schrittformular):
    """`stand` is the version of the draft on the page."""

    knopf = "Zur Zeichnung bereit melden"

    stand = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, stand, **kwargs):
        super().__init__(*args, **kwargs)
        self.stand = stand
        if not self.is_bound:
            self.initial["stand"] = stand

    def zeige_neu(self):
        super().zeige_neu()
        self.setze("stand", self.stand)


class Nachweiszeichnung(Zeichnungsformular):
    knopf = "Zeichnen und einreichen"

    def satz(self):
        return (
            f"Ich zeichne diesen Verwendungsnachweis für {self.antrag.kommune}. Ich habe ihn gelesen "
            "und gebe die Erklärungen darin ab."
        )
