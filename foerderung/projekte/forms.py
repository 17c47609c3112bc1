from django import forms


class ProjekteFilter(forms.Form):
    """The form above the list of projects; the list reads the address itself (auswahl.py)."""

    jahr = forms.ChoiceField(label="Förderjahr", required=False)
    kreis = forms.ChoiceField(label="Landkreis oder kreisfreie Stadt", required=False)

    def __init__(self, auswahl, jahre, kreise):
        super().__init__(
            initial={
                "jahr": auswahl.jahr or "",
                "kreis": auswahl.kreis.ags if auswahl.kreis else "",
                "kommune": auswahl.kommune.kennung if auswahl.kommune else "",
            }
        )
        self.fields["jahr"].choices = [("", "Alle"), *((jahr, str(jahr)) for jahr in jahre)]
        self.fields["kreis"].choices = [("", "Alle"), *((k.ags, k.name) for k in kreise)]
        if auswahl.kommune:
            self.fields["kommune"] = forms.CharField(widget=forms.HiddenInput)
