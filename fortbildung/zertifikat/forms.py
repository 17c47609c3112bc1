"""What a visitor types to check a certificate."""

from django import forms

from asskomm.knopfformular import Knopfformular
from asskomm.texteingabe import TextFeld

from . import code


class PruefFormular(Knopfformular):
    """The name is asked for, not told: only whoever knows it learns that it is this one."""

    knopf = "Zertifikat prüfen"

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

    @property
    def helper(self):
        """Without the token against forgery: it would need a cookie, and nothing is changed."""
        helfer = super().helper
        helfer.disable_csrf = True
        return helfer

    def clean_code(self):
        return code.lies(self.cleaned_data["code"])
