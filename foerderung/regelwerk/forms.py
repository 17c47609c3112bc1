from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms


class EignungForm(forms.Form):
    """The six questions of `eignung.fragen`, all to be answered. Nothing of it is stored."""

    begriffe = {
        "wer": "antragsteller",
        "wofuer": "investive-ausgaben",
        "eigenanteil": "eigenanteil",
        "wann": "vorzeitiger-massnahmebeginn",
        "beratung": "beratung",
    }

    def __init__(self, *args, fragen, **kwargs):
        super().__init__(*args, **kwargs)
        for frage in fragen:
            self.fields[frage.schluessel] = forms.ChoiceField(
                label=frage.frage,
                help_text=frage.hilfe,
                choices=[(wert, antwort.text) for wert, antwort in frage.antworten.items()],
                widget=forms.RadioSelect,
            )
        self.helper = FormHelper()
        self.helper.form_action = "#fehler"
        self.helper.form_class = "assk-formular"
        self.helper.attrs = {"novalidate": True, "autocomplete": "off"}
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("pruefen", "Prüfen"))
