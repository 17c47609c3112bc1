"""What is filled in beside the sections: begin a draft, ask for advice."""

import uuid

from django import forms

from asskomm.knopfformular import UNVOLLSTAENDIG, Knopfformular
from asskomm.texteingabe import LangtextFeld
from beratung.models import Beratungsanfrage

# More choices are a list to unfold (GESTALTUNG section 7).
RADIO_HOECHSTENS = 7
ANLIEGEN_HOECHSTENS = Beratungsanfrage._meta.get_field("anliegen").max_length


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


class Beginnformular(EinmalFormular):
    """A draft from nothing, or from a case of the Kommune that was submitted."""

    knopf = "Neuen Antrag beginnen"
    LEER = "leer"
    vorgaben = {"vorlage": LEER}

    vorlage = forms.ChoiceField(
        label="Womit möchten Sie beginnen?", widget=forms.RadioSelect, initial=LEER
    )

    def __init__(self, *args, vorlagen, **kwargs):
        self.vorlagen = {str(antrag.pk): antrag for antrag in vorlagen}
        super().__init__(*args, **kwargs)
        feld = self.fields["vorlage"]
        feld.choices = [
            (self.LEER, "Mit einem leeren Antrag"),
            *(
                (
                    pk,
                    f"Angaben aus {antrag.runde.jahr_von} übernehmen: {antrag.titel} "
                    f"({antrag.nummer})",
                )
                for pk, antrag in self.vorlagen.items()
            ),
        ]
        feld.help_text = (
            "Was Sie übernehmen, ist markiert, bis Sie es geprüft haben. Anlagen und Erklärungen "
            "kommen nicht mit."
        )
        if not self.vorlagen:
            feld.widget = forms.HiddenInput()
        elif len(feld.choices) > RADIO_HOECHSTENS:
            feld.widget = forms.Select(choices=feld.choices)

    @property
    def gewaehlte(self):
        """The case to copy; None for an empty draft."""
        return self.vorlagen.get(self.cleaned_data["vorlage"])


class Anfrageformular(EinmalFormular):
    knopf = "Beratung anfragen"

    anliegen = LangtextFeld(
        label="Worum geht es?", max_length=ANLIEGEN_HOECHSTENS,
        help_text="Was Sie vorhaben und wann Sie erreichbar sind. Höchstens 2.000 Zeichen.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Schreiben Sie in zwei Sätzen, worum es geht."},
    )  # fmt: skip
