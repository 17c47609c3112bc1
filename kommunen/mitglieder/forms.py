"""What the Verwaltung of a Kommune fills in about its members."""

import uuid

from django import forms

from asskomm.formate import tag
from asskomm.knopfformular import EinmalFormular, Knopfformular
from asskomm.mailadresse import MailadressFormfeld

from ..befugnisse import ERKLAERUNG
from ..models import Rolle

WAHL = [(rolle.value, f"{rolle.label}: {ERKLAERUNG[rolle]}") for rolle in Rolle]


class Einladungsformular(EinmalFormular):
    """Sending it twice gives one invitation."""

    knopf = "Einladung senden"

    email = MailadressFormfeld(
        label="E-Mail-Adresse",
        help_text="Die dienstliche Adresse der Person. Dorthin geht die Einladung.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Geben Sie die E-Mail-Adresse der Person an.",
            "invalid": "Geben Sie eine vollständige E-Mail-Adresse an, zum Beispiel name@stadt.de.",
        },
    )  # fmt: skip
    rollen = forms.MultipleChoiceField(
        label="Rollen", choices=WAHL, widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Sie können mehrere wählen. Jede Rolle darf alles lesen. Verwaltung und Zeichnung "
            "brauchen einen zweiten Faktor bei der Anmeldung."
        ),
        error_messages={"required": "Wählen Sie mindestens eine Rolle."},
    )  # fmt: skip

    def erneuere_marke(self):
        self.setze("marke", uuid.uuid4())


class Rollenformular(Knopfformular):
    knopf = "Rollen speichern"

    rollen = forms.MultipleChoiceField(
        label="Rollen", choices=WAHL, widget=forms.CheckboxSelectMultiple,
        help_text=Einladungsformular.base_fields["rollen"].help_text,
        error_messages={
            "required": (
                "Wählen Sie mindestens eine Rolle. Soll die Person nicht mehr für die Kommune "
                "handeln, beenden Sie die Mitgliedschaft."
            ),
        },
    )  # fmt: skip
    gesehen = forms.CharField(widget=forms.HiddenInput, required=False)


class Pruefungsformular(forms.Form):
    """One choice for each person; what is left for later changes nothing."""

    BESTAETIGEN, BEENDEN, SPAETER = "bestaetigen", "beenden", "spaeter"

    def __init__(self, *args, zu_pruefen, eigenes_konto, **kwargs):
        super().__init__(*args, **kwargs)
        self.personen = {}
        for person in zu_pruefen:
            self._nimm_auf(person, eigene=person.konto == eigenes_konto)

    def _nimm_auf(self, person, *, eigene):
        wahl = [
            (self.BESTAETIGEN, "Rollen für ein weiteres Jahr bestätigen"),
            (self.BEENDEN, "Mitgliedschaft beenden"),
            (self.SPAETER, "Später entscheiden"),
        ]
        feld = f"person_{person.nummer}"
        self.personen[feld] = person
        self.fields[feld] = forms.ChoiceField(
            label=person.name,
            choices=[paar for paar in wahl if not (eigene and paar[0] == self.BEENDEN)],
            initial=self.SPAETER,
            required=False,
            widget=forms.RadioSelect,
            help_text=(
                f"{', '.join(person.rollen)}. Zuletzt bestätigt am {tag(person.bestaetigt_am)}."
            ),
        )
        self.fields[f"gesehen_{person.nummer}"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=person.gesehen
        )

    def entscheidungen(self):
        """(field, person, choice, what the page showed) for each person who is decided on."""
        for feld, person in self.personen.items():
            wahl = self.cleaned_data.get(feld)
            if wahl in (self.BESTAETIGEN, self.BEENDEN):
                gesehen = self.cleaned_data.get(f"gesehen_{person.nummer}", "")
                yield feld, person, wahl, gesehen
