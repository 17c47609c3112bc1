"""What is filled in about a notice: the waiver of the Kommune, posting and objection by the LPR."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from asskomm.formularfelder import DatumFeld
from asskomm.texteingabe import LangtextFeld

from ..models import Bekanntgabe

VERMERK_HOECHSTENS = Bekanntgabe._meta.get_field("rechtsbehelf_vermerk").max_length


class _Formular(forms.Form):
    """One button; the address leads to the errors, so that the focus gets there without a script."""

    knopf = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = "#fehler"
        self.helper.form_class = "assk-formular"
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout(*self.fields, Submit("absenden", self.knopf))


class Verzichtformular(_Formular):
    knopf = "Verzicht erklären"

    verzicht = forms.BooleanField(
        label="Für die Kommune verzichte ich auf Rechtsbehelfe gegen diesen Bescheid.",
        error_messages={"required": "Kreuzen Sie an, dass Sie verzichten."},
    )


class Postformular(_Formular):
    knopf = "Tag eintragen"

    am = DatumFeld(
        label="Zur Post gegeben am",
        error_messages={"required": "Geben Sie den Tag an, an dem der Brief zur Post ging."},
    )


class Klageformular(_Formular):
    knopf = "Rechtsbehelf vermerken"

    am = DatumFeld(
        label="Eingelegt am",
        help_text="Der Tag, an dem die Klage beim Gericht eingegangen ist. TT.MM.JJJJ",
        error_messages={"required": "Geben Sie den Tag an, an dem die Klage einging."},
    )
    vermerk = LangtextFeld(
        label="Vermerk",
        required=False,
        max_length=VERMERK_HOECHSTENS,
        help_text="Zum Beispiel Gericht und Aktenzeichen. Höchstens 2.000 Zeichen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
