"""What is filled in beside the sections: begin a draft."""

from django import forms

from asskomm.knopfformular import EinmalFormular

# More choices are a list to unfold (GESTALTUNG section 7).
RADIO_HOECHSTENS = 7


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
