"""What staff fill in to draw a sample and to add a case to it."""

from django import forms

from asskomm.formularfelder import ProzentFeld
from asskomm.knopfformular import EinmalFormular, Knopfformular
from asskomm.texteingabe import TextFeld

from ..fallakte.forms import langtext


class Ziehungsformular(EinmalFormular):
    """`gesehen` is the checksum of the population on the page."""

    knopf = "Stichprobe ziehen"

    bezeichnung = TextFeld(
        label="Name der Stichprobe",
        max_length=100,
        help_text="Zum Beispiel „Nachweise 2027“.",
        error_messages={
            "required": "Geben Sie der Stichprobe einen Namen.",
            "max_length": "Kürzen Sie den Namen auf höchstens 100 Zeichen.",
        },
    )
    anteil = ProzentFeld(label="Anteil")
    art = forms.ChoiceField(choices=[("echt", ""), ("beispiel", "")], widget=forms.HiddenInput)
    gesehen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, art, pruefsumme, **kwargs):
        self.vorgaben = {"art": art, "gesehen": pruefsumme}
        super().__init__(*args, **kwargs)
        self.initial |= self.vorgaben


class Ergaenzungsformular(Knopfformular):
    """A case of the population that was not drawn."""

    knopf = "Zur Stichprobe hinzufügen"

    fall = forms.ModelChoiceField(
        queryset=None,
        label="Fall",
        empty_label="Wählen Sie einen Fall",
        error_messages={
            "required": "Wählen Sie einen Fall.",
            "invalid_choice": "Wählen Sie einen Fall aus der Liste.",
        },
    )
    begruendung = langtext(
        "Begründung",
        2_000,
        help_text="Steht in der Akte. Die Kommune sieht sie nicht.",
        leer="Begründen Sie, warum der Fall geprüft wird.",
    )

    def __init__(self, *args, faelle, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fall"].queryset = faelle
        self.fields["fall"].label_from_instance = lambda fall: fall.antrag.nummer
