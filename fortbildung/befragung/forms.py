"""Three marks and a text."""

from django import forms

from asskomm.knopfformular import Knopfformular
from asskomm.texteingabe import LangtextFeld

from ..models import NOTEN, Antwort
from ..verfahren.befragung import FRAGEN

FRAGETEXTE = {
    "inhalt": "Wie war der Inhalt?",
    "vermittlung": "Wie wurde er vermittelt?",
    "organisation": "Wie war die Organisation?",
}


class Fragebogen(Knopfformular):
    knopf = "Antwort absenden"

    freitext = LangtextFeld(
        label="Was sollten wir wissen?", required=False,
        max_length=Antwort._meta.get_field("freitext").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Höchstens 2.000 Zeichen. Nennen Sie keine Namen.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in FRAGEN:
            self.fields[name] = forms.TypedChoiceField(
                label=FRAGETEXTE[name],
                choices=NOTEN,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Wählen Sie eine Antwort.",
                    "invalid_choice": "Wählen Sie eine der Antworten.",
                },
            )
        self.order_fields([*FRAGEN, "freitext"])

    @property
    def noten(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in FRAGEN}
