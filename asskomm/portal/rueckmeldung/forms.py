from django import forms

from asskomm.eingang import OeffentlichesFormular
from asskomm.texteingabe import EMailFeld, TextFeld

from ..models import Rueckmeldung


class BarriereFormular(OeffentlichesFormular):
    knopf = "Barriere melden"

    text = TextFeld(
        label="Was funktioniert nicht?", max_length=Rueckmeldung._meta.get_field("text").max_length,
        widget=forms.Textarea,
        help_text=(
            "Höchstens 4.000 Zeichen. Es hilft, wenn Sie Gerät, Browser und Hilfsmittel nennen."
        ),
        error_messages={"required": "Beschreiben Sie, was nicht funktioniert."},
    )  # fmt: skip
    adresse = TextFeld(
        label="Betroffene Seite", required=False,
        max_length=Rueckmeldung._meta.get_field("adresse").max_length,
        help_text="Adresse oder Überschrift der Seite",
    )  # fmt: skip
    kontakt = EMailFeld(
        label="E-Mail-Adresse für die Antwort", required=False,
        max_length=Rueckmeldung._meta.get_field("kontakt").max_length,
        help_text="Ohne E-Mail-Adresse können wir Ihnen nicht antworten.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, zweck="barriere", **kwargs)
