"""The filter forms above the lists. The lists read the address themselves (auswahl.py)."""

from django import forms

from kommunen.models import Ratszustand

from .auswahl import ALLE, SUCHTEXT_LAENGE
from .bausteine import FILTERBAR


def kreiswahl(kreise):
    """The Kreise as choices of a select box."""
    return [("", "Alle"), *((kreis.ags, kreis.name) for kreis in kreise)]


class KommunenFilter(forms.Form):
    q = forms.CharField(
        label="Name oder Postleitzahl",
        max_length=SUCHTEXT_LAENGE,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kreis = forms.ChoiceField(label="Landkreis oder kreisfreie Stadt", required=False)
    m = forms.MultipleChoiceField(
        label="Nur Kommunen mit",
        required=False,
        choices=[(name, baustein.filtertitel) for name, baustein in FILTERBAR.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, auswahl, kreise):
        super().__init__(
            initial={
                "q": auswahl.suchtext,
                "kreis": auswahl.kreis.ags if auswahl.kreis else "",
                "m": [baustein.schluessel for baustein in auswahl.bausteine],
                "umfang": ALLE,
            }
        )
        self.fields["kreis"].choices = kreiswahl(kreise)
        if auswahl.alle:
            self.fields["umfang"] = forms.CharField(widget=forms.HiddenInput)


class RaeteFilter(forms.Form):
    kreis = forms.ChoiceField(label="Landkreis oder kreisfreie Stadt", required=False)
    zustand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "Alle"), *Ratszustand.Zustand.choices]
    )

    def __init__(self, auswahl, kreise):
        super().__init__(
            initial={
                "kreis": auswahl.kreis.ags if auswahl.kreis else "",
                "zustand": auswahl.zustand,
            }
        )
        self.fields["kreis"].choices = kreiswahl(kreise)
