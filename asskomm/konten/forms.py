"""Forms of the sign-in pages, in the portal's form style."""

from allauth.account.forms import LoginForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms


class KernForm:
    """Rendered by {% crispy form %}; with errors the focus goes to their list without a script."""

    knopf = "Speichern"

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_action = "#fehler"
        helper.form_class = "assk-formular"
        helper.attrs = {"novalidate": True}
        helper.add_input(Submit("", self.knopf))
        return helper


def passwortfeld(label, autocomplete, **wahl):
    return forms.CharField(
        label=label,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **wahl,
    )


class AnmeldeForm(KernForm, LoginForm):
    knopf = "Anmelden"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label="E-Mail-Adresse", widget=forms.EmailInput(attrs={"autocomplete": "username"})
        )
        self.fields["password"] = passwortfeld("Passwort", "current-password")
