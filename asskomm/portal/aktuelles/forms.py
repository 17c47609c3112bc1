from django import forms
from django.core.validators import MinLengthValidator

from asskomm.eingang import OeffentlichesFormular
from asskomm.texteingabe import TextFeld

from ..models import Kommentar

TEXT_MINDESTENS = 3


class KommentarFormular(OeffentlichesFormular):
    knopf = "Kommentar absenden"

    name = TextFeld(
        label="Name", required=False, max_length=Kommentar._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        help_text="Der Name erscheint öffentlich über Ihrem Kommentar. Ein Vorname reicht.",
    )  # fmt: skip
    text = TextFeld(
        label="Kommentar", max_length=Kommentar._meta.get_field("text").max_length,
        validators=[MinLengthValidator(TEXT_MINDESTENS)], widget=forms.Textarea,
        help_text="Höchstens 2.000 Zeichen, ohne Telefonnummern und andere private Angaben.",
        error_messages={"required": "Schreiben Sie Ihren Kommentar in dieses Feld."},
    )  # fmt: skip

    def __init__(self, *args, meldung, **kwargs):
        super().__init__(*args, zweck=f"kommentar-{meldung.pk}", **kwargs)
