"""The form of most pages behind the login: fields and one button."""

from __future__ import annotations

import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from .schritt import gesehene_version

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


class MitVersion(Knopfformular):
    """About a record as the page showed it; a page refused as overtaken carries the new version."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def gesehen(self) -> int:
        """0, which no record has, for anything but a number."""
        return gesehene_version(self.cleaned_data.get("version", ""))


class EinmalFormular(Knopfformular):
    """Sending it twice does it once: `marke` is drawn when the page is shown."""

    vorgaben: dict[str, str] = {}  # of further hidden fields

    marke = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["marke"] = uuid.uuid4()

    def clean(self):
        """What is wrong with a hidden field is said above the form, and it is filled anew."""
        daten = super().clean()
        neu = {"marke": uuid.uuid4(), **self.vorgaben}
        falsch = [feld.name for feld in self.hidden_fields() if feld.name in self.errors]
        for name in falsch:
            del self._errors[name]
            self.setze(name, neu[name])
        if falsch:
            self.add_error(None, UNVOLLSTAENDIG)
        return daten
