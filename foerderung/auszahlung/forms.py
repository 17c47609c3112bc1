"""What is filled in about bank data, payouts and payments."""

from django import forms

from asskomm.formularfelder import DatumFeld, GeldFeld
from asskomm.knopfformular import EinmalFormular, Knopfformular
from asskomm.texteingabe import TextFeld

from ..fallakte.forms import Aktenformular, langtext
from ..models import Bankverbindung, Zahlungszeile
from .bankdaten import BIC_LAND, lies_bic, lies_iban

INHABER_HOECHSTENS = Bankverbindung._meta.get_field("kontoinhaber").max_length
VERMERK_HOECHSTENS = Zahlungszeile._meta.get_field("vermerk").max_length
# Spaces between the groups of four are fine.
GETIPPT_HOECHSTENS = 60


class Bankformular(EinmalFormular):
    knopf = "Bankverbindung eintragen"

    kontoinhaber = TextFeld(
        label="Kontoinhaberin",
        max_length=INHABER_HOECHSTENS,
        help_text="Wie bei der Bank geführt, zum Beispiel Stadtkasse Musterstadt",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Geben Sie an, auf wen das Konto geführt wird.",
            "max_length": f"Kürzen Sie den Namen auf höchstens {INHABER_HOECHSTENS} Zeichen.",
        },
    )
    iban = TextFeld(
        label="IBAN",
        max_length=GETIPPT_HOECHSTENS,
        help_text="Leerzeichen dürfen bleiben, zum Beispiel DE02 1203 0000 0000 2020 51",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Geben Sie die IBAN an.",
            "max_length": "Eine IBAN hat höchstens 34 Zeichen.",
        },
    )
    bic = TextFeld(
        label="BIC",
        required=False,
        max_length=GETIPPT_HOECHSTENS,
        help_text="Nicht nötig bei einem Konto in Deutschland",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": "Ein BIC hat 8 oder 11 Zeichen."},
    )

    def clean_iban(self):
        return lies_iban(self.cleaned_data["iban"])

    def clean_bic(self):
        return lies_bic(self.cleaned_data["bic"])

    def clean(self):
        werte = super().clean()
        iban, bic = werte.get("iban"), werte.get("bic")
        if iban and bic and iban[:2] == "DE" != bic[4:6]:
            self.add_error("bic", BIC_LAND)
        elif iban and not bic and iban[:2] != "DE" and "bic" not in self.errors:
            self.add_error("bic", "Geben Sie den BIC an. Das Konto liegt nicht in Deutschland.")
        return werte


class Abrufformular(EinmalFormular):
    """Money in advance."""

    ausgaben = GeldFeld(
        label="Fällige zuwendungsfähige Ausgaben in Euro",
        help_text="Was Sie bis zum genannten Tag bezahlen müssen, mit Ihrem Eigenanteil.",
    )
    bedarf_bis = DatumFeld(
        label="Gebraucht bis",
        error_messages={"required": "Geben Sie den Tag an, bis zu dem Sie das Geld brauchen."},
    )
    erlaeuterung = langtext(
        "Wofür",
        2_000,
        leer="Geben Sie an, welche Zahlungen anstehen.",
        help_text="Zum Beispiel Gehälter für März und Honorare. Nennen Sie keine Personen.",
    )


class Erstattungsformular(EinmalFormular):
    """What was paid already, by its receipts."""

    belege = forms.MultipleChoiceField(
        label="Belege, die Sie geltend machen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Wählen Sie nur Belege aus der Liste."},
    )
    erlaeuterung = langtext(
        "Anmerkung", 2_000, required=False, help_text="Nennen Sie keine Personen."
    )

    def __init__(self, *args, belege, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["belege"].choices = belege


class Pruefformular(Aktenformular):
    knopf = "Prüfung abschließen"

    anerkannt = GeldFeld(
        label="Anerkannte zuwendungsfähige Ausgaben in Euro",
        help_text="Höchstens, was die Kommune angegeben hat. Ausgezahlt wird der Fördersatz davon.",
    )
    kuerzung = langtext(
        "Grund einer Kürzung",
        2_000,
        required=False,
        help_text="Nur wenn Sie weniger anerkennen. Die Kommune liest ihn.",
    )


class Anordnungsformular(EinmalFormular):
    """Which of the released payouts go into the file."""

    knopf = "Zur Zahlung anordnen"

    auszahlungen = forms.MultipleChoiceField(
        label="Auszahlungen",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Wählen Sie mindestens eine Auszahlung.",
            "invalid_choice": "Eine der Auszahlungen ist nicht mehr freigegeben. Prüfen Sie die Auswahl.",
        },
    )

    def __init__(self, *args, auszahlungen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["auszahlungen"].choices = auszahlungen


class Rueckmeldungsformular(Knopfformular):
    datei = forms.FileField(
        label="Rückmeldung der Kasse",
        help_text="CSV, höchstens 1 MB",
        # What is wrong with the file is told by the reading, also that it is empty.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Wählen Sie die Datei der Kasse aus."},
    )


class Klaerungsformular(Knopfformular):
    knopf = "Als geklärt vermerken"

    vermerk = langtext(
        "Wie hat sich die Zeile geklärt?",
        VERMERK_HOECHSTENS,
        leer="Schreiben Sie, wie sich die Zeile geklärt hat.",
        help_text="Nennen Sie keine Personen.",
    )
