"""What coordinators fill in."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from asskomm.texteingabe import LangtextFeld, TextFeld

from ..models import Anmeldung, Anwesenheit


class Entscheidung(forms.Form):
    """A reason and one of two buttons; `version` is what the page showed."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    grund = LangtextFeld(
        label="Begründung",
        max_length=Anmeldung._meta.get_field("grund").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Person kann sie lesen. Zum Beispiel: Platz im Kontingent der Polizei",
        error_messages={"required": "Geben Sie einen Grund an. Die Person kann ihn lesen."},
    )

    def __init__(self, *args, knoepfe, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = "#fehler"
        self.helper.form_class = "assk-formular"
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout(
            "version", "grund", *(Submit(name, wort) for name, wort in knoepfe)
        )

    @property
    def gesehen(self) -> int:
        """0, which no registration has, for anything but a number."""
        wert = self.cleaned_data.get("version", "")
        return int(wert) if wert.isascii() and wert.isdecimal() and len(wert) < 10 else 0


class Tagesformular(forms.Form):
    """One choice for each person of the day; nothing chosen is no entry."""

    grund = TextFeld(
        label="Grund der Änderung", required=False, max_length=300,
        help_text="Nur nötig, wenn der Kurstag schon abgeschlossen ist.",
    )  # fmt: skip

    def __init__(self, *args, personen, erfasst, geschlossen, **kwargs):
        super().__init__(*args, **kwargs)
        self.personen = {f"person_{a.pk.hex}": a for a in personen}
        for name, anmeldung in self.personen.items():
            self.fields[name] = forms.ChoiceField(
                label=anmeldung.name,
                choices=[("", "nicht erfasst"), *Anwesenheit.Stand.choices],
                required=False,
                initial=erfasst.get(anmeldung.pk, ""),
                error_messages={"invalid_choice": "Wählen Sie einen der Einträge."},
            )
        if not geschlossen:
            del self.fields["grund"]
        self.order_fields([*self.personen, "grund"])
        self.helper = FormHelper()
        self.helper.form_action = "#fehler"
        self.helper.form_class = "assk-formular"
        self.helper.attrs = {"novalidate": True}
        knoepfe = [Submit("speichern", "Anwesenheit speichern")]
        if not geschlossen:
            knoepfe.append(
                Submit(
                    "schliessen", "Speichern und Kurstag abschließen", css_class="assk-zweitrangig"
                )
            )
        self.helper.layout = Layout(*self.fields, *knoepfe)

    @property
    def staende(self) -> dict:
        """What was chosen, by registration."""
        return {
            anmeldung.pk: self.cleaned_data[name]
            for name, anmeldung in self.personen.items()
            if self.cleaned_data.get(name)
        }
