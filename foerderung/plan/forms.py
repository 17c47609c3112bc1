"""The upload of a plan."""

from django import forms

from ..anlagen import inhaltspruefung


class Tabellenformular(forms.Form):
    datei = forms.FileField(
        label="Ausgefüllte Tabelle",
        help_text="XLSX, höchstens 1 MB",
        # What is wrong with the file is told by the reading, also that it is empty.
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": inhaltspruefung.accept([inhaltspruefung.XLSX])}),
        error_messages={"required": "Wählen Sie die ausgefüllte Tabelle aus."},
    )
