"""What somebody types to take part, to leave, and once they are admitted."""

from django import forms

from asskomm.eingang import OeffentlichesFormular
from asskomm.mailadresse import MailadressFormfeld
from asskomm.texteingabe import TextFeld
from kommunen.models import Kommune

from ..models import Anmeldung, Bedarf, Gruppe


def _hoechstens(feld, modell=Anmeldung):
    return modell._meta.get_field(feld).max_length


class Angaben(forms.Form):
    """What can be corrected later, too."""

    name = TextFeld(
        label="Vor- und Nachname", max_length=_hoechstens("name"),
        help_text="So steht er später auf dem Zertifikat.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Geben Sie Ihren Namen an."},
    )  # fmt: skip
    kommune = forms.ModelChoiceField(
        label="Stadt oder Gemeinde, in der Sie arbeiten",
        queryset=Kommune.objects.none(),
        required=False,
        empty_label="keine oder außerhalb von Sachsen",
        error_messages={"invalid_choice": "Wählen Sie eine Stadt oder Gemeinde aus der Liste."},
    )
    stelle = TextFeld(
        label="Dienststelle oder Einrichtung", max_length=_hoechstens("stelle"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Geben Sie Ihre Dienststelle oder Einrichtung an."},
    )  # fmt: skip
    funktion = TextFeld(
        label="Funktion", max_length=_hoechstens("funktion"),
        help_text="Zum Beispiel: Koordinierungsstelle Prävention, Bürgerpolizei, Schulsozialarbeit",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": "Geben Sie Ihre Funktion an."},
    )  # fmt: skip
    arbeitgeber_email = MailadressFormfeld(
        label="E-Mail-Adresse der Stelle, die Ihrer Teilnahme zustimmt", required=False,
        help_text=(
            "Sie erhält einen Link zum Zustimmen. Nehmen Sie ehrenamtlich teil, lassen Sie das "
            "Feld leer."
        ),
    )  # fmt: skip
    anliegen = TextFeld(
        label="Was versprechen Sie sich von dem Lehrgang?", required=False,
        max_length=_hoechstens("anliegen"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Höchstens 1.000 Zeichen.",
    )  # fmt: skip

    def __init__(self, *args, heute, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kommune"].queryset = Kommune.objects.gemeinden().gueltig(heute)


class AnmeldungFormular(OeffentlichesFormular, Angaben):
    """With an account the name is filled in and the address is the account's."""

    knopf = "Anmeldung absenden"
    field_order = ("name", "email", "gruppe", "kommune", "stelle", "funktion")

    email = MailadressFormfeld(
        label="E-Mail-Adresse",
        help_text="Dorthin schicken wir einen Link, mit dem Sie die Anmeldung bestätigen.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Geben Sie Ihre E-Mail-Adresse an."},
    )
    gruppe = forms.ChoiceField(
        label="Arbeitsfeld",
        choices=Gruppe.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie Ihr Arbeitsfeld.",
            "invalid_choice": "Wählen Sie eines der Arbeitsfelder.",
        },
    )

    def __init__(self, *args, durchgang, konto=None, **kwargs):
        super().__init__(*args, zweck=f"kursanmeldung-{durchgang.pk}", **kwargs)
        if konto:
            self.helper.layout.fields.remove("email")
            del self.fields["email"]

    @property
    def angaben(self) -> dict:
        """What is stored of a valid form."""
        ohne = ("falle", "marke")
        return {name: wert for name, wert in self.cleaned_data.items() if name not in ohne}


class BedarfFormular(forms.Form):
    """Both fields may stay empty: then nothing is kept."""

    verpflegung = TextFeld(
        label="Was sollen wir beim Essen beachten?", required=False,
        max_length=_hoechstens("verpflegung", Bedarf),
        help_text="Zum Beispiel: vegetarisch, ohne Nüsse",
    )  # fmt: skip
    unterstuetzung = TextFeld(
        label="Was brauchen Sie, um gut teilnehmen zu können?", required=False,
        max_length=_hoechstens("unterstuetzung", Bedarf),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Zum Beispiel: stufenloser Zugang, Gebärdensprachdolmetschen",
    )  # fmt: skip
