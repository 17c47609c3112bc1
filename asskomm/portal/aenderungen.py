"""All changes and deletions on one page, of the records that the person may see."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q

from asskomm.konten.models import Konto
from asskomm.pflege import recht
from asskomm.verlauf import VORGAENGE, Auswahl, modelle_mit_verlauf, tagesgrenzen
from kommunen.zeitangabe import FRUEHESTES_JAHR, SPAETESTES_JAHR

ANDERES_JAHR = f"Geben Sie ein Jahr zwischen {FRUEHESTES_JAHR} und {SPAETESTES_JAHR} an."
JAHRE = [
    MinValueValidator(date(FRUEHESTES_JAHR, 1, 1), ANDERES_JAHR),
    MaxValueValidator(date(SPAETESTES_JAHR, 12, 31), ANDERES_JAHR),
]


class Aenderungsfilter(forms.Form):
    """A GET form; what is not readable filters nothing and says so."""

    modell = forms.ChoiceField(label="Was", required=False)
    vorgang = forms.ChoiceField(
        label="Vorgang", required=False, choices=[("", "alle"), *VORGAENGE.items()]
    )
    person = forms.ModelChoiceField(
        Konto.objects.filter(is_staff=True), label="Wer", required=False, empty_label="alle"
    )
    von = forms.DateField(label="Von", required=False, help_text="TT.MM.JJJJ", validators=JAHRE)
    bis = forms.DateField(label="Bis", required=False, help_text="TT.MM.JJJJ", validators=JAHRE)

    def __init__(self, *args, modelle, **kwargs):
        super().__init__(*args, **kwargs)
        self.modelle = {modell._meta.label_lower: modell for modell in modelle}
        self.fields["modell"].choices = [
            ("", "alles"),
            *((name, modell._meta.verbose_name_plural) for name, modell in self.modelle.items()),
        ]

    def auswahlen(self) -> list[Auswahl]:
        """Which histories to read; fields with an error are left out."""
        self.is_valid()
        werte = self.cleaned_data
        bedingung = tagesgrenzen(werte.get("von"), werte.get("bis"))
        if werte.get("vorgang"):
            bedingung &= Q(history_type=werte["vorgang"])
        if werte.get("person"):
            bedingung &= Q(history_user=werte["person"])
        modell = self.modelle.get(werte.get("modell"))
        return [Auswahl(m, bedingung) for m in ([modell] if modell else self.modelle.values())]


def sichtbare_modelle(seite, request) -> list[type]:
    """Models with a history that the person may see in the admin, those in inlines included."""
    eigene = [
        modell for modell, admin in seite._registry.items() if admin.has_view_permission(request)
    ]
    eingebettete = [
        inline.model
        for modell in eigene
        for inline in seite.get_model_admin(modell).inlines
        if request.user.has_perm(recht("view", inline.model))
    ]
    mit_verlauf = set(modelle_mit_verlauf())
    return sorted(
        {modell for modell in [*eigene, *eingebettete] if modell in mit_verlauf},
        key=lambda modell: str(modell._meta.verbose_name_plural).casefold(),
    )
