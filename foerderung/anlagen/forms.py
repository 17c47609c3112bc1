"""The upload at one slot."""

import uuid

from django import forms

from . import inhaltspruefung


class Hochladeformular(forms.Form):
    """One file for `platz`, or in place of the file `ersetzt` there.

    The address of the form names both, so that an error finds its place even where the form was
    too large to be read.
    """

    datei = forms.FileField(
        help_text=inhaltspruefung.erlaubt(),
        # What is wrong with a file is told by the procedure, also that it is empty.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": inhaltspruefung.accept()}),
    )
    # Sending the form twice gives one file.
    marke = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, platz, ersetzt=None, **kwargs):
        kwargs["prefix"] = f"ersetzt-{ersetzt.pk}" if ersetzt else platz.art.schluessel
        super().__init__(*args, **kwargs)
        self.platz, self.ersetzt = platz, ersetzt
        ziel = f"„{ersetzt.dateiname}“" if ersetzt else f"„{platz.art.bezeichnung}“"
        self.fields["datei"].label = f"Neue Datei für {ziel}" if ersetzt else f"Datei für {ziel}"
        if not self.is_bound:
            self.initial["marke"] = uuid.uuid4()

    def clean(self):
        daten = super().clean()
        if "marke" not in daten and not self.has_error("datei"):
            self.add_error(
                "datei", "Das Formular war nicht vollständig. Wählen Sie die Datei noch einmal aus."
            )
        return daten

    def mit_neuer_marke(self):
        """The same errors over a form that can be sent again; a browser never keeps the file."""
        self.data = self.data.copy()
        self.data[self.add_prefix("marke")] = str(uuid.uuid4())
        return self
