"""What a visitor types to check a certificate."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from asskomm.texteingabe import TextFeld

from . import code


class PruefFormular(forms.Form):
    """The name is asked for, not told: only whoever knows it learns that it is this one."""

    code = TextFeld(
        label="Prüfcode", max_length=40,
        help_text="Er steht auf dem Zertifikat, zum Beispiel 7KQ2-M9XA-4TPD.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Geben Sie den Prüfcode an."},
    )  # fmt: skip
    name = TextFeld(
        label="Name auf dem Zertifikat", required=False, max_length=150,
        help_text="Nur wenn Sie wissen möchten, ob das Zertifikat dieser Person gehört.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = "#fehler"
        self.helper.form_class = "assk-formular"
        self.helper.attrs = {"novalidate": True}
        self.helper.disable_csrf = True
        self.helper.layout = Layout("code", "name", Submit("pruefen", "Zertifikat prüfen"))

    def clean_code(self):
        return code.lies(self.cleaned_data["code"])
