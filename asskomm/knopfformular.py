"""The form of most pages behind the login: fields and one button."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

# A hidden field came back without its value or with another: nobody can correct that.
UNVOLLSTAENDIG = "Das Formular war nicht vollständig. Senden Sie es noch einmal."


class Knopfformular(forms.Form):
    """One button; the address leads to the errors, so that the focus gets there without a script."""

    knopf = "Speichern"
    ziel = ""  # where the form is sent, if not to the address of its page

    @property
    def helper(self) -> FormHelper:
        helfer = FormHelper()
        helfer.form_action = f"{self.ziel}#fehler"
        helfer.form_class = "assk-formular"
        helfer.attrs = {"novalidate": True}
        helfer.layout = Layout(*self.anordnung(), Submit("absenden", self.knopf))
        return helfer

    def anordnung(self) -> list:
        """What crispy-forms shows: the fields in their order, the hidden ones last."""
        return [feld.name for feld in (*self.visible_fields(), *self.hidden_fields())]

    def setze(self, feld: str, wert: object) -> None:
        """Show the form again with another value in a hidden field and all else as it was typed."""
        self.data = self.data.copy()
        self.data[self.add_prefix(feld)] = str(wert)
